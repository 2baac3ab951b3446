"""The analyser's query out of the address of a file or a call, with errors as JSON."""

from django.http import HttpRequest

from cartagena.apps.portal import source
from cartagena.apps.portal.api.knowledge import Knowledge, know
from cartagena.apps.portal.api.problems import ApiError, not_found
from cartagena.engine.analysis import Analysis, analyse
from cartagena.engine.analysis_query import (
    AnalysisQuery,
    BadAnalysisError,
    list_parameters,
    read_query,
)

PARAMETERS = (*list_parameters(), "freeze")


def answer_analysis(request: HttpRequest) -> tuple[Knowledge, Analysis]:
    """The analysis a request asks for. Raises ApiError with every problem of the query."""
    knowledge = know(request)
    freeze = request.GET.get("freeze", "")
    if freeze:
        try:
            knowledge.__dict__["evaluator"] = source.get_freeze_evaluator(freeze)
        except LookupError:
            raise not_found("freeze", freeze, [], "/api/v1/freezes") from None
    query = read_asked(request, knowledge)
    return knowledge, analyse(knowledge.evaluator, query)


def read_asked(request: HttpRequest, knowledge: Knowledge) -> AnalysisQuery:
    """The query alone. Raises ApiError with every problem; one without questions is one."""
    evaluator = knowledge.evaluator
    try:
        query = read_query(
            dict(request.GET.lists()), evaluator.status.groups, evaluator.facts.roll.codes
        )
    except BadAnalysisError as refused:
        first = refused.problems[0]
        raise ApiError(
            400,
            "The query cannot be read. "
            + " ".join(f"{p.name} {p.asked[:60]!r}: {p.why}." for p in refused.problems),
            "Correct these values; /analyse builds such addresses by choice.",
            list(first.known) or None,
        ) from None
    if not query.questions:
        raise ApiError(400, "No question is named.", "Name one, such as q=nr4.Q014.", ["q"])
    return query
