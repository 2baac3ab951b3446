"""Records of a Party that must be confirmed; several are confirmed with one statement."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal import record_queries
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page, go
from cartagena.apps.portal.record_queries import RecordHead
from cartagena.apps.registry import api as registry
from cartagena.engine.record_confirmation import add_months, find_confirmation_due
from cartagena.engine.record_format import load_all_record_formats

MOST = 200
"""So many records are confirmed at once."""

_SOON = 3
"""A record is listed from so many months before the day by which it must be confirmed."""


@dataclass(frozen=True)
class DueLine:
    """A record that must be confirmed, and by when."""

    head: RecordHead
    due_on: dt.date
    is_late: bool


@desk_page("confirm_several.html")
def confirm_several(desk: Desk) -> Answer:
    """Tick records and say once what was checked: they are confirmed together or not at all."""
    due = list_due(desk)
    chosen = set(desk.request.POST.getlist("record")) & {line.head.identifier for line in due}
    problems = []
    if desk.is_sent and not chosen:
        problems.append((_("Tick at least one record."), "#records"))
    if desk.is_sent and not desk.sent("text"):
        problems.append((_("Say what was checked: it stands in the public log."), "#text"))
    if desk.is_sent and not problems:
        number = drafting.confirm_several(
            sorted(chosen), actor=desk.user, reason=desk.sent("text"), now=desk.now
        )
        told = ngettext(
            "%(number)s record was confirmed.", "%(number)s records were confirmed.", number
        )
        messages.success(desk.request, told % {"number": number})
        return go("home")
    ticked = {line.head.identifier for line in due[:MOST]} if "all" in desk.request.GET else chosen
    desk.name_page(_("Confirm several records"))
    return {
        "lines": [(line, line.head.identifier in ticked) for line in due[:MOST]],
        "more": max(0, len(due) - MOST),
        "text": desk.sent("text"),
        "problems": problems,
        "status": 400 if problems else 200,
    }


def list_due(desk: Desk) -> list[DueLine]:
    """The records of the Party that must be confirmed soon or should have been, latest last."""
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
    today: dt.date, heads: list[RecordHead], confirmed: Mapping[str, Any]
) -> list[DueLine]:
    found = []
    for head in heads:
        last = max(head.published_on, confirmed.get(head.identifier, head.published_on))
        due = find_confirmation_due(head.type, head.fields, last)
        if due is not None and due <= add_months(today, _SOON):
            found.append(DueLine(head, due, due < today))
    return found
