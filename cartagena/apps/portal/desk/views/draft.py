"""The page on which a draft is written, and the saves that its form makes."""

import datetime as dt
import re
import secrets
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.account_frame import AccountFrame
from cartagena.apps.portal.desk import presenters
from cartagena.apps.portal.desk.datalists import list_datalists
from cartagena.apps.portal.desk.forms.inputs import SEPARATOR, join
from cartagena.apps.portal.desk.forms.record_form import (
    LANGUAGE_NAMES,
    REMOVE,
    FormContext,
    SectionView,
    anchor_of,
    build_form,
    list_languages,
    list_unknown,
)
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page, go
from cartagena.apps.portal.desk.received import find_received, note_received
from cartagena.apps.portal.desk.references import RecordNames
from cartagena.apps.portal.desk.saving import ACTION, COMMENT, REVISION, list_fixed, save_form
from cartagena.apps.portal.desk.views.conflict import show_conflict
from cartagena.apps.portal.sentences import say_error
from cartagena.engine.record_format import NOTES, RecordFormat, load_record_format
from cartagena.engine.record_type import list_report_types

_ROWS = re.compile(r"([A-Za-z0-9_.-]{1,160}):([1-9][0-9]?)")


@desk_page("draft.html")
def edit_draft(desk: Desk, key: str) -> Answer:
    """The form of a draft; sent, it is saved and leads on as its button says."""
    draft = drafting.get_draft(key, actor=desk.user)
    shape = load_record_format(draft.type)
    cycle = list_report_types().get(draft.type)
    if cycle is not None and draft.is_open:
        return go("report", cycle, draft.government)
    if shape.holds != "fields":
        return go("review", draft.pk)
    if desk.is_sent:
        return _save_and_go(desk, draft, shape)
    if "edit" not in drafting.list_actions(desk.user, draft):
        return go("review", draft.pk)
    draft = drafting.note_presence(draft.pk, actor=desk.user, now=desk.now)
    return _show(desk, draft, shape)


def _save_and_go(desk: Desk, draft: "drafting.Draft", shape: RecordFormat) -> HttpResponse:
    try:
        saved = save_form(desk, draft, shape)
    except drafting.EditConflictError as conflict:
        return show_conflict(desk, shape, conflict)
    key = saved.draft.pk
    note_received(desk, str(key))
    wish, _colon, name = desk.sent(ACTION).partition(":")
    if saved.theirs:
        labels = [shape.by_id[f].label.get(desk.language) for f in saved.theirs if f in shape.by_id]
        told = _("Others changed meanwhile, and their text was kept: %(fields)s.")
        messages.info(desk.request, told % {"fields": ", ".join(labels) or _("the record")})
    if removed := desk.sent(REMOVE):
        return go("draft", key, anchor=anchor_of(removed.split(SEPARATOR)[0]))
    if wish == "add" and _ROWS.fullmatch(f"{name}:2"):
        anchor = anchor_of(name.split(SEPARATOR)[0])
        return go("draft", key, query=f"rows={name}:2", anchor=anchor)
    if wish == "comment":
        return _comment(desk, key, name)
    if wish in ("check", "review", "files", "history"):
        return go(wish, key)
    messages.success(desk.request, _("Saved."))
    return go("draft", key, anchor=name if wish == "save" and name.startswith("s-") else "")


def _comment(desk: Desk, key: object, field: str) -> HttpResponse:
    try:
        drafting.add_comment(
            str(key), field, desk.sent(join(COMMENT, field)), actor=desk.user, now=desk.now
        )
    except drafting.ReasonMissingError:
        messages.warning(desk.request, _("The comment was empty, so none was added."))
    return go("draft", key, anchor=anchor_of(field) if field else "comments")


