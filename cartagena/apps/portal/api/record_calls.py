"""Calls about records, record types, vocabularies, changes and search."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from ninja import Query, Router

from cartagena.apps.exchange.api import list_exchanged_types
from cartagena.apps.portal.api.knowledge import Knowledge, know
from cartagena.apps.portal.api.problems import ApiError, bad_value, not_found
from cartagena.apps.portal.api.shapes import records as shapes
from cartagena.apps.portal.api.shapes.envelope import Known
from cartagena.apps.portal.open_data import records as rows
from cartagena.apps.search import api as searching
from cartagena.engine.countries import load_countries
from cartagena.engine.record_format import load_record_format
from cartagena.engine.record_json_schema import json_schema
from cartagena.engine.vocabulary import list_vocabularies, load_vocabulary

TAG = "Records"
router = Router(tags=[TAG])
_FACETS = ("type", "government", "group", "lmo", "trait", "organism", "decision_kind",
           "decision_result", "year", "subject")  # fmt: skip


@router.get("/records", response=shapes.RecordList, summary="Records")
def list_records(request: HttpRequest, query: Query[shapes.RecordQuery]) -> Any:
    """Records that are public, in a stable order; `next` leads through all of them."""
    knowledge = know(request)
    if query.type is not None:
        _check_type(query.type)
    if query.government is not None:
        codes = [country.code for country in load_countries()]
        if query.government not in codes:
            raise bad_value("government", query.government, codes)
    found, more = rows.list_records(
        knowledge.as_of,
        record_type=query.type,
        government=query.government,
        changed_since=query.changed_since,
        after=query.after,
        limit=query.limit,
    )
    made_up = any(row["demonstration"] for row in found)
    following = _lead_on(request, more)
    return knowledge.about(made_up) | {"limit": query.limit, "next": following, "items": found}


@router.get("/records/{record}", response=shapes.RecordAnswer, summary="One record")
def get_record(request: HttpRequest, record: str, query: Query[Known]) -> Any:
    """The body of a record by identifier or public number, as public on the day of knowledge.

    A record that was withdrawn stays readable: `ending` says so.
    """
    knowledge = know(request)
    versions, revision = _find_versions(record)
    version = rows.choose_version(versions, knowledge.as_of, revision)
    if version is None:
        raise _no_version(record, versions)
    return knowledge.about(version.demonstration) | rows.body_row(version)


@router.get("/records/{record}/versions", response=shapes.VersionList, summary="All versions")
def list_record_versions(request: HttpRequest, record: str, query: Query[Known]) -> Any:
    """When each version of a record was public, the newest first."""
    knowledge = know(request)
    versions, _ = _find_versions(record)
    known = [v for v in versions if rows.choose_version([v], knowledge.as_of, None)]
    if not known:
        raise _no_version(record, versions)
    return knowledge.about(any(v.demonstration for v in known)) | {
        "identifier": known[0].record.identifier,
        "items": [rows.version_row(version) for version in known],
    }


@router.get(
    "/records/{record}/versions/{version}", response=shapes.RecordAnswer, summary="One version"
)
def get_record_version(request: HttpRequest, record: str, version: int, query: Query[Known]) -> Any:
    """The body of one version, by the number counted here."""
    knowledge = know(request)
    versions, _ = _find_versions(record)
    found = next((each for each in versions if each.number == version), None)
    if found is None or rows.choose_version([found], knowledge.as_of, None) is None:
        raise _no_version(record, versions)
    return knowledge.about(found.demonstration) | rows.body_row(found)


def _find_versions(record: str) -> tuple[Any, int | None]:
    versions, revision = rows.find_versions(record)
    if not versions:
        raise ApiError(
            404,
            f"There is no record {record[:60]!r}.",
            "Give an identifier or a public number such as BCH-DEC-CN-105-2; see /api/v1/records.",
        )
    return versions, revision


def _no_version(record: str, versions: Any) -> ApiError:
    return ApiError(
        404,
        f"There is no such version of {record[:60]!r} on this day.",
        "Choose one of the known versions, or another day.",
        [str(version.number) for version in versions],
    )


@router.get("/record-types", response=shapes.RecordTypeList, summary="Record types")
def list_record_types(request: HttpRequest, query: Query[Known]) -> Any:
    """All types of records with how many are public."""
    knowledge = know(request)
    return knowledge.about(False) | {"items": rows.list_types(knowledge.as_of)}


@router.get(
    "/record-types/{record_type}", response=shapes.RecordTypeAnswer, summary="One record type"
)
def get_record_type(request: HttpRequest, record_type: str, query: Query[Known]) -> Any:
    """A record type with its fields, conditions by name, and the provisions behind them."""
    knowledge = know(request)
    _check_type(record_type, 404)
    shape = load_record_format(record_type)
    counts = rows.count_records(knowledge.as_of)
    fields = [rows.field_row(field) for field in shape.fields]
    return knowledge.about(False) | rows.type_row(shape, counts) | {"fields": fields}


@router.get(
    "/record-types/{record_type}/schema",
    response=dict[str, Any],
    summary="JSON Schema of a record type",
)
def get_record_type_schema(request: HttpRequest, record_type: str, query: Query[Known]) -> Any:
    """A JSON Schema (2020-12) of the body: fields, types, codes, and what depends on what."""
    know(request)
    _check_type(record_type, 404)
    return json_schema(record_type)


def _check_type(name: str, status: int = 400) -> None:
    known = list_exchanged_types()
    if name not in known:
        if status == 404:
            raise not_found("record type", name, known, "/api/v1/record-types")
        raise bad_value("type", name, known)


@router.get("/vocabularies", response=shapes.VocabularyList, summary="Vocabularies")
def list_all_vocabularies(request: HttpRequest, query: Query[Known]) -> Any:
    """All lists of terms that records choose from."""
    items = [rows.vocabulary_row(name) for name in list_vocabularies()]
    return know(request).about(False) | {"items": items}


@router.get(
    "/vocabularies/{vocabulary}", response=shapes.VocabularyAnswer, summary="One vocabulary"
)
def get_vocabulary(request: HttpRequest, vocabulary: str, query: Query[Known]) -> Any:
    """A list of terms with labels in all languages that have them."""
    if vocabulary not in list_vocabularies():
        raise not_found("vocabulary", vocabulary, list_vocabularies(), "/api/v1/vocabularies")
    terms = rows.term_rows(load_vocabulary(vocabulary))
    return know(request).about(False) | rows.vocabulary_row(vocabulary) | {"terms": terms}


@router.get("/changes", response=shapes.ChangeList, summary="Changes since a position")
def list_changes(request: HttpRequest, query: Query[shapes.ChangeQuery]) -> Any:
    """The publication log behind a position: what was published, amended, confirmed, withdrawn.

    Keep the last position and ask with it next time: nothing is missed and nothing comes twice.
    """
    knowledge = know(request)
    found = rows.list_changes(query.after, query.limit + 1, knowledge.as_of)
    shown = found[: query.limit]
    more = shown[-1]["position"] if len(found) > query.limit else None
    following = _lead_on(request, more)
    return knowledge.about(False) | {"limit": query.limit, "next": following, "items": shown}


@router.get("/search", response=shapes.SearchAnswer, summary="Search records")
def search_records(request: HttpRequest, query: Query[shapes.SearchQuery]) -> Any:
    """Records by words and facets, in any of six languages."""
    knowledge = know(request)
    asked = searching.SearchQuery(
        text=query.q.replace("\x00", ""),
        language=query.language,
        filters={name: tuple(values) for name in _FACETS if (values := getattr(query, name)[:50])},
        as_of=knowledge.as_of,
        sort=query.sort,
        start=query.start,
        rows=query.rows,
    )
    try:
        result = searching.search(asked, now=dt.datetime.now(dt.UTC))
    except searching.SearchUnavailableError:
        raise ApiError(
            503, "The search index is being made.", "Ask again in a minute.",
            headers={"Retry-After": "60"},
        ) from None  # fmt: skip
    made_up = any(hit.demonstration for hit in result.hits)
    names = list(shapes.HitRow.model_fields)
    return knowledge.about(made_up) | {
        "total": result.total,
        "start": query.start,
        "items": [{name: getattr(hit, name) for name in names} for hit in result.hits],
        "facets": {
            name: [{"value": value, "count": count} for value, count in values]
            for name, values in result.facets.items()
        },
    }


def tell_search(knowledge: Knowledge) -> str:
    """The index may be a moment behind the log: its answers carry no lasting tag."""
    return dt.datetime.now(dt.UTC).isoformat()


def _lead_on(request: HttpRequest, after: int | None) -> str | None:
    """The address of the next part."""
    if after is None:
        return None
    return f"{request.path}?{urlencode({**request.GET.dict(), 'after': after})}"
