"""Calls about report formats and crosswalks."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from cartagena.apps.portal import source as stored
from cartagena.apps.portal.api.answering import page_of
from cartagena.apps.portal.api.knowledge import know
from cartagena.apps.portal.api.problems import not_found
from cartagena.apps.portal.api.shapes import questionnaires as shapes
from cartagena.apps.portal.api.shapes.envelope import Paged
from cartagena.apps.portal.open_data import plan as rows
from cartagena.engine.crosswalk import load_crosswalk

router = Router(tags=["Report formats"])


@router.get("/questionnaires", response=shapes.QuestionnaireList, summary="Report formats")
def list_questionnaires(request: HttpRequest, query: Query[Paged]) -> Any:
    """The formats of national reports, and the survey of 2014, oldest first."""
    knowledge = know(request)
    formats = [stored.get_format(each) for each in rows.list_sources(knowledge.evaluator.plan)]
    return page_of(request, knowledge, query, formats, rows.questionnaire_row)


@router.get(
    "/questionnaires/{source}", response=shapes.QuestionnaireAnswer, summary="One report format"
)
def get_questionnaire(request: HttpRequest, source: str, query: Query[Paged]) -> Any:
    """The questions of a format in printed order with options, labels and known faults."""
    knowledge = know(request)
    known = rows.list_sources(knowledge.evaluator.plan)
    if source not in known:
        raise not_found("report format", source, known, "/api/v1/questionnaires")
    format_ = stored.get_format(source)
    return page_of(
        request,
        knowledge,
        query,
        rows.question_rows(format_),
        faults=rows.fault_rows(format_),
        **rows.questionnaire_row(format_),
    )


@router.get("/crosswalks/{cycle}", response=shapes.CrosswalkAnswer, summary="One crosswalk")
def get_crosswalk(request: HttpRequest, cycle: str, query: Query[Paged]) -> Any:
    """How the questions of a cycle continue those of the cycle before."""
    knowledge = know(request)
    cycles = [point.cycle for point in knowledge.evaluator.points if point.cycle][1:]
    if cycle not in cycles:
        raise not_found("crosswalk", cycle, cycles)
    walk = load_crosswalk(cycle)
    return page_of(
        request,
        knowledge,
        query,
        rows.link_rows(walk),
        cycle=walk.cycle,
        previous=walk.previous,
        sources=list(walk.sources),
        new=list(walk.new),
        dropped=list(walk.dropped),
    )
