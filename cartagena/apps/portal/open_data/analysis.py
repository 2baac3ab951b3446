"""An analysis as rows: the same for the page's downloads and for the API."""

from collections.abc import Iterator

from cartagena.apps.portal.open_data.figures import Row, share
from cartagena.apps.portal.open_data.table import Kind
from cartagena.engine.analysis import (
    WROTE,
    Analysis,
    Cell,
    Column,
    QuestionAnalysis,
    SourceReports,
    list_cells,
)
from cartagena.engine.analysis_links import Counterpart
from cartagena.engine.analysis_query import Group
from cartagena.engine.analysis_texts import list_texts
from cartagena.engine.crosswalk import Loss
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.party_set import PartySet
from cartagena.engine.questionnaire import Question

Columns = tuple[tuple[str, Kind, str], ...]
ASKED: Columns = (
    ("chosen", "text", "The question asked for: source and key, such as nr4.Q014"),
    ("cycle", "text", "Reporting cycle"),
    ("question", "text", "The question as asked in this cycle; empty: no link leads to one"),
    ("standing", "text", "How it compares: chosen, equivalent, narrower, wider, rescaled, several "
     "(joined or divided), unmapped"),
)  # fmt: skip
COUNTS: Columns = (
    ("group", "text", "Group counted; all: all Parties. Groups overlap and must not be added"),
    ("yes", "count", "Parties that chose the option"),
    ("no", "count", "Parties that answered without choosing it; empty for texts"),
    ("unknown", "count", "Parties of which it is not known"),
    ("undecided", "count", "Of them, those whose answer is lost in the comparison"),
    ("size", "count", "Parties in the universe"),
    ("headline", "number", "yes / answered; empty where some are undecided"),
    ("least", "number", "yes / answered, where answered = yes + no + undecided"),
    ("most", "number", "(yes + undecided) / answered"),
    ("floor", "number", "yes / size: all silent ones taken for a no"),
    ("ceiling", "number", "(yes + unknown) / size: all silent ones taken for a yes"),
    ("response", "number", "answered / size"),
)
MADE_UP: Columns = (("demonstration", "truth", "True where any made-up report entered the row"),)
OPTION: Columns = (
    ("option", "text", "Code of the option; empty: something was written"),
    ("label", "text", "The option in English"),
)
COMPARED: Columns = (
    ("comparison", "text", "own: as asked; compared: through declared links; not_comparable"),
)
REPORTS: Columns = (
    ("source", "text", "Source of answers: nr2, survey2014, nr3, nr4 or nr5"),
    ("day", "date", "Day for Parties and groups"),
    ("due_on", "date", "Day the reports were due"),
    ("group", "text", "Group; all: all Parties"),
    ("parties", "count", "Parties in the group"),
    ("reported", "count", "Of them, with a report that is counted"),
    ("share_of_reports", "number", "reported / all reports counted"),
    ("share_of_group", "number", "reported / parties of the group"),
)
PARTY: Columns = (
    ("party", "text", "ISO 3166 alpha-3 code; EUR is the European Union"),
    ("name", "text", "Name in English"),
    ("state", "text", "answered, silent, not_asked or no_report"),
    ("options", "text", "Codes chosen, separated by |"),
    ("words", "free text", "What the Party wrote, or the number it gave"),
    ("report", "text", "Public number of the report"),
    ("received", "text", "in_time, late, or empty where no day was due"),
)
LOSS: Columns = (
    ("chosen", "text", "The question asked for"),
    ("cycle", "text", "Cycle set beside it"),
    ("old", "text", "Older question whose answer is lost"),
    ("option", "text", "The answer that reaches none of the newer question"),
    ("new", "text", "Newer question"),
)


def asked_row(column: Column) -> Row:
    """Which question a column counts and how it compares."""
    return {
        "chosen": str(column.chosen),
        "cycle": column.cycle,
        "question": str(column.ref) if column.ref else None,
        "standing": column.counterpart.standing,
    }


def count_row(cell: Cell, group: Group) -> Row:
    """The counts and shares of a cell."""
    if cell.comparison == "not_comparable":
        return {"group": group.name, "comparison": cell.comparison}
    yes, answered, size = len(cell.yes), cell.answered, cell.size
    undecided = len(cell.undecided)
    return {
        "group": group.name,
        "yes": yes,
        "no": len(cell.no),
        "unknown": len(cell.unknown),
        "undecided": undecided,
        "size": size,
        "headline": None if undecided else share(yes, answered),
        "least": share(yes, answered),
        "most": share(yes + undecided, answered),
        "floor": share(yes, size),
        "ceiling": share(yes + len(cell.unknown), size),
        "response": share(answered, size),
        "comparison": cell.comparison,
    }


