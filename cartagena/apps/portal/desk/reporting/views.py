"""Pages of a report: which there are, how far one is, and the questionnaire section by section."""

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.account_frame import AccountFrame
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page
from cartagena.apps.portal.desk.received import find_received, note_received
from cartagena.apps.portal.desk.reporting.comments import take_comments
from cartagena.apps.portal.desk.reporting.meanwhile import list_others, list_theirs
from cartagena.apps.portal.desk.reporting.questions import QuestionView, list_cell_names, read_sent
from cartagena.apps.portal.desk.reporting.work import ReportWork, open_draft, open_work
from cartagena.apps.portal.sentences import say_error, say_sentence
from cartagena.apps.reports import api as reports
from cartagena.engine.answer_sheet import parse_key, write_cells
from cartagena.engine.report_check import list_open
from cartagena.engine.reporting_cycle import load_reporting_cycles

REVISION, DO, LANGUAGE = "desk-revision", "desk-do", "desk-language"


@desk_page("reporting/list.html")
def list_reports(desk: Desk) -> Answer:
    """The cycles with the state of one's own Party, newest first; for the Secretariat, all."""
    desk.name_page(_("National reports"))
    rows = []
    for cycle, reporting in reversed(list(load_reporting_cycles().items())):
        standings = reports.list_standings(cycle, today=desk.today, actor=desk.user)
        own = next((each for each in standings if each.party == desk.user.party), None)
        rows.append({"cycle": cycle, "reporting": reporting, "own": own})
    return {"rows": rows, "party": desk.user.party}


@desk_page("reporting/report.html")
def show_report(desk: Desk, cycle: str, party: str) -> Answer:
    """One report: start it or go on, section by section, and what to do next."""
    work = open_work(desk, cycle, party)
    if desk.is_sent:
        if desk.sent(DO) == "languages" and work.draft is not None:
            return _save_languages(desk, work)
        languages = [desk.language] if desk.language != "en" else ["en"]
        reports.start_report(cycle, party, actor=desk.user, now=desk.now, languages=languages)
        return HttpResponseRedirect(work.address())
    work.name_page(_("Report"))
    desk.frame.crumbs.pop()
    name = work.shape.name.get(desk.language)
    desk.frame.title = f"{work.country.names.get(desk.language)}: {name}"
    live = reports.find_live_report(cycle, party)
    if work.draft is None:
        return {"work": work, "live": live, "is_prepared": work.is_prepared_unseen}
    work.draft = drafting.note_presence(work.draft.pk, actor=desk.user, now=desk.now)
    progress = {each.key: each for each in work.progress.sections}
    counts = _count_findings(work)
    return {
        "work": work,
        "live": live,
        "sections": [
            {"key": key, "title": title, "progress": progress.get(key),
             "findings": counts.get(key, 0), "may_change": work.may_change(key)}
            for key, title in work.sections
        ],
        "open": len(list_open(work.findings, work.explained)),
        "actions": drafting.list_actions(desk.user, work.draft),
        "invitations": reports.list_invitations(work.draft),
        "all_languages": reports.LANGUAGE_NAMES.items(),
    }  # fmt: skip


@desk_page("reporting/section.html")
def edit_section(desk: Desk, cycle: str, party: str, section: str) -> Answer:
    """The questions of a section; sent, they are saved and the next page is shown."""
    work = open_draft(desk, cycle, party)
    keys = [key for key, _title in work.sections]
    if section not in keys:
        raise drafting.DraftNotFoundError("There is no such section.")
    if desk.is_sent:
        return take_comments(desk, work, section) or _save_section(desk, work, section)
    assert work.draft is not None
    work.draft = drafting.note_presence(work.draft.pk, actor=desk.user, now=desk.now)
    return _show_section(desk, work, section)


