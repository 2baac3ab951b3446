"""My work: what waits for me, what I write, what I published, what must be confirmed soon."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal import record_queries
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page
from cartagena.apps.portal.desk.presenters import list_lines
from cartagena.apps.portal.record_queries import RecordHead
from cartagena.apps.registry import api as registry
from cartagena.engine.record_confirmation import add_months, find_confirmation_due
from cartagena.engine.record_format import load_all_record_formats

_MOST = 200
_SOON = 3
"""A record is listed from so many months before the day by which it must be confirmed."""


@dataclass(frozen=True)
class DueLine:
    """A record that must be confirmed, and by when."""

    head: RecordHead
    due_on: dt.date
    is_late: bool


@desk_page("home.html", methods=("GET", "HEAD"))
def show_work(desk: Desk) -> Answer:
    """The lists of somebody's work, each with what to do next."""
    desk.name_page(_("My work"))
    desk.frame.crumbs = []
    drafts = list(drafting.list_drafts(desk.user)[:_MOST])
    asked = [draft for draft in drafts if draft.state == "requested"]
    waiting = [d for d in asked if "return" in drafting.list_actions(desk.user, d)]
    mine = [draft for draft in drafts if draft.created_by_id == desk.user.pk]
    returned = [draft for draft in drafts if draft.state == "returned"]
    done = {draft.pk for draft in (*waiting, *returned)}
    return {
        "waiting": list_lines(waiting, desk.user),
        "returned": list_lines(returned, desk.user),
        "mine": list_lines((d for d in mine if d.pk not in done), desk.user),
        "others": list_lines((d for d in drafts if d.pk not in done and d not in mine), desk.user),
        "due": _list_due(desk),
        "published": _list_published(desk),
        "may_start": bool(list_startable(desk)),
    }


@desk_page("closed.html", methods=("GET", "HEAD"))
def show_closed(desk: Desk) -> Answer:
    """Drafts that are published or were discarded."""
    desk.name_page(_("Closed drafts"))
    drafts = drafting.list_drafts(desk.user, open_only=False)
    closed = drafts.filter(state__in=["published", "discarded"])[:_MOST]
    return {"lines": list_lines(closed, desk.user)}


def list_startable(desk: Desk) -> Mapping[str, Any]:
    """The record types that somebody may draft, with fields of their own."""
    return {
        name: shape
        for name, shape in load_all_record_formats().items()
        if shape.holds == "fields"
        and registry.may(
            desk.user, "draft", name, desk.user.party if shape.kind == "national" else None
        )
    }


def _list_published(desk: Desk) -> list[RecordHead]:
    """What this person published last, as it is public now."""
    mine = registry.list_log().filter(actor=desk.user, action__in=["publish", "amend"])
    recent = list(mine.order_by("-position").values_list("record__identifier", flat=True)[:20])
    heads = record_queries.list_heads(recent, None)
    return [heads[identifier] for identifier in dict.fromkeys(recent) if identifier in heads]


def _list_due(desk: Desk) -> list[DueLine]:
    """The records of the Party that must be confirmed soon or should have been."""
    if desk.user.party is None:
        return []
    types = {
        name: shape
        for name, shape in load_all_record_formats().items()
        if shape.confirm_after is not None
        and registry.may(desk.user, "confirm", name, desk.user.party)
    }
    if not types:
        return []
    fields = sorted({shape.confirm_only_if for shape in types.values() if shape.confirm_only_if})
    heads = record_queries.list_by_type(list(types), None, *fields, government=desk.user.party)
    confirmed = record_queries.find_last_confirmations([head.identifier for head in heads], None)
    return sorted(_find_due(desk.today, heads, confirmed), key=lambda line: line.due_on)


def _find_due(
    today: dt.date, heads: list[RecordHead], confirmed: Mapping[str, dt.date]
) -> list[DueLine]:
    found = []
    for head in heads:
        last = max(head.published_on, confirmed.get(head.identifier, head.published_on))
        due = find_confirmation_due(head.type, head.fields, last)
        if due is not None and due <= add_months(today, _SOON):
            found.append(DueLine(head, due, due < today))
    return found
