"""A report as files: the body, the table of answers, the PDF."""

import csv
import io
import json
import unicodedata

import openpyxl
import pytest
import typst
from django.test import Client

from cartagena.apps.portal import page_cache
from cartagena.apps.portal.report_pdf import content, fonts
from cartagena.apps.registry.api import get_version
from cartagena.engine.canonical import content_hash
from tests.apps.portal.report_page.conftest import ANSWERS, NR4_ON, PAGE, Reader, publish_report

pytestmark = pytest.mark.django_db
FILES = "/downloads/reports/KEN/nr4"


def get(address: str) -> bytes:
    response = Client().get(address)
    assert response.status_code == 200, response.content[:400]
    return b"".join(response) if response.streaming else response.content


def test_json_is_the_body_as_it_was_published(reader: Reader) -> None:
    body = json.loads(get(f"{FILES}.json"))
    stored = get_version("nr4-report-ken")
    assert body == stored.body
    assert content_hash(body) == stored.body_sha256


def test_table_has_a_row_for_each_choice_and_each_language(reader: Reader) -> None:
    rows = list(csv.DictReader(io.StringIO(get(f"{FILES}.csv").decode())))
    steps = [row for row in rows if row["question"] == "Q016"]
    assert [(row["option"], row["language"], row["text"]) for row in steps] == [
        ("true", "ar", "في خطة عام 2018"),
        ("true", "en", "In the plan of 2018"),
    ]
    [law] = [row for row in rows if row["question"] == "Q014"]
    assert (law["option"], law["change"], law["concept"]) == (
        "implementation.fullInPlace", "changed", "nr2.q015",
    )  # fmt: skip
    assert "Q019" not in {row["question"] for row in rows}


def test_labels_are_in_the_language_asked_for(reader: Reader) -> None:
    def label(language: str) -> str:
        text = get(f"{FILES}.csv?lang={language}").decode()
        rows = csv.DictReader(io.StringIO(text))
        return next(row["option_label"] for row in rows if row["question"] == "Q017")

    assert (label("en"), label("fr")) == ("Yes", "Oui")


def test_text_that_a_spreadsheet_would_run_is_made_harmless(shipped: None) -> None:
    publish_report("nr4", {**ANSWERS, "Q020#en": '=HYPERLINK("http://x.example")'}, NR4_ON)
    rows = csv.DictReader(io.StringIO(get(f"{FILES}.csv").decode()))
    [text] = [r["text"] for r in rows if (r["question"], r["language"]) == ("Q020", "en")]
    assert text == '\'=HYPERLINK("http://x.example")'
    sheet = openpyxl.load_workbook(io.BytesIO(get(f"{FILES}.xlsx")))["answers"]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{FILES}.docx", 404),
        ("/downloads/reports/KEN/nr9.csv", 404),
        ("/downloads/reports/NOR/nr4.csv", 404),
        (f"{FILES}.csv?lang=xx", 400),
        (f"{FILES}.csv?as_of=2019-08-01", 404),
    ],
)
def test_what_does_not_exist_is_answered_with_what_to_do(
    reader: Reader, address: str, status: int
) -> None:
    response = Client().get(address)
    assert response.status_code == status
    assert response.json()["what_to_do"]


def test_page_names_its_other_forms(reader: Reader) -> None:
    page = reader.read(f"/fr{PAGE}")
    for address in (f"{FILES}.json?lang=fr", f"{FILES}.csv?lang=fr", f"/fr{PAGE}.pdf"):
        assert f'href="{address}"' in page


# The PDF


def give_fonts(monkeypatch: pytest.MonkeyPatch, *families: str) -> None:
    """A machine with no fonts but those that typst carries and some families by name."""
    carried = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(fonts, "load_fonts", lambda: carried)
    monkeypatch.setattr(fonts, "list_families", lambda: {*carried.families(), *families})


def test_pdf_is_made_once_and_is_the_same_again(shipped: None) -> None:
    latin = {**ANSWERS, "Q016/true#ar": "", "Q020#zh": ""}
    publish_report("nr4", latin, NR4_ON)
    first, second = get(f"{PAGE}.pdf"), get(f"{PAGE}.pdf")
    assert first.startswith(b"%PDF-")
    assert first == second


def test_machine_without_the_fonts_says_so_and_offers_the_print_view(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_fonts(monkeypatch)
    page = reader.read(f"{PAGE}.pdf", 501)
    assert "Arabic, Chinese" in page
    assert f"{PAGE}?view=all" in page


HOSTILE = ('#eval("1") $x$ *b* _i_ `c` @a <l> \\ // [ ] { } = h', "\x07-")


@pytest.mark.parametrize("words", HOSTILE)
def test_words_are_never_read_as_markup(shipped: None, words: str) -> None:
    publish_report("nr4", {"Q020#en": words + "x" * 900, "Q014": "implementation.none"}, NR4_ON)
    assert get(f"{PAGE}.pdf").startswith(b"%PDF-")


def test_scripts_are_read_from_the_letters() -> None:
    assert fonts.find_scripts("Nairobi, Ñandú, Кения, 25 %") <= fonts.HELD_BY_CARRIED
    assert fonts.find_scripts("生物 and كينيا, ไทย") == {"CJK", "ARABIC", "THAI"}


def test_every_letter_of_the_scripts_that_typst_carries_needs_no_other_font(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    give_fonts(monkeypatch)
    letters = "".join(
        chr(code) for code in range(0x20, 0x500) if unicodedata.category(chr(code))[0] in "LNPZ"
    )
    known = "".join(each for each in letters if fonts.find_scripts(each) <= fonts.HELD_BY_CARRIED)
    assert fonts.choose_fonts([known], "en") == [fonts.CARRIED]


def test_fonts_of_the_machine_are_used_for_what_they_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    give_fonts(monkeypatch, "Amiri", "SimSun", "Noto Sans Thai")
    words = ["生物", "كينيا", "ไทย"]
    assert fonts.choose_fonts(words, "ar")[0] == "Amiri"
    assert fonts.choose_fonts(words, "en") == [fonts.CARRIED, "Amiri", "SimSun", "Noto Sans Thai"]
    with pytest.raises(fonts.FontMissingError) as missing:
        fonts.choose_fonts(["शब्द", "שלום", *words], "en")
    assert missing.value.scripts == ("Devanagari", "Hebrew")


def test_what_no_font_holds_is_named_and_long_words_break() -> None:
    assert content.clean("Rice \N{GRINNING FACE}\x00!") == "Rice [grinning face]!"
    address = "https://example.org/" + "a" * 80
    assert content.BREAK in content.clean(address)
    assert content.clean(address).replace(content.BREAK, "") == address


def test_pdf_asks_for_no_page_cache_when_fonts_are_missing(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_fonts(monkeypatch)
    reader.read(f"{PAGE}.pdf", 501)
    monkeypatch.undo()
    page_cache.store.clear()
    monkeypatch.setattr(fonts, "choose_fonts", lambda *_: [fonts.CARRIED])
    monkeypatch.setattr("cartagena.apps.portal.report_pdf.choose_fonts", lambda *_: [fonts.CARRIED])
    assert Client().get(f"{PAGE}.pdf").status_code == 200
