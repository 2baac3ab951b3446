"""One record: its page, its files, its history, and what changed between two versions."""

import datetime as dt
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _

from cartagena.apps.accounts.api import User
from cartagena.apps.portal import conditional, source
from cartagena.apps.portal.frame import BadQueryError, Frame, PageNotFoundError, read_as_of
from cartagena.apps.portal.page import READING, page, refuse_method, render_problem
from cartagena.apps.portal.presenters.record import OpenRecord, describe_as_linked_data
from cartagena.apps.portal.presenters.record_changes import list_changes
from cartagena.apps.portal.presenters.record_claims import list_withheld
from cartagena.apps.portal.presenters.record_decisions import (
    ASSESSMENTS,
    DECISION,
    describe_assessment,
    describe_decision,
)
from cartagena.apps.portal.presenters.record_lmo import LMO, SHOWN_APART, describe_lmo
from cartagena.apps.portal.record_queries import RecordAddress, VersionHead
from cartagena.apps.registry import api as registry
from cartagena.engine.record_type import list_report_types


def find_page(number: str) -> RecordAddress:
    """The record of an address. Raises PageNotFoundError that says how records are addressed."""
    address = source.records.find_address(number)
    if address is None:
        raise PageNotFoundError(
            _(
                "There is no record “%(asked)s”. Records are found by their public number, such as "
                "BCH-DEC-KE-105, with -2 behind it for the second version."
            )
            % {"asked": number[:60]}
        )
    return address


def _move(frame: Frame, address: RecordAddress, asked: str, name: str) -> HttpResponse | None:
    """The way to the one address of a record, for every other way to write it."""
    if str(address) != asked:
        query = {k: v for k, v in frame.request.GET.items() if k != "as_of"}
        return HttpResponseRedirect(frame.link(name, str(address), **query))
    return None


@page("records/record.html")
def show_record(frame: Frame, number: str) -> dict[str, Any] | HttpResponse:
    """A record as it stands, or one version of it."""
    address = find_page(number)
    moved = _move(frame, address, number, "record") or _move_report(frame, address)
    if moved is not None:
        return moved
    record = OpenRecord(frame, address)
    _fill_frame(record)
    context: dict[str, Any] = {
        "record": record, "withheld": list_withheld(record), "may_amend": _may_amend(record),
    }  # fmt: skip
    if record.state == "withdrawn":
        return context
    shown_apart = SHOWN_APART if record.stored.type == LMO else frozenset()
    context["referring"] = record.list_referring(without=shown_apart)
    if record.stored.type == LMO:
        context["lmo"] = describe_lmo(record)
    elif record.stored.type == DECISION:
        context["decision"] = describe_decision(record)
    elif record.stored.type in ASSESSMENTS:
        context["assessment"] = describe_assessment(record)
    return context


def _may_amend(record: OpenRecord) -> bool:
    """Whether the reader is one of those who look after the record, and has its desk page."""
    user = record.frame.request.user
    stored = record.stored
    return isinstance(user, User) and registry.may(user, "amend", stored.type, stored.government)


def _move_report(frame: Frame, address: RecordAddress) -> HttpResponse | None:
    """National reports have a page of their own. What is no longer public stays here."""
    cycle = list_report_types().get(address.type)
    if cycle is None or address.government is None:
        return None
    record = OpenRecord(frame, address)
    if record.state == "live":
        return HttpResponseRedirect(frame.link("report", address.government, cycle))
    if record.state == "older" and record.seen_alive_on is not None:
        day = record.seen_alive_on.isoformat()
        return HttpResponseRedirect(frame.link("report", address.government, cycle, as_of=day))
    return None


def _fill_frame(record: OpenRecord) -> None:
    frame = record.frame
    frame.section = "registries"
    frame.title = f"{record.heading} · {record.full_number}"
    frame.description = f"{record.shape.name.get(frame.language)}: {record.heading}"
    frame.made_up = record.version.demonstration
    crumbs = [(_("Clearing-House"), frame.link("registries"))]
    if record.country is not None:
        name = record.country.names.get(frame.language)
        crumbs.append((name, frame.link("party_records", record.country.code)))
    else:
        name = record.shape.name.get(frame.language)
        crumbs.append((name, frame.link("registry", record.stored.type)))
    frame.crumbs = [*crumbs, (record.number, "")]


