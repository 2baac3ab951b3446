"""The OpenAPI document of the calls for clients of the Clearing-House."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from cartagena.apps.exchange.answering import answer_json, peer_call

Json = dict[str, Any]
ROOT = "/api/v2013"
_OBJECT: Json = {"type": "object"}
_TEXT: Json = {"type": "string"}
_SWITCH: Json = {"type": "string", "enum": ["true", "false", ""]}

_INDEX_PARAMETERS = {
    "q": "What is sought, in the query language: terms, \"phrases\", field:value, AND OR NOT, "
         "ranges, *. Default: everything.",
    "fq": "A further condition; may be repeated.",
    "fl": "The fields to answer with, divided by commas; `name:field` gives one another name.",
    "sort": "For example `updatedDate_dt desc`.",
    "df": "The field of terms that name none. Default: text_EN_txt.",
    "wt": "json or csv.",
    "facet.field": "Count the values of this field; may be repeated.",
    "facet.pivot": "Count the values of several fields within each other.",
    "facet.query": "Count what this query matches as well; may be repeated.",
    "group.field": "Group by this field.",
    "group.sort": "The order within groups.",
    "hl.fl": "The fields to mark the words in.",
}  # fmt: skip
_SWITCHES = ("facet", "group", "group.ngroups", "hl")
_COUNTS = {"start": 0, "rows": 0, "facet.limit": -1, "facet.mincount": 0, "group.limit": -1,
           "hl.snippets": 1}  # fmt: skip


def _parameter(name: str, where: str, schema: Json, about: str = "", many: bool = False) -> Json:
    if many:
        schema = {"type": "array", "items": schema, "maxItems": 5}
    return {
        "name": name,
        "in": where,
        "required": where == "path",
        "schema": schema,
        **({"description": about} if about else {}),
    }


def _responses(schema: Json, *errors: int) -> Json:
    problem = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    words = {400: "A value cannot be used", 404: "There is no such thing",
             503: "The index is being made"}  # fmt: skip
    return {
        "200": {"description": "The answer", "content": {"application/json": {"schema": schema}}},
        "304": {"description": "Nothing was published since the ETag that was sent"},
        **{str(code): {"description": words[code], "content": problem} for code in errors},
    }


def _call(summary: str, parameters: list[Json], schema: Json, *errors: int) -> Json:
    name = summary.lower().replace(" ", "_")
    return {
        "get": {
            "summary": summary,
            "operationId": name,
            "parameters": parameters,
            "responses": _responses(schema, *errors),
        }
    }


def _index() -> Json:
    repeated = ("fq", "facet.field", "facet.query", "facet.pivot")
    parameters = [
        _parameter(name, "query", _TEXT, about, name in repeated)
        for name, about in _INDEX_PARAMETERS.items()
    ]
    parameters += [_parameter(name, "query", _SWITCH) for name in _SWITCHES]
    parameters += [
        _parameter(name, "query", {"type": "integer", "minimum": least})
        for name, least in _COUNTS.items()
    ]
    responses = _responses({"$ref": "#/components/schemas/IndexAnswer"}, 400, 503)
    responses["200"]["content"]["text/csv"] = {"schema": _TEXT}
    value = {"type": ["string", "number", "boolean", "array", "null"], "items": _TEXT}
    body = {"schema": {"type": "object", "additionalProperties": value}}
    shared = {"summary": "Search the index", "responses": responses}
    return {
        "get": {**shared, "operationId": "search", "parameters": parameters},
        "post": {
            **shared,
            "operationId": "search_posted",
            "requestBody": {"content": {"application/json": body}},
        },
    }


def make_openapi() -> Json:
    """The document."""
    uid = _parameter("uid", "path", _TEXT, "Identifier, public number or document number")
    revision = _parameter("revision", "path", {"type": "integer", "minimum": 1})
    info = _parameter("info", "query", _SWITCH, "The envelope in place of the body")
    body = _parameter("body", "query", _SWITCH, "The body within the envelope")
    deleted = _parameter("include-deleted", "query", _SWITCH, "Withdrawn records too")
    domain, term = _parameter("domain", "path", _TEXT), _parameter("term", "path", _TEXT)
    listing = [
        _parameter("$filter", "query", _TEXT, "type eq 'biosafetyDecision' and government eq 'ke'"),
        _parameter("$top", "query", {"type": "integer", "minimum": 0}),
        _parameter("$skip", "query", {"type": "integer", "minimum": 0}),
        body,
    ]
    many = {"type": "array", "items": _OBJECT}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Calls for clients of the Biosafety Clearing-House",
            "version": "2013",
            "description": "The read calls that clients of the Clearing-House use, over what is "
            "published here. Any site may read; no key is needed. New programs better use /api/v1.",
        },
        "servers": [{"url": ROOT, "description": "This site"}],
        "paths": {
            "/index/select": _index(),
            "/documents": _call("List documents", listing, _OBJECT, 400),
            "/documents/{uid}": _call("One document", [uid, info, body, deleted], _OBJECT, 404),
            "/documents/{uid}/info": _call("One envelope", [uid, body, deleted], _OBJECT, 404),
            "/documents/{uid}/versions": _call("All versions", [uid, body], many, 404),
            "/documents/{uid}/versions/{revision}": _call(
                "One version", [uid, revision, info, body], _OBJECT, 404
            ),
            "/documents/{uid}/versions/{revision}/info": _call(
                "Envelope of a version", [uid, revision, body], _OBJECT, 404
            ),
            "/countries": _call("Countries", [], many),
            "/countries/{code}": _call(
                "One country", [_parameter("code", "path", _TEXT)], _OBJECT, 404
            ),
            "/thesaurus/domains/{domain}": _call("One vocabulary", [domain], _OBJECT, 404),
            "/thesaurus/domains/{domain}/terms": _call("Terms", [domain], many, 404),
            "/thesaurus/terms/{term}": _call("One term", [term], _OBJECT, 404),
            "/thesaurus/terms/{term}/narrowers": _call(
                "Narrower terms", [term, _parameter("immediate", "query", _SWITCH)], many, 404
            ),
        },
        "components": {"schemas": _schemas()},
    }


def _schemas() -> Json:
    found = {
        "type": "object",
        "properties": {
            "numFound": {"type": "integer"},
            "start": {"type": "integer"},
            "docs": {"type": "array", "items": _OBJECT},
        },
        "required": ["numFound", "start", "docs"],
    }
    return {
        "IndexAnswer": {
            "type": "object",
            "properties": {
                "responseHeader": _OBJECT,
                "response": found,
                "grouped": _OBJECT,
                "facet_counts": _OBJECT,
                "highlighting": _OBJECT,
                "nonSupportedParams": {"type": "array", "items": _TEXT},
            },
            "required": ["responseHeader", "nonSupportedParams"],
        },
        "Problem": {
            "type": "object",
            "properties": {
                "statusCode": {"type": "integer"},
                "message": _TEXT,
                "what_to_do": _TEXT,
            },
            "required": ["statusCode", "message", "what_to_do"],
        },
    }


@peer_call("GET")
def show_openapi(request: HttpRequest) -> HttpResponse:
    """The document as JSON."""
    return answer_json(make_openapi())
