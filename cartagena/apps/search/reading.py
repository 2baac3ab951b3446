"""Reads from the database what is indexed: published versions with their public periods."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection

from cartagena.apps.search.content import (
    NEVER_NAMED,
    Reference,
    is_searched,
    list_references,
    read_reference,
)
from cartagena.apps.search.store import Version

AT_ONCE = 500
_REFERENCES_KEPT = 100_000

_VERSIONS = """
SELECT v.id, v.record_id, r.identifier, r.type, r.government, r.document_id,
       coalesce(v.source_revision, v.number), v.title, v.body, p.starts_at, p.ends_at
  FROM registry_publicperiod p
  JOIN registry_recordversion v ON v.id = p.version_id
  JOIN registry_record r ON r.id = p.record_id
 WHERE p.known_until IS NULL AND p.record_id = ANY(%s)
 ORDER BY p.record_id, v.number"""

_REFERENCES = """
SELECT r.identifier, r.type, v.body
  FROM registry_record r
  JOIN LATERAL (SELECT body FROM registry_recordversion
                 WHERE record_id = r.id ORDER BY number DESC LIMIT 1) v ON true
 WHERE r.identifier = ANY(%s) AND NOT r.type = ANY(%s)"""

_RECORDS = """
SELECT DISTINCT record_id FROM registry_publicperiod WHERE known_until IS NULL
 ORDER BY record_id"""

_SHOWN = """
SELECT v.id, r.identifier, v.number, r.type, r.government, r.document_id,
       coalesce(v.source_revision, v.number), v.title, v.body, v.published_at, v.demonstration
  FROM registry_recordversion v JOIN registry_record r ON r.id = v.record_id
 WHERE v.id = ANY(%s)"""

_NAMES = """
SELECT v.id, r.identifier, v.number
  FROM registry_recordversion v JOIN registry_record r ON r.id = v.record_id
 WHERE v.id = ANY(%s)"""

_PUBLISHED = """
SELECT version_id FROM registry_logentry
 WHERE position > %s AND position <= %s AND action IN ('publish', 'amend')"""

_IDENTIFIERS = "SELECT id, identifier FROM registry_record WHERE id = ANY(%s)"


def list_record_ids() -> list[int]:
    """The records of which some version is held to have been public."""
    return [row[0] for row in _fetch(_RECORDS)]


def list_identifiers(record_ids: Sequence[int]) -> list[str]:
    """The identifiers of records."""
    return [row[1] for row in _fetch(_IDENTIFIERS, list(record_ids))]


class References:
    """What records lend to those that refer to them; read once, in bulk."""

    def __init__(self) -> None:
        self._known: dict[str, Reference | None] = {}

    def of(self, wanted: Iterable[str]) -> Mapping[str, Reference]:
        """Those that exist of the identifiers wanted."""
        names = set(wanted)
        self._load(names)
        return {name: known for name in names if (known := self._known.get(name)) is not None}

    def _load(self, names: Iterable[str]) -> None:
        missing = [name for name in names if name not in self._known]
        if not missing:
            return
        if len(self._known) > _REFERENCES_KEPT:
            self._known.clear()
        self._known.update(dict.fromkeys(missing))
        for identifier, record_type, body in _fetch(_REFERENCES, missing, list(NEVER_NAMED)):
            if is_searched(record_type):
                self._known[identifier] = read_reference(record_type, _read(body))


def read_versions(
    record_ids: Iterable[int], references: References
) -> Iterator[list[tuple[Version, Mapping[str, Reference], list[str]]]]:
    """All versions of records in bulks: each with what it refers to."""
    left = iter(record_ids)
    while chunk := list(islice(left, AT_ONCE)):
        versions = [_as_version(row) for row in _fetch(_VERSIONS, chunk) if is_searched(row[3])]
        named = [list_references(version.type, version.body) for version in versions]
        known = references.of(name for names in named for name in names)
        yield [
            (version, {name: known[name] for name in names if name in known}, names)
            for version, names in zip(versions, named, strict=True)
        ]


def _as_version(row: Sequence[Any]) -> Version:
    return Version(
        version_id=row[0], record_id=row[1], identifier=row[2], type=row[3], government=row[4],
        document_id=row[5], revision=row[6], title=row[7], body=_read(row[8]), starts_at=row[9],
        ends_at=row[10],
    )  # fmt: skip


def _read(body: Any) -> Mapping[str, Any]:
    found = json.loads(body) if isinstance(body, str) else body
    return found if isinstance(found, Mapping) else {}


def _fetch(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@dataclass(frozen=True)
class Shown:
    """A version as hits show it."""

    version_id: int
    identifier: str
    number: int
    type: str
    government: str | None
    document_id: int
    revision: int
    title: str
    body: Mapping[str, Any]
    published_at: dt.datetime
    demonstration: bool


def read_shown(version_ids: Sequence[int]) -> list[Shown]:
    """Versions by their keys, in the order given. One query."""
    found = {
        row[0]: _as_shown(row) for row in (_fetch(_SHOWN, list(version_ids)) if version_ids else ())
    }
    return [found[key] for key in version_ids if key in found]


def _as_shown(row: Sequence[Any]) -> Shown:
    return Shown(
        version_id=row[0], identifier=row[1], number=row[2], type=row[3], government=row[4],
        document_id=row[5], revision=row[6], title=row[7], body=_read(row[8]),
        published_at=row[9], demonstration=row[10],
    )  # fmt: skip


def read_names(version_ids: Sequence[int]) -> dict[int, tuple[str, int]]:
    """Key of a version -> identifier of the record and number of the version. One query."""
    return {row[0]: (row[1], row[2]) for row in _fetch(_NAMES, list(version_ids))}


def read_named(identifiers: Sequence[str]) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Identifier, type and newest body of records that are no persons. One query."""
    # What stands in an address may hold what no text in the database can.
    wanted = [each for each in dict.fromkeys(identifiers) if "\0" not in each]
    rows = _fetch(_REFERENCES, wanted, list(NEVER_NAMED)) if wanted else []
    return [(row[0], row[1], _read(row[2])) for row in rows]


def list_published(after: int, until: int) -> set[int]:
    """The keys of the versions published after a position of the log, until another."""
    return {row[0] for row in _fetch(_PUBLISHED, after, until)}
