"""Make the files of this folder: `python -m tests.apps.reports.bad_files.make`.

All come from a form of Kenya for the fourth report, of which only the first rows are kept, as some
people keep only what is theirs to fill in. The files that LibreOffice saved are made where it is
installed, and stay as they are elsewhere.
"""

import datetime as dt
import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from copy import copy, deepcopy
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml.ns import qn

FOLDER = Path(__file__).parent / "files"
DRAFT, REPORT = "0f4e9a52-5c3f-4c8e-9d0b-3f0c1a2b4c5d", "EXAMPLE-REPORT-KEN"
ROWS, TABLES = 45, 4
ANSWER, ENGLISH = 4, 5
CELLS = {"Q014": "implementation.none", "Q018": "true", "Q020#en": "One law is in preparation."}
OLE = bytes.fromhex("D0CF11E0A1B11AE1")

Change = Callable[[Any], None]


def make_about(cycle: str, party: str, language: str, layout: int) -> Any:
    from cartagena.apps.reports.offline.about import About

    return About(cycle, party, REPORT, language, "en,fr", DRAFT, 3, layout)


def make_workbook(
    cycle: str = "nr4", party: str = "KEN", language: str = "en", layout: int = 1
) -> Any:
    """An open workbook of the form, cut short."""
    from cartagena.apps.reports.offline.workbook import write_workbook
    from cartagena.engine.questionnaire import load_format

    file = io.BytesIO()
    about = make_about(cycle, party, language, layout)
    write_workbook(file, load_format(cycle), about, CELLS if cycle == "nr4" else {})
    book = openpyxl.load_workbook(file)
    sheet = book["Report"]
    sheet.delete_rows(ROWS, sheet.max_row)
    return book


def make_document(cycle: str = "nr4", party: str = "KEN", language: str = "en") -> Any:
    """An open Word document of the form, cut short."""
    from cartagena.apps.reports.offline.document import write_document
    from cartagena.engine.questionnaire import load_format

    file = io.BytesIO()
    about = make_about(cycle, party, language, 1)
    write_document(file, load_format(cycle), about, CELLS if cycle == "nr4" else {})
    document = docx.Document(file)
    for table in document.tables[TABLES:]:
        table._tbl.getparent().remove(table._tbl)  # noqa: SLF001 - no other way
    return document


def save(made: Any) -> bytes:
    """The bytes of an open workbook or document, packed as small as may be."""
    file, small = io.BytesIO(), io.BytesIO()
    made.save(file)
    with (
        zipfile.ZipFile(file) as archive,
        zipfile.ZipFile(small, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed,
    ):
        for entry in archive.infolist():
            packed.writestr(entry.filename, archive.read(entry))
    return small.getvalue()


def find_row(sheet: Any, key: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == key)


def put(book: Any, key: str, value: Any, column: int = ANSWER) -> Any:
    """Type something into the row of a key; gives the cell."""
    sheet = book["Report"]
    cell = sheet.cell(find_row(sheet, key), column)
    cell.value = value
    return cell


def fill_well(book: Any) -> None:
    put(book, "Q018", "2. No")
    put(book, "Q021", "Yes")


def merge_cells(book: Any) -> None:
    sheet = book["Report"]
    row = find_row(sheet, "Q017")
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=ANSWER, end_column=ANSWER)


def paste_formats(book: Any) -> None:
    """Pasted from another table: a day, a share, a truth, a number with decimals, other colours."""
    put(book, "reportPeriodStartDate", dt.datetime(2015, 11, 1)).number_format = "d mmm yyyy"
    put(book, "Q018", True)
    cell = put(book, "Q019", 1.0)
    cell.number_format = "0.00"
    pasted = put(book, "Q021", "No")
    pasted.font = copy(pasted.font) + openpyxl.styles.Font(bold=True, color="FF0000")
    pasted.fill = openpyxl.styles.PatternFill("solid", fgColor="00FF00")
    put(book, "Q023", "Yes").hyperlink = "https://example.org"
    put(book, "Q024", 0.4).number_format = "0%"


