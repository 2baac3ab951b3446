"""Publication of a draft, withdrawal and confirmation of what was published."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting.access import check_right, find_readable, is_kept_from_own
from cartagena.apps.drafting.attachments import mark_published
from cartagena.apps.drafting.confidential import is_unchanged, split_body, store_parts
from cartagena.apps.drafting.errors import NotPublishableError, ReasonMissingError
from cartagena.apps.drafting.gates import find_gate
from cartagena.apps.drafting.log import log_draft
from cartagena.apps.drafting.models import Draft
from cartagena.apps.drafting.notices import tell_step
from cartagena.apps.drafting.states import next_state
from cartagena.apps.drafting.workflow import check_revision, refuse_errors
from cartagena.apps.registry.api import (
    NotLiveError,
    Outcome,
    Publication,
    confirm_records,
    find_states,
    publish_records,
    withdraw_record,
)
from cartagena.engine.canonical import content_hash
from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.sentence import Sentence, sentence


def publish_draft(
    key: uuid.UUID | str, *, actor: User | None, revision: int, reason: str, now: dt.datetime
) -> Outcome:
    """Publish a draft as the next version of its record, without what is kept confidential.

    Everything happens in one transaction that holds the draft, so two people at once give one
    publication. Raises NotPublishableError with all problems, EditConflictError if somebody saved
    since `revision`, DraftStateError (also: published already), PermissionDenied,
    DraftNotFoundError.
    """
    with transaction.atomic():
        draft = find_readable(key, actor, lock=True)
        next_state(draft, "publish")
        check_right(actor, "publish", draft)
        check_revision(draft, revision, actor)
        _check_four_eyes(draft, actor)
        refuse_errors(draft, now)
        return _publish(draft, actor, reason.strip(), now)


def withdraw_published(
    identifier: str, *, actor: User | None, reason: str, now: dt.datetime
) -> None:
    """Withdraw a record, with the reason that the log shows; an open draft of it stays.

    Raises ReasonMissingError, RecordNotFoundError, NotLiveError, PermissionDenied.
    """
    withdraw_record(identifier, actor=actor, reason=_read_reason(reason), now=now)


def confirm_published(
    identifier: str, *, actor: User | None, reason: str, now: dt.datetime
) -> None:
    """Say that a record still holds; its cycle of confirmation begins again. No new version.

    Raises RecordNotFoundError, NotLiveError, PermissionDenied.
    """
    if not confirm_records([identifier], actor=actor, reason=reason.strip(), now=now):
        raise NotLiveError(
            sentence(
                "The record %(record)s is not live, so it cannot be confirmed.", record=identifier
            )
        )


def confirm_several(
    identifiers: Sequence[str], *, actor: User | None, reason: str, now: dt.datetime
) -> int:
    """Say of several records at once that they still hold; returns how many are confirmed.

    What is not live is left out. Raises ReasonMissingError, RecordNotFoundError and
    PermissionDenied; then nothing is confirmed.
    """
    return confirm_records(identifiers, actor=actor, reason=_read_reason(reason), now=now)


def _publish(draft: Draft, actor: User | None, reason: str, now: dt.datetime) -> Outcome:
    body, kept = split_body(draft)
    gate = find_gate(draft.type)
    if gate:
        body = gate.prepare(body)
    publication = Publication(
        identifier=draft.identifier,
        type=draft.type,
        government=draft.government,
        body=body,
        published_at=now,
        demonstration=draft.demonstration or bool(getattr(actor, "demonstration", False)),
    )
    last = find_states([draft.identifier]).get(draft.identifier)
    before = last.known[-1] if last and last.known else None
    if before is not None and before.revision is not None:
        # An imported record counts on from its own revisions, so that its number never goes back.
        publication = replace(publication, revision=before.revision + 1)
    if before is not None and before.ending is None and before.sha256 == content_hash(body):
        outcome = _publish_unchanged(draft, kept, before.number)
    else:
        (outcome,) = publish_records([publication], actor=actor, reason=reason, now=now)
    if outcome.action == "refused" or outcome.version is None:
        why = outcome.reason
        what = why if isinstance(why, Sentence) else Sentence(why)
        remedy = sentence("Correct it, or ask the Secretariat.")
        raise NotPublishableError([RecordProblem("$", what, remedy)])
    store_parts(draft, kept, outcome.version, actor=actor, now=now)
    if gate:
        gate.follow(draft, outcome, actor, now)
    mark_published(draft, body, now)
    old_state, draft.state = draft.state, next_state(draft, "publish")
    draft.closed_at = draft.updated_at = now
    draft.published_version = outcome.version
    draft.save()
    log_draft(draft, "publish", old_state, actor=actor, now=now, reason=reason)
    tell_step(draft, "publish", actor=actor, now=now)
    return outcome


def _publish_unchanged(draft: Draft, kept: dict[str, object], number: int) -> Outcome:
    """Only what is kept back may have changed; where nothing did, there is nothing to publish."""
    if is_unchanged(draft, kept):
        what = sentence("nothing differs from what is published")
        remedy = sentence("Confirm the record if it still holds, or discard this draft.")
        raise NotPublishableError([RecordProblem("$", what, remedy)])
    return Outcome(draft.identifier, "unchanged", number)


def _check_four_eyes(draft: Draft, actor: User | None) -> None:
    """Where the switch is off, nobody publishes what they wrote: decision 0014."""
    if is_kept_from_own(draft, actor):
        raise PermissionDenied(
            sentence(
                "You wrote or last changed this draft, and nobody publishes their own drafts here. "
                "Ask another person who may publish."
            )
        )


def _read_reason(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissingError(sentence("Say why: the reason stands in the public log."))
    return reason.strip()
