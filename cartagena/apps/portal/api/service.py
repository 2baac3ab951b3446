"""The API put together: its calls, its OpenAPI document, its addresses."""

import json
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from cartagena.apps.portal.api import (
    analysis_calls,
    figure_calls,
    log_calls,
    party_calls,
    plan_calls,
    questionnaire_calls,
    record_calls,
    status_calls,
)
from cartagena.apps.portal.api.guard import guard
from cartagena.apps.portal.api.problems import ApiError, explain_validation
from cartagena.apps.portal.api.shapes.envelope import Problem
from cartagena.engine.datapackage import CC_BY

ROOT = "/api/v1"
DESCRIPTION = """\
Everything the portal shows, for reading by programs. No key is needed and any site may read.

Every call takes `as_of` (a past day) and answers from what was published by then. Answers carry the
position of the publication log they rest on and an `ETag`; send it back with `If-None-Match` to get
304 while nothing has changed. Answers that rest on demonstration data say `"demonstration": true`.
Errors are JSON: what happened (`error`), what to do (`what_to_do`), and often what exists
(`known`)."""


class CompactJson(JSONRenderer):
    """UTF-8 as it is, no spaces."""

    json_dumps_params: Mapping[str, Any] = MappingProxyType(
        {"ensure_ascii": False, "separators": (",", ":")}
    )


service = NinjaAPI(
    renderer=CompactJson(),
    title="Cartagena open data",
    version="1",
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    servers=[{"url": ROOT, "description": "This site"}],
    openapi_extra={"info": {"license": {"name": CC_BY.title, "identifier": CC_BY.name}}},
)
for calls in (
    plan_calls,
    figure_calls,
    party_calls,
    questionnaire_calls,
    analysis_calls,
    status_calls,
    log_calls,
    record_calls,
):
    service.add_router("", calls.router)


@service.exception_handler(ApiError)
def _answer_problem(request: HttpRequest, problem: ApiError) -> HttpResponse:
    return problem.response()


@service.exception_handler(ValidationError)
def _answer_validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return explain_validation(error.errors).response()


@service.exception_handler(Exception)
def _pass_on(request: HttpRequest, error: Exception) -> HttpResponse:
    """The guard reports faults of ours."""
    raise error


@cache
def make_document() -> dict[str, Any]:
    """The OpenAPI 3.1 document, with the errors that every call can give."""
    document = json.loads(json.dumps(service.get_openapi_schema(path_prefix=""), default=str))
    problem = {"$ref": "#/components/schemas/Problem"}
    document["components"]["schemas"]["Problem"] = Problem.model_json_schema()
    for path, operations in document["paths"].items():
        operation = operations["get"]
        operation["operationId"] = operation["operationId"].rpartition("_calls_")[2]
        errors = {
            "304": {"description": "Nothing has changed since the ETag that was sent"},
            "400": _error("A parameter cannot be used", problem),
        }
        if "{" in path or path in ("/analysis", "/figures", "/reports", "/provisions"):
            errors["404"] = _error("There is no such thing", problem)
        if path == "/search":
            errors["503"] = _error("The index is being made", problem)
        operation["responses"] |= errors
        for parameter in operation["parameters"]:
            parameter["schema"].pop("title", None)
    return document  # type: ignore[no-any-return]


def _error(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _parameters_of(path: str) -> frozenset[str]:
    parameters = make_document()["paths"][path]["get"]["parameters"]
    return frozenset(each["name"] for each in parameters if each["in"] == "query")


def _show_document(request: HttpRequest) -> HttpResponse:
    body = json.dumps(make_document(), ensure_ascii=False)
    return HttpResponse(body, content_type="application/json; charset=utf-8")


def _show_calls(request: HttpRequest) -> HttpResponse:
    document = make_document()
    body = {
        "title": document["info"]["title"],
        "openapi": f"{ROOT}/openapi.json",
        "reference": "/api/",
        "calls": {ROOT + path: each["get"]["summary"] for path, each in document["paths"].items()},
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), content_type="application/json; charset=utf-8"
    )


def _refuse(request: HttpRequest, **_asked: str) -> HttpResponse:
    raise ApiError(
        404,
        f"The API has no call {request.path[:100]!r}.",
        f"See /api/ for all calls, or {ROOT}/openapi.json for programs.",
        sorted(make_document()["paths"]),
    )


def _path_of(pattern: URLPattern) -> str:
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))


def _guard_call(found: URLPattern) -> Any:
    path = _path_of(found)
    tells_freezes = path.startswith("/freezes")
    beside_log = status_calls.tell_freezes if tells_freezes else None
    if path == "/search":
        beside_log = record_calls.tell_search
    return guard(found.callback, _parameters_of(path), beside_log)


def list_addresses() -> list[tuple[str, Any, str]]:
    """(route, view, name) of every call, of the document, and of the answer to anything else."""
    calls = [
        (str(found.pattern), _guard_call(found), found.name)
        for found in service.urls[0]
        if isinstance(found, URLPattern) and _path_of(found) in make_document()["paths"]
    ]
    any_value: frozenset[str] = frozenset()
    return [
        ("", guard(_show_calls, any_value), "calls"),
        ("openapi.json", guard(_show_document, any_value), "document"),
        *[(route, view, name or "") for route, view, name in calls],
        ("<path:rest>", guard(_refuse, any_value), "unknown"),
    ]
