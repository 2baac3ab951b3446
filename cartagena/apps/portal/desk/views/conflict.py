"""Two people changed the same field: both texts side by side, and the choice between them."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk.forms.inputs import join
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page, go
from cartagena.apps.portal.desk.presenters import find_person, say_person
from cartagena.apps.portal.desk.references import RecordNames
from cartagena.apps.portal.desk.saving import REVISION
from cartagena.apps.portal.desk.showing import Shower
from cartagena.engine.record_format import RecordFormat, load_record_format

MINE = "desk-mine"


def show_conflict(
    desk: Desk, shape: RecordFormat, conflict: "drafting.EditConflictError"
) -> HttpResponse:
    """409: for each field theirs and mine; the rest of what was sent is saved already."""
    draft = conflict.draft
    mine = {field: pair[1] for field, pair in conflict.fields.items()}
    names = RecordNames(desk.user, desk.language, (draft.type, draft.body), (draft.type, mine))
    shower = Shower(desk.language, names)
    desk.name_page(_("Two people changed the same"))
    context = {
        "frame": desk.frame,
        "draft": draft,
        "by": say_person(find_person(draft, "updated_by"), desk.user),
        "fields": [
            {
                "name": join(MINE, field),
                "label": shape.by_id[field].label if field in shape.by_id else field,
                "theirs": shower.show(shape.by_id.get(field), theirs),
                "mine": shower.show(shape.by_id.get(field), value),
                "json": json.dumps(value, ensure_ascii=False),
                "field": field,
            }
            for field, (theirs, value) in conflict.fields.items()
        ],
    }
    return render(desk.request, "portal/desk/conflict.html", context, status=409)


@desk_page("conflict.html", methods=("POST",))
def settle(desk: Desk, key: str) -> Answer:
    """Save one's own text in the fields for which it was chosen; theirs stays in the others."""
    draft = drafting.get_draft(key, actor=desk.user)
    shape = load_record_format(draft.type)
    chosen = _read_chosen(desk)
    try:
        drafting.save_draft(
            draft.pk, chosen, actor=desk.user, revision=desk.number(REVISION), now=desk.now
        )
    except drafting.EditConflictError as conflict:
        return show_conflict(desk, shape, conflict)
    messages.success(desk.request, _("Saved."))
    return go("draft", draft.pk)


def _read_chosen(desk: Desk) -> Mapping[str, Any]:
    """Field -> value, of the fields for which “mine” was chosen; what is no JSON is left out."""
    found = {}
    for field in desk.request.POST.getlist("desk-field"):
        if desk.sent(join("desk-choice", field)) != "mine":
            continue
        try:
            found[field] = json.loads(desk.request.POST.get(join(MINE, field), ""))
        except ValueError:
            continue
    return found
