"""A report goes out as a file and comes back: shown before it is taken over, by question."""

import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl.worksheet.worksheet import Worksheet

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting.api import Draft
from cartagena.apps.reports.api import (
    About,
    UploadRefusedError,
    apply_upload,
    compare_upload,
    receive_file,
    save_cells,
    start_report,
    write_document,
    write_workbook,
)
from cartagena.engine.answer_sheet import write_cells
from cartagena.engine.questionnaire import load_format
from cartagena.engine.sentence import Sentence
from tests.apps.reports.conftest import NOW

pytestmark = pytest.mark.django_db
SHAPE = load_format("nr4")


def write_out(draft: Draft, more: dict[str, str] | None = None, party: str = "KEN") -> io.BytesIO:
    """The file of a draft, as if `more` had been filled in meanwhile."""
    file = io.BytesIO()
    about = About("nr4", party, draft.identifier, "en", "en", str(draft.pk), draft.revision)
    write_workbook(file, SHAPE, about, {**write_cells(SHAPE, draft.body), **(more or {})})
    return file


def start_with(focal_point: User, cells: dict[str, str]) -> Draft:
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    return save_cells(draft.key, cells, actor=focal_point, revision=0, now=NOW).draft


def test_nothing_is_taken_over_before_somebody_agrees(focal_point: User) -> None:
    draft = start_with(focal_point, {"Q018": "true"})
    file = write_out(draft, {"Q018": "false", "Q020#en": "Written on the train"})
    upload = receive_file(draft, "report.xlsx", file, actor=focal_point, now=NOW)
    assert [(c.field, c.is_contested) for c in compare_upload(upload, draft)] == [
        ("Q018", False),
        ("Q020", False),
    ]
    assert start_report("nr4", "KEN", actor=focal_point, now=NOW).body["Q018"]["value"] == "true"
    saved = apply_upload(upload.key, ["Q020"], actor=focal_point, revision=1, now=NOW)
    assert saved.body["Q018"]["value"] == "true"
    assert saved.body["Q020"] == {"en": "Written on the train"}


def test_what_was_changed_on_line_meanwhile_is_shown_as_contested(focal_point: User) -> None:
    draft = start_with(focal_point, {"Q018": "true", "Q023": "true"})
    file = write_out(draft, {"Q018": "false", "Q023": "false"})
    draft = save_cells(draft.key, {"Q018": "", "Q024": "true"}, actor=focal_point,
                       revision=draft.revision, now=NOW).draft  # fmt: skip
    upload = receive_file(draft, "report.xlsx", file, actor=focal_point, now=NOW)
    changes = {change.field: change for change in compare_upload(upload, draft)}
    # Q024 was filled in on line and is empty in the file: the file did not touch it.
    assert set(changes) == {"Q018", "Q023"}
    assert changes["Q018"].is_contested
    assert changes["Q018"].now == {}
    assert not changes["Q023"].is_contested


def test_same_file_twice_changes_nothing_more(focal_point: User) -> None:
    draft = start_with(focal_point, {})
    file = write_out(draft, {"Q018": "false"})
    upload = receive_file(draft, "report.xlsx", file, actor=focal_point, now=NOW)
    once = apply_upload(upload.key, ["Q018"], actor=focal_point, revision=0, now=NOW)
    again = receive_file(once, "report.xlsx", file, actor=focal_point, now=NOW)
    assert compare_upload(again, once) == []
    twice = apply_upload(upload.key, ["Q018"], actor=focal_point, revision=once.revision, now=NOW)
    assert twice.revision == once.revision


def test_unreadable_cells_are_told_with_their_place_and_the_others_are_offered(
    focal_point: User,
) -> None:
    draft = start_with(focal_point, {})
    file = write_out(draft, {"Q018": "N/A", "Q023": "false"})
    upload = receive_file(draft, "report.xlsx", file, actor=focal_point, now=NOW)
    [[place, what, _remedy]] = upload.problems
    what = Sentence.from_json(what)
    assert place.startswith("D")
    assert "“N/A” is none of the options" in what
    assert [change.field for change in compare_upload(upload, draft)] == ["Q023"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("report.pdf", b"%PDF-1.7", "files ending in .pdf are not read"),
        ("report", b"", "files ending in nothing are not read"),
        ("report.xlsx", b"PK", "it is no Excel workbook"),
    ],
)
def test_other_files_are_refused_in_a_sentence(
    focal_point: User, name: str, content: bytes, told: str
) -> None:
    draft = start_with(focal_point, {})
    with pytest.raises(UploadRefusedError) as refused:
        receive_file(draft, name, io.BytesIO(content), actor=focal_point, now=NOW)
    [(what, remedy)] = refused.value.problems
    assert told in what
    assert remedy.endswith(".")