def cell_rows(analysis: Analysis) -> list[Row]:
    """Every option as asked, by question, cycle and group."""
    rows = []
    for _question, column, option, group, cell in list_cells(analysis):
        row = asked_row(column) | option_row(column.question, option) | count_row(cell, group)
        rows.append(_without_answers_no(row, option) | {"demonstration": column.is_made_up})
    return rows


def comparison_rows(analysis: Analysis) -> list[Row]:
    """What stands for each option of the chosen question in every cycle, by group."""
    return [
        _without_answers_no(
            asked_row(column)
            | option_row(question.question, option)
            | count_row(column.cell(option, group), group),
            option,
        )
        | {"demonstration": column.is_made_up}
        for question in analysis.questions
        for option in question.options
        for column in question.columns
        for group in analysis.query.groups
    ]


def _without_answers_no(row: Row, option: str) -> Row:
    """A text never says no: its headline and its no are not zero and one but nothing."""
    if option == WROTE:
        row |= dict.fromkeys(("no", "headline", "least", "most", "response"))
    return row


def option_row(question: Question | None, option: str) -> Row:
    """An option with its words."""
    label = ""
    if question is not None and option != WROTE:
        label = question.option(option).label.get("en")
    return {"option": option or None, "label": label or None}


def report_rows(reports: SourceReports) -> list[Row]:
    """Who reported to one source, by group."""
    return [
        {
            "source": reports.source,
            "day": reports.day,
            "due_on": reports.due_on,
            "group": each.group.name,
            "parties": len(each.parties),
            "reported": len(each.reported),
            "share_of_reports": None if each.of_reports is None else float(each.of_reports),
            "share_of_group": None if each.of_group is None else float(each.of_group),
        }
        for each in reports.groups
    ]


def named_sets(reports: SourceReports) -> dict[str, list[str]]:
    """The Parties that are named beside the counts of a source."""
    return {
        name: list(getattr(reports, name))
        for name in ("in_time", "late", "left_out", "joined_later", "outside", "missing")
    }


def loss_row(loss: Loss) -> Row:
    """An answer that is lost on the way."""
    return {
        "old": f"{loss.old_cycle}.{loss.old}",
        "option": loss.option,
        "new": f"{loss.new_cycle}.{loss.new}",
    }


def counterpart_row(counterpart: Counterpart) -> Row:
    """One counterpart with what its links say."""
    return {
        "cycle": counterpart.cycle,
        "question": str(counterpart.ref) if counterpart.ref else None,
        "standing": counterpart.standing,
        "comparable": counterpart.is_comparable,
        "proposed": counterpart.is_proposed,
        "ends_in": counterpart.ends_in,
        "losses": [loss_row(loss) for loss in counterpart.losses],
        "notes": list(counterpart.notes),
    }


def question_row(analysed: QuestionAnalysis) -> Row:
    """A chosen question with its counterparts."""
    asked = analysed.question
    return {
        "question": str(analysed.ref),
        "number": asked.number,
        "label": dict(asked.label.pairs),
        "options": [
            {"code": option.code, "label": dict(option.label.pairs)} for option in asked.options
        ],
        "cycles": [counterpart_row(column.counterpart) for column in analysed.columns],
    }


def party_rows(
    evaluator: Evaluator, analysed: QuestionAnalysis, names: dict[str, dict[str, str]]
) -> Iterator[Row]:
    """What each Party said and wrote, in every cycle where the question was asked."""
    for column in analysed.columns:
        if column.ref is None:
            continue
        reports, evidence, roll = column.reports, column.reports.evidence, column.roll
        counted = PartySet(roll, column.universe | column.not_asked)
        written = {
            each.party: each.text for each in list_texts(evaluator, evidence, column.ref, counted)
        }
        for party in counted:
            reference = evidence.reports.get((column.ref.source, party))
            yield asked_row(column) | {
                "party": party,
                "name": names.get(party, {}).get("en"),
                "state": judge_state(column, party),
                "options": "|".join(list_chosen(column, party)) or None,
                "words": written.get(party),
                "report": reference.number if reference else None,
                "received": judge_receipt(column, party),
                "demonstration": bool(reports.evidence.demonstration & roll.bit(party)),
            }


def list_chosen(column: Column, party: str) -> tuple[str, ...]:
    """The options a Party chose, in the order of the form."""
    bit = column.roll.bit(party)
    return tuple(o for o in column.own_options if o != WROTE and column.list_yes(o) & bit)


def judge_state(column: Column, party: str) -> str:
    """Where one Party stands to a question: answered, silent, not_asked or no_report."""
    bit = column.roll.bit(party)
    if column.answered & bit:
        return "answered"
    if column.not_asked & bit:
        return "not_asked"
    return "silent" if column.reports.reported & bit else "no_report"


def judge_receipt(column: Column, party: str) -> str | None:
    """Whether the report of a Party came in time or late; `None` without a report or a due day."""
    bit = column.roll.bit(party)
    if column.reports.late & bit:
        return "late"
    return "in_time" if column.reports.in_time & bit else None
