"""Many records from one table: templates, previews, what is carried out, and bad files."""

import csv
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk.bulk_columns import list_columns
from cartagena.apps.registry.api import live_versions
from cartagena.engine.record_format import load_record_format
from cartagena.engine.record_identity import build_public_number
from tests.apps.portal.desk.browser import read_forms, send
from tests.apps.portal.desk.conftest import browse
from tests.record_bodies import TYPES_WITH_FIELDS

HEAD = ["record", "title.en", "description.en", "websites.1.url"]


def write_csv(rows: list[list[str]], encoding: str = "utf-8") -> SimpleUploadedFile:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return SimpleUploadedFile("table.csv", stream.getvalue().encode(encoding))


def upload(user: User, file: Any, record_type: str = "database") -> Any:
    return browse(user).post("/desk/bulk", {"type": record_type, "file": file})


def accept(user: User, address: str, wish: str) -> None:
    """Press a button of the preview, once more where it is gone already."""
    client = browse(user)
    for form in read_forms(client.get(address)):
        if ("desk-do", wish) in form.buttons:
            send(client, address, form, press=("desk-do", wish))
            return
    client.post(address, {"desk-do": wish})


@pytest.mark.parametrize("record_type", TYPES_WITH_FIELDS)
def test_columns_of_a_type_have_ids_of_their_own(record_type: str) -> None:
    columns = list_columns(load_record_format(record_type), ["en", "fr"], "en")

    assert len({column.id.lower() for column in columns}) == len(columns)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_template_is_read_again_with_its_own_heads(form: str, focal_point: User) -> None:
    client = browse(focal_point)
    sent = client.get(f"/desk/types/biosafetyDecision/template.{form}?languages=en,fr")
    assert sent.status_code == 200
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(sent.content))
        assert len(book.worksheets) == 3
        assert book.worksheets[0].data_validations.count > 5
        heads = [cell.value for cell in book.worksheets[0][1]]
    else:
        heads = next(csv.reader(io.StringIO(sent.content.decode("utf-8-sig"))))
    row = ["" for _head in heads]
    row[heads.index("Title (en) [title.en]")] = "A decision"

    answer = upload(
        focal_point, write_csv([[str(head) for head in heads], row]), "biosafetyDecision"
    )

    page = browse(focal_point).get(answer["Location"]).content.decode()
    assert "A decision" in page
    assert "not filled in yet" in page


def test_nothing_happens_before_the_preview_is_accepted(focal_point: User) -> None:
    rows = [
        HEAD,
        ["", "Biosafety Kenya", "First line\n\nSecond", "https://biosafety.example"],
        ["", "", "No title", ""],
        ["BCH-DB-KE-999-1", "No such record", "", ""],
    ]

    answer = upload(focal_point, write_csv(rows))
    assert drafting.list_drafts(focal_point).count() == 0
    page = browse(focal_point).get(answer["Location"]).content.decode()
    accept(focal_point, answer["Location"], "draft")

    assert "there is no such record of this kind" in page
    drafts = {d.title: d for d in drafting.list_drafts(focal_point)}
    assert set(drafts) == {"Biosafety Kenya", ""}
    body = drafting.get_draft(drafts["Biosafety Kenya"].pk, actor=focal_point).body
    assert body["description"] == {"en": "<p>First line</p><p>Second</p>"}
    assert body["websites"] == [{"url": "https://biosafety.example"}]


def test_complete_rows_are_published_once_and_amended_by_number(focal_point: User) -> None:
    row = ["", "Biosafety Kenya", "Text", "https://biosafety.example"]
    first = upload(focal_point, write_csv([HEAD, row]))["Location"]
    for _press in range(2):
        accept(focal_point, first, "publish")
    (version,) = live_versions().filter(record__type="database")
    number = str(build_public_number("database", "KEN", version.record.document_id))

    changed = [number, "Biosafety in Kenya", "", ""]
    again = upload(focal_point, write_csv([HEAD, changed]))["Location"]
    page = browse(focal_point).get(again).content.decode()
    assert "an amendment of" in page
    accept(focal_point, again, "publish")

    (version,) = live_versions().filter(record__type="database")
    assert version.number == 2
    assert version.title == "Biosafety in Kenya"
    assert version.body["description"] == {"en": "<p>Text</p>"}
    same = upload(focal_point, write_csv([HEAD, changed]))["Location"]
    assert "the same is published" in browse(focal_point).get(same).content.decode()


def test_preview_is_seen_by_its_author_alone(focal_point: User, stranger: User) -> None:
    address = upload(focal_point, write_csv([HEAD, ["", "A", "B", ""]]))["Location"]

    assert browse(stranger).get(address).status_code == 404
    assert browse(stranger).post(address, {"desk-do": "draft"}).status_code == 404


def test_record_of_another_party_is_not_amended(focal_point: User, stranger: User) -> None:
    theirs = upload(stranger, write_csv([HEAD, ["", "Norway", "Text", "https://x.example"]]))
    accept(stranger, theirs["Location"], "publish")
    (version,) = live_versions().filter(record__type="database")

    answer = upload(focal_point, write_csv([HEAD, [version.record.identifier, "Mine now", "", ""]]))

    assert "may not amend" in browse(focal_point).get(answer["Location"]).content.decode()


def make_workbook(*, merge: bool = False, formula: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEAD)
    sheet.append(["", '="A"&"B"' if formula else "Title", "Text", ""])
    if merge:
        sheet.merge_cells("A2:B2")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def make_bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (120 << 20))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("table.csv", b"colour,size\nred,1\n", "names no column"),
        ("table.csv", b"title.en,title.en\na,b\n", "stands twice"),
        ("table.csv", "title.en\nD\xe9cision\n".encode("cp1252"), "UTF-8"),
        ("table.csv", b"title.en\n", "no rows"),
        ("table.csv", b"", "no rows"),
        ("table.csv", b"title.en\na,b\n", "more cells than columns"),
        ("table.csv", b"title.en\n" + b"a\n" * 5001, "more than 5000 rows"),
        ("table.csv", b"title.en\n" + b"a" * 50_001, "more than 50000 characters"),
        ("table.csv", b"title.en\n" + b"a" * (21 << 20), "20 MB are read"),
        ("table.xlsm", make_workbook(), "macros"),
        ("table.xls", b"\xd0\xcf\x11\xe0", "not read"),
        ("table.exe", b"MZ", "Only .xlsx and .csv"),
        ("table.xlsx", b"no workbook", "no .xlsx workbook"),
        ("table.xlsx", make_workbook(merge=True), "merged cells"),
        ("table.xlsx", make_bomb(), "would unpack"),
    ],
)
def test_bad_file_is_refused_with_the_reason(
    name: str, content: bytes, told: str, focal_point: User
) -> None:
    answer = upload(focal_point, SimpleUploadedFile(name, content))

    assert answer.status_code == 400
    assert told in answer.content.decode()


def test_formulas_are_told_and_never_run(focal_point: User) -> None:
    file = SimpleUploadedFile("table.xlsx", make_workbook(formula=True))

    address = upload(focal_point, file)["Location"]

    assert "formulas" in browse(focal_point).get(address).content.decode()
