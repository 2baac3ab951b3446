"""Calls about the plan, the programme of work and what can be cited."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from cartagena.apps.portal.api.answering import page_of
from cartagena.apps.portal.api.knowledge import know
from cartagena.apps.portal.api.problems import not_found
from cartagena.apps.portal.api.shapes import plan as shapes
from cartagena.apps.portal.api.shapes.envelope import Known, Paged
from cartagena.apps.portal.open_data import plan as rows
from cartagena.apps.portal.open_data.method import provision_row
from cartagena.engine.treaty import find_provision, list_provisions, load_provisions

router = Router(tags=["Plan"])


@router.get("/plan", response=shapes.PlanAnswer, summary="The plan at a glance")
def get_plan(request: HttpRequest, query: Query[Known]) -> Any:
    """Vision, mission, dates, evaluation points, focal areas, faults of the source document."""
    knowledge = know(request)
    evaluator = knowledge.evaluator
    return knowledge.about(False) | rows.plan_row(evaluator.plan, evaluator.points)


@router.get("/focal-areas", response=shapes.FocalAreaList, summary="Focal areas")
def list_focal_areas(request: HttpRequest, query: Query[Paged]) -> Any:
    """The five focal areas with strategic objectives and impacts."""
    knowledge = know(request)
    areas = knowledge.evaluator.plan.focal_areas
    return page_of(request, knowledge, query, areas, rows.focal_area_row)


@router.get("/focal-areas/{area}", response=shapes.FocalAreaAnswer, summary="One focal area")
def get_focal_area(request: HttpRequest, area: str, query: Query[Known]) -> Any:
    """A focal area by its number, such as `1`."""
    knowledge = know(request)
    areas = {each.id: each for each in knowledge.evaluator.plan.focal_areas}
    if area not in areas:
        raise not_found("focal area", area, areas)
    return knowledge.about(False) | rows.focal_area_row(areas[area])


@router.get("/objectives", response=shapes.ObjectiveList, summary="Operational objectives")
def list_objectives(request: HttpRequest, query: Query[Paged]) -> Any:
    """All operational objectives with their outcomes and indicators."""
    knowledge = know(request)
    plan = knowledge.evaluator.plan
    return page_of(
        request, knowledge, query, plan.objectives, lambda each: rows.objective_row(plan, each)
    )


@router.get("/objectives/{objective}", response=shapes.ObjectiveAnswer, summary="One objective")
def get_objective(request: HttpRequest, objective: str, query: Query[Known]) -> Any:
    """An operational objective by its number, such as `1.1`."""
    knowledge = know(request)
    plan = knowledge.evaluator.plan
    known = {each.id: each for each in plan.objectives}
    if objective not in known:
        raise not_found("objective", objective, known)
    return knowledge.about(False) | rows.objective_row(plan, known[objective])


@router.get("/outcomes", response=shapes.OutcomeList, summary="Outcomes")
def list_outcomes(request: HttpRequest, query: Query[Paged]) -> Any:
    """All outcomes with the objective they belong to."""
    knowledge = know(request)
    plan = knowledge.evaluator.plan
    found = [
        each for area in plan.objectives for each in rows.objective_row(plan, area)["outcomes"]
    ]
    return page_of(request, knowledge, query, found)


@router.get("/programme", response=shapes.ProgrammeAnswer, summary="Programme of work")
def get_programme(request: HttpRequest, query: Query[Known]) -> Any:
    """Standing and scheduled items with printed and proposed references to objectives."""
    knowledge = know(request)
    programme = knowledge.evaluator.plan.programme
    return knowledge.about(False) | {
        "title": rows.words(programme.title),
        "items": rows.programme_rows(knowledge.evaluator.plan),
        "reference_counts": dict(sorted(programme.tally.items())),
        "never_scheduled_as_printed": list(programme.objectives_never_scheduled(True)),
        "never_scheduled_as_proposed": list(programme.objectives_never_scheduled(False)),
    }


@router.get("/provisions", response=shapes.ProvisionList, summary="What can be cited")
def list_all_provisions(request: HttpRequest, query: Query[shapes.ProvisionQuery]) -> Any:
    """Treaties, articles, decisions and paragraphs that declarations cite."""
    found = list_provisions(query.under)
    if query.under and not found:
        raise not_found("provision", query.under, load_provisions(), "/api/v1/provisions")
    return page_of(request, know(request), query, found, lambda each: provision_row(each.id))


@router.get(
    "/provisions/{path:provision}", response=shapes.ProvisionAnswer, summary="One provision"
)
def get_provision(request: HttpRequest, provision: str, query: Query[Known]) -> Any:
    """A provision by its id, such as `cpb.art20.3.d` or `BS-V/16`."""
    if find_provision(provision) is None:
        raise not_found("provision", provision, load_provisions(), "/api/v1/provisions")
    return know(request).about(False) | provision_row(provision)