def say_not_applicable(book: Any) -> None:
    for key, words in (("Q014", "N/A"), ("Q017", "n.a."), ("Q018", "-"), ("Q021", "non"),
                       ("Q023", "not applicable"), ("reportPeriodEndDate", "N/A")):  # fmt: skip
        put(book, key, words)


def change_keys(book: Any) -> None:
    put(book, "Q018", "No")
    put(book, "Q018", "Q18", column=1)
    put(book, "Q021", "Yes")
    put(book, "Q021", "Article 5", column=1)


def change_languages(book: Any) -> None:
    """The headings of the words were made Swahili, the hidden row too."""
    sheet = book["Report"]
    for row in (4, 5):
        sheet.cell(row, ENGLISH).value = "sw"


def sort_rows(book: Any) -> None:
    """Sorted by the text of the question, as a spreadsheet sorts: cells move, formats stay."""
    fill_well(book)
    sheet = book["Report"]
    width = sheet.max_column + 1
    rows = [[sheet.cell(row, column).value for column in range(1, width)]
            for row in range(6, sheet.max_row + 1)]  # fmt: skip
    for line, values in enumerate(sorted(rows, key=lambda row: str(row[2])), start=6):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(line, column)
            cell.value = value
            if column >= ANSWER:
                cell.protection = openpyxl.styles.Protection(locked=False)


def delete_rows(book: Any) -> None:
    fill_well(book)
    sheet = book["Report"]
    sheet.delete_rows(find_row(sheet, "Q014"))
    sheet.delete_rows(find_row(sheet, "Q020"))


def insert_rows(book: Any) -> None:
    """A row of one's own between the questions."""
    sheet = book["Report"]
    row = find_row(sheet, "Q019")
    sheet.insert_rows(row)
    sheet.cell(row, 3).value = "Remark of the ministry"
    sheet.cell(row, ANSWER).value = "See our letter of 3 May"


def copy_row(book: Any) -> None:
    sheet = book["Report"]
    last = sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(last, column).value = sheet.cell(find_row(sheet, "Q018"), column).value
    sheet.cell(last, ANSWER).value = "No"


def remove_hidden_sheet(book: Any) -> None:
    del book["About"]


def mix_cycles(book: Any) -> None:
    """Rows of the fifth form were copied below the fourth, with all that is hidden in them."""
    other = make_workbook("nr5")["Report"]
    sheet = book["Report"]
    for number, key in enumerate(("Q014", "Q016"), start=sheet.max_row + 1):
        row = find_row(other, key)
        for column in range(1, other.max_column + 1):
            sheet.cell(number, column).value = other.cell(row, column).value
        sheet.cell(number, ANSWER).value = "Yes"


def type_days(book: Any) -> None:
    put(book, "reportPeriodStartDate", "1 November 2015")
    put(book, "reportPeriodEndDate", "2019/6/30")


def write_emoji(book: Any) -> None:
    put(
        book,
        "Q020#en".partition("#")[0],
        "Law 👩‍🔬 signed ✅\nسياسة السلامة الأحيائية\u200f",
        ENGLISH,
    )
    put(book, "stakeholders", "生物安全委员会 · e\u0301tude", ENGLISH)


def write_formulas(book: Any) -> None:
    put(book, "Q018", '=IF(1=1,"Yes","No")')
    put(book, "Q021", "#REF!").data_type = "e"
    put(book, "Q014", "=Report!D9")


def choose_several(book: Any) -> None:
    put(book, "Q014", "1, 3")
    put(book, "Q018", "Yes / No")


def grow_huge(book: Any) -> None:
    """Formats down to the last row a sheet has, and a remark far below."""
    sheet = book["Report"]
    sheet.cell(1_048_576, 2).fill = openpyxl.styles.PatternFill("solid", fgColor="EEEEEE")
    sheet.cell(9_000, ENGLISH).value = "Prepared by the department"
    fill_well(book)


