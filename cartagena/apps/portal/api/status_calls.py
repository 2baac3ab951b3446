"""Calls about the state of what is published, and about named freezes of it."""

from collections import Counter
from importlib.metadata import version
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from cartagena.apps.monitoring.api import Freeze
from cartagena.apps.portal.api.answering import page_of
from cartagena.apps.portal.api.knowledge import Knowledge, know
from cartagena.apps.portal.api.problems import not_found
from cartagena.apps.portal.api.shapes import freezes as shapes
from cartagena.apps.portal.api.shapes.envelope import Known, Paged
from cartagena.apps.portal.api.shapes.parties import StatusAnswer
from cartagena.apps.portal.open_data.parties import list_reports

router = Router(tags=["State"])


@router.get("/status", response=StatusAnswer, summary="State of what is published")
def get_status(request: HttpRequest, query: Query[Known]) -> Any:
    """The position of the publication log, and how much is public on the day of knowledge."""
    knowledge = know(request)
    facts = knowledge.evaluator.facts
    return knowledge.about(facts.demonstration) | {
        "program": version("cartagena"),
        "plan": knowledge.evaluator.plan.id,
        "rows": {name: table.num_rows for name, table in facts.tables.items()},
        "sources": dict(
            sorted(Counter(each["source"] for each in list_reports(knowledge.evaluator)).items())
        ),
    }


@router.get("/freezes", response=shapes.FreezeList, summary="Named freezes")
def list_all_freezes(request: HttpRequest, query: Query[Paged]) -> Any:
    """Named states of the facts that never change, made by the day of knowledge."""
    knowledge = know(request)
    return page_of(request, knowledge, query, knowledge.freezes, _freeze)


@router.get("/freezes/{freeze}", response=shapes.FreezeAnswer, summary="One freeze")
def get_freeze(request: HttpRequest, freeze: str, query: Query[Known]) -> Any:
    """A freeze by its name."""
    knowledge = know(request)
    known = {each.name: each for each in knowledge.freezes}
    if freeze not in known:
        raise not_found("freeze", freeze, known, "/api/v1/freezes")
    return knowledge.about(False) | _freeze(known[freeze])


def _freeze(freeze: Freeze) -> dict[str, Any]:
    return {
        "name": freeze.name,
        "cut_off": freeze.cut_off,
        "created_at": freeze.created_at,
        "reason": freeze.reason,
        "facts_sha256": freeze.facts_sha256,
        "made_at_log_position": freeze.log_position,
        "included": freeze.included,  # type: ignore[attr-defined]
        "excluded": freeze.excluded,  # type: ignore[attr-defined]
    }


def tell_freezes(knowledge: Knowledge) -> str:
    """The state of the freezes: making one does not move the publication log."""
    return ",".join(freeze.name for freeze in knowledge.freezes)