def test_file_of_another_party_is_refused(focal_point: User) -> None:
    draft = start_with(focal_point, {})
    with pytest.raises(UploadRefusedError, match="not for this report"):
        receive_file(
            draft, "report.xlsx", write_out(draft, party="NOR"), actor=focal_point, now=NOW
        )


def test_word_document_comes_back_in_the_same_way(focal_point: User) -> None:
    draft = start_with(focal_point, {"Q018": "true"})
    file = io.BytesIO()
    about = About("nr4", "KEN", draft.identifier, "fr", "en", str(draft.pk), draft.revision)
    write_document(file, SHAPE, about, {**write_cells(SHAPE, draft.body), "Q018": "false"})
    upload = receive_file(draft, "Report.DOCX", file, actor=focal_point, now=NOW)
    assert [change.field for change in compare_upload(upload, draft)] == ["Q018"]


def change_sheet(file: io.BytesIO, *, row: str = "", after: str = "") -> io.BytesIO:
    """The workbook with another row in its first sheet, and something after all rows."""
    changed = io.BytesIO()
    with zipfile.ZipFile(file) as given, zipfile.ZipFile(changed, "w") as made:
        for part in given.infolist():
            content = given.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                end = f"{row}</sheetData>{after}".encode()
                content = re.sub(rb"</sheetData>(<mergeCells.*?</mergeCells>)?", end, content)
            made.writestr(part.filename, content, zipfile.ZIP_DEFLATED)
    return changed


MILLIONS = "A3000:XFD1048576"


@pytest.mark.parametrize(
    ("row", "after"),
    [
        ("", f'<mergeCells><mergeCell ref="{MILLIONS}"/></mergeCells>'),
        ("", f'<hyperlinks><hyperlink ref="{MILLIONS}" location="A1"/></hyperlinks>'),
        ('<row r="9000">' + '<c r="A9000"/>' * 600_000 + "</row>", ""),
    ],
    ids=["merged cells", "linked cells", "elements"],
)
def test_workbook_that_unfolds_in_memory_is_refused_before_it_is_read(
    focal_point: User, monkeypatch: pytest.MonkeyPatch, row: str, after: str
) -> None:
    monkeypatch.setattr("openpyxl.load_workbook", pytest.fail)
    draft = start_with(focal_point, {})
    file = change_sheet(write_out(draft), row=row, after=after)
    with pytest.raises(UploadRefusedError, match="more than a questionnaire can hold"):
        receive_file(draft, "report.xlsx", file, actor=focal_point, now=NOW)


def test_word_document_with_names_for_long_texts_is_refused(focal_point: User) -> None:
    draft = start_with(focal_point, {})
    file = io.BytesIO()
    laughs = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("word/document.xml", laughs)
    with pytest.raises(UploadRefusedError, match="more than a questionnaire can hold"):
        receive_file(draft, "report.docx", file, actor=focal_point, now=NOW)


def test_cell_far_to_the_right_does_not_make_a_cell_of_all_between(
    focal_point: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = start_with(focal_point, {})
    row = '<row r="4900"><c r="XFD4900"><v>1</v></c></row>'
    file = change_sheet(write_out(draft, {"Q018": "false"}), row=row)
    made: list[int] = []
    make = Worksheet.cell

    def count(sheet: Worksheet, row: int, column: int) -> Any:
        # 4,900 rows of all 16,384 columns would be eighty million cells.
        assert len(made) < 200_000
        made.append(column)
        return make(sheet, row, column)

    monkeypatch.setattr(Worksheet, "cell", count)
    upload = receive_file(draft, "report.xlsx", file, actor=focal_point, now=NOW)
    assert [change.field for change in compare_upload(upload, draft)] == ["Q018"]


@pytest.mark.parametrize(
    ("cells", "about"),
    [
        ({"Q020#en": "a\0b"}, {}),
        ({"Q020#en": "half \ud800 a character"}, {}),
        ({"Q020#\ud800": "x"}, {}),
        ({"Q020#en": "x"}, {"revision": "-5"}),
        ({"Q020#en": "x"}, {"cycle": "nr\ud800"}),
    ],
    ids=["NUL", "half a character", "a name", "revision", "cycle"],
)
def test_answer_file_that_no_page_of_ours_saved_is_told_and_not_a_fault(
    focal_point: User, cells: dict[str, str], about: dict[str, str]
) -> None:
    draft = start_with(focal_point, {})
    known: Any = About("nr4", "KEN", draft.identifier, "en", "en", str(draft.pk), draft.revision)
    content = json.dumps({"about": known.as_texts() | about, "cells": cells}).encode()
    browser = Client()
    browser.force_login(focal_point)
    answer = browser.post(
        "/desk/reports/nr4/KEN/files", {"file": SimpleUploadedFile("a.json", content)}
    )
    assert answer.status_code == 400
    assert "nswer file" in answer.content.decode()
