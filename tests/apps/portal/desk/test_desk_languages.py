"""What the desk tells of a record, a table or a file, each reader meets in their own language."""

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cartagena.apps.accounts.api import User
from cartagena.engine.record_format import read_example
from tests.apps.portal.desk.conftest import browse, start
from tests.apps.portal.desk.test_bulk import HEAD, write_csv

ENGLISH = re.compile(r"\b(the|is|are|not|write|keep|of|to|and|or|for|with|this|that)\b", re.I)


def say(markup: str) -> str:
    """What a reader sees of a piece of a page, with plain spaces."""
    words = html.unescape(re.sub(r"<[^>]*>", " ", markup)).replace("\u00a0", " ")
    return " ".join(words.split())


def list_lines(page: str) -> list[str]:
    """The problems that a check page lists."""
    return [say(part) for part in re.findall(r'<li>\s*(<a href="[^"]*#f-.*?)</li>', page, re.S)]


@pytest.fixture
def flawed(focal_point: User, references: None) -> str:
    """The address of a decision with faults of many kinds."""
    example = read_example("biosafetyDecision")
    changes: dict[str, Any] = {
        "communicationDate": "2024-06-02",
        "receiptAcknowledgementDate": "2024-04-01",
        "riskAssessments": [{"identifier": "0E5A0000-0000-4000-8000-000000000999"}],
        "title": {**example["title"], "es": "Sin pedirlo"},
        "reasons": None,
        "conditions": None,
    }
    body = {**example, **changes}
    body["header"] = {"languages": example["header"]["languages"]}
    draft = start(focal_point, "biosafetyDecision", body)
    return f"/desk/drafts/{draft.pk}/check"


def test_check_of_a_draft_is_told_in_french(focal_point: User, flawed: str) -> None:
    client = browse(focal_point)
    lines = list_lines(client.get(f"/fr{flawed}").content.decode())
    said = " | ".join(lines)
    assert "est antérieur à" in said
    assert "l’accusé de réception est intervenu après 133 jours" in said
    assert "aucun enregistrement" in said
    assert [line for line in lines if ENGLISH.search(line)] == []
    in_english = list_lines(client.get(flawed).content.decode())
    assert len(in_english) == len(lines) > 4
    assert [line for line in in_english if not ENGLISH.search(line)] == []


def test_missing_field_is_named_once_in_each_language(focal_point: User, flawed: str) -> None:
    client = browse(focal_point)
    for language, words in (("", "not filled in yet"), ("/ru", "еще не заполнено")):
        lines = list_lines(client.get(f"{language}{flawed}").content.decode())
        assert any(re.match(rf"\S[^:]+: {words}", line) for line in lines), lines


def test_preview_of_a_table_is_told_in_spanish(focal_point: User) -> None:
    client = browse(focal_point)
    table = write_csv([HEAD, ["", "No address", "Nothing else", "nowhere"], ["", "", "Only", ""]])
    sent = client.post("/es/desk/bulk", {"type": "database", "file": table})
    page = client.get(sent["Location"]).content.decode()
    said = [say(part) for part in re.findall(r'<ul class="plain small">(.*?)</ul>', page, re.S)]
    assert any("'nowhere' no es una dirección." in words for words in said)
    assert any("aún sin rellenar" in words for words in said)
    assert [words for words in said if ENGLISH.search(words)] == []


def test_table_that_cannot_be_read_is_refused_in_arabic(focal_point: User) -> None:
    table = write_csv([HEAD, ["", "Données", "", ""]], encoding="latin-1")
    answer = browse(focal_point).post("/ar/desk/bulk", {"type": "database", "file": table})
    assert answer.status_code == 400
    said = say(answer.content.decode())
    assert "الملف بترميز آخر" in said
    assert "احفظه من جديد بترميز UTF-8" in said


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "SVG图片可能含有程序。请以PNG或PDF格式发送。"), ("fr", "Une image SVG peut contenir")],
)
def test_file_that_is_not_taken_is_refused_in_the_readers_language(
    focal_point: User, language: str, words: str
) -> None:
    draft = start(focal_point, "database", {**read_example("database"), "websites": []})
    file = SimpleUploadedFile("map.svg", b"<svg/>")
    address = f"/{language}/desk/drafts/{draft.pk}/files"
    answer = browse(focal_point).post(address, {"file": file})
    assert words in say(answer.content.decode())


def test_save_that_cannot_be_taken_is_refused_in_the_readers_language(focal_point: User) -> None:
    draft = start(focal_point, "database", {**read_example("database"), "websites": []})
    address = f"/fr/desk/drafts/{draft.pk}/autosave"
    answer = browse(focal_point).post(address, {"desk-revision": "99"})
    assert answer.status_code == 409
    assert answer.json()["error"].startswith("Le brouillon n’a pas de révision 99")
