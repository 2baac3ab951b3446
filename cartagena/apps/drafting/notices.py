"""Messages to people about drafts they wrote or must decide on.

They say what happened and lead to the desk. What stands in a draft, its comments and the reasons
given are read there, after signing in, and never in a mailbox.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Q

from cartagena.apps.accounts.api import Role, User, send_message
from cartagena.apps.drafting.access import is_kept_from_own, may_do
from cartagena.apps.drafting.log import id_of
from cartagena.apps.drafting.models import (
    OPEN_STATES,
    ConfidentialPart,
    Draft,
    FieldComment,
    NoticeSent,
)
from cartagena.apps.registry.api import Actor, may
from cartagena.engine.record_format import load_record_format

COMMENTS_APART = dt.timedelta(hours=1)
"""Between two messages about comments on one draft to one person lies at least so much."""
COMMENTS_LATEST = dt.timedelta(days=2)
"""Comments that could not be told for so long are not told any more."""

_TO_AUTHORS = ("return", "publish", "lapse")


def tell_step(draft: Draft, action: str, *, actor: Actor, now: dt.datetime) -> None:
    """Tell those whom a step concerns, in its transaction; the draft has its new state already.

    A request is told to who may publish it; a return, a publication and a lapse to its authors.
    """
    if action == "request":
        _send_all(list_publishers(draft), "publication_requested", draft, actor, now)
    elif action in _TO_AUTHORS:
        _send_all(list_authors(draft), f"draft_{action}", draft, actor, now)


def list_publishers(draft: Draft) -> list[User]:
    """Who decides about a request: the BCH focal points of the Party, or the Secretariat."""
    focal_points = Q(role=Role.BCH_FOCAL_POINT, party=draft.government)
    people = User.objects.filter(focal_points | Q(role=Role.SECRETARIAT), is_active=True)
    return [
        person
        for person in people.order_by("pk")
        if may_do(person, "publish", draft)
        and may_do(person, "read_draft", draft)
        and not is_kept_from_own(draft, person)
    ]


def list_authors(draft: Draft) -> list[User]:
    """Who began a draft, asked for its publication or changed it last, and may still read it."""
    numbers = (draft.created_by_id, draft.requested_by_id, draft.updated_by_id)
    known = [number for number in numbers if number is not None]
    people = User.objects.filter(pk__in=known, is_active=True).order_by("pk")
    return [person for person in people if may_do(person, "read_draft", draft)]


def tell_claim(
    part: ConfidentialPart, taken_part: Iterable[int], *, actor: Actor, now: dt.datetime
) -> None:
    """Tell of a step those who took part in the claim, and who decides about it.

    Neither the value nor any reason stands in the message.
    """
    focal_points = Q(role=Role.BCH_FOCAL_POINT, party=part.government)
    people = User.objects.filter(
        Q(pk__in=list(taken_part)) | focal_points | Q(role=Role.SECRETARIAT), is_active=True
    )
    shape = load_record_format(part.type)
    for person in people.order_by("pk"):
        may_read = may(person, "read_confidential", part.type, part.government)
        if person.pk == id_of(actor) or not may_read:
            continue
        field = shape.by_id.get(part.field)
        context = {
            "part": part,
            "kind": shape.name.get(person.language),
            "field": field.label.get(person.language) if field else part.field,
        }
        send_message(person, "claim_step", context, now=now)


def tell_comments(draft: Draft, *, now: dt.datetime) -> int:
    """Tell the authors of a draft of comments that others made; returns how many were told.

    Nobody is told more than once an hour: what comes meanwhile waits for the next time. The caller
    holds the draft, so nobody else does this at once.
    """
    recent = FieldComment.objects.filter(draft=draft, at__gt=now - COMMENTS_LATEST)
    comments = list(
        recent.filter(resolved_at=None).order_by("pk").values_list("pk", "field", "author_id")
    )
    return sum(_tell_comments(person, draft, comments, now) for person in list_authors(draft))


def tell_waiting_comments(now: dt.datetime) -> int:
    """Tell of comments that had to wait because their hour was not over; returns how many."""
    drafts = Draft.objects.filter(
        state__in=OPEN_STATES, comments__at__gt=now - COMMENTS_LATEST
    ).distinct()
    told = 0
    for key in list(drafts.values_list("pk", flat=True)):
        with transaction.atomic():
            draft = Draft.objects.select_for_update().get(pk=key)
            if draft.is_open:
                told += tell_comments(draft, now=now)
    return told


def _tell_comments(
    person: User, draft: Draft, comments: Iterable[tuple[int, str, int | None]], now: dt.datetime
) -> bool:
    hidden = () if may_do(person, "read_confidential", draft) else tuple(draft.ever_confidential)
    told = NoticeSent.objects.filter(
        kind=NoticeSent.Kind.COMMENTS, account=person, subject=str(draft.pk)
    )
    last = told.order_by("-sent_at", "-pk").first()
    after = int(last.mark) if last else 0
    new = [
        number
        for number, field, author in comments
        if number > after and author != person.pk and field not in hidden
    ]
    if not new or (last and now < last.sent_at + COMMENTS_APART):
        return False
    NoticeSent.objects.create(
        kind=NoticeSent.Kind.COMMENTS,
        account=person,
        subject=str(draft.pk),
        mark=str(max(new)),
        sent_at=now,
    )
    send_message(person, "draft_comments", {**_describe(draft, person), "count": len(new)}, now=now)
    return True


def _send_all(
    people: Iterable[User], template: str, draft: Draft, actor: Actor, now: dt.datetime
) -> None:
    for person in people:
        if person.pk != id_of(actor):
            send_message(person, template, _describe(draft, person), now=now)


def _describe(draft: Draft, person: User) -> Mapping[str, object]:
    """What a message says of a draft; its title is never a confidential one."""
    return {
        "draft": draft,
        "kind": load_record_format(draft.type).name.get(person.language),
        "title": draft.title,
    }
