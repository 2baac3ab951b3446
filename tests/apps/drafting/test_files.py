"""Files that are taken, and hostile ones that are refused with one clear sentence."""

import io
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook

from cartagena.apps.drafting import api
from cartagena.apps.drafting.attachments import clean_filename, get_path
from cartagena.apps.drafting.models import Attachment
from tests.apps.drafting.make import NOW, make_person, start

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", 10, 10)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path


def attach(name: str, content: bytes) -> Attachment:
    person = make_person()
    draft = start(person)
    upload = SimpleUploadedFile(name, content)
    return api.attach_file(draft.key, upload, confidential=False, actor=person, now=NOW)


def make_docx() -> bytes:
    held = io.BytesIO()
    document = Document()
    document.add_paragraph("Decision")
    document.save(held)
    return held.getvalue()


def make_xlsx() -> bytes:
    held = io.BytesIO()
    Workbook().save(held)
    return held.getvalue()


def make_zip(entries: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return held.getvalue()


def add_to(archive: bytes, name: str, content: bytes) -> bytes:
    held = io.BytesIO(archive)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(name, content)
    return held.getvalue()


def make_docx_that_names(kind: str, target: str) -> bytes:
    """A document whose settings name something outside of it."""
    kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    relation = f"<x:Relationship Id='r1' Type='{kind}' Target='{target}' TargetMode='External'/>"
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = f"<x:Relationships xmlns:x='{space}'>{relation}</x:Relationships>"
    return add_to(make_docx(), "word/_rels/settings.xml.rels", relations.encode())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("decision.pdf", PDF),
        ("link.docx", make_docx_that_names("hyperlink", "https://example.org/law")),
        ("own.docx", make_docx_that_names("attachedTemplate", "file:///C:/Users/A/Normal.dotm")),
        ("decision.docx", make_docx()),
        ("table.XLSX", make_xlsx()),
        ("text.odt", make_zip({"mimetype": b"application/vnd.oasis.opendocument.text"})),
        ("sheet.ods", make_zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})),
        ("table.csv", "\ufeffParty;réponse\nKEN;oui\n".encode()),
        ("text.txt", "Слово — 词\n".encode()),
        ("map.png", PNG),
        ("photo.jpeg", b"\xff\xd8\xff\xe0 picture"),
    ],
)
def test_file_is_kept_under_its_hash(name: str, content: bytes) -> None:
    kept = attach(name, content)

    assert get_path(kept.sha256).read_bytes() == content
    assert kept.size == len(content)
    assert kept.address == f"/files/{kept.key}/{kept.filename}"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("picture.svg", b"<svg onload='alert(1)'/>", "SVG"),
        ("picture.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "named .png"),
        ("notes.txt", b" \n<svg><script>alert(1)</script></svg>", "web page or SVG"),
        ("notes.csv", b"\xef\xbb\xbf<!DOCTYPE html><script>", "web page or SVG"),
        ("page.html", b"<html>", "web page"),
        ("data.zip", make_zip({"a": b"b"}), "archive"),
        ("program.exe", b"MZ", ".exe"),
        ("noending", b"x", "without an ending"),
        ("macros.docm", make_docx(), "macros"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "old format"),
        ("macros.docx", add_to(make_docx(), "word/vbaProject.bin", b"x"), "macros"),
        ("script.odt", make_zip({"mimetype": b"application/vnd.oasis.opendocument.text",
                                 "Basic/script.xml": b"x"}), "macros"),
        ("template.docx", make_docx_that_names("attachedTemplate", "https://evil.example/t.dotm"),
         "from another place"),
        ("share.docx", make_docx_that_names("attachedTemplate", r"\\evil.example\t.dotm"),
         "from another place"),
        ("hidden.docx", make_docx_that_names("oleObject", "&#104;ttp://evil.example/x.rtf"),
         "from another place"),
        ("wrong.xlsx", make_docx(), "no XLSX"),
        ("wrong.pdf", PNG, "named .pdf"),
        ("wrong.docx", PDF, "named .docx"),
        ("plain.docx", make_zip({"a.txt": b"x"}), "no DOCX"),
        ("cut.docx", make_docx()[:-200], "damaged"),
        ("binary.txt", b"a\0b", "named .txt"),
        ("latin.txt", "é".encode("latin-1"), "UTF-8"),
        ("script.pdf", PDF + b"/OpenAction << /S /JavaScript /JS (x) >>", "holds a program"),
        ("empty.pdf", b"", "empty"),
        ("cut.png", PNG[:16], "named .png"),
        ("huge.png", PNG[:16] + struct.pack(">II", 60_000, 60_000), "points"),
    ],
)  # fmt: skip
def test_hostile_and_wrong_files_are_refused_with_one_sentence(
    name: str, content: bytes, words: str, tmp_path: Path
) -> None:
    with pytest.raises(api.RefusedFileError, match=words) as raised:
        attach(name, content or b"")

    assert len(raised.value.problems) == 1
    assert Attachment.objects.count() == 0
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["bomb.docx", "bomb.xlsx"])
def test_zip_bomb_is_never_opened(name: str) -> None:
    document = make_docx() if name.endswith("docx") else make_xlsx()
    bomb = add_to(document, "bomb.xml", b"\0" * 60_000_000)
    assert len(bomb) < 200_000

    with pytest.raises(api.RefusedFileError, match="unpack to far more"):
        attach(name, bomb)


def test_bomb_of_many_entries_is_refused() -> None:
    with pytest.raises(api.RefusedFileError, match="unpack to far more"):
        attach("many.docx", make_zip({f"{n}.xml": b"" for n in range(5_001)}))


class Endless:
    """An upload that never ends, and tells how much of it was read."""

    name: str | None = "endless.pdf"

    def __init__(self) -> None:
        self.chunks_read = 0

    def chunks(self) -> Iterator[bytes]:
        yield PDF
        while True:
            self.chunks_read += 1
            yield b"x" * 65_536


def test_upload_above_the_limit_is_stopped_at_the_limit(settings: Any, tmp_path: Path) -> None:
    settings.UPLOAD_MB = 1
    person = make_person()
    upload = Endless()

    with pytest.raises(api.RefusedFileError, match="larger than 1 MB"):
        api.attach_file(start(person).key, upload, confidential=False, actor=person, now=NOW)

    assert upload.chunks_read <= 17
    assert list((tmp_path / "files").iterdir()) == []


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Documents\\Décision finale (2).PDF", "Décision-finale-2.PDF"),
        ("a b\n<script>.txt", "a-b-script.txt"),
        ("....pdf", "file.pdf"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_names_are_made_safe(given: str, clean: str) -> None:
    assert clean_filename(given) == clean


def test_same_bytes_are_kept_once(tmp_path: Path) -> None:
    one, two = attach("a.pdf", PDF), attach("b.pdf", PDF)

    assert one.sha256 == two.sha256
    assert len([p for p in (tmp_path / "files").rglob("*") if p.is_file()]) == 1


def test_closed_draft_takes_no_files() -> None:
    person = make_person()
    draft = start(person)
    api.discard_draft(draft.key, actor=person, now=NOW)

    with pytest.raises(api.DraftStateError):
        api.attach_file(
            draft.key, SimpleUploadedFile("a.pdf", PDF), confidential=False, actor=person, now=NOW
        )
