"""Questionnaires that leave the house: every answer comes back, every bad file gets an answer."""

import io
import zipfile
from collections.abc import Callable
from typing import Any, BinaryIO

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartagena.apps.reports.offline.about import About
from cartagena.apps.reports.offline.document import write_document
from cartagena.apps.reports.offline.layout import list_rows
from cartagena.apps.reports.offline.read_document import read_document
from cartagena.apps.reports.offline.read_workbook import read_workbook
from cartagena.apps.reports.offline.returned import Returned
from cartagena.apps.reports.offline.workbook import write_workbook
from cartagena.engine.answer_sheet import read_cells, write_cells
from cartagena.engine.questionnaire import LANGUAGES, Format, load_format
from tests.made_up_reports import bodies, make_empty

Writer = Callable[[BinaryIO, Format, About, dict[str, str]], None]
Reader = Callable[[BinaryIO], Returned]
FILES = [
    pytest.param(write_workbook, read_workbook, id="workbook"),
    pytest.param(write_document, read_document, id="word"),
]


def make_about(shape: Format, languages: list[str], language: str = "en") -> About:
    return About(shape.cycle, "KEN", "EXAMPLE-REPORT-1", language, ",".join(languages), "draft", 7)


def make_file(
    write: Writer, cells: dict[str, str] | None = None, language: str = "en", cycle: str = "nr4"
) -> io.BytesIO:
    file = io.BytesIO()
    shape = load_format(cycle)
    write(file, shape, make_about(shape, ["en", "fr"], language), cells or {})
    return file


@pytest.mark.parametrize(("write", "read"), FILES)
@given(case=bodies(), language=st.sampled_from(LANGUAGES))
@settings(max_examples=12, deadline=None)
def test_report_comes_back_identical(
    write: Writer, read: Reader, case: tuple[Format, dict[str, Any]], language: str
) -> None:
    shape, body = case
    file = io.BytesIO()
    about = make_about(shape, body["header"]["languages"], language)
    write(file, shape, about, write_cells(shape, body))
    returned = read(file)
    assert returned.problems == []
    assert returned.about == about
    assert read_cells(shape, body, returned.cells) == ({}, [])
    empty = make_empty(shape, body["header"]["languages"])
    changes, problems = read_cells(shape, empty, returned.cells)
    assert problems == []
    assert {**empty, **changes} == body


@pytest.mark.parametrize(("write", "read"), FILES)
def test_every_question_of_every_form_has_its_cell(write: Writer, read: Reader) -> None:
    for cycle in ("nr2", "nr3", "nr4", "nr5"):
        shape = load_format(cycle)
        found = {key.partition("#")[0].partition("/")[0] for key in
                 read(make_file(write, cycle=cycle)).cells}  # fmt: skip
        asked = {key for key, q in shape.in_document.items() if not q.is_structural}
        assert asked <= found


def open_workbook(cells: dict[str, str] | None = None) -> tuple[Any, Any]:
    book = openpyxl.load_workbook(make_file(write_workbook, cells))
    return book, book["Report"]


def find_row(sheet: Any, key: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == key)


def save(book: Any) -> io.BytesIO:
    file = io.BytesIO()
    book.save(file)
    return file


def test_rows_may_be_moved_and_taken_out() -> None:
    book, sheet = open_workbook({"Q014": "implementation.none", "Q018": "true"})
    sheet.delete_rows(find_row(sheet, "Q014"))
    returned = read_workbook(save(book))
    assert returned.problems == []
    assert "Q014" not in returned.cells  # not given: the answer stays as it is
    assert returned.cells["Q018"].endswith("Yes")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("=1+1", "the cell holds a formula"),
        ("#REF!", "the cell holds the error #REF!"),
    ],
)
def test_what_is_no_answer_is_told_with_its_cell(typed: str, told: str) -> None:
    book, sheet = open_workbook()
    row = find_row(sheet, "Q018")
    sheet.cell(row, 4).value = typed
    [problem] = read_workbook(save(book)).problems
    assert problem.what == told
    assert problem.place == f"D{row}"


def test_merged_cells_are_told() -> None:
    book, sheet = open_workbook()
    row = find_row(sheet, "Q018")
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=4, end_column=4)
    assert [p.place for p in read_workbook(save(book)).problems] == [f"D{row}:D{row + 1}"]


def test_answer_in_a_row_of_its_own_is_told() -> None:
    book, sheet = open_workbook()
    sheet.cell(sheet.max_row + 2, 4).value = "We have a law"
    [problem] = read_workbook(save(book)).problems
    assert "belongs to no question" in problem.what


def test_row_that_was_copied_and_changed_is_told_once() -> None:
    book, sheet = open_workbook({"Q018": "true"})
    row, last = find_row(sheet, "Q018"), sheet.max_row + 1
    sheet.cell(last, 1).value, sheet.cell(last, 4).value = "Q018", "No"
    [problem] = read_workbook(save(book)).problems
    assert f"stands at D{row} too" in problem.what


def test_changed_key_and_not_applicable_are_told_and_change_nothing() -> None:
    book, sheet = open_workbook()
    sheet.cell(find_row(sheet, "Q018"), 4).value = "N/A"
    sheet.cell(find_row(sheet, "Q021"), 1).value = "Q021x"
    sheet.cell(find_row(sheet, "Q021x"), 4).value = "Yes"
    returned = read_workbook(save(book))
    shape = load_format("nr4")
    changes, problems = read_cells(shape, make_empty(shape, ["en", "fr"]), returned.cells)
    assert changes == {}
    assert {problem.place for problem in problems} == {"Q018", "Q021x"}


