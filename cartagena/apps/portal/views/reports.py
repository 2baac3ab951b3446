"""One report of a Party: its page, its receipt, and its PDF."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cartagena.apps.portal import report_pdf, source
from cartagena.apps.portal.frame import Frame, PageNotFoundError
from cartagena.apps.portal.page import page
from cartagena.apps.portal.page_cache import never_keep
from cartagena.apps.portal.presenters import party
from cartagena.apps.portal.presenters.report import ReportView
from cartagena.apps.portal.views.parties import get_country_page
from cartagena.apps.reports.api import read_rules_edition
from cartagena.engine.parties import Country
from cartagena.engine.questionnaire import list_cycles

FILES = ("csv", "xlsx", "json")


def open_report(frame: Frame, code: str, cycle: str) -> tuple[Country, ReportView]:
    """The report of a Party for a cycle as it was public on the day. Raises PageNotFoundError."""
    country = get_country_page(frame, code)
    name = country.names.get(frame.language)
    if cycle not in list_cycles():
        raise PageNotFoundError(
            _("There is no reporting cycle “%(cycle)s”. There are: %(known)s.")
            % {"cycle": cycle[:20], "known": ", ".join(list_cycles())},
            ((name, frame.link("party", code)),),
        )
    row = next((r for r in party.live_reports(frame, code) if r["cycle"] == cycle), None)
    if row is None:
        raise PageNotFoundError(
            _("No report of this cycle by %(name)s is published on this date.") % {"name": name},
            ((name, frame.link("party", code)),),
        )
    facts = frame.evaluator.facts
    stored = source.reports.load_report(facts, row, as_of=frame.as_of, seen_from=frame.seen_from)
    received_on = facts.first_received[cycle, row["record"]]
    return country, ReportView(row, stored, source.get_format(cycle), received_on)


@page("report.html")
def show_report(frame: Frame, code: str, cycle: str) -> dict[str, Any]:
    """The answers of a report in the order of the form, and what belongs to them."""
    country, report = open_report(frame, code, cycle)
    _fill_frame(frame, country, report)
    keys = [section.key for section in report.sections]
    chosen = frame.choose("section", keys, default="")
    is_open = frame.choose("view", ("all",), default="") == "all"
    return {
        "country": country,
        "report": report,
        "stored": report.stored,
        "chosen": chosen,
        "is_open": is_open,
        "edition": read_rules_edition(),
        "files": [(ending, _file_address(frame, code, cycle, ending)) for ending in FILES],
    }


@page("report_receipt.html")
def show_receipt(frame: Frame, code: str, cycle: str) -> dict[str, Any]:
    """What was received and when, with the hash by which it can be recognised."""
    country, report = open_report(frame, code, cycle)
    _fill_frame(frame, country, report)
    title = frame.crumbs.pop()[0]
    frame.crumbs += [(title, frame.link("report", code, cycle)), (_("Receipt"), "")]
    frame.title = _("Receipt: %(report)s") % {"report": frame.title}
    frame.description = frame.title
    return {"country": country, "report": report, "stored": report.stored}


@page("report_no_pdf.html")
def send_pdf(frame: Frame, code: str, cycle: str) -> dict[str, Any] | HttpResponse:
    """The report as a PDF; where this server lacks a font for its words, a page that says so."""
    country, report = open_report(frame, code, cycle)
    try:
        content = report_pdf.make_pdf(report, country, frame.language, frame.canonical)
    except report_pdf.FontMissingError as missing:
        never_keep(frame.request)
        _fill_frame(frame, country, report)
        frame.status = 501
        return {"country": country, "report": report, "scripts": missing.scripts}
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{report.stored.number}-{frame.language}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def _fill_frame(frame: Frame, country: Country, report: ReportView) -> None:
    name = country.names.get(frame.language)
    title = report.shape.name.get(frame.language)
    frame.section = "parties"
    frame.title = f"{name}: {title}"
    frame.description = frame.title
    frame.crumbs = [
        (_("Parties"), frame.link("parties")),
        (name, frame.link("party", country.code)),
        (title, ""),
    ]
    frame.made_up = report.stored.demonstration


def _file_address(frame: Frame, code: str, cycle: str, ending: str) -> str:
    query = {} if frame.language == "en" else {"lang": frame.language}
    return frame.link("downloads:report", code, cycle, ending, **query)