@page("records/history.html")
def show_history(frame: Frame, number: str) -> dict[str, Any] | HttpResponse:
    """All versions of a record, and what the log tells of them."""
    address = find_page(number)
    record = OpenRecord(frame, RecordAddress(**{**address.__dict__, "revision": None}))
    if number != record.number:
        return HttpResponseRedirect(frame.link("record_history", record.number))
    _fill_frame(record)
    frame.title = _("History of %(number)s") % {"number": record.number}
    frame.crumbs[-1:] = [(record.number, frame.link("record", record.number)), (_("History"), "")]
    rows = [
        {"version": version, "number": record.stored.number(version.revision), "before": before}
        for version, before in zip(record.public, [None, *record.public], strict=False)
    ]
    return {"record": record, "rows": rows[::-1], "versions": record.public[::-1]}


@page("records/changes.html")
def show_changes(frame: Frame, number: str) -> dict[str, Any] | HttpResponse:
    """What differs between two versions of a record."""
    address = find_page(number)
    record = OpenRecord(frame, RecordAddress(**{**address.__dict__, "revision": None}))
    if number != record.number:
        query = {k: v for k, v in frame.request.GET.items() if k != "as_of"}
        return HttpResponseRedirect(frame.link("record_changes", record.number, **query))
    older, newer = _choose_versions(record)
    _fill_frame(record)
    frame.title = _("Changes of %(number)s") % {"number": record.number}
    history = (_("History"), frame.link("record_history", record.number))
    frame.crumbs[-1:] = [
        (record.number, frame.link("record", record.number)), history, (_("Changes"), "")
    ]  # fmt: skip
    same = older.number == newer.number
    return {
        "record": record,
        "older": older,
        "newer": newer,
        "versions": record.public,
        "changes": () if same else list_changes(record, older, newer),
        "same": same,
    }


def _choose_versions(record: OpenRecord) -> tuple[VersionHead, VersionHead]:
    """The two versions asked for, the older first; without a wish the last change."""
    known = {str(version.revision): version for version in record.public}
    last = record.public[-1]
    before = record.public[-2] if len(record.public) > 1 else last
    asked = [
        record.frame.choose(name, known, default=str(usual.revision))
        for name, usual in (("from", before), ("to", last))
    ]
    older, newer = sorted((known[each] for each in asked), key=lambda version: version.number)
    return older, newer


def get_json(request: HttpRequest, number: str) -> HttpResponse:
    """A version in the form of the Clearing-House, as a file."""

    def build(record: OpenRecord) -> HttpResponse:
        response = JsonResponse(record.body, json_dumps_params={"ensure_ascii": False, "indent": 1})
        name = f"{record.full_number}.json"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    return _answer_file(request, number, build)


def get_linked_data(request: HttpRequest, number: str) -> HttpResponse:
    """What a record is, as JSON-LD."""

    def build(record: OpenRecord) -> HttpResponse:
        frame = record.frame
        own = frame.request.build_absolute_uri(frame.link("record", record.number))
        version = frame.request.build_absolute_uri(frame.link("record", record.full_number))
        about = describe_as_linked_data(record, own, version)
        text = json.dumps(about, ensure_ascii=False, indent=1)
        return HttpResponse(text, content_type="application/ld+json; charset=utf-8")

    return _answer_file(request, number, build)


def _answer_file(request: HttpRequest, number: str, build: Any) -> HttpResponse:
    """A file about a record, with a tag that holds until the log moves; problems as pages."""
    today = dt.datetime.now(dt.UTC).date()
    if request.method not in READING:
        return refuse_method(request, today)
    etag = conditional.make_etag(request, conditional.read_log_state(), today)
    if conditional.has_tag(request, etag):
        response = HttpResponse(status=304)
    else:
        try:
            frame = Frame(request, today, read_as_of(request, today))
            record = OpenRecord(frame, find_page(number))
            if record.state == "withdrawn":
                raise PageNotFoundError(
                    _("The record was withdrawn."),
                    ((record.number, frame.link("record", record.number)),),
                )
            response = build(record)
        except BadQueryError as problem:
            return render_problem(request, today, 400, str(problem.args[1]))
        except PageNotFoundError as problem:
            return render_problem(request, today, 404, str(problem), problem.links)
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
