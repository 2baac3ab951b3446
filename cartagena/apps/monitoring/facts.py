"""The one bridge from the database to facts: published versions only, flattened, dated by day.

Drafts cannot leak through it: it reads what the log says was published, and of each version only
the rows that were flattened when it was published. Days are UTC. A version that was replaced or
withdrawn on the day it was published is not in the facts: by day it was never public.

Treaty status, groups and usage carry their own days, so of them only what is live now is a fact.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from django.db import connection

from cartagena.apps.registry.api import LogHead, find_log_hash, get_log_head, list_changed_records
from cartagena.engine.facts import TABLES, TEXT, Facts, schema_of
from cartagena.engine.flatten import ROW_COLUMNS, decode_rows
from cartagena.engine.parties import countries_table
from cartagena.engine.record_type import list_report_types, load_record_types, public_number

_CHUNKS_AT_MOST = 32
_READ_AT_ONCE = 5_000

_COLUMNS = """
       v.received_on, v.demonstration, r.document_id, coalesce(v.source_revision, v.number),
       v.title, (SELECT (min(f.published_at) AT TIME ZONE 'UTC')::date
                   FROM registry_recordversion f
                  WHERE f.record_id = v.record_id AND f.number <= v.number
                    AND f.demonstration = v.demonstration)"""

_KNOWN_VERSIONS = f"""
SELECT p.version_id, p.record_id, r.identifier, v.number, r.type, r.government,
       (p.starts_at AT TIME ZONE 'UTC')::date, (p.ends_at AT TIME ZONE 'UTC')::date, {_COLUMNS}
  FROM registry_publicperiod p
  JOIN registry_recordversion v ON v.id = p.version_id
  JOIN registry_record r ON r.id = p.record_id
 WHERE p.known_until IS NULL"""  # noqa: S608 - no value of anybody's in it

_NAMED_VERSIONS = f"""
SELECT v.id, v.record_id, r.identifier, v.number, r.type, r.government,
       (v.published_at AT TIME ZONE 'UTC')::date, NULL::date, {_COLUMNS}
  FROM registry_recordversion v JOIN registry_record r ON r.id = v.record_id
 WHERE v.id = ANY(%s)"""  # noqa: S608 - no value of anybody's in it

_ROWS_AFTER = """
SELECT version_id, "table", row_count, rows FROM registry_flattenedversion
 WHERE version_id > %s ORDER BY version_id LIMIT %s"""

_ROWS_OF = """
SELECT version_id, "table", row_count, rows FROM registry_flattenedversion
 WHERE version_id = ANY(%s) ORDER BY version_id"""

Codes = npt.NDArray[np.int64]


class _Version(NamedTuple):
    """A version that was public, by day."""

    version_id: int
    record_id: int
    record: str
    number: int
    type: str
    government: str | None
    published_on: dt.date
    until_on: dt.date | None
    received_on: dt.date | None
    demonstration: bool
    document_id: int
    revision: int
    title: str
    first_published_on: dt.date


class _Chunk(NamedTuple):
    """Flattened rows: for each row the version it comes from, and its columns."""

    version_ids: Codes
    rows: pa.Table


class PublishedFacts:
    """The facts of all that is published, kept up to date with the log.

    Versions never change, so what was read once is kept; after a publication only the records it
    touched are read again. Not safe for threads: whoever shares one takes turns.
    """

    def __init__(self) -> None:
        self._reset()

    def _reset(self) -> None:
        self.head = LogHead(0, "", None)
        self._last_version_id = 0
        self._by_record: dict[int, list[_Version]] = {}
        self._chunks: dict[str, list[_Chunk]] = {}

    def refresh(self) -> Facts:
        """Read what changed since the last time and return all facts."""
        # The head is read first: what is published meanwhile is read again at the next refresh.
        head = get_log_head()
        if self.head.position and find_log_hash(self.head.position) != self.head.hash:
            self._reset()  # another log: the database was replaced
        self._read_versions(changed_since=self.head.position)
        self._read_rows()
        self.head = head
        return self._assemble()

    def read_chosen(self, version_ids: Sequence[int]) -> Facts:
        """Read these versions alone, whatever is known of them now; for a fresh object."""
        self._add_versions(_fetch(_NAMED_VERSIONS, list(version_ids)))
        self._add_rows(_fetch(_ROWS_OF, list(version_ids)))
        return self._assemble()

    def _read_versions(self, changed_since: int) -> None:
        if not changed_since:
            return self._add_versions(_fetch(_KNOWN_VERSIONS))
        changed = list_changed_records(changed_since)
        for record_id in changed:
            self._by_record.pop(record_id, None)
        return self._add_versions(_fetch(_KNOWN_VERSIONS + " AND p.record_id = ANY(%s)", changed))

    def _add_versions(self, found: list[tuple[Any, ...]]) -> None:
        for row in found:
            version = _Version(*row)
            if version.published_on != version.until_on:
                self._by_record.setdefault(version.record_id, []).append(version)

    def _read_rows(self) -> None:
        while found := _fetch(_ROWS_AFTER, self._last_version_id, _READ_AT_ONCE):
            self._last_version_id = found[-1][0]
            self._add_rows(found)

    def _add_rows(self, found: list[tuple[Any, ...]]) -> None:
        for table in sorted({row[1] for row in found}):
            of_table = [row for row in found if row[1] == table and row[2]]
            if of_table:
                self._add_chunk(table, of_table)

    def _add_chunk(self, table: str, found: list[tuple[Any, ...]]) -> None:
        ids = np.repeat(
            np.array([row[0] for row in found], dtype=np.int64), [row[2] for row in found]
        )
        rows = decode_rows(table, "".join(row[3] for row in found).encode())
        if rows.num_rows != len(ids):
            raise RuntimeError(f"The flattened rows of {table} do not match their count.")
        chunks = self._chunks.setdefault(table, [])
        chunks.append(_Chunk(ids, rows))
        if len(chunks) > _CHUNKS_AT_MOST:
            self._chunks[table] = [_join(chunks)]

    def _assemble(self) -> Facts:
        versions = sorted(v for of_record in self._by_record.values() for v in of_record)
        known = _Versions(versions)
        return Facts(
            {
                "party": countries_table(),
                "treaty": self._own_rows("treaty", known),
                "membership": self._own_rows("membership", known),
                "usage": self._own_rows("usage", known),
                "register": self._own_rows("register", known),
                **self._reports(known),
                **self._records(known),
            }
        )

    def _rows_of(self, table: str, keep: "_Versions", wanted: npt.NDArray[np.bool_]) -> _Chunk:
        """The rows whose version is wanted; ``version_ids`` become places in ``keep``."""
        chunks = self._chunks.get(table)
        if not chunks:
            return _Chunk(np.array([], dtype=np.int64), decode_rows(table, b""))
        joined = _join(chunks)
        places, found = keep.find(joined.version_ids)
        found &= wanted[places] if len(wanted) else False
        if found.all():
            return _Chunk(places, joined.rows)
        return _Chunk(places[found], joined.rows.filter(pa.array(found)))

    def _own_rows(self, table: str, known: "_Versions") -> pa.Table:
        """Rows of treaty status, groups, registers or usage."""
        wanted = known.everything if table == "register" else known.live
        places, rows = self._rows_of(table, known, wanted)
        columns = {name: rows.column(name) for name in ROW_COLUMNS[table]}
        if table == "register":
            columns |= {
                "entry": known.text("record", places),
                "version": known.plain("number", places),
                "published_on": known.plain("published_on", places),
                "superseded_on": known.plain("until_on", places),
            }
        if table in ("register", "usage"):
            columns["demonstration"] = known.plain("demonstration", places)
        return _in_order(table, columns)

    def _reports(self, known: "_Versions") -> dict[str, pa.Table]:
        places, rows = self._rows_of("answer", known, known.everything)
        answers = {
            "record": known.text("record", places),
            "version": known.plain("number", places),
            "party": known.text("government", places),
            **{name: rows.column(name) for name in ROW_COLUMNS["answer"]},
        }
        cycles = rows.column("cycle").combine_chunks()
        pairs = {(place, cycle) for place, cycle in _pairs(places, cycles)}
        answered = {place for place, _ in pairs}
        main = list_report_types()
        pairs |= {
            (place, main[version.type])
            for place, version in enumerate(known.versions)
            if version.type in main and place not in answered
        }
        ordered = sorted(pairs)
        at = np.array([place for place, _ in ordered], dtype=np.int64)
        reports = {
            "party": known.text("government", at),
            "cycle": pa.array([cycle for _, cycle in ordered], TEXT),
            "record": known.text("record", at),
            "version": known.plain("number", at),
            "published_on": known.plain("published_on", at),
            "until_on": known.plain("until_on", at),
            "received_on": known.plain("received_on", at),
            "demonstration": known.plain("demonstration", at),
            "number": known.public_numbers(at),
        }
        return {"report": _in_order("report", reports), "answer": _in_order("answer", answers)}

    def _records(self, known: "_Versions") -> dict[str, pa.Table]:
        declared, reports = load_record_types(), list_report_types()
        at = np.array(
            [
                place
                for place, version in enumerate(known.versions)
                if version.type not in reports and not declared[version.type].rows_of
            ],
            dtype=np.int64,
        )
        records = {
            "record": known.text("record", at),
            "version": known.plain("number", at),
            "type": known.text("type", at),
            "government": known.text("government", at),
            "first_published_on": known.plain("first_published_on", at),
            "published_on": known.plain("published_on", at),
            "until_on": known.plain("until_on", at),
            "demonstration": known.plain("demonstration", at),
            "number": known.public_numbers(at),
            "title": known.text("title", at),
        }
        places, rows = self._rows_of("record_value", known, known.everything)
        values = {
            "record": known.text("record", places),
            "version": known.plain("number", places),
            **{name: rows.column(name) for name in ROW_COLUMNS["record_value"]},
        }
        return {
            "record": _in_order("record", records),
            "record_value": _in_order("record_value", values),
        }


def read_facts_of(version_ids: Sequence[int]) -> Facts:
    """The facts of chosen versions, each as if it were live since it was published."""
    return PublishedFacts().read_chosen(version_ids)


class _Versions:
    """Versions in the order of their ids, as columns to take from."""

    def __init__(self, versions: list[_Version]) -> None:
        self.versions = versions
        self._ids = np.array([v.version_id for v in versions], dtype=np.int64)
        self.everything = np.ones(len(versions), dtype=bool)
        self.live = np.array([v.until_on is None for v in versions], dtype=bool)
        self._columns: dict[str, pa.Array] = {}

    def find(self, version_ids: Codes) -> tuple[Codes, npt.NDArray[np.bool_]]:
        """For each id its place among the versions, and whether it is there at all."""
        if not len(self._ids):
            return np.zeros(len(version_ids), dtype=np.int64), np.zeros(len(version_ids), bool)
        places = np.minimum(np.searchsorted(self._ids, version_ids), len(self._ids) - 1)
        return places, self._ids[places] == version_ids

    def plain(self, name: str, places: Codes) -> pa.Array:
        """A column of numbers, days or truth values."""
        if name not in self._columns:
            kind = {"number": pa.int64(), "demonstration": pa.bool_()}.get(name, pa.date32())
            self._columns[name] = pa.array([getattr(v, name) for v in self.versions], kind)
        return self._columns[name].take(pa.array(places))

    def text(self, name: str, places: Codes) -> pa.Array:
        """A text column, dictionary-encoded."""
        if name not in self._columns:
            column = pa.array([getattr(v, name) for v in self.versions], TEXT)
            self._columns[name] = column.dictionary_encode()
        return self._columns[name].take(pa.array(places))

    def public_numbers(self, places: Codes) -> pa.Array:
        """The numbers by which versions are cited."""
        chosen = [self.versions[place] for place in places.tolist()]
        return pa.array(
            [public_number(v.type, v.government, v.document_id, v.revision) for v in chosen], TEXT
        )


def _fetch(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _join(chunks: list[_Chunk]) -> _Chunk:
    """Several chunks as one."""
    if len(chunks) == 1:
        return chunks[0]
    rows = pa.concat_tables([chunk.rows for chunk in chunks]).unify_dictionaries()
    return _Chunk(np.concatenate([c.version_ids for c in chunks]), rows.combine_chunks())


def _pairs(places: Codes, cycles: pa.DictionaryArray) -> list[tuple[int, str]]:
    """The distinct pairs of version and cycle among answers."""
    if not len(places):
        return []
    if isinstance(cycles, pa.ChunkedArray):
        cycles = cycles.chunk(0)
    names = cycles.dictionary.to_pylist()
    codes = np.asarray(cycles.indices.to_numpy(zero_copy_only=False), dtype=np.int64)
    distinct = np.unique(places * len(names) + codes)
    return [(int(pair) // len(names), names[int(pair) % len(names)]) for pair in distinct]


def _in_order(table: str, columns: dict[str, pa.Array]) -> pa.Table:
    """A fact table out of its columns, checked against the declaration of its types."""
    names = [column.name for column in TABLES[table]]
    schema = schema_of(table)
    arrays = []
    for name in names:
        column = columns[name]
        wanted = schema.field(name).type
        if wanted != TEXT and column.type != wanted:
            column = column.cast(wanted)
        arrays.append(column)
    return pa.table(arrays, names=names)
