"""All questions of a form at once: the answer most Parties gave, and its share in every group."""

from dataclasses import dataclass, replace
from typing import Any

from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.presenters.analysis import CellView, make_address, view_cell
from cartagena.apps.portal.presenters.analysis_words import (
    short_source,
    title_of_group,
    universe_words,
)
from cartagena.engine.analysis import WROTE, QuestionAnalysis, analyse
from cartagena.engine.analysis_query import AnalysisQuery, list_askable
from cartagena.engine.questionnaire import Question, list_cycles, load_format
from cartagena.engine.text import Text


@dataclass(frozen=True)
class OverviewRow:
    """One question: its most frequent answer, counted in each group; the whole first."""

    question: Question
    address: str
    label: Text | None
    cells: tuple[CellView, ...]
    count: int
    answered: int
    size: int


def list_overview(frame: Frame, query: AnalysisQuery, source: str) -> dict[str, Any]:
    """The context of the overview page."""
    asked = replace(query, questions=list_askable(source), cycles=(load_format(source).document,))
    analysis = analyse(frame.evaluator, asked)
    frame.made_up = any(each.own.reports.evidence.demonstration for each in analysis.questions[:1])
    rows = {each.ref.key: _view(frame, query, each) for each in analysis.questions}
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


def _view(frame: Frame, query: AnalysisQuery, analysed: QuestionAnalysis) -> OverviewRow:
    column = analysed.own
    top = max(analysed.options, key=lambda option: column.count(option)[0][0])
    cells = tuple(
        view_cell(column.own_cell(top, group), analysed.ref, analysed.ref.source, top)
        for group in query.groups
    )
    single = replace(query, questions=(analysed.ref,), cycles=(analysed.ref.cycle,))
    return OverviewRow(
        question=analysed.question,
        address=make_address(frame, "analyse_tables", single),
        label=None if top == WROTE else analysed.question.option(top).label,
        cells=cells,
        count=cells[0].yes,
        answered=column.answered.bit_count(),
        size=column.universe.bit_count(),
    )
