"""A filled table -> its rows by column, or what is wrong with the file."""

import hashlib
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from cartagena.apps.portal.desk.bulk_columns import Column, list_all_columns, read_head
from cartagena.apps.portal.sentences import say_closed, say_sentence
from cartagena.apps.registry import api as registry
from cartagena.engine.record_format import RecordFormat

MEGABYTE = 1 << 20
LARGEST = 20 * MEGABYTE
ROW, PROBLEMS = "row", "problems"
"""Columns of a list of problems; nothing reads them when it is sent again."""

_LIMITS = registry.Limits(table=LARGEST, unpacked=100 * MEGABYTE)
_CELL = 50_000
_CHARACTERS = 20_000_000
"""All cells together; in a workbook a text that is stored once can stand in any number of them."""
_SHEET = re.compile(r"xl/worksheets/sheet\d*\.xml")


class Upload(Protocol):
    """A file as Django hands it over."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def chunks(self) -> Iterable[bytes]: ...


@dataclass(frozen=True)
class TableRow:
    """One row: where it stands, and column id -> cell."""

    place: str
    cells: Mapping[str, str]


@dataclass
class Table:
    """What was read of a file: rows, what keeps all of it out, and what is only told.

    `heads` are the cells of its first row, `columns` what they name: empty where nothing reads it.
    """

    heads: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def hash_upload(upload: Upload) -> str:
    """What tells whether the same file is sent again."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def read_upload(upload: Upload, shape: RecordFormat) -> Table:
    """Read a CSV or XLSX file. Nothing of it is run, and no more than the limits is unpacked."""
    table = Table()
    name = upload.name or ""
    suffix = Path(name).suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        table.errors.append(_explain_suffix(suffix))
    elif upload.size is not None and upload.size > LARGEST:
        table.errors.append(
            _("The file has %(size)s MB; %(most)s MB are read. Cut it into several files.")
            % {"size": upload.size // MEGABYTE, "most": LARGEST // MEGABYTE}
        )
    if table.errors:
        return table
    with tempfile.NamedTemporaryFile(suffix=suffix) as stored:
        for chunk in upload.chunks():
            stored.write(chunk)
        stored.flush()
        path = Path(stored.name)
        if suffix == ".xlsx" and _has_merged_cells(path):
            table.errors.append(
                _(
                    "The table has merged cells, so it is unclear which row they belong to. "
                    "Undo the merging."
                )
            )
            return table
        _read_rows(table, registry.read_cells(path, name, _LIMITS), shape)
    return table


def _explain_suffix(suffix: str) -> str:
    if suffix in (".xlsm", ".xlsb", ".xltm"):
        return _("The workbook can hold macros. Save it as .xlsx and send that.")
    if suffix in (".xls", ".ods", ".numbers"):
        return _("This kind of workbook is not read. Save it as .xlsx or as CSV (UTF-8).")
    return _("Only .xlsx and .csv files are read. Use the template of this kind of record.")


def _read_rows(
    table: Table,
    rows: Iterator["tuple[str, list[str]] | registry.ImportProblem"],
    shape: RecordFormat,
) -> None:
    characters = 0
    for row in rows:
        if isinstance(row, registry.ImportProblem):
            where = f"{say_sentence(row.place)}: " if row.place else ""
            told = f"{where}{say_closed(row.what)} {say_sentence(row.remedy)}"
            (table.errors if row.severity == "error" else table.warnings).append(told)
            continue
        place, cells = row
        if not any(cells):
            continue
        if not table.heads:
            table.heads = cells
            table.columns = _read_heads(table, cells, list_all_columns(shape))
            if table.errors:
                return
            continue
        characters += sum(map(len, cells))
        if characters > _CHARACTERS:
            told = _("The table has more than %(count)s characters. Cut it into several files.")
            table.errors.append(told % {"count": f"{_CHARACTERS:,}"})
            return
        if len(table.rows) >= settings.TABLE_ROWS:
            told = _("The table has more than %(count)s rows. Cut it into several files.")
            table.errors.append(told % {"count": settings.TABLE_ROWS})
            return
        _add_row(table, say_sentence(place), table.columns, cells)
    if not table.rows and not table.errors:
        table.errors.append(_("The table has no rows below its head."))


def _read_heads(table: Table, cells: list[str], known: Mapping[str, Column]) -> list[str]:
    """The column of each cell of the first row; empty for one that nothing reads."""
    columns = [read_head(cell) for cell in cells]
    if not any(column in known for column in columns):
        table.errors.append(
            _(
                "The first row names no column of this kind of record. Use the template, and "
                "leave its first row as it is."
            )
        )
        return []
    for n, column in enumerate(columns):
        if column and column not in known and column not in (ROW, PROBLEMS):
            told = _("Nothing reads the column “%(name)s”; it is left out.")
            table.warnings.append(told % {"name": cells[n][:60]})
        elif column and column in columns[:n]:
            told = _("The column “%(name)s” stands twice. Keep one of them.")
            table.errors.append(told % {"name": cells[n][:60]})
    return [column if column in known else "" for column in columns]


def _add_row(table: Table, place: str, columns: list[str], cells: list[str]) -> None:
    if any(cells[len(columns) :]):
        told = _("%(place)s: more cells than columns. Put texts with commas in quotes.")
        table.errors.append(told % {"place": place})
        return
    if any(len(cell) > _CELL for cell in cells):
        told = _("%(place)s: a cell has more than %(count)s characters. Use the form for it.")
        table.errors.append(told % {"place": place, "count": _CELL})
        return
    named = {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell}
    if named:
        table.rows.append(TableRow(place, named))


def _has_merged_cells(path: Path) -> bool:
    """Whether the first sheet merges cells; what is no workbook is told by the reader."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LIMITS.unpacked:
                return False
            sheets = sorted(n for n in archive.namelist() if _SHEET.fullmatch(n))
            return bool(sheets) and _holds(archive, sheets[0], b"<mergeCell ")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        return False


def _holds(archive: zipfile.ZipFile, name: str, sought: bytes) -> bool:
    """Whether a part holds some bytes; never more than a piece of it is in memory."""
    end = b""
    with archive.open(name) as part:
        while piece := part.read(MEGABYTE):
            if sought in end + piece:
                return True
            end = piece[-len(sought) :]
    return False
