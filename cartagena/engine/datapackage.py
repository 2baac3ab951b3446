"""Facts as open data: a folder with a Data Package, each table as Parquet and as CSV.

``datapackage.json`` follows Frictionless Data Package v1. The folder appears whole or not at all,
and the same facts give the same files.
"""

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cartagena.engine.facts import COUNT, DATE, NUMBER, TABLES, TEXT, TRUTH, Facts, schema_of
from cartagena.engine.freeze import facts_hash

_TYPES: Mapping[pa.DataType, tuple[str, str]] = {
    TEXT: ("string", "default"),
    DATE: ("date", "%Y-%m-%d"),
    TRUTH: ("boolean", "default"),
    COUNT: ("integer", "default"),
    NUMBER: ("number", "default"),
}
_MEANINGS: Mapping[str, str] = {
    "party": "Countries and the European Union: codes and names",
    "treaty": "What each did under each treaty, with days",
    "membership": "Regions and groups of countries, with days",
    "report": "National reports: which version was public from when until when",
    "answer": "The answers of national reports, one row for each option chosen or text written",
    "record": "Records of the Clearing-House: which version was public from when until when",
    "record_value": "What records say in terms, codes, days and truth values",
    "register": "Registers kept for the plan: advice, events, cooperation and the like",
    "usage": "Visits, searches and downloads by month and country",
}
_KEYS: Mapping[str, list[str]] = {
    "party": ["party"],
    "treaty": ["party", "treaty"],
    "report": ["record", "version", "cycle"],
    "record": ["record", "version"],
    "register": ["register", "entry", "version"],
}


@dataclass(frozen=True)
class Licence:
    """Terms of use, as a Data Package names them."""

    name: str
    path: str
    title: str


CC_BY = Licence(
    "CC-BY-4.0",
    "https://creativecommons.org/licenses/by/4.0/",
    "Creative Commons Attribution 4.0 International",
)


