"""Rows out of CSV and XLSX files: values only, with the place of every row."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from cartagena.apps.registry.imports.documents import find_text_fault
from cartagena.apps.registry.imports.encoding import decode, say_line
from cartagena.apps.registry.imports.files import SourceFile
from cartagena.apps.registry.imports.limits import Limits, describe_size
from cartagena.apps.registry.imports.problems import ImportProblem
from cartagena.engine.sentence import sentence

Row = tuple[str, dict[str, str]]
"""The place of a row, and its cells by column; empty cells are empty texts."""

_DELIMITERS = ",;\t"
_BLANK_ROWS = 10_000
_COLUMNS = 200
"""A sheet may claim a million empty rows and columns: reading ends after so many."""


def read_table(
    file: SourceFile, columns: Sequence[str], optional: Sequence[str], limits: Limits
) -> Iterator[Row | ImportProblem]:
    """The rows of a table whose first row names its columns, in any order and case.

    ``columns`` must be there, ``optional`` may; others are told and left out.
    """
    if file.size > limits.table:
        what = f"the table has {describe_size(file.size)}; {describe_size(limits.table)} are read"
        yield ImportProblem(file.name, "", what, "Cut it into several files.")
        return
    try:
        if file.path.suffix.lower() == ".xlsx":
            yield from _name_cells(file, _read_workbook(file, limits), columns, optional, limits)
        else:
            yield from _name_cells(file, _read_csv(file), columns, optional, limits)
    except OSError as error:
        what = f"it cannot be read ({error.strerror or error})"
        yield ImportProblem(file.name, "", what, "Check the disk and your rights.")


Cells = tuple[str, list[str]]
"""The place of a row, and its cells in order."""


def read_cells(path: Path, name: str, limits: Limits) -> Iterator[Cells | ImportProblem]:
    """All rows of a table as they stand, the first one too; `name` is what problems call it.

    For tables whose columns are only known from their first row. As read_table refuses what is too
    large, no table or not UTF-8.
    """
    file = SourceFile(Path(name), "table", path.stat().st_size)
    if file.size > limits.table:
        what = sentence(
            "the table has %(size)s; %(most)s are read",
            size=describe_size(file.size), most=describe_size(limits.table),
        )  # fmt: skip
        yield ImportProblem(name, "", what, sentence("Cut it into several files."))
        return
    stored = SourceFile(path, "table", file.size)
    is_workbook = Path(name).suffix.lower() == ".xlsx"
    rows = _read_workbook(stored, limits) if is_workbook else _read_csv(stored)
    for row in rows:
        yield replace(row, file=name) if isinstance(row, ImportProblem) else row


def _read_csv(file: SourceFile) -> Iterator[Cells | ImportProblem]:
    text = decode(file.path.read_bytes(), file.name)
    if isinstance(text, ImportProblem):
        yield text
        return
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield say_line(reader.line_num), [cell.strip() for cell in cells]
    except csv.Error as error:
        what = sentence("the table cannot be read from here on (%(error)s)", error=str(error))
        remedy = sentence("Look for an open quote.")
        yield ImportProblem(file.name, say_line(reader.line_num), what, remedy)


def _read_workbook(file: SourceFile, limits: Limits) -> Iterator[Cells | ImportProblem]:
    """The first sheet: what its cells show, never what they would compute."""
    problem, has_formulas = _look_into_archive(file, limits)
    if problem is not None:
        yield problem
        return
    if has_formulas:
        what = sentence("the workbook holds formulas; the values saved with them are read")
        remedy = sentence("Check them, or paste values only.")
        yield ImportProblem(file.name, "", what, remedy, "warning")
    import openpyxl

    try:
        with closing(openpyxl.load_workbook(file.path, read_only=True, data_only=True)) as book:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            blank = 0
            for number, cells in enumerate(
                sheet.iter_rows(max_col=_COLUMNS, values_only=True), start=1
            ):
                blank = 0 if any(cell is not None for cell in cells) else blank + 1
                if blank > _BLANK_ROWS:
                    break
                yield sentence("row %(number)s", number=number), [_as_text(cell) for cell in cells]
    except Exception as error:  # noqa: BLE001 - whatever a damaged workbook makes a library raise
        what = sentence("the workbook cannot be read (%(error)s)", error=type(error).__name__)
        remedy = sentence("Open it and save it again as .xlsx, or as .csv.")
        yield ImportProblem(file.name, "", what, remedy)


def _look_into_archive(file: SourceFile, limits: Limits) -> tuple[ImportProblem | None, bool]:
    """Refuse what would unpack to more than is read, before unpacking; find formulas."""
    try:
        with zipfile.ZipFile(file.path) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if unpacked > limits.unpacked or len(entries) > 2_000:
                what = sentence(
                    "the workbook would unpack to %(size)s in %(parts)s parts; %(most)s are read",
                    size=describe_size(unpacked), parts=len(entries),
                    most=describe_size(limits.unpacked),
                )  # fmt: skip
                remedy = sentence(
                    "If it is no attack, save the sheet as CSV, cut into several files."
                )
                return ImportProblem(file.name, "", what, remedy), False
            sheets = [e for e in entries if e.filename.startswith("xl/worksheets/sheet")]
            return None, any(_has_formula(archive, entry) for entry in sheets[:1])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        what = sentence("it is no .xlsx workbook, or it is damaged")
        remedy = sentence("Open it and save it again as .xlsx.")
        return ImportProblem(file.name, "", what, remedy), False


def _has_formula(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    before = b""
    with archive.open(entry) as stream:
        while part := stream.read(1 << 20):
            found = before + part
            if b"<f>" in found or b"<f " in found:
                return True
            before = part[-3:]
    return False


def _as_text(cell: Any) -> str:
    """A cell as it would stand in a CSV file: days as YYYY-MM-DD, whole numbers without point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat()).removesuffix("T00:00:00")
    return str(cell).strip()