def _show(desk: Desk, draft: "drafting.Draft", shape: RecordFormat) -> Mapping[str, Any]:
    names = RecordNames(desk.user, desk.language, (draft.type, draft.body))
    rows = {
        found[1]: int(found[2])
        for asked in desk.request.GET.getlist("rows")
        if (found := _ROWS.fullmatch(asked))
    }
    context = FormContext(desk.language, names, rows, list_fixed(draft))
    sections = build_form(shape, draft.body, context)
    is_checked = "check" in desk.request.GET
    problems = presenters.list_problems(shape, drafting.check_draft(draft, today=desk.today))
    comments = presenters.group_comments(drafting.list_comments(draft), desk.user)
    title = draft.title or shape.name.get(desk.language)
    desk.name_page(title)
    return {
        "draft": draft,
        "form_id": secrets.token_hex(8),
        "received": find_received(desk, str(draft.pk)),
        "shape": shape,
        "line": presenters.list_lines([draft], desk.user)[0],
        "sections": presenters.dress_sections(
            sections, draft, problems, comments, is_checked=is_checked
        ),
        "progress": _measure(sections),
        "problems": [p for p in problems if p.is_error],
        "warnings": [p for p in problems if not p.is_error],
        "is_checked": is_checked,
        "comments": comments.get("", []),
        "actions": drafting.list_actions(desk.user, draft),
        "present": _list_others(desk, draft),
        "languages": [
            (code, name, code in list_languages(draft.body))
            for code, name in LANGUAGE_NAMES.items()
        ],
        "notes": draft.body.get(NOTES) or "",
        "unknown": list_unknown(shape, draft.body),
        "datalists": list_datalists(sections, desk.language),
        "returned_reason": draft.returned_reason if draft.state == "returned" else "",
        "allows_secrets": any(field.confidential_allowed for field in shape.fields),
    }


def _measure(sections: list[SectionView]) -> tuple[int, int]:
    """How many of the mandatory fields are filled, and how many there are."""
    return sum(section.done for section in sections), sum(section.asked for section in sections)


def _list_others(desk: Desk, draft: "drafting.Draft") -> list[str]:
    present = drafting.list_present(draft, now=desk.now)
    return [row.user.name for row in present if row.user_id != desk.user.pk]


@never_cache
def autosave(request: HttpRequest, key: str) -> HttpResponse:
    """A save by the script of the form, or (empty) a sign of life. Answers JSON only.

    401: signed out; 404: no such draft; 409: somebody else changed the same fields, or the draft
    is no longer open. Whatever the answer, the page keeps what was typed.
    """
    if not isinstance(request.user, User):
        return JsonResponse({"error": _("You are not signed in any more.")}, status=401)
    if request.method != "POST":
        return JsonResponse({"error": "POST"}, status=405)
    return _autosave(_make_desk(request), key)


def _make_desk(request: HttpRequest) -> Desk:
    assert isinstance(request.user, User)
    now = dt.datetime.now(dt.UTC)
    return Desk(request, request.user, now, AccountFrame(request, now.date()))


def _autosave(desk: Desk, key: str) -> HttpResponse:
    try:
        draft = drafting.note_presence(key, actor=desk.user, now=desk.now)
        shape = load_record_format(draft.type)
        theirs: tuple[str, ...] = ()
        if REVISION in desk.request.POST:
            saved = save_form(desk, draft, shape, automatic=True)
            draft, theirs = saved.draft, saved.theirs
    except drafting.DraftNotFoundError:
        return JsonResponse({"error": _("There is no such draft any more.")}, status=404)
    except drafting.EditConflictError as conflict:
        labels = [
            shape.by_id[field].label.get(desk.language)
            for field in conflict.fields
            if field in shape.by_id
        ]
        told = _("Somebody else changed the same: %(fields)s. Save to compare both.")
        words = told % {"fields": ", ".join(labels) or _("the record")}
        return JsonResponse({"conflict": sorted(conflict.fields), "error": words}, status=409)
    except (PermissionDenied, drafting.DraftStateError, drafting.NotSavableError) as problem:
        return JsonResponse({"error": say_error(problem) or _("Not allowed")}, status=409)
    return JsonResponse(
        {
            "revision": draft.revision,
            "saved": desk.now.strftime("%H:%M"),
            "theirs": theirs,
            "present": _list_others(desk, draft),
            "address": reverse("desk:draft", args=[draft.pk]),
        }
    )