@never_cache
def autosave(request: HttpRequest, cycle: str, party: str, section: str) -> HttpResponse:
    """Save what the form holds now, for the script: JSON with the revision, or what is wrong.

    Only read (GET), it is a sign of life, and tells what others answered since a revision.
    """
    if not isinstance(request.user, User):
        return JsonResponse({"error": _("You are signed out.")}, status=401)
    now = dt.datetime.now(dt.UTC)
    desk = Desk(request, request.user, now, AccountFrame(request, now.date()))
    try:
        work = open_draft(desk, cycle, party)
        if request.method != "POST":
            return _look(desk, work, section)
        saved = _save(desk, work, section, automatic=True)
    except drafting.DraftNotFoundError:
        return JsonResponse({"error": _("This report has no open draft.")}, status=404)
    except PermissionDenied:
        return JsonResponse({"error": _("This account may not change this section.")}, status=403)
    except drafting.EditConflictError as conflict:
        told = _("Somebody else answered the same question meanwhile. Save to see both answers.")
        fields = sorted(conflict.fields)
        return JsonResponse({"error": told, "fields": fields}, status=409)
    except (drafting.DraftStateError, drafting.NotSavableError) as problem:
        return JsonResponse({"error": say_error(problem)}, status=409)
    work.draft = saved.draft
    return JsonResponse(
        {
            "revision": saved.draft.revision,
            "saved": f"{now:%H:%M:%S}",
            "theirs": list_theirs(work, section, desk.number(REVISION), saved.changes),
            "present": list_others(desk, saved.draft),
            "problems": [
                [p.place, say_sentence(p.what), say_sentence(p.remedy)] for p in saved.problems
            ],
        }
    )


def _look(desk: Desk, work: ReportWork, section: str) -> HttpResponse:
    assert work.draft is not None
    work.draft = drafting.note_presence(work.draft.pk, actor=desk.user, now=desk.now)
    asked = desk.request.GET.get(REVISION, "")
    revision = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else -1
    return JsonResponse(
        {
            "revision": work.draft.revision,
            "theirs": list_theirs(work, section, revision, {}),
            "present": list_others(desk, work.draft),
        }
    )


def _count_findings(work: ReportWork) -> dict[str, int]:
    counts: dict[str, int] = {}
    explained = work.explained
    for finding in work.findings:
        if finding.level == "advice" or finding.key in explained:
            continue
        question = work.shape.in_document.get(finding.questions[0]) if finding.questions else None
        key = (question.section if question else None) or "head"
        counts[key] = counts.get(key, 0) + 1
    return counts


def _save_languages(desk: Desk, work: ReportWork) -> HttpResponse:
    sent = desk.request.POST.getlist(LANGUAGE)
    wanted = [code for code in reports.LANGUAGE_NAMES if code in sent]
    assert work.draft is not None
    if wanted:
        reports.save_cells(
            work.draft.pk, {}, actor=desk.user, revision=desk.number(REVISION), now=desk.now,
            languages=wanted,
        )  # fmt: skip
        messages.success(desk.request, _("Saved."))
    else:
        messages.warning(desk.request, _("Choose at least one language."))
    return HttpResponseRedirect(work.address())


def _save(
    desk: Desk, work: ReportWork, section: str, *, automatic: bool = False
) -> "reports.SavedCells":
    if not work.may_change(section):
        raise PermissionDenied
    assert work.draft is not None
    cells = read_sent(work.inputs().list_questions(section), desk.request.POST.dict())
    return reports.save_cells(
        work.draft.pk, cells, actor=desk.user, revision=desk.number(REVISION), now=desk.now,
        automatic=automatic, draft=work.draft,
    )  # fmt: skip


def _save_section(desk: Desk, work: ReportWork, section: str) -> Answer:
    try:
        saved = _save(desk, work, section)
    except drafting.EditConflictError as conflict:
        work.draft = conflict.draft
        return {**_show_section(desk, work, section, conflict=conflict), "status": 409}
    work.draft = saved.draft
    note_received(desk, _form_key(work, section))
    do, _colon, key = desk.sent(DO).partition(":")
    if saved.problems:
        return {**_show_section(desk, work, section, unclear=saved.problems), "status": 400}
    if do in ("same", "propose", "mine"):
        return _take_over(desk, work, section, do, key)
    messages.success(desk.request, _("Saved."))
    keys = [key for key, _title in work.sections]
    place = keys.index(section)
    if do == "next" and place + 1 < len(keys):
        return HttpResponseRedirect(work.address("report_section", keys[place + 1]))
    if do == "comment":
        return HttpResponseRedirect(f"{work.address('report_section', section)}#q-{key}")
    if do == "overview":
        return HttpResponseRedirect(work.address())
    if do == "check":
        return HttpResponseRedirect(work.address("report_check"))
    return HttpResponseRedirect(work.address("report_section", section))