def test_days_and_numbers_that_excel_made_are_read_as_they_were_meant() -> None:
    import datetime as dt

    book, sheet = open_workbook()
    sheet.cell(find_row(sheet, "reportPeriodStartDate"), 4).value = dt.datetime(2015, 11, 1)
    figure = "Q036/3B9ECE67-B35C-40FF-8C06-4EA5FF762899#n"
    sheet.cell(find_row(sheet, figure), 4).value = 40.0
    returned = read_workbook(save(book))
    assert returned.problems == []
    assert returned.cells["reportPeriodStartDate"] == "2015-11-01"
    assert returned.cells[figure] == "40"


def test_labels_of_another_language_are_understood() -> None:
    # The workbook is French; somebody typed the answer in English.
    file = make_file(write_workbook, language="fr")
    book = openpyxl.load_workbook(file)
    sheet = book["Report"]
    sheet.cell(find_row(sheet, "Q018"), 4).value = "yes"
    shape = load_format("nr4")
    cells = read_workbook(save(book)).cells
    assert read_cells(shape, make_empty(shape, ["en", "fr"]), cells) == (
        {"Q018": {"value": "true"}}, [],
    )  # fmt: skip


def add_part(file: io.BytesIO, name: str) -> io.BytesIO:
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, b"x")
    return file


def make_bomb(part: str) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, b"")
        archive.writestr("filler", bytes(210 << 20))
    return file


def cut_off(file: io.BytesIO) -> io.BytesIO:
    return io.BytesIO(file.getvalue()[: len(file.getvalue()) // 2])


def make_other_zip() -> io.BytesIO:
    return add_part(io.BytesIO(), "hello.txt")


def make_foreign_workbook() -> io.BytesIO:
    return save(openpyxl.Workbook())


def make_foreign_document() -> io.BytesIO:
    file = io.BytesIO()
    docx.Document().save(file)
    return file


def make_flattened_document() -> io.BytesIO:
    """The fields were replaced by plain text, as some converters do."""
    document = docx.Document(make_file(write_document))
    w = document.element.nsmap["w"]
    for control in list(document.element.body.iter(f"{{{w}}}sdt")):
        control.getparent().remove(control)
    file = io.BytesIO()
    document.save(file)
    return file


WORKBOOKS = {
    "nothing": (io.BytesIO, "it is no Excel workbook"),
    "words": (lambda: io.BytesIO(b"Question 14: yes"), "it is no Excel workbook"),
    "cut off": (lambda: cut_off(make_file(write_workbook)), "damaged or cut off"),
    "macros": (lambda: add_part(make_file(write_workbook), "xl/vbaProject.bin"), "holds macros"),
    "bomb": (lambda: make_bomb("xl/workbook.xml"), "would unpack to more"),
    "another archive": (make_other_zip, "it is no Excel workbook"),
    "another workbook": (make_foreign_workbook, "is none that was made here"),
    "a Word document": (lambda: make_file(write_document), "it is no Excel workbook"),
    "rubbish inside": (lambda: add_part(io.BytesIO(), "xl/workbook.xml"), "cannot be read"),
}
DOCUMENTS = {
    "words": (lambda: io.BytesIO(b"{\\rtf1 yes}"), "it is no Word document"),
    "cut off": (lambda: cut_off(make_file(write_document)), "damaged or cut off"),
    "macros": (lambda: add_part(make_file(write_document), "word/vbaProject.bin"), "holds macros"),
    "bomb": (lambda: make_bomb("word/document.xml"), "would unpack to more"),
    "another document": (make_foreign_document, "is none that was made here"),
    "a workbook": (lambda: make_file(write_workbook), "it is no Word document"),
    "flattened": (make_flattened_document, "has no field any more"),
    "rubbish inside": (lambda: add_part(io.BytesIO(), "word/document.xml"), "cannot be read"),
}
BAD = [
    *[
        pytest.param(read_workbook, *case, id=f"workbook: {name}")
        for name, case in WORKBOOKS.items()
    ],
    *[pytest.param(read_document, *case, id=f"word: {name}") for name, case in DOCUMENTS.items()],
]


@pytest.mark.parametrize(("read", "make", "told"), BAD)
def test_bad_file_gets_one_clear_sentence(
    read: Reader, make: Callable[[], io.BytesIO], told: str
) -> None:
    returned = read(make())
    [problem] = returned.problems
    assert told in problem.what
    assert problem.remedy.endswith(".")
    assert returned.cells == {}


def test_tracked_changes_are_read_as_they_would_stand() -> None:
    file = make_file(write_document, {"Q020#en": "old words"})
    document = docx.Document(file)
    w = document.element.nsmap["w"]
    for text in document.element.body.iter(f"{{{w}}}t"):
        if text.text == "old words":
            run = text.getparent()
            text.tag = f"{{{w}}}delText"
            new = docx.oxml.parse_xml(
                f'<w:ins xmlns:w="{w}"><w:r><w:t>new words</w:t></w:r></w:ins>'
            )
            run.addnext(new)
    saved = io.BytesIO()
    document.save(saved)
    assert read_document(saved).cells["Q020#en"] == "new words"


def test_condition_of_a_question_is_told_in_words() -> None:
    rows = {row.key: row for row in list_rows(load_format("nr4"), "en", {})}
    assert rows["Q030"].hint == "Only if question 29 is “Yes”"
    assert rows["Q035"].hint.startswith("Only if question 34 is answered, and not “")
