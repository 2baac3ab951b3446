"""Facts: what is published, flattened and dated. The only input of the engine.

Nine tables, declared here column by column with their meaning; the same declaration makes the open
data's documentation. Dates are days (UTC); ``until`` columns are exclusive; empty means not known
or not ended, never zero and never "no".
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cartagena.engine.declaration import DeclarationError, Problem
from cartagena.engine.party_set import PartyRoll

TEXT = pa.string()
DATE = pa.date32()
TRUTH = pa.bool_()
COUNT = pa.int64()
NUMBER = pa.float64()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a fact table: its type, its meaning, and whether it may be empty."""

    name: str
    type: pa.DataType
    meaning: str
    required: bool = False


def _columns(*columns: Column) -> tuple[Column, ...]:
    return columns


TABLES: Mapping[str, tuple[Column, ...]] = {
    "party": _columns(
        Column("party", TEXT, "ISO 3166 alpha-3 code; EUR is the European Union", True),
        Column("iso2", TEXT, "ISO 3166 alpha-2 code; EU is the European Union", True),
        Column("m49", TEXT, "United Nations M49 code"),
        Column("name_en", TEXT, "Name in English"),
        Column("name_fr", TEXT, "Name in French"),
        Column("name_es", TEXT, "Name in Spanish"),
        Column("name_ru", TEXT, "Name in Russian"),
        Column("name_zh", TEXT, "Name in Chinese"),
        Column("name_ar", TEXT, "Name in Arabic"),
    ),
    "treaty": _columns(
        Column("party", TEXT, "Who acted", True),
        Column("treaty", TEXT, "cbd, cpb, np (Nagoya Protocol) or nklsp", True),
        Column("signed_on", DATE, "Day of signature"),
        Column("instrument", TEXT, "ratification, accession, acceptance, approval, succession"),
        Column("deposited_on", DATE, "Day the instrument was deposited"),
        Column("in_force_on", DATE, "Day the treaty entered into force for it"),
        Column("source", TEXT, "Where the dates come from"),
    ),
    "membership": _columns(
        Column("party", TEXT, "Member", True),
        Column("group", TEXT, "Group code, such as AFR, LDC or EU", True),
        Column("from_on", DATE, "First day of membership; empty: since before the Protocol"),
        Column("until_on", DATE, "First day after membership; empty: still a member"),
        Column("source", TEXT, "Where it comes from"),
    ),
    "report": _columns(
        Column("party", TEXT, "Party that reported", True),
        Column("cycle", TEXT, "Source of answers: nr2, survey2014, nr3, nr4 or nr5", True),
        Column("record", TEXT, "Identifier of the report", True),
        Column("version", COUNT, "Revision of the report", True),
        Column("published_on", DATE, "Day this version became public", True),
        Column("until_on", DATE, "Day it was replaced or withdrawn; empty: live"),
        Column("received_on", DATE, "Day the report was received"),
        Column("demonstration", TRUTH, "True for made-up reports that show the program", True),
        Column("number", TEXT, "Public number of the version"),
    ),
    "answer": _columns(
        Column("record", TEXT, "Identifier of the report", True),
        Column("version", COUNT, "Revision of the report", True),
        Column("party", TEXT, "Party that answered", True),
        Column("cycle", TEXT, "Source of answers", True),
        Column("question", TEXT, "Key of the question in the format of the cycle", True),
        Column("option", TEXT, "Code of one chosen option; empty for text"),
        Column("text", TEXT, "Written answer or number; empty for an option"),
    ),
    "record": _columns(
        Column("record", TEXT, "Identifier of the record", True),
        Column("version", COUNT, "Revision of the record", True),
        Column("type", TEXT, "Record type, such as biosafetyDecision", True),
        Column("government", TEXT, "Government that published it; empty: reference record"),
        Column("first_published_on", DATE, "Day its first version became public", True),
        Column("published_on", DATE, "Day this version became public", True),
        Column("until_on", DATE, "Day it was replaced or withdrawn; empty: live"),
        Column("demonstration", TRUTH, "True for made-up records", True),
        Column("number", TEXT, "Public number of the version"),
        Column("title", TEXT, "Title"),
    ),
    "record_value": _columns(
        Column("record", TEXT, "Identifier of the record", True),
        Column("version", COUNT, "Revision of the record", True),
        Column("field", TEXT, "Field of the record type", True),
        Column("value", TEXT, "One closed value: term, code, date, truth value, reference", True),
    ),
    "register": _columns(
        Column("register", TEXT, "Register, such as AdviceMechanism", True),
        Column("entry", TEXT, "Identifier of the entry", True),
        Column("version", COUNT, "Revision of the entry", True),
        Column("party", TEXT, "Party concerned, if one is"),
        Column("from_on", DATE, "Day it happened or began"),
        Column("until_on", DATE, "Day it ended, exclusive"),
        Column("kind", TEXT, "Kind within the register"),
        Column("quantity", NUMBER, "Number or amount, if the register holds one"),
        Column("unit", TEXT, "Unit of the quantity"),
        Column("title", TEXT, "Title"),
        Column("source", TEXT, "Document or decision it rests on"),
        Column("published_on", DATE, "Day this version became public", True),
        Column("superseded_on", DATE, "Day it was replaced or withdrawn; empty: live"),
        Column("demonstration", TRUTH, "True for made-up entries", True),
    ),
    "usage": _columns(
        Column("month", DATE, "First day of the month", True),
        Column("country", TEXT, "Country of the visitor, where known"),
        Column("kind", TEXT, "visit, search or download", True),
        Column("quantity", COUNT, "How many", True),
        Column("demonstration", TRUTH, "True for made-up counts", True),
    ),
}