def _form_key(work: ReportWork, section: str) -> str:
    assert work.draft is not None
    return f"{work.draft.pk}-{section}"


def _take_over(desk: Desk, work: ReportWork, section: str, do: str, key: str) -> HttpResponse:
    """Answer one question as the last report did, or as published records say."""
    assert work.draft is not None
    view = next((v for v in work.builder().list_questions(section) if v.key == key), None)
    cells: dict[str, str] = {}
    if view is not None and do == "same" and view.before is not None:
        cells = _clear(view) | view.before.cells if view.before.cells else {}
    elif view is not None and do == "propose" and view.proposal is not None:
        cells = {view.proposal.cell: view.proposal.value}
    if cells:
        reports.save_cells(
            work.draft.pk, cells, actor=desk.user, revision=work.draft.revision, now=desk.now
        )
    return HttpResponseRedirect(f"{work.address('report_section', section)}#q-{key}")


def _clear(view: QuestionView) -> dict[str, str]:
    return dict.fromkeys(list_cell_names([view]), "")


def _show_section(
    desk: Desk,
    work: ReportWork,
    section: str,
    conflict: "drafting.EditConflictError | None" = None,
    unclear: Any = (),
) -> Mapping[str, Any]:
    assert work.draft is not None
    for name in ("findings", "progress", "languages"):
        work.__dict__.pop(name, None)
    titles = dict(work.sections)
    work.name_page(titles[section])
    builder = work.builder()
    keys = [key for key, _title in work.sections]
    place = keys.index(section)
    progress = {each.key: each for each in work.progress.sections}
    return {
        "work": work,
        "section": section,
        "questions": builder.list_questions(section),
        "sections": [
            {"key": key, "title": title, "progress": progress.get(key)}
            for key, title in work.sections
        ],
        "next": work.sections[place + 1] if place + 1 < len(keys) else None,
        "may_change": work.may_change(section),
        "may_comment": "comment" in drafting.list_actions(desk.user, work.draft),
        "form_id": secrets.token_hex(8),
        "received": find_received(desk, _form_key(work, section)),
        "rules": {**reports.describe_rules(work.shape), "cells": builder.cells},
        "conflicts": _list_conflicts(work, conflict) if conflict else [],
        "unclear": unclear,
        "present": list_others(desk, work.draft),
        "language_names": reports.LANGUAGE_NAMES,
    }


def _list_conflicts(work: ReportWork, conflict: "drafting.EditConflictError") -> list[Any]:
    """(question label, theirs, mine) of what two people answered at once; theirs is in the form."""
    found = []
    for name, (theirs, mine) in conflict.fields.items():
        question = work.shape.in_document.get(parse_key(name).field)
        label = question.label if question else name
        found.append(
            {
                "label": label,
                "key": name,
                "theirs": _say(work, name, theirs),
                "mine": _say(work, name, mine),
            }
        )
    return found


def _say(work: ReportWork, name: str, value: Any) -> list[str]:
    """A value of a field in words."""
    cells = write_cells(work.shape, {name: value} if value is not None else {})
    question = work.shape.in_document.get(name)
    said = []
    for cell, text in cells.items():
        key = parse_key(cell)
        code = text if key.option is None and key.part is None else key.option
        known = question is not None and any(o.code == code for o in question.options)
        if known and key.part is None and question is not None and code is not None:
            said.append(question.option(code).label.get(work.desk.language))
        else:
            said.append(text)
    return said