def _name_cells(
    file: SourceFile,
    lines: Iterator[Cells | ImportProblem],
    columns: Sequence[str],
    optional: Sequence[str],
    limits: Limits,
) -> Iterator[Row | ImportProblem]:
    header: list[str] | None = None
    told = False
    for line in lines:
        if isinstance(line, ImportProblem):
            told = told or line.severity == "error"
            yield line
            continue
        place, cells = line
        if not any(cells):
            continue
        if header is None:
            header = [cell.lower() for cell in cells]
            problems = list(_check_header(file.name, header, columns, optional))
            yield from problems
            if any(problem.severity == "error" for problem in problems):
                return
            continue
        yield from _name_row(file.name, place, header, cells, limits)
    if header is None and not told:
        yield ImportProblem(file.name, "", "the table is empty", "Give a header and rows.")


def _name_row(
    file: str, place: str, header: list[str], cells: list[str], limits: Limits
) -> Iterator[Row | ImportProblem]:
    if any(cells[len(header) :]):
        what = f"{len(cells)} cells under {len(header)} columns"
        yield ImportProblem(file, place, what, "Put texts with commas in quotes.")
        return
    cells = cells + [""] * (len(header) - len(cells))
    row = {name: cell for name, cell in zip(header, cells, strict=False) if name}
    for name, cell in row.items():
        fault = find_text_fault(cell, limits)
        if fault:
            yield ImportProblem(file, place, fault, "Correct the cell.", question=name)
            return
    yield place, row


def _check_header(
    file: str, header: list[str], columns: Sequence[str], optional: Sequence[str]
) -> Iterator[ImportProblem]:
    known = ", ".join((*columns, *optional))
    for name in columns:
        if name not in header:
            what = f"there is no column {name!r}"
            yield ImportProblem(file, "first row", what, f"Name the columns: {known}.")
    for name in dict.fromkeys(header):
        if name and header.count(name) > 1:
            what = f"the column {name[:60]!r} stands twice"
            yield ImportProblem(file, "first row", what, "Keep one of them.")
        elif name and name not in columns and name not in optional:
            what = f"nothing reads the column {name[:60]!r}"
            yield ImportProblem(file, "first row", what, f"Known: {known}.", "warning")