def write_beside_choices(book: Any) -> None:
    """Words where the form asks for none."""
    put(book, "Q018", "The post is vacant at present", ENGLISH)
    put(book, "Q021", "Yes")


WORKBOOKS: dict[str, Change] = {
    "merged-cells": merge_cells,
    "pasted-formats": paste_formats,
    "not-applicable": say_not_applicable,
    "changed-keys": change_keys,
    "changed-languages": change_languages,
    "rows-sorted": sort_rows,
    "rows-deleted": delete_rows,
    "row-inserted": insert_rows,
    "row-copied": copy_row,
    "hidden-sheet-removed": remove_hidden_sheet,
    "two-cycles-mixed": mix_cycles,
    "dates-as-text": type_days,
    "emoji-and-right-to-left": write_emoji,
    "formulas": write_formulas,
    "several-options": choose_several,
    "huge-sheet": grow_huge,
    "words-beside-a-choice": write_beside_choices,
}


def find_field(document: Any, key: str) -> Any:
    return next(
        control for control in document.element.body.iter(qn("w:sdt"))
        if control.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")) == key
    )  # fmt: skip


def write_field(document: Any, key: str, words: str, *, keeps_mark: bool = False) -> None:
    """Write into a field as Word does; some programs keep the mark of an empty field."""
    field = find_field(document, key)
    texts = list(field.find(qn("w:sdtContent")).iter(qn("w:t")))
    texts[0].text = words
    mark = field.find(qn("w:sdtPr")).find(qn("w:showingPlcHdr"))
    if mark is not None and not keeps_mark:
        mark.getparent().remove(mark)


def flatten(document: Any) -> None:
    """Fields were replaced by their text, as some converters do."""
    for control in list(document.element.body.iter(qn("w:sdt"))):
        control.getparent().remove(control)


def write_outside(document: Any) -> None:
    """The answer stands behind the field."""
    field = find_field(document, "Q018")
    run = deepcopy(next(field.iter(qn("w:r"))))
    next(run.iter(qn("w:t"))).text = " No, not any more"
    field.addnext(run)


def copy_field(document: Any) -> None:
    field = find_field(document, "Q018")
    paragraph = field.getparent()
    twin = deepcopy(paragraph)
    paragraph.addnext(twin)
    next(twin.find(qn("w:sdt")).find(qn("w:sdtContent")).iter(qn("w:t"))).text = "No"


def type_free_words(document: Any) -> None:
    write_field(document, "Q018", "N/A")
    write_field(document, "Q014", "It depends on the sector")
    write_field(document, "reportPeriodStartDate", "November 2015")


def write_over_the_hint(document: Any) -> None:
    write_field(document, "Q021", "Yes", keeps_mark=True)


def track_changes(document: Any) -> None:
    field = find_field(document, "Q020#en")
    run = next(field.find(qn("w:sdtContent")).iter(qn("w:r")))
    text = next(run.iter(qn("w:t")))
    inserted = docx.oxml.parse_xml(
        f'<w:ins xmlns:w="{qn("w:p")[1:-2]}" w:id="1" w:author="A" w:date="2019-01-01T00:00:00Z">'
        "<w:r><w:t>Two laws are in preparation.</w:t></w:r></w:ins>"
    )
    text.tag = qn("w:delText")
    run.addnext(inserted)


def drop_properties(document: Any) -> None:
    document.core_properties.comments = "Final version"


def write_emoji_in_word(document: Any) -> None:
    write_field(document, "Q020#en", "Law 👩‍🔬 signed ✅ سياسة السلامة الأحيائية\u200f")


DOCUMENTS: dict[str, Change] = {
    "flattened": flatten,
    "beside-the-field": write_outside,
    "field-copied": copy_field,
    "free-words": type_free_words,
    "mark-of-empty-kept": write_over_the_hint,
    "tracked-changes": track_changes,
    "properties-removed": drop_properties,
    "emoji-and-right-to-left": write_emoji_in_word,
}


