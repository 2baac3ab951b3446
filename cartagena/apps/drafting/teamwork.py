"""What people who work on one draft see of each other: comments, presence, saves."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import QuerySet

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting.access import check_right, find_readable, hide, show_to
from cartagena.apps.drafting.errors import DraftNotFoundError, ReasonMissingError
from cartagena.apps.drafting.log import id_of
from cartagena.apps.drafting.models import (
    Draft,
    DraftEvent,
    DraftSave,
    FieldComment,
    Presence,
)
from cartagena.apps.drafting.notices import tell_comments
from cartagena.apps.drafting.states import next_state
from cartagena.apps.registry.api import Actor
from cartagena.engine.sentence import sentence

PRESENT_FOR = dt.timedelta(seconds=60)


def add_comment(
    key: uuid.UUID | str, field: str, text: str, *, actor: Actor, now: dt.datetime
) -> FieldComment:
    """Say something to the others about a field, or about the draft as a whole (field "").

    Raises ReasonMissingError for an empty text, and as get_draft and the states do.
    """
    if not text.strip():
        raise ReasonMissingError(sentence("Write the comment first."))
    with transaction.atomic():
        draft = find_readable(key, actor, lock=True)
        next_state(draft, "comment")
        check_right(actor, "comment", draft)
        comment = FieldComment.objects.create(
            draft=draft, field=field[:100], text=text.strip(), author_id=id_of(actor), at=now
        )
        tell_comments(draft, now=now)
        return comment


def resolve_comment(comment_id: int, *, actor: Actor, now: dt.datetime) -> FieldComment:
    """Mark a comment as dealt with; for everybody who may comment. Raises DraftNotFoundError."""
    with transaction.atomic():
        comment = FieldComment.objects.filter(pk=comment_id).first()
        if comment is None:
            raise DraftNotFoundError(f"There is no comment {comment_id}.")
        draft = find_readable(comment.draft_id, actor, lock=True)
        next_state(draft, "comment")
        check_right(actor, "comment", draft)
        if comment.resolved_at is None:
            comment.resolved_at, comment.resolved_by_id = now, id_of(actor)
            comment.save(update_fields=["resolved_at", "resolved_by"])
    return comment


def list_comments(draft: Draft) -> QuerySet[FieldComment]:
    """The comments on a draft that was read with get_draft, oldest first."""
    comments = draft.comments.exclude(field__in=draft.hidden_fields)
    return comments.order_by("at", "pk").select_related("author")


def note_presence(key: uuid.UUID | str, *, actor: User, now: dt.datetime) -> Draft:
    """Note that somebody has a draft open; to be called at least once a minute.

    Returns the draft as get_draft does, so that the page can tell what is new in it.
    """
    draft = find_readable(key, actor)
    Presence.objects.update_or_create(draft=draft, user=actor, defaults={"seen_at": now})
    return show_to(draft, actor)


def list_present(draft: Draft, *, now: dt.datetime) -> list[Presence]:
    """Who has the draft open now, last seen first."""
    seen = draft.presences.filter(seen_at__gt=now - PRESENT_FOR)
    return list(seen.order_by("-seen_at", "pk").select_related("user"))


def list_saves(draft: Draft) -> list[DraftSave]:
    """All saves of a draft that was read with get_draft, newest first, refused ones among them."""
    saves = list(draft.saves.order_by("-pk").select_related("saved_by"))
    for save in saves:
        save.changes = hide(draft, save.changes)
        save.confidential = hide(draft, save.confidential)
    return saves


def list_events(draft: Draft) -> QuerySet[DraftEvent]:
    """What became of a draft, step by step, oldest first."""
    return draft.events.order_by("position").select_related("actor")
