"""Checks that the log of drafts was not tampered with, and that drafts are what it says."""

from collections.abc import Iterator
from dataclasses import dataclass

from cartagena.apps.drafting.bodies import undo_changes
from cartagena.apps.drafting.log import Entry, get_draft_log_head
from cartagena.apps.drafting.models import OPEN_STATES, Draft, DraftEvent, DraftSave
from cartagena.apps.registry.api import FIRST_HASH, Finding, chain_hash
from cartagena.engine.canonical import NotStorableError, content_hash

_AT_ONCE = 500


@dataclass(frozen=True)
class DraftAudit:
    """What an audit of the drafts looked at and found; ``head`` is the hash of the last entry."""

    entries: int
    drafts: int
    head: str
    findings: tuple[Finding, ...]


def verify_drafts() -> DraftAudit:
    """Check the whole log of drafts, and every draft against it."""
    position, head = get_draft_log_head()
    findings = [*_check_chain(), *_check_drafts()]
    return DraftAudit(position, Draft.objects.count(), head, tuple(findings))


def _check_chain() -> Iterator[Finding]:
    previous, position = FIRST_HASH, 0
    for event in DraftEvent.objects.order_by("position").iterator(_AT_ONCE):
        place = f"draft log entry {event.position}"
        position += 1
        if event.position != position:
            yield Finding(place, f"entries {position} to {event.position - 1} are missing")
            position = event.position
        if event.previous_hash != previous:
            yield Finding(place, "it does not follow from the entry before it")
        if event.hash != chain_hash(event.previous_hash, event.statement):
            yield Finding(place, "its statement was changed: the hash does not match")
        if event.statement != _entry_of(event).statement(event.position):
            yield Finding(place, f"what it says of {event.identifier} was changed")
        previous = event.hash


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
