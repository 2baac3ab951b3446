"""Facts as of a day, and one hash for a set of facts."""

import datetime as dt
import hashlib
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from cartagena.engine.facts import TABLES, TEXT, Facts

# Table -> the columns that say when a row became public and when it ceased to be.
_PUBLIC: Mapping[str, tuple[str, str]] = {
    "report": ("published_on", "until_on"),
    "record": ("published_on", "until_on"),
    "register": ("published_on", "superseded_on"),
}
_DEPENDENT: Mapping[str, str] = {"answer": "report", "record_value": "record"}


def cut_facts(facts: Facts, as_of: dt.date) -> Facts:
    """The facts as they were public at the end of a day.

    What was published later is left out, what ended later is live; treaty events, memberships and
    months that lie later are left out too. An evaluator that looks from the same day gives the same
    figures on these facts as on the whole.
    """
    tables = dict(facts.tables)
    for name, (start, end) in _PUBLIC.items():
        table = tables[name]
        table = table.filter(pc.less_equal(table.column(start), pa.scalar(as_of, pa.date32())))
        tables[name] = _blank_after(table, end, as_of)
    for name, parent in _DEPENDENT.items():
        tables[name] = keep_versions(tables[name], tables[parent])
    treaty = tables["treaty"]
    for event in ("signed_on", "deposited_on"):
        treaty = _blank_after(treaty, event, as_of)
    undeposited = pc.is_null(treaty.column("deposited_on"))
    for name in ("in_force_on", "instrument"):
        place = treaty.column_names.index(name)
        column = _as_plain(treaty.column(name))
        empty = pa.scalar(None, column.type)
        treaty = treaty.set_column(place, name, pc.if_else(undeposited, empty, column))
    known = pc.or_(pc.is_valid(treaty.column("signed_on")), pc.invert(undeposited))
    tables["treaty"] = treaty.filter(known)
    membership = tables["membership"]
    begun = pc.less_equal(membership.column("from_on"), pa.scalar(as_of, pa.date32()))
    tables["membership"] = membership.filter(pc.fill_null(begun, True))
    usage = tables["usage"]
    tables["usage"] = usage.filter(
        pc.less_equal(usage.column("month"), pa.scalar(as_of, pa.date32()))
    )
    return Facts(tables)


def keep_versions(rows: pa.Table, versions: pa.Table) -> pa.Table:
    """The rows that belong to one of some versions (columns ``record`` and ``version``)."""
    keys = versions.select(["record", "version"])
    keys = pa.table({n: _as_plain(keys.column(n)) for n in keys.column_names})
    keys = keys.group_by(["record", "version"]).aggregate([])
    wanted = set(zip(*(keys.column(n).to_pylist() for n in ("record", "version")), strict=True))
    records = pc.dictionary_encode(_as_plain(rows.column("record")))
    numbers = rows.column("version").to_pylist()
    found = zip(_as_plain(records).to_pylist(), numbers, strict=True)
    return rows.filter(pa.array([key in wanted for key in found], pa.bool_()))


def facts_hash(facts: Facts) -> str:
    """SHA-256 over all facts: the same for any order of rows and any file format.

    Each table gives its name, and each row its cells as text, in the order of the declaration; rows
    are sorted. An empty cell differs from an empty text. Names of countries are left out: their
    spelling changes without any fact changing.
    """
    digest = hashlib.sha256()
    for name, columns in TABLES.items():
        cells = [
            _cells_as_text(facts[name].column(column.name))
            for column in columns
            if name != "party" or not column.name.startswith("name_")
        ]
        rows = sorted("\x1f".join(row) for row in zip(*cells, strict=True))
        digest.update(f"\x1d{name}\x1e{len(rows)}\x1e".encode())
        digest.update("\x1e".join(rows).encode())
    return digest.hexdigest()


def _cells_as_text(column: pa.ChunkedArray) -> list[str]:
    column = _as_plain(column)
    if column.type != TEXT:
        return ["\x00" if cell is None else str(cell) for cell in column.to_pylist()]
    return ["\x00" if cell is None else cell for cell in column.to_pylist()]


def _blank_after(table: pa.Table, name: str, as_of: dt.date) -> pa.Table:
    column = table.column(name)
    late = pc.fill_null(pc.greater(column, pa.scalar(as_of, pa.date32())), False)
    blank = pc.if_else(late, pa.scalar(None, pa.date32()), column)
    return table.set_column(table.column_names.index(name), name, blank)


def _as_plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        return column.cast(TEXT)
    return column
