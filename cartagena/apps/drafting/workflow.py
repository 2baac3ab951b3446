"""From a draft to its publication: request, recall, return, discard. Publishing: publishing.py."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from cartagena.apps.drafting.access import check_right, find_readable, show_to
from cartagena.apps.drafting.checks import check_draft
from cartagena.apps.drafting.errors import (
    EditConflictError,
    NotPublishableError,
    ReasonMissingError,
)
from cartagena.apps.drafting.gates import check_restriction
from cartagena.apps.drafting.log import id_of, log_draft
from cartagena.apps.drafting.models import Draft
from cartagena.apps.drafting.notices import tell_step
from cartagena.apps.drafting.states import DraftAction, next_state
from cartagena.apps.registry.api import Actor
from cartagena.engine.sentence import sentence

LAPSE_WEEKS = 12
"""After so long without an answer a request goes back to its authors, as in the real one."""


def request_publication(
    key: uuid.UUID | str, *, actor: Actor, revision: int, now: dt.datetime, note: str = ""
) -> Draft:
    """Ask for publication; the draft is locked until it is published, returned or recalled.

    Raises NotPublishableError with the errors that must be corrected before, EditConflictError if
    somebody saved since `revision`, DraftStateError, PermissionDenied, DraftNotFoundError.
    """
    with _step(key, "request", actor, now, reason=note) as draft:
        check_revision(draft, revision, actor)
        refuse_errors(draft, now)
        draft.note = note.strip()
        draft.requested_by_id, draft.requested_at = id_of(actor), now
        draft.returned_reason = ""
    return show_to(draft, actor)


def recall_request(key: uuid.UUID | str, *, actor: Actor, now: dt.datetime) -> Draft:
    """Take a request back; the draft may be edited again."""
    with _step(key, "recall", actor, now) as draft:
        pass
    return show_to(draft, actor)


def return_draft(key: uuid.UUID | str, *, actor: Actor, reason: str, now: dt.datetime) -> Draft:
    """Give a requested draft back to its authors with a reason; comments on fields stay with it."""
    if not reason.strip():
        raise ReasonMissingError(sentence("Say what must be changed: the authors read it."))
    with _step(key, "return", actor, now, reason=reason) as draft:
        draft.returned_reason = reason.strip()
    return show_to(draft, actor)


def discard_draft(key: uuid.UUID | str, *, actor: Actor, now: dt.datetime) -> Draft:
    """Close a draft that will not be published; its saves stay readable for its authors."""
    with _step(key, "discard", actor, now) as draft:
        draft.closed_at = now
    return show_to(draft, actor)


def lapse_requests(now: dt.datetime, *, weeks: int = LAPSE_WEEKS) -> int:
    """Open the drafts again whose requests nobody answered for weeks; returns how many."""
    due = Draft.objects.filter(
        state=Draft.State.REQUESTED, requested_at__lt=now - dt.timedelta(weeks=weeks)
    )
    lapsed = 0
    for key in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            draft = Draft.objects.select_for_update().get(pk=key)
            if draft.state != Draft.State.REQUESTED:
                continue  # answered at this very moment
            reason = f"Not answered for {weeks} weeks."
            _move(draft, "lapse", None, now, reason)
            draft.save()
            tell_step(draft, "lapse", actor=None, now=now)
            lapsed += 1
    return lapsed


def check_revision(draft: Draft, revision: int, actor: Actor) -> None:
    """Raise EditConflictError if the draft is not what the person saw."""
    if revision != draft.revision:
        raise EditConflictError(show_to(draft, actor), {})


def refuse_errors(draft: Draft, now: dt.datetime) -> None:
    """Raise NotPublishableError if the draft has errors; warnings pass."""
    problems = check_draft(draft, today=now.date())
    if any(problem.severity == "error" for problem in problems):
        raise NotPublishableError(problems)


@contextmanager
def _step(
    key: uuid.UUID | str, action: DraftAction, actor: Actor, now: dt.datetime, reason: str = ""
) -> Iterator[Draft]:
    """Hold a draft, let the caller change it, then move it to its next state and log that."""
    with transaction.atomic():
        draft = find_readable(key, actor, lock=True)
        next_state(draft, action)
        check_right(actor, action, draft)
        check_restriction(draft, None, actor)
        yield draft
        _move(draft, action, actor, now, reason)
        draft.save()
        tell_step(draft, action, actor=actor, now=now)


def _move(draft: Draft, action: DraftAction, actor: Actor, now: dt.datetime, reason: str) -> None:
    before, draft.state = draft.state, next_state(draft, action)
    draft.updated_at = now
    log_draft(draft, action, before, actor=actor, now=now, reason=reason.strip())