def add_macros(content: bytes, part: str) -> bytes:
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(part, OLE + b"Attribute VB_Name")
    return file.getvalue()


def make_ole(stream: str) -> bytes:
    """The beginning of a file in the old form of office programs, with the name of a stream."""
    return OLE + bytes(504) + stream.encode("utf-16-le") + bytes(512)


def make_answer_file() -> str:
    about = make_about("nr4", "KEN", "en", 1).as_texts()
    return json.dumps({"about": about, "cells": {"Q018": "false", "Q021": True}}, indent=1)


def list_others() -> dict[str, bytes]:
    """Files that are something else than their name says, or were damaged on the way."""
    book, document = save(make_workbook()), save(make_document())
    return {
        "macros.xlsm": add_macros(book, "xl/vbaProject.bin"),
        "macros-renamed.xlsx": add_macros(book, "xl/vbaProject.bin"),
        "macros.docm": add_macros(document, "word/vbaProject.bin"),
        "cut-off.xlsx": book[: len(book) // 2],
        "cut-off.docx": document[: len(document) // 2],
        "cut-off.json": make_answer_file()[:200].encode(),
        "one-answer-no-text.json": make_answer_file().encode(),
        "empty.xlsx": b"",
        "old-excel.xls": make_ole("Workbook"),
        "old-excel-renamed.xlsx": make_ole("Workbook"),
        "password.xlsx": make_ole("EncryptedPackage"),
        "password.docx": make_ole("EncryptedPackage"),
        "table-renamed.xlsx": b"Question;Answer\r\n14;Yes\r\n",
        "table.csv": b"Question;Answer\r\n14;Yes\r\n",
        "rich-text-renamed.docx": b"{\\rtf1\\ansi Question 14: yes}",
        "workbook-renamed.docx": book,
        "printed.pdf": b"%PDF-1.7\n",
        "other-party.xlsx": save(make_workbook(party="NOR")),
        "other-cycle.xlsx": save(make_workbook("nr5")),
        "other-cycle.docx": save(make_document("nr3")),
        "older-version.xlsx": save(make_workbook(layout=0)),
        "another-workbook.xlsx": save(openpyxl.Workbook()),
        "other-language-of-questions.xlsx": _fill_in_arabic(),
    }


def _fill_in_arabic() -> bytes:
    """The questions are in Arabic, the answers were typed in French and English."""
    book = make_workbook(language="ar")
    put(book, "Q018", "Non")
    put(book, "Q021", "yes")
    return save(book)


def save_in_libreoffice() -> None:
    """Open and save a filled workbook and document in LibreOffice, if it is there."""
    office = shutil.which("soffice")
    if office is None:
        return
    made = FOLDER / "libreoffice"
    made.mkdir(exist_ok=True)
    book, document = make_workbook(), make_document()
    fill_well(book)
    write_field(document, "Q021", "Yes")
    for name, content in (("libreoffice.xlsx", save(book)), ("libreoffice.docx", save(document))):
        path = made / name
        path.write_bytes(content)
        for ending in (path.suffix[1:], {"xlsx": "ods", "docx": "odt"}[path.suffix[1:]]):
            command = [office, "--headless", "--convert-to", ending, "--outdir", str(FOLDER)]
            subprocess.run([*command, str(path)], check=True, capture_output=True)  # noqa: S603
    shutil.rmtree(made)


def make_all() -> None:
    """Write every file."""
    FOLDER.mkdir(exist_ok=True)
    for name, change in WORKBOOKS.items():
        book = make_workbook()
        change(book)
        (FOLDER / f"{name}.xlsx").write_bytes(save(book))
    for name, change in DOCUMENTS.items():
        document = make_document()
        change(document)
        (FOLDER / f"{name}.docx").write_bytes(save(document))
    for name, content in list_others().items():
        (FOLDER / name).write_bytes(content)
    save_in_libreoffice()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    make_all()