def schema_of(table: str) -> pa.Schema:
    """The Arrow schema of a fact table."""
    return pa.schema(
        [pa.field(c.name, c.type, nullable=not c.required) for c in TABLES[table]],
    )


def empty_table(table: str) -> pa.Table:
    """A fact table without rows."""
    return schema_of(table).empty_table()


class Facts:
    """A complete, immutable set of fact tables.

    ``tables`` may leave tables out (they are then empty) but not hold unknown ones; wrong columns
    raise :class:`DeclarationError` with every problem.
    """

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        problems = [
            Problem(name, "There is no fact table of this name.", f"Known: {', '.join(TABLES)}.")
            for name in tables
            if name not in TABLES
        ]
        self.tables: dict[str, pa.Table] = {}
        for name in TABLES:
            table = tables.get(name)
            if table is None:
                self.tables[name] = empty_table(name)
                continue
            problems.extend(_check_columns(name, table))
            self.tables[name] = table
        if problems:
            raise DeclarationError(problems)

    def __getitem__(self, name: str) -> pa.Table:
        return self.tables[name]

    @cached_property
    def roll(self) -> PartyRoll:
        """The order of Parties: all codes of the ``party`` table, sorted."""
        return PartyRoll(tuple(sorted(self["party"].column("party").to_pylist())))

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """Names of countries by code and language."""
        languages = ("en", "fr", "es", "ru", "zh", "ar")
        return {
            row["party"]: {lang: row[f"name_{lang}"] for lang in languages if row[f"name_{lang}"]}
            for row in self["party"].to_pylist()
        }

    def rows(self, name: str) -> list[dict[str, Any]]:
        """A small table as rows, read once: registers and usage are asked for again and again."""
        if name not in self._rows:
            self._rows[name] = self[name].to_pylist()
        return self._rows[name]

    @cached_property
    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        return {}

    def rows_by(self, name: str, column: str) -> dict[Any, list[dict[str, Any]]]:
        """The rows of a small table by the values of a column, read once."""
        key = name, column
        if key not in self._rows_by:
            groups: dict[Any, list[dict[str, Any]]] = {}
            for row in self.rows(name):
                groups.setdefault(row[column], []).append(row)
            self._rows_by[key] = groups
        return self._rows_by[key]

    @cached_property
    def _rows_by(self) -> dict[tuple[str, str], dict[Any, list[dict[str, Any]]]]:
        return {}

    @cached_property
    def first_received(self) -> Mapping[tuple[str, str], dt.date]:
        """The day each report came in, by source and record: a correction does not make it late.

        The day of the first version that answers the source (the survey of 2014 travels in a later
        version of the second report). Where receipt was not recorded, the day it became public.
        """
        first: dict[tuple[str, str], dt.date] = {}
        for row in self.rows("report"):
            key, day = (row["cycle"], row["record"]), row["received_on"] or row["published_on"]
            first[key] = min(day, first.get(key, day))
        return first

    @cached_property
    def record_values(self) -> Mapping[tuple[str, int], Mapping[str, frozenset[str]]]:
        """The closed values of each record version by field, read once for all days."""
        found: dict[tuple[str, int], dict[str, frozenset[str]]] = {}
        table = self["record_value"]
        names = ("record", "version", "field", "value")
        columns = (table.column(name).to_pylist() for name in names)
        for record, version, field, value in zip(*columns, strict=True):
            fields = found.setdefault((record, version), {})
            known = fields.get(field)
            fields[field] = frozenset((value,)) if known is None else known | {value}
        return found

    @property
    def demonstration(self) -> bool:
        """Whether any report, record, entry or count is made up."""
        return any(
            True in self[name].column("demonstration").unique().to_pylist()
            for name in ("report", "record", "register", "usage")
        )


def _check_columns(name: str, table: pa.Table) -> list[Problem]:
    problems = []
    wanted = {column.name for column in TABLES[name]}
    for missing in sorted(wanted - set(table.column_names)):
        problems.append(
            Problem(f"{name}.{missing}", "This column is missing.", "Export the facts again.")
        )
    for column in TABLES[name]:
        if column.name not in table.column_names:
            continue
        if column.required and table.column(column.name).null_count:
            problems.append(
                Problem(
                    f"{name}.{column.name}",
                    f"{table.column(column.name).null_count} rows leave this column empty.",
                    "This column must always be filled.",
                )
            )
        found = table.schema.field(column.name).type
        if pa.types.is_dictionary(found):
            found = found.value_type
        if found != column.type:
            problems.append(
                Problem(
                    f"{name}.{column.name}",
                    f"The column holds {found}, not {column.type}.",
                    "Export the facts again.",
                )
            )
    return problems


def read_facts(folder: Path) -> Facts:
    """Read facts from a folder written by ``cartagena export facts`` (Parquet files).

    Raises :class:`DeclarationError` naming every missing or unreadable file.
    """
    if not folder.is_dir():
        what = "There is no such folder."
        raise DeclarationError([Problem(str(folder), what, "Correct its name.")])
    tables: dict[str, pa.Table] = {}
    problems = []
    for name, columns in TABLES.items():
        path = folder / f"{name}.parquet"
        texts = [column.name for column in columns if column.type == TEXT]
        try:
            tables[name] = pq.read_table(path, read_dictionary=texts)
        except FileNotFoundError:
            remedy = "Export or download the facts again."
            if path.with_suffix(".csv").exists():
                remedy = "The .csv beside it is not read: take the .parquet of the same download."
            problems.append(Problem(str(path), "The file is missing.", remedy))
        except (pa.ArrowException, OSError) as error:
            problems.append(
                Problem(str(path), f"The file cannot be read: {error}", "Download it again.")
            )
    if problems:
        raise DeclarationError(problems)
    return Facts(tables)
