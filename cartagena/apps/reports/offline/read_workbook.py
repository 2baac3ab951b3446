"""A filled workbook back into cells, with one sentence for everything that cannot be read."""

import datetime as dt
from typing import Any, BinaryIO

from cartagena.apps.reports.offline.about import LAYOUT, About
from cartagena.apps.reports.offline.archive import check_archive
from cartagena.apps.reports.offline.returned import Returned, refuse
from cartagena.apps.reports.offline.workbook import (
    ABOUT,
    ANSWER,
    CELL_LIMIT,
    FIRST_ROW,
    KEY,
    SHEET,
    WORDS,
    form_column,
)
from cartagena.engine.sentence import sentence

_ROWS = 5_000
_OURS = sentence("Use the workbook that was made here for this report.")


def read_workbook(file: BinaryIO) -> Returned:
    """The cells of a filled workbook. Rows may be sorted or taken out: each carries its key."""
    refused = check_archive(file, "xl/workbook.xml", sentence("Excel workbook (.xlsx)"))
    if refused:
        return refused
    import openpyxl

    try:
        file.seek(0)
        book = openpyxl.load_workbook(file)
    except Exception as error:  # noqa: BLE001 - whatever a damaged workbook makes a library raise
        what = sentence("the workbook cannot be read (%(error)s)", error=type(error).__name__)
        return refuse(what, sentence("Open it, save it again as .xlsx and send that file."))
    about = _read_about(book)
    if about is None or SHEET not in book.sheetnames:
        what = sentence("the workbook is none that was made here, or its hidden sheets are gone")
        return refuse(what, _OURS)
    if about.layout != LAYOUT:
        what = sentence("the workbook was made by another version of this program")
        return refuse(what, sentence("Make a new one and copy the answers into it."))
    returned = Returned(about)
    _Reader(book[SHEET], returned).read()
    return returned


def _read_about(book: Any) -> About | None:
    if ABOUT not in book.sheetnames:
        return None
    rows = book[ABOUT].iter_rows(max_row=20, max_col=2, values_only=True)
    return About.read({str(name): str(text or "") for name, text in rows if name})


class _Reader:
    def __init__(self, sheet: Any, returned: Returned) -> None:
        self.sheet, self.returned = sheet, returned
        self.languages: dict[int, str] = {}
        self.merged = {
            (area.min_row + row, area.min_col + column)
            for area in sheet.merged_cells.ranges
            for row in range(area.size["rows"])
            for column in range(area.size["columns"])
        }

    def read(self) -> None:
        for cell in self.sheet[FIRST_ROW - 1]:
            if cell.column - 1 >= WORDS and isinstance(cell.value, str):
                self.languages[cell.column - 1] = cell.value
        if sorted(self.languages.values()) != sorted(self.returned.about.languages.split(",")):  # type: ignore[union-attr]
            what = sentence("the hidden row that names the languages of the words was changed")
            self.returned.add("row 4", what, _OURS)
            return
        self._refuse_merged()
        self._refuse_far()
        form = form_column(self.languages)
        for row in self.sheet.iter_rows(min_row=FIRST_ROW + 1, max_row=_ROWS, max_col=form + 1):
            key = row[KEY].value
            if len(row) > form and self._is_foreign(row[form]):
                continue
            if isinstance(key, str) and key.strip():
                self._read_row(key.strip(), row)
            else:
                self._refuse_strays(row)

    def _refuse_far(self) -> None:
        """Tell of words far below the form; empty cells that only look different are no matter."""
        if self.sheet.max_row <= _ROWS:
            return
        filled = (
            cell
            for (line, column), cell in sorted(self.sheet._cells.items())  # noqa: SLF001 - only what exists
            if line > _ROWS and column > ANSWER and cell.value not in (None, "")
        )
        for cell in filled:
            what = sentence("cells below row %(rows)s are not read", rows=_ROWS)
            remedy = sentence("Move what stands there to the row of its question.")
            self.returned.add(cell.coordinate, what, remedy)
            return

    def _is_foreign(self, cell: Any) -> bool:
        """Whether a row was copied from the workbook of another form."""
        found = str(cell.value or "").strip()
        if not found or found == self.returned.about.cycle:  # type: ignore[union-attr]
            return False
        what = sentence("the row comes from the form %(form)s", form=found)
        remedy = sentence("Fill in the row of this form that asks the same.")
        self.returned.add(f"row {cell.row}", what, remedy)
        return True

    def _refuse_merged(self) -> None:
        for area in self.sheet.merged_cells.ranges:
            if area.max_row > FIRST_ROW and area.max_col > ANSWER:
                what = sentence("cells are merged, so only the first of them holds an answer")
                self.returned.add(str(area), what, sentence("Unmerge them and fill in each one."))

    def _read_row(self, key: str, row: Any) -> None:
        self._read_cell(key, row[ANSWER])
        for column, language in self.languages.items():
            if column < len(row):
                self._read_cell(f"{key}#{language}", row[column])

    def _read_cell(self, key: str, cell: Any) -> None:
        place = getattr(cell, "coordinate", "")
        if cell.value is None and (cell.row, cell.column) in self.merged:
            return  # what was merged away is told once, and clears no answer
        if getattr(cell, "data_type", "") == "f":
            what = sentence("the cell holds a formula")
            self.returned.add(place, what, sentence("Type the answer itself."))
            return
        if getattr(cell, "data_type", "") == "e":
            what = sentence("the cell holds the error %(error)s", error=str(cell.value))
            self.returned.add(place, what, sentence("Type the answer."))
            return
        text = _as_text(cell.value)
        if len(text) > CELL_LIMIT:
            what = sentence("the text is longer than a cell can hold")
            self.returned.add(place, what, sentence("Put it in on line."))
            return
        # Only what takes an answer is unlocked; a locked empty cell belongs to no answer.
        if text or not cell.protection.locked:
            self.returned.put(key, place, text)

    def _refuse_strays(self, row: Any) -> None:
        filled = [cell for cell in row[ANSWER:WORDS] if cell.value not in (None, "")]
        for cell in filled:
            what = sentence(
                "“%(words)s” stands in a row that belongs to no question",
                words=_as_text(cell.value)[:60],
            )
            remedy = sentence("Move it to the row of its question.")
            self.returned.add(cell.coordinate, what, remedy)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").strip()