def write_datapackage(
    facts: Facts,
    folder: Path,
    *,
    title: str,
    created: dt.datetime,
    licence: Licence = CC_BY,
    log_position: int | None = None,
    demonstration: bool | None = None,
) -> dict[str, Any]:
    """Write facts to a folder, which must not exist or be an older export; returns the descriptor.

    ``created`` and ``log_position`` say what state it is. ``demonstration`` marks made-up facts
    (default: as the facts say). Raises FileExistsError when something else is in the folder.
    """
    folder = folder.absolute()
    if folder.exists() and any(folder.iterdir()) and not (folder / "datapackage.json").is_file():
        raise FileExistsError(
            f"{folder} holds something else than facts. Name another folder, or empty it."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    made_up = facts.demonstration if demonstration is None else demonstration
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        resources = [entry for name in TABLES for entry in _write_table(name, facts[name], work)]
        descriptor = {
            "profile": "data-package",
            "name": "cartagena-facts",
            "title": title,
            "created": created.astimezone(dt.UTC).isoformat(timespec="seconds"),
            "licenses": [vars(licence)],
            "demonstration": made_up,
            "factsHash": facts_hash(facts),
            "logPosition": log_position,
            "resources": resources,
        }
        text = json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"
        (work / "datapackage.json").write_text(text, encoding="utf-8")
        (work / "README.md").write_text(_write_readme(descriptor, licence), encoding="utf-8")
        work.chmod(0o755)
        _put_in_place(work, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return descriptor


def _put_in_place(work: Path, folder: Path) -> None:
    """The new folder takes the place of an older export in one step each way."""
    if not folder.exists():
        work.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    os.rename(folder, old / "facts")
    work.rename(folder)
    shutil.rmtree(old)


def _write_table(name: str, table: pa.Table, folder: Path) -> list[dict[str, Any]]:
    ordered = _order_rows(name, table)
    parquet = folder / f"{name}.parquet"
    pq.write_table(ordered, parquet, compression="zstd", use_dictionary=True, store_schema=False)
    plain = folder / f"{name}.csv"
    _write_csv(ordered, plain)
    shared = {
        "title": _MEANINGS[name],
        "schema": _describe_schema(name),
        "rows": ordered.num_rows,
    }
    return [
        {
            "name": name.replace("_", "-"),
            "path": plain.name,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            **shared,
            **_describe_file(plain),
        },
        {
            "name": f"{name.replace('_', '-')}-parquet",
            "path": parquet.name,
            "profile": "data-resource",
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            **shared,
            **_describe_file(parquet),
        },
    ]


def _order_rows(name: str, table: pa.Table) -> pa.Table:
    """Columns and rows in one order, so that equal facts give equal files."""
    schema = schema_of(name)
    columns = []
    for field in schema:
        column = table.column(field.name)
        columns.append(column.cast(TEXT) if pa.types.is_dictionary(column.type) else column)
    plain = pa.table(columns, schema=schema)
    keys = [(column.name, "ascending") for column in TABLES[name]]
    return plain.take(pc.sort_indices(plain, sort_keys=keys)).combine_chunks()


def _write_csv(table: pa.Table, path: Path) -> None:
    """CSV by RFC 4180 in UTF-8: an empty cell is nothing, an empty text is two quotes."""
    columns = [_as_csv_cells(table.column(name)) for name in table.column_names]
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(",".join(table.column_names) + "\r\n")
        for row in zip(*columns, strict=True):
            stream.write(",".join(row) + "\r\n")


def _as_csv_cells(column: pa.ChunkedArray) -> list[str]:
    cells = column.to_pylist()
    if column.type == TEXT:
        return ["" if cell is None else _quote(cell) for cell in cells]
    if column.type == TRUTH:
        return ["" if cell is None else str(cell).lower() for cell in cells]
    return ["" if cell is None else str(cell) for cell in cells]


def _quote(text: str) -> str:
    if text == "" or any(sign in text for sign in '",\r\n') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


def _describe_schema(name: str) -> dict[str, Any]:
    fields = []
    for column in TABLES[name]:
        kind, form = _TYPES[column.type]
        field: dict[str, Any] = {
            "name": column.name,
            "type": kind,
            "format": form,
            "description": column.meaning,
        }
        if column.required:
            field["constraints"] = {"required": True}
        fields.append(field)
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if name in _KEYS:
        schema["primaryKey"] = _KEYS[name]
    return schema


def _describe_file(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    return {"bytes": path.stat().st_size, "hash": f"sha256:{digest.hexdigest()}"}


def _write_readme(descriptor: Mapping[str, Any], licence: Licence) -> str:
    lines = [
        f"# {descriptor['title']}",
        "",
        "Everything the figures of the Strategic Plan of the Cartagena Protocol are computed from,",
        "as published. `datapackage.json` describes each file and each column. The Parquet and the",
        "CSV file of a table hold the same rows.",
        "",
        f"- State: {descriptor['created']}",
        f"- Licence of this compilation: {licence.title} ({licence.path})",
        f"- Hash over all facts: `{descriptor['factsHash']}`",
        "",
    ]
    if descriptor["demonstration"]:
        lines += [
            "**This holds made-up demonstration data.** Rows where `demonstration` is true were",
            "invented to show the program; nothing in them may be quoted. Treaty status and groups",
            "are real.",
            "",
        ]
    lines += ["| table | rows | what it holds |", "|---|---|---|"]
    for resource in descriptor["resources"]:
        if resource["format"] == "csv":
            table = resource["path"].removesuffix(".csv")
            lines.append(f"| {table} | {resource['rows']} | {resource['title']} |")
    lines += [
        "",
        "Evaluate it without any database:",
        "",
        "    cartagena evaluate --facts . 1.6.1 --point final",
        "",
        "Dates are days in UTC. `until` columns name the first day after; an empty cell means not",
        "known or not ended, never zero and never no.",
        "",
    ]
    return "\n".join(lines)
