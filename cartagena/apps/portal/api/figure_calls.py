"""Calls about indicators, figures, verdicts, reasons and changes."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from cartagena.apps.portal.api.answering import is_made_up, page_of
from cartagena.apps.portal.api.knowledge import Knowledge, know
from cartagena.apps.portal.api.problems import not_found
from cartagena.apps.portal.api.shapes import figures as shapes
from cartagena.apps.portal.api.shapes.envelope import Known, Paged
from cartagena.apps.portal.open_data.figures import (
    change_row,
    figure_row,
    list_figures,
    point_row,
)
from cartagena.apps.portal.open_data.method import declaration_row, indicator_row
from cartagena.apps.portal.open_data.parties import (
    list_verdicts,
    reason_row,
    rests_on_demonstration,
    tell_basis,
)
from cartagena.engine.change import compare
from cartagena.engine.explain import explain
from cartagena.engine.figure import VARIANTS

router = Router(tags=["Indicators and figures"])


@router.get("/indicators", response=shapes.IndicatorList, summary="Indicators")
def list_indicators(request: HttpRequest, query: Query[Paged]) -> Any:
    """All indicators in short, in the order of the plan."""
    knowledge = know(request)
    found = list(knowledge.evaluator.indicators.values())
    return page_of(request, knowledge, query, found, indicator_row)


@router.get("/indicators/{indicator}", response=shapes.IndicatorAnswer, summary="One indicator")
def get_indicator(request: HttpRequest, indicator: str, query: Query[Known]) -> Any:
    """The declaration: legal basis, links to outcomes, recipes as data and in words, limits."""
    knowledge = know(request)
    return knowledge.about(False) | declaration_row(knowledge.indicator(indicator))


@router.get(
    "/indicators/{indicator}/figures", response=shapes.FigureList, summary="Figures of an indicator"
)
def list_indicator_figures(
    request: HttpRequest, indicator: str, query: Query[shapes.FigureQuery]
) -> Any:
    """Figures by point, reading and group; the number behind every page of the indicator."""
    knowledge = know(request)
    knowledge.indicator(indicator)
    return _figures(request, knowledge, query, (indicator,))


@router.get("/figures", response=shapes.FigureList, summary="Figures of all indicators")
def list_all_figures(request: HttpRequest, query: Query[shapes.PointFigureQuery]) -> Any:
    """All figures, or those of one point, reading, group or objective."""
    knowledge = know(request)
    found = tuple(knowledge.evaluator.indicators)
    if query.objective is not None:
        objectives = [each.id for each in knowledge.evaluator.plan.objectives]
        if query.objective not in objectives:
            raise not_found("objective", query.objective, objectives, "/api/v1/objectives")
        declared = knowledge.evaluator.indicators
        found = tuple(each for each in found if declared[each].objective == query.objective)
    return _figures(request, knowledge, query, found)


def _figures(
    request: HttpRequest,
    knowledge: Knowledge,
    query: shapes.FigureQuery,
    indicators: tuple[str, ...],
) -> Any:
    groups: tuple[str | None, ...] | None = None
    if query.group == "all":
        groups = (None,)
    elif query.group is not None:
        groups = (knowledge.group(query.group),)
    found = list_figures(
        knowledge.evaluator,
        indicators,
        knowledge.points(query.point),
        VARIANTS if query.variant is None else (query.variant,),
        groups,
        query.universe,
    )
    return page_of(request, knowledge, query, list(found), figure_row, is_made_up)


@router.get(
    "/indicators/{indicator}/parties", response=shapes.VerdictList, summary="Verdict on each Party"
)
def list_party_verdicts(
    request: HttpRequest, indicator: str, query: Query[shapes.VerdictQuery]
) -> Any:
    """For each Party at a point: yes, no or unknown, with the answers and reports behind it."""
    knowledge = know(request)
    declared, point = knowledge.indicator(indicator), knowledge.point(query.point)
    found = list(list_verdicts(knowledge.evaluator, declared, point, query.variant))
    if query.group is not None:
        members = knowledge.evaluator.group(knowledge.group(query.group), point)
        found = [row for row in found if row["party"] in members]
    return page_of(
        request,
        knowledge,
        query,
        found,
        demonstration=any(row["demonstration"] for row in found),
        indicator=indicator,
        point=point_row(point),
        variant=query.variant,
        basis=tell_basis(declared),
    )


@router.get(
    "/indicators/{indicator}/why/{party}", response=shapes.WhyAnswer, summary="Why this verdict"
)
def get_why(request: HttpRequest, indicator: str, party: str, query: Query[shapes.WhyQuery]) -> Any:
    """The reason for one Party: a tree down to answers, records and dates."""
    knowledge = know(request)
    declared = knowledge.indicator(indicator)
    knowledge.party(party)
    point = knowledge.point(query.point)
    reason = explain(knowledge.evaluator, indicator, party, point, query.variant)
    row = reason_row(reason, point.sources)
    return knowledge.about(rests_on_demonstration(row)) | {
        "indicator": indicator,
        "party": party,
        "name": knowledge.evaluator.facts.names.get(party, {}),
        "point": point_row(point),
        "variant": query.variant,
        "basis": tell_basis(declared),
        "reason": row,
    }


@router.get(
    "/indicators/{indicator}/change", response=shapes.ChangeAnswer, summary="Change between points"
)
def get_change(request: HttpRequest, indicator: str, query: Query[shapes.ChangeQuery]) -> Any:
    """Cross-section and panel side by side, what was re-worded, and the cause for each Party."""
    knowledge = know(request)
    knowledge.indicator(indicator)
    before, after = knowledge.point(query.from_, "from"), knowledge.point(query.to, "to")
    group = None if query.group in (None, "all") else knowledge.group(str(query.group))
    change = compare(knowledge.evaluator, indicator, before, after, query.variant, group)
    row = change_row(change)
    return (
        row
        | knowledge.about(row["demonstration"])
        | {
            "from_point": point_row(before),
            "to_point": point_row(after),
        }
    )
