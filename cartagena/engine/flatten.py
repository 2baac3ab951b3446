"""A published body as rows of a fact table, and how such rows are kept as text.

Flattening is done once, when a version is published. The rows are kept as CSV text, so that the
rows of thousands of versions are joined and read into columns in one go.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv

from cartagena.engine.answers import flatten_body, split_sources
from cartagena.engine.canonical import NotStorableError
from cartagena.engine.facts import COUNT, DATE, NUMBER, TEXT, schema_of
from cartagena.engine.questionnaire import load_format
from cartagena.engine.record_type import list_report_types, list_values, load_record_types

FLATTENING = 3
"""Number of these rules. Raised when they change; what older rules wrote is then written anew."""

ROW_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "answer": ("cycle", "question", "option", "text"),
    "record_value": ("field", "value"),
    "treaty": tuple(schema_of("treaty").names),
    "membership": tuple(schema_of("membership").names),
    "register": ("register", "party", "from_on", "until_on", "kind", "quantity", "unit", "title",
                 "source"),
    "usage": ("month", "country", "kind", "quantity"),
}  # fmt: skip
"""The columns that come from the body; what is known of the version (its days, ...) is added."""

Row = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Flattened:
    """The rows one version adds to one fact table."""

    table: str
    rows: list[Row]


def flatten(record_type: str, body: Mapping[str, Any]) -> Flattened:
    """What a body of a type says in closed values.

    Raises KeyError for an unknown type, NotStorableError for rows that are none.
    """
    cycle = list_report_types().get(record_type)
    if cycle is not None:
        return Flattened("answer", list(_answers(cycle, body)))
    declared = load_record_types()[record_type]
    if declared.rows_of:
        return Flattened(declared.rows_of, _read_rows(declared.rows_of, body.get("rows")))
    return Flattened("record_value", list(list_values(declared, body)))


def fact_rows_body(
    record_type: str, identifier: str, rows: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """The body of a record that holds rows of a fact table: treatyStatus, groupMembership,
    registerEntry (one row), usageMonth.

    Rows have the columns of :data:`ROW_COLUMNS`; days may be dates or ISO text; others are left
    out. Empty cells are left out too.
    """
    columns = ROW_COLUMNS[load_record_types()[record_type].rows_of]
    return {
        "header": {"identifier": identifier, "schema": record_type, "languages": ["en"]},
        "rows": [
            {name: text for name in columns if (text := _as_text(row.get(name))) is not None}
            for row in rows
        ],
    }


def encode_rows(rows: Sequence[Row]) -> str:
    """Rows as CSV text: every text in quotes, an empty cell without, a line end after each row."""
    return "".join(
        ",".join("" if cell is None else '"' + cell.replace('"', '""') + '"' for cell in row) + "\n"
        for row in rows
    )


def decode_rows(table: str, text: bytes) -> pa.Table:
    """The rows written by :func:`encode_rows` for a fact table, joined in any number, as columns.

    Text columns come dictionary-encoded.
    """
    names = ROW_COLUMNS[table]
    schema = schema_of(table)
    types = {name: _read_type(schema.field(name).type) for name in names}
    if not text:
        return pa.table({name: pa.array([], types[name]) for name in names})
    return pa_csv.read_csv(
        pa.BufferReader(text),
        # One block: a text of any length fits, and each column has one dictionary.
        read_options=pa_csv.ReadOptions(
            column_names=list(names), use_threads=False, block_size=len(text) + 1
        ),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(
            column_types=types,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=table not in ("answer", "record_value"),
        ),
    )


def _read_rows(table: str, rows: Any) -> list[Row]:
    """The rows of a body, checked: what is stored must be readable as columns for ever."""
    if not isinstance(rows, list | tuple):
        raise NotStorableError(f"A record for {table} needs `rows`, a list of rows.")
    schema = schema_of(table)
    problems = []
    for n, row in enumerate(rows):
        if not isinstance(row, Mapping):
            problems.append(f"rows[{n}] is no mapping")
            continue
        for name in sorted(set(row) - set(ROW_COLUMNS[table])):
            problems.append(f"rows[{n}] has an unknown column {name}")
        for name in ROW_COLUMNS[table]:
            problems.extend(_check_cell(f"rows[{n}].{name}", schema.field(name), row.get(name)))
    if problems:
        raise NotStorableError("; ".join(problems) + ".")
    return [tuple(_as_text(row.get(name)) for name in ROW_COLUMNS[table]) for row in rows]


def _check_cell(place: str, field: pa.Field, value: Any) -> list[str]:
    text = _as_text(value)
    if text is None:
        return [] if field.nullable else [f"{place} is missing"]
    try:
        if field.type == DATE and not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            raise ValueError
        _PARSERS.get(field.type, str)(text)
    except ValueError:
        return [f"{place}: {text!r} is no {_NOUNS[field.type]}"]
    return []


_PARSERS: Mapping[pa.DataType, Callable[[str], Any]] = {
    DATE: dt.date.fromisoformat, COUNT: int, NUMBER: float,
}  # fmt: skip
_NOUNS = {DATE: "day (YYYY-MM-DD)", COUNT: "whole number", NUMBER: "number"}


def _answers(cycle: str, body: Mapping[str, Any]) -> Iterable[Row]:
    shape = load_format(cycle)
    for source, rows in split_sources(flatten_body(shape, body), shape).items():
        for row in rows:
            yield source, row.question, row.option, row.text


def _read_type(kind: pa.DataType) -> pa.DataType:
    if kind == TEXT:
        return pa.dictionary(pa.int32(), TEXT)
    assert kind in (DATE, COUNT, NUMBER)
    return kind


def _as_text(value: Any) -> str | None:
    return None if value is None or value == "" else str(value)
