"""A table of open data: columns with their meaning, rows of plain values."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "free text", "number", "count", "date", "truth"]
Value = str | int | float | dt.date | bool | None


@dataclass(frozen=True)
class Column:
    """A column. Free text is written by people and is guarded where a spreadsheet could run it."""

    name: str
    kind: Kind
    meaning: str


@dataclass(frozen=True)
class Table:
    """A table; ``rows`` are in a stable order and as wide as the columns."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]


def make_table(
    name: str, title: str, columns: Sequence[tuple[str, Kind, str]], rows: Sequence[dict[str, Any]]
) -> Table:
    """A table out of rows by column name; a missing value is empty."""
    built = tuple(Column(*column) for column in columns)
    return Table(name, title, built, [[row.get(c.name) for c in built] for row in rows])
