"""One national report out of one document: what it is, and everything that is wrong with it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cartagena.apps.registry.imports.documents import Document
from cartagena.apps.registry.imports.limits import Limits
from cartagena.apps.registry.imports.problems import ImportProblem, Severity, has_error
from cartagena.apps.registry.publication import Publication
from cartagena.engine.answers import validate_body
from cartagena.engine.countries import find_country
from cartagena.engine.parties import TreatyAction, is_party
from cartagena.engine.questionnaire import Format, load_format
from cartagena.engine.record_type import list_report_types

_DOCUMENT_ID_LIMIT = 2**62
_WITHOUT_FORMAT = ("cpbNationalReport1", "cpbNationalReportInterim")
_ENVELOPE_DATES = ("submittedOn", "updatedOn", "createdOn")


@dataclass(frozen=True)
class Reading:
    """What every report of an import is read with.

    ``published_on`` is the day a bare report without a date of its own became public, as the user
    says; ``actions`` are the treaty actions that tell who is a Party.
    """

    now: dt.datetime
    limits: Limits
    actions: tuple[TreatyAction, ...]
    published_on: dt.date | None = None


@dataclass
class ReadReport:
    """A report as read. ``publication`` is None when an error keeps it out."""

    file: str
    place: str
    identifier: str = ""
    cycle: str = ""
    party: str = ""
    problems: list[ImportProblem] = field(default_factory=list)
    publication: Publication | None = None

    def add(self, question: str, what: str, remedy: str, severity: Severity = "error") -> None:
        """Remember a problem of this report."""
        self.problems.append(
            ImportProblem(self.file, self.place, what, remedy, severity, question, self.identifier)
        )


def read_report(document: Document, reading: Reading) -> ReadReport:
    """The report in a document: an envelope with ``body``, or a bare body with ``header``."""
    report = ReadReport(document.file, document.place)
    envelope, body = _take_apart(document.content)
    if body is None:
        found = ", ".join(list(document.content)[:5]) or "nothing"
        what = f"it is no report: neither `body` nor `header` is there (found {found})"
        report.add("", what, "Give the report as the Clearing-House does.")
        return report
    found_header = body.get("header")
    header: Mapping[str, Any] = found_header if isinstance(found_header, Mapping) else {}
    report.identifier = _read_identifier(envelope, header, report)
    shape = _find_format(envelope, header, report)
    if shape is None:
        return report
    report.cycle = shape.cycle
    _add_body_problems(report, shape, body, reading.limits)
    report.party = _find_party(envelope, body, report)
    published_at = _find_moment(envelope, body, report, reading)
    if published_at is not None:
        _check_days(body, report, published_at, reading)
    numbers = _read_numbers(envelope, report)
    if has_error(report.problems) or published_at is None:
        return report
    report.publication = Publication(
        identifier=report.identifier,
        type=shape.schema,
        government=report.party,
        body=body,
        published_at=published_at,
        received_on=_read_day(body.get("date")) or published_at.date(),
        revision=numbers["revision"],
        document_id=numbers["documentID"],
        title=f"{shape.name.get('en')}: {report.party}",
    )
    return report


def _take_apart(
    content: Mapping[str, Any],
) -> tuple[Mapping[str, Any], Mapping[str, Any] | None]:
    """(envelope, body); a bare body has an empty envelope."""
    body = content.get("body")
    if isinstance(body, Mapping):
        return content, body
    if "header" in content:
        return {}, content
    return content, None


def _read_identifier(
    envelope: Mapping[str, Any], header: Mapping[str, Any], report: ReadReport
) -> str:
    own, outer = header.get("identifier"), envelope.get("identifier")
    if isinstance(own, str) and isinstance(outer, str) and own != outer:
        what = f"the envelope says {outer[:60]!r} and the header {own[:60]!r}"
        report.add("header.identifier", what, "One report has one identifier.")
    return own[:128] if isinstance(own, str) else ""


def _find_format(
    envelope: Mapping[str, Any], header: Mapping[str, Any], report: ReadReport
) -> Format | None:
    schema = header.get("schema") or envelope.get("type") or envelope.get("schema")
    outer = envelope.get("type")
    if isinstance(outer, str) and isinstance(schema, str) and outer != schema:
        what = f"the envelope says {outer[:60]!r} and the header {schema[:60]!r}"
        report.add("header.schema", what, "One report has one schema.")
    cycle = list_report_types().get(schema) if isinstance(schema, str) else None
    if cycle is not None:
        return load_format(cycle)
    known = ", ".join(list_report_types())
    if schema in _WITHOUT_FORMAT:
        what = f"{schema} is a report from before the plan; its format is not held"
    else:
        what = f"the schema {str(schema)[:60]!r} is no national report"
    report.add("header.schema", what, f"Reports have the schema {known}.")
    return None


def _add_body_problems(
    report: ReadReport, shape: Format, body: Mapping[str, Any], limits: Limits
) -> None:
    """What the format says against the answers. Of very many errors only the first are listed;
    warnings that say the same are put together."""
    found = validate_body(shape, body)
    errors = [problem for problem in found if problem.severity == "error"]
    for problem in errors[: limits.problems]:
        report.add(problem.place, problem.what, problem.remedy)
    rest = len(errors) - limits.problems
    if rest > 0:
        report.add("", f"{rest:,} further errors are not listed", "Correct the first ones.")
    warnings: dict[tuple[str, str], list[str]] = {}
    for problem in found:
        if problem.severity == "warning":
            warnings.setdefault((problem.what, problem.remedy), []).append(problem.place)
    for (what, remedy), places in warnings.items():
        report.add(", ".join(places), what, remedy, "warning")


def _find_party(envelope: Mapping[str, Any], body: Mapping[str, Any], report: ReadReport) -> str:
    """The alpha-3 code of the government; a name or code nobody has is a problem."""
    given = body.get("government")
    code = given.get("identifier") if isinstance(given, Mapping) else given
    if not isinstance(code, str) or len(code) != 2:
        return ""
    country = find_country(code)
    if country is None:
        report.add("government", f"no country has the code {code!r}", "Correct the code.")
        return ""
    metadata = envelope.get("metadata")
    outer = metadata.get("government") if isinstance(metadata, Mapping) else None
    if isinstance(outer, str) and find_country(outer) != country:
        what = f"the envelope names {outer[:20]!r} and the report {code!r}"
        report.add("government", what, "One report has one government.")
    return country.code


def _find_moment(
    envelope: Mapping[str, Any], body: Mapping[str, Any], report: ReadReport, reading: Reading
) -> dt.datetime | None:
    """When the report became public: the envelope's date, what the user says, the report's own date
    of submission, or now."""
    for name in _ENVELOPE_DATES:
        if envelope.get(name) is not None:
            moment = _read_moment(envelope[name])
            if moment is None:
                what = f"{str(envelope[name])[:40]!r} is no moment"
                report.add(name, what, "Write for example 2019-09-28T14:00:00Z.")
                return None
            return _refuse_future(name, moment, report, reading)
    if reading.published_on is not None:
        return _at_start(reading.published_on)
    day = _read_day(body.get("date"))
    if day is not None:
        return _refuse_future("date", _at_start(day), report, reading)
    what = "nothing says when it became public; the time of this import is taken"
    remedy = "Name the day with --published-on if it is known."
    report.add("", what, remedy, "warning")
    return reading.now


def _refuse_future(
    name: str, moment: dt.datetime, report: ReadReport, reading: Reading
) -> dt.datetime | None:
    if moment <= reading.now:
        return moment
    report.add(name, f"{moment:%Y-%m-%d} lies in the future", "Correct the date.")
    return None


def _check_days(
    body: Mapping[str, Any], report: ReadReport, published_at: dt.datetime, reading: Reading
) -> None:
    end = _read_day(body.get("reportPeriodEndDate"))
    if end is not None and end > reading.now.date():
        what = f"the reporting period ends on {end}, in the future"
        report.add("reportPeriodEndDate", what, "Check the date.", "warning")
    if report.party and not is_party(reading.actions, report.party, "cpb", published_at.date()):
        what = f"{report.party} was not a Party on {published_at:%Y-%m-%d}"
        remedy = "It is published, and counted apart from the reports of Parties."
        report.add("government", what, remedy, "warning")


def _read_numbers(envelope: Mapping[str, Any], report: ReadReport) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for name, largest in (("revision", 2**31 - 1), ("documentID", _DOCUMENT_ID_LIMIT)):
        value = envelope.get(name)
        good = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= largest
        if value is not None and not good:
            report.add(name, f"{str(value)[:40]!r} is no number from 1 up", "Correct it.")
        found[name] = value if good else None
    return found


def _read_moment(raw: Any) -> dt.datetime | None:
    if not isinstance(raw, str):
        return None
    try:
        moment = dt.datetime.fromisoformat(raw.strip())
    except ValueError:
        return None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=dt.UTC)
    try:
        return moment.astimezone(dt.UTC)
    except OverflowError:
        return None


def _read_day(raw: Any) -> dt.date | None:
    moment = _read_moment(raw)
    return moment.date() if moment else None


def _at_start(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
