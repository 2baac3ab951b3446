"""Records for the tests of search."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from cartagena.apps.registry import api as registry
from cartagena.apps.search.api import SearchQuery, SearchResult, search

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
GUID = "0E5A0000-0000-4000-8000-{:012d}"


def make_law(number: int, title: Mapping[str, str], on: str = "2020-01-01", **other: Any) -> Any:
    """A law of Kenya, or of `government`, with the fields of `body` added."""
    government = other.pop("government", "KEN")
    identifier = GUID.format(number)
    return registry.Publication(
        identifier=identifier,
        type="biosafetyLaw",
        government=government,
        body={
            "header": {
                "identifier": identifier, "schema": "biosafetyLaw", "languages": list(title),
            },
            "government": {"identifier": "ke"},
            "title": dict(title),
            **other.pop("body", {}),
        },
        published_at=dt.datetime.combine(dt.date.fromisoformat(on), dt.time(12), dt.UTC),
        **other,
    )  # fmt: skip


def make_record(record_type: str, number: int, government: str | None = None, **body: Any) -> Any:
    """A record of a type."""
    identifier = GUID.format(number)
    return registry.Publication(
        identifier=identifier,
        type=record_type,
        government=government,
        body={
            "header": {"identifier": identifier, "schema": record_type, "languages": ["en"]},
            **body,
        },
        published_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
    )


def publish(*publications: Any) -> list[Any]:
    """Publish as the program itself."""
    return registry.publish_records(publications, actor=None, reason="Test.", now=NOW)


def ask(text: str = "", language: str = "en", **other: Any) -> SearchResult:
    """Search as a reader of a language."""
    return search(SearchQuery(text, language, **other), now=NOW)


def find(text: str, language: str = "en", **other: Any) -> list[int]:
    """The numbers of the records found, in their order."""
    return [int(hit.identifier[-12:]) for hit in ask(text, language, **other).hits]
