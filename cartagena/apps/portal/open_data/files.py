"""Tables written as files: CSV, Excel, JSON, Parquet."""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import xlsxwriter

from cartagena.apps.portal.open_data.table import Table

About = Sequence[tuple[str, str]]
ARROW = {
    "text": pa.string(),
    "free text": pa.string(),
    "number": pa.float64(),
    "count": pa.int64(),
    "date": pa.date32(),
    "truth": pa.bool_(),
}
RISKY = re.compile(r"^[=+\-@\t\r]")
HARMLESS = re.compile(r"^[+-]?\d+([.,]\d+)?$")
CELL_LIMIT = 32_767
"""The longest text a cell of Excel holds."""


def guard_text(text: str) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{text}" if RISKY.match(text) and not HARMLESS.match(text) else text


def write_csv(path: Path, tables: Sequence[Table], about: About) -> None:
    """The first table as UTF-8 without a mark; empty is unknown, truth is true or false."""
    table = tables[0]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in table.columns)
        for row in table.rows:
            writer.writerow(_csv_value(value) for value in row)


def _csv_value(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return guard_text(value) if isinstance(value, str) else value


def write_json(path: Path, tables: Sequence[Table], about: About) -> None:
    """All tables: columns with meanings, and rows as objects."""
    body = {
        "about": dict(about),
        "tables": {
            table.name: {
                "title": table.title,
                "columns": {column.name: column.meaning for column in table.columns},
                "rows": [
                    dict(zip((c.name for c in table.columns), row, strict=True))
                    for row in table.rows
                ],
            }
            for table in tables
        },
    }
    with path.open("w", encoding="utf-8") as file:
        json.dump(body, file, ensure_ascii=False, default=str, separators=(",", ":"))


def write_parquet(path: Path, tables: Sequence[Table], about: About) -> None:
    """The first table, with the meaning of each column in its metadata."""
    table = tables[0]
    columns = zip(*table.rows, strict=True) if table.rows else ([] for _ in table.columns)
    fields = [
        pa.field(c.name, ARROW[c.kind], metadata={"meaning": c.meaning}) for c in table.columns
    ]
    arrays = [pa.array(values, field.type) for values, field in zip(columns, fields, strict=True)]
    schema = pa.schema(fields, metadata={key: value for key, value in about if value})
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path, compression="zstd")


def write_xlsx(path: Path, tables: Sequence[Table], about: About) -> None:
    """Each table on a sheet with its header kept in sight, then method and citation."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
        "remove_timezone": True,
        "tmpdir": str(path.parent),
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for table in tables:
            _write_sheet(book.add_worksheet(table.name[:31]), table, bold)
        sheet = book.add_worksheet("about")
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 110)
        columns = [(f"{t.name}: {c.name}", c.meaning) for t in tables for c in t.columns]
        for line, (name, text) in enumerate([*about, ("", ""), *columns]):
            sheet.write_string(line, 0, name, bold)
            sheet.write_string(line, 1, text[:CELL_LIMIT], wrap)


def _write_sheet(sheet: Any, table: Table, bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(10, min(40, len(column.name) + 3)))
        sheet.write_string(0, place, column.name, bold)
    for line, row in enumerate(table.rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, place, value[:CELL_LIMIT])  # a string is never run
            elif isinstance(value, bool):
                sheet.write_boolean(line, place, value)
            elif value is not None:
                sheet.write(line, place, value)


def write_fact_csv(path: Path, table: pa.Table, guarded: Sequence[str]) -> None:
    """A fact table as CSV; ``guarded`` columns were written by people."""
    for name in guarded:
        place = table.column_names.index(name)
        texts = [None if t is None else guard_text(t) for t in table.column(name).to_pylist()]
        table = table.set_column(place, name, pa.array(texts, pa.string()))
    decoded = pa.table(
        {
            name: column.cast(column.type.value_type)
            if pa.types.is_dictionary(column.type)
            else column
            for name, column in zip(table.column_names, table.columns, strict=True)
        }
    )
    pacsv.write_csv(decoded, path, pacsv.WriteOptions(quoting_style="needed"))


def write_fact_parquet(path: Path, table: pa.Table) -> None:
    """A fact table as Parquet."""
    pq.write_table(table, path, compression="zstd")


WRITERS: Mapping[str, Any] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "json": write_json,
    "parquet": write_parquet,
}
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "jsonl.gz": "application/gzip",
    "zip": "application/zip",
}
