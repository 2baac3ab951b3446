"""All questions of a form at once: the answer most Parties gave, and its share in every group."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.presenters.analysis import CellView, make_address, view_cell
from cartagena.apps.portal.presenters.analysis_words import (
    short_source,
    title_of_group,
    universe_words,
)
from cartagena.apps.portal.typography import percent
from cartagena.engine.analysis import WROTE, QuestionAnalysis, analyse
from cartagena.engine.analysis_query import AnalysisQuery, QuestionRef, list_askable
from cartagena.engine.questionnaire import Question, list_cycles, load_format
from cartagena.engine.text import Text


@dataclass(frozen=True)
class OverviewRow:
    """One question: its most frequent answer, counted in each group; the whole first."""

    question: Question
    address: str
    label: Text | None
    bar: CellView
    shares: tuple[str, ...]
    count: int
    answered: int
    size: int


def list_overview(frame: Frame, query: AnalysisQuery, source: str) -> dict[str, Any]:
    """The context of the overview page."""
    asked = replace(query, questions=list_askable(source), cycles=(load_format(source).document,))
    analysis = analyse(frame.evaluator, asked)
    frame.made_up = any(each.own.reports.evidence.demonstration for each in analysis.questions[:1])
    link = _make_linker(frame, query, analysis.questions[0].ref)
    rows = {each.ref.key: _view(each, link(each.ref)) for each in analysis.questions}
    bare = replace(query, questions=(), cycles=())
    return {
        "name": load_format(source).name,
        "source": short_source(source),
        "sections": [
            (section, [rows[q.key] for q in section.questions if q.key in rows])
            for section in load_format(source).sections
        ],
        "group_titles": [title_of_group(group) for group in query.groups],
        "count": len(rows),
        "universe": universe_words(query.universe),
        "sources": [
            (short_source(each), make_address(frame, "analyse_overview", bare, [("form", each)]),
             each == source)
            for each in list_cycles()
        ],
        "choose": make_address(frame, "analyse", bare, [("form", source)]),
    }  # fmt: skip


def _make_linker(
    frame: Frame, query: AnalysisQuery, first: QuestionRef
) -> Callable[[QuestionRef], str]:
    """A function from a question to its page; the address is written once for all of a form."""
    single = replace(query, questions=(first,), cycles=(first.cycle,))
    before, pair, after = make_address(frame, "analyse_tables", single).partition(f"q={first}")
    assert pair
    return lambda ref: f"{before}q={ref}{after}"


def _view(analysed: QuestionAnalysis, address: str) -> OverviewRow:
    column = analysed.own
    top = max(analysed.options, key=lambda option: column.count(option)[0][0])
    counts = column.count(top)
    return OverviewRow(
        question=analysed.question,
        address=address,
        label=None if top == WROTE else analysed.question.option(top).label,
        bar=view_cell(column.own_cell(top), analysed.ref, analysed.ref.source, top),
        shares=tuple(percent(_share(top, *count)) for count in counts),
        count=counts[0][0],
        answered=column.answered.bit_count(),
        size=column.universe.bit_count(),
    )


def _share(option: str, yes: int, no: int, unknown: int) -> float | None:
    """The share of those that answered; of texts the share of all, as on a question's own page."""
    whole = yes + unknown if option == WROTE else yes + no
    return yes / whole if whole else None
