"""An analysis as a file that explains itself: questions in words, days, method, what was chosen."""

from collections.abc import Iterator
from typing import Any

from cartagena.apps.portal.open_data import analysis as made
from cartagena.apps.portal.open_data.figures import Row
from cartagena.apps.portal.open_data.table import Table, make_table
from cartagena.engine.analysis import Analysis, SourceReports
from cartagena.engine.analysis_query import WHOLE, AnalysisQuery, QuestionRef
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.questionnaire import load_format

QUESTIONS_WITH_PARTIES = 25
"""A table of every Party is made for so many questions; beyond, it would fill no screen."""
IN_WORDS: made.Columns = (
    ("wording", "text", "The question in words, as asked in this cycle"),
    ("day", "date", "Day for Parties and groups"),
)
ORIGIN: made.Columns = (("origin", "text", "Where the row comes from, to be cited"),)
METHOD = (
    ("Counted", "Parties, never options: a Party may choose several, so the options of a question "
     "may add up to more than all Parties."),
    ("Shares", "headline = yes / answered. floor = yes / size: all silent Parties taken for a no. "
     "ceiling = (yes + unknown) / size: all silent Parties taken for a yes. response = answered / "
     "size."),
    ("Not counted", "Parties whose other answers say that the question does not apply to them."),
    ("Groups", "They overlap. Each is counted by itself; they must not be added."),
    ("Other cycles", "Compared through declared links only, step by step. Answers lost on the way "
     "are listed; they leave a share between two bounds, least and most."),
)  # fmt: skip
UNIVERSES = {
    "parties": "All Parties on the day of the cycle",
    "reported": "Parties that reported",
    "answered": "Parties that answered the question",
    "panel": "Parties that reported in every cycle chosen",
}
TIMINGS = {"all": "all", "in_time": "received by the due day", "late": "received after the due day"}


def analysis_tables(
    evaluator: Evaluator, analysis: Analysis, names: dict[str, dict[str, str]], origin: str
) -> list[Table]:
    """The tables of a download: counts first, since a CSV file holds one table."""
    losses = [
        {"chosen": str(each.ref), "cycle": column.cycle, **made.loss_row(loss)}
        for each in analysis.questions
        for column in each.columns
        for loss in column.counterpart.losses
    ]
    whole = [group.name for group in analysis.query.groups] == [WHOLE]
    days = {reports.source: reports.day for reports in analysis.sources}
    asked = made.ASKED + IN_WORDS + made.OPTION
    counts = made.COUNTS + made.MADE_UP + ORIGIN

    def add_words(rows: list[Row]) -> list[Row]:
        return [_flat(row) | _read_words(row, days) | {"origin": origin} for row in rows]

    tables = [
        make_table("answers", f"Answers{'' if whole else ' by group'}, in Parties",
                   asked + counts, add_words(made.cell_rows(analysis))),
        make_table("comparison", "The chosen questions over the cycles",
                   asked + made.COMPARED + counts, add_words(made.comparison_rows(analysis))),
        make_table("reports", "Who reported", made.REPORTS,
                   [row for source in analysis.sources for row in made.report_rows(source)]),
        make_table("losses", "Answers lost between cycles", made.LOSS, losses),
    ]  # fmt: skip
    if len(analysis.questions) <= QUESTIONS_WITH_PARTIES:
        rows = [r for each in analysis.questions for r in made.party_rows(evaluator, each, names)]
        columns = made.ASKED + made.PARTY + made.MADE_UP
        tables.append(make_table("parties", "What each Party said", columns, rows))
    return tables


def _read_words(row: Row, days: dict[str, Any]) -> Row:
    """The words of the question of a row, and the day its Parties are counted on."""
    source, _dot, key = (row["question"] or "").partition(".")
    if not key:
        return {"wording": None, "day": days.get(row["cycle"])}
    return {"wording": QuestionRef(source, key).question.label.get("en"), "day": days.get(source)}


def _flat(row: Row) -> Row:
    """Shares as plain numbers."""
    names = ("headline", "least", "most", "floor", "ceiling", "response")
    return row | {name: (row.get(name) or {}).get("value") for name in names}


def describe_analysis(analysis: Analysis, freeze: str) -> list[tuple[str, str]]:
    """What a file says beside its tables: method, what was chosen, the questions in words."""
    return [
        *METHOD,
        *_describe_choice(analysis.query, freeze),
        *((f"Reports {each.source}", _describe_reports(each)) for each in analysis.sources),
        *_describe_questions(analysis),
    ]


def _describe_choice(query: AnalysisQuery, freeze: str) -> Iterator[tuple[str, str]]:
    if freeze:
        yield "Freeze", freeze
    yield "Parties counted", UNIVERSES[query.universe]
    until = f", until {query.cutoff.isoformat()}" if query.cutoff else ""
    yield "Reports counted", TIMINGS[query.timing] + until
    for each in query.where:
        yield "Only Parties that answered", str(each)
    for group in query.groups:
        if group.parties is not None:
            yield f"Group {group.name}", ", ".join(group.parties)


def _describe_reports(reports: SourceReports) -> str:
    due = f"; due {reports.due_on.isoformat()}" if reports.due_on else ""
    named = ("in_time", "late", "left_out", "joined_later", "outside", "missing")
    counts = ", ".join(f"{len(getattr(reports, n))} {n.replace('_', ' ')}" for n in named)
    return f"Parties and groups of {reports.day.isoformat()}{due}; {counts}"


def _describe_questions(analysis: Analysis) -> Iterator[tuple[str, str]]:
    """Each question that is counted, as it is asked in its cycle."""
    columns = [c for each in analysis.questions[:QUESTIONS_WITH_PARTIES] for c in each.columns]
    for ref in dict.fromkeys(column.ref for column in columns if column.ref):
        name = load_format(ref.source).name.get("en")
        yield f"Question {ref}", f"{name}, {ref.question.number}: {ref.question.label.get('en')}"
