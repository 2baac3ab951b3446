"""One report as a file: its body as JSON, its answers as a table."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import override

from cartagena.apps.portal import source
from cartagena.apps.portal.api.guard import guard
from cartagena.apps.portal.api.knowledge import know
from cartagena.apps.portal.api.problems import ApiError, bad_value, not_found
from cartagena.apps.portal.downloads import send_file, send_tables
from cartagena.apps.portal.open_data.table import Kind, Table, make_table
from cartagena.apps.portal.presenters.report import QuestionRow, ReportView
from cartagena.apps.reports.api import find_report_row
from cartagena.engine.questionnaire import list_cycles
from cartagena.engine.text import Text

ENDINGS = ("csv", "json", "parquet", "xlsx")
PARAMETERS = frozenset({"as_of", "lang", "table"})

ANSWERS: tuple[tuple[str, Kind, str], ...] = (
    ("number", "text", "public number of the report with the revision"),
    ("party", "text", "ISO 3166 alpha-3 code"),
    ("cycle", "text", "source of the answers: nr2, survey2014, nr3, nr4 or nr5"),
    ("question", "text", "key of the question in its form"),
    ("printed", "text", "number printed on the form"),
    ("concept", "text", "what is asked, the same through all cycles that ask it"),
    ("label", "text", "the question in the language asked for"),
    ("option", "text", "code of a chosen option; empty for a text or number"),
    ("option_label", "text", "the option in the language asked for"),
    ("language", "text", "language of the words"),
    ("text", "free text", "what was written, as an answer or beside an option"),
    ("figure", "text", "number given as the answer or beside an option"),
    ("change", "text", "how the answer stands to the report of the cycle before; empty: no report"),
    ("demonstration", "truth", "whether the report is made up"),
)
EXPLANATIONS: tuple[tuple[str, Kind, str], ...] = (
    ("question", "text", "key of the question"),
    ("rule", "text", "name of the rule that noted something"),
    ("rule_version", "count", "version of the rule that the explanation was given to"),
    ("finding", "text", "what the rule noted"),
    ("explanation", "free text", "what the Party says to it"),
)


def get_report(request: HttpRequest, party: str, cycle: str, ending: str) -> HttpResponseBase:
    """A report as it was public on the day: JSON in the Clearing-House's form, else a table."""
    if ending not in ENDINGS:
        raise not_found("format", ending, ENDINGS)
    language = request.GET.get("lang") or "en"
    known = [code for code, _name in settings.LANGUAGES]
    if language not in known:
        raise bad_value("lang", language, known)
    report = _open_report(request, party, cycle)
    stem = f"report-{party}-{cycle}"
    if ending == "json":
        return send_file(request, know(request), stem, ending, lambda path: _write(path, report))
    about = [
        ("Report", report.stored.number),
        ("SHA-256 of the body", report.stored.sha256),
        ("Demonstration", "made up" if report.stored.demonstration else "no"),
    ]
    return send_tables(request, stem, ending, lambda: make_tables(report, language), about)


def make_tables(report: ReportView, language: str) -> list[Table]:
    """The answers, one row for each choice and each text, and the explanations of the Party."""
    with override(language):
        answers = [
            row
            for section in report.sections
            for question in section.rows
            for row in _list_rows(report, question, language.split("-")[0])
        ]
    said = [
        {
            "question": each.questions[0] if each.questions else "",
            "rule": each.rule,
            "rule_version": each.version,
            "finding": each.finding,
            "explanation": each.text,
        }
        for each in report.stored.explanations
    ]
    return [
        make_table("answers", f"Answers of {report.stored.number}", ANSWERS, answers),
        make_table("explanations", f"Explanations to {report.stored.number}", EXPLANATIONS, said),
    ]


def _list_rows(report: ReportView, row: QuestionRow, language: str) -> Iterator[dict[str, Any]]:
    start = {
        "number": report.stored.number,
        "party": report.row["party"],
        "cycle": report.cycle,
        "question": row.key,
        "printed": row.number,
        "concept": row.question.concept if row.question else None,
        "label": _say(row.label, language),
        "change": row.change.kind if row.change else None,
        "demonstration": report.stored.demonstration,
    }
    for option in row.options:
        chosen = {**start, "option": option.code, "option_label": _say(option.label, language),
                  "figure": option.figure or None}  # fmt: skip
        if not option.words:
            yield chosen
        for code, text in option.words:
            yield {**chosen, "language": code, "text": text}
    for code, text in row.words:
        yield {**start, "language": code, "text": text}
    plain = row.value or (row.day.isoformat() if row.day else "")
    plain = plain or " ".join(head.number for head in row.records)
    if plain:
        yield {**start, "figure": plain}


def _say(text: Text, language: str) -> str:
    return text.get(language)


def _write(path: Path, report: ReportView) -> None:
    body = json.dumps(report.stored.body, ensure_ascii=False, indent=1)
    path.write_text(body, encoding="utf-8")


def _open_report(request: HttpRequest, party: str, cycle: str) -> ReportView:
    knowledge = know(request)
    knowledge.party(party)
    if cycle not in list_cycles():
        raise not_found("reporting cycle", cycle, list_cycles())
    facts, day = knowledge.evaluator.facts, knowledge.seen_from
    row = find_report_row(facts, cycle, party, day)
    if row is None:
        raise ApiError(
            404,
            f"No report of {party} for {cycle} is public on {day.isoformat()}.",
            "The page of the Party lists its reports: /parties/" + party,
        )
    stored = source.reports.load_report(facts, row, as_of=knowledge.as_of, seen_from=day)
    received_on = facts.first_received[cycle, row["record"]]
    return ReportView(row, stored, source.get_format(cycle), received_on)


download_report = guard(get_report, PARAMETERS)
