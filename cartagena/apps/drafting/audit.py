"""Checks that the log of drafts was not tampered with, and that drafts and files are as it says."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cartagena.apps.drafting.attachments import ATTACH, get_path, say_access
from cartagena.apps.drafting.bodies import undo_changes
from cartagena.apps.drafting.log import Entry, get_draft_log_head
from cartagena.apps.drafting.models import OPEN_STATES, Attachment, Draft, DraftEvent, DraftSave
from cartagena.engine.canonical import NotStorableError, content_hash
from cartagena.engine.hash_chain import Finding, check_chain

_AT_ONCE = 500


@dataclass(frozen=True)
class DraftAudit:
    """What an audit of the drafts looked at and found; ``head`` is the hash of the last entry."""

    entries: int
    drafts: int
    files: int
    head: str
    findings: tuple[Finding, ...]


def verify_drafts() -> DraftAudit:
    """Check the whole log of drafts, and every draft and attached file against it."""
    position, head = get_draft_log_head()
    findings = [*_check_chain(), *_check_drafts(), *_check_files()]
    counts = (Draft.objects.count(), Attachment.objects.count())
    return DraftAudit(position, *counts, head, tuple(findings))


def _check_chain() -> Iterator[Finding]:
    told = (
        (event, _entry_of(event).statement(event.position), event.identifier)
        for event in DraftEvent.objects.order_by("position").iterator(_AT_ONCE)
    )
    yield from check_chain(told, "draft log entry")


def _entry_of(event: DraftEvent) -> Entry:
    return Entry(
        at=event.at,
        action=event.action,
        identifier=event.identifier,
        after=event.after,
        draft=event.draft_id,
        field=event.field,
        revision=event.revision,
        before=event.before,
        body_sha256=event.body_sha256,
        actor=event.actor_id,
        reason=event.reason,
    )


def _check_drafts() -> Iterator[Finding]:
    """The last entry of each draft must tell its state; its saves lead from there to its body."""
    last = {
        event.draft_id: event
        for event in DraftEvent.objects.exclude(draft=None)
        .order_by("position")
        .only("draft", "after", "revision", "body_sha256")
        .iterator(_AT_ONCE)
    }
    for draft in Draft.objects.order_by("pk").iterator(_AT_ONCE):
        place = f"draft {draft.pk}"
        event = last.get(draft.pk)
        if event is None:
            yield Finding(place, "it is not in the log")
            continue
        if event.after != draft.state:
            yield Finding(place, "its state is not the one in the log")
        if draft.state not in OPEN_STATES and event.revision != draft.revision:
            yield Finding(place, "it was changed after it was closed")
        if _hash_at(draft, event.revision or 0) != event.body_sha256:
            yield Finding(place, "its content and its saves do not lead to what was logged")


def _hash_at(draft: Draft, revision: int) -> str:
    saves = DraftSave.objects.filter(draft=draft, kind=DraftSave.Kind.SAVED, revision__gt=revision)
    newest_first = saves.order_by("-revision").values_list("changes", flat=True)
    try:
        return content_hash(undo_changes(draft.body, newest_first))
    except NotStorableError:
        return ""


def _check_files() -> Iterator[Finding]:
    """Each file is the one that was attached, in the table and on the disk."""
    attached = DraftEvent.objects.filter(action=ATTACH).order_by("position")
    logged = {
        key: (sha256, after)
        for key, sha256, after in attached.values_list("field", "body_sha256", "after")
    }
    for file in Attachment.objects.order_by("uploaded_at", "pk").iterator(_AT_ONCE):
        place = f"file {file.pk}, {file.filename}"
        told = logged.pop(str(file.pk), None)
        if told is None:
            yield Finding(place, "it is not in the log")
        elif told != (file.sha256, say_access(file)):
            yield Finding(place, "its hash, or whom it is for, is not what the log says")
        path = get_path(file.sha256)
        if not path.is_file():
            yield Finding(place, f"its bytes are missing: {path}")
        elif _hash_file(path) != file.sha256:
            yield Finding(place, f"its bytes were changed: {path}")
    for key in logged:
        yield Finding(f"file {key}", "it was attached, and is gone")


def _hash_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
