"""What the check of a report tells, each reader meets in their own language."""

import html
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cartagena.apps.accounts.api import User
from cartagena.apps.reports.api import save_cells, start_report
from tests.apps.portal.reporting.test_report_pages import HOME, read_form
from tests.apps.reports.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
ENGLISH = re.compile(r"\b[a-z]{2,},? [a-z]{2,},? [a-z]{2,}\b")
"""Three words in small Latin letters: no code, number or name."""
CONTRADICTIONS = {
    "Q012_party": "false",
    "Q014": "implementation.fullInPlace",
    "Q015/instrument.none": "x",
    "Q020#en": "N/A",
    "Q033": "true",
    "Q036/3B9ECE67-B35C-40FF-8C06-4EA5FF762899": "x",
    "Q036/3B9ECE67-B35C-40FF-8C06-4EA5FF762899#n": "60",
}


@pytest.fixture
def browser(focal_point: User) -> Client:
    client = Client()
    client.force_login(focal_point)
    client.post(HOME)
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    save_cells(draft.key, CONTRADICTIONS, actor=focal_point, revision=draft.revision, now=NOW)
    return client


def address_in(language: str, address: str) -> str:
    return address if language == "en" else f"/{language}{address}"


def read(client: Client, address: str, language: str) -> str:
    return client.get(address_in(language, address)).content.decode()


def say(markup: str) -> str:
    """What a reader sees of a piece of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def list_findings(page: str) -> list[str]:
    """What the page says of each finding, without its level and its buttons."""
    return [say(part) for part in re.findall(r"<li>\s*<p>(.*?)</p>", page, re.S)]


@pytest.mark.parametrize(
    ("language", "law", "shares", "missing"),
    [
        (
            "ar",
            "هناك تدابير قائمة، لكن لم يُنشر أي قانون",
            "60 = 60 في المائة",
            "هناك سؤال إلزامي لم يُجب عنه.",
        ),
        (
            "zh",
            "已有措施，但没有公布任何法律、条例或准则。",
            "60 = 百分之60",
            "有一个必答问题没有作答。",
        ),
    ],
)
def test_check_page_tells_its_findings_without_english(
    browser: Client, language: str, law: str, shares: str, missing: str
) -> None:
    page = read(browser, f"{HOME}/check", language)
    found = list_findings(page)
    assert any(law in words for words in found)
    assert any(shares in words for words in found)
    assert any(missing in words for words in found)
    assert [words for words in found if ENGLISH.search(words)] == []
    # The English page has as many, and there the search for English finds every one.
    in_english = list_findings(read(browser, f"{HOME}/check", "en"))
    assert len(in_english) == len(found)
    assert [words for words in in_english if not ENGLISH.search(words)] == []


def test_section_tells_its_problems_in_the_readers_language(browser: Client) -> None:
    page = read(browser, f"{HOME}/sections/Article2", "fr")
    problems = [say(part) for part in re.findall(r'class="field-problem">(.*?)</p>', page, re.S)]
    assert any("aucune loi" in words for words in problems)
    assert any("« N/A » ne dit rien." in words.replace("\u00a0", " ") for words in problems)


def test_autosave_tells_what_it_could_not_read_in_the_readers_language(browser: Client) -> None:
    form = read_form(read(browser, f"{HOME}/sections/Article2", "es"))
    answer = browser.post(f"/es{HOME}/sections/Article2/autosave", {**form, "Q018": "perhaps"})
    [[place, what, remedy]] = answer.json()["problems"]
    assert (place, what) == ("Q018", "«perhaps» no es ninguna de las opciones")
    assert remedy.startswith("Elija entre: ")


def test_problems_of_a_file_are_told_in_the_language_of_whoever_looks(browser: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{HOME}/report.xlsx").content))
    for row in book.worksheets[0].iter_rows():
        if row[0].value == "Q018":
            row[3].value = "perhaps"
    file = io.BytesIO()
    book.save(file)
    sent = SimpleUploadedFile("report.xlsx", file.getvalue())
    address = browser.post(f"{HOME}/files", {"file": sent})["Location"]
    for language, words in (
        ("en", "“perhaps” is none of the options."),
        ("ru", "«perhaps» не является ни одним из вариантов."),
        ("zh", "“perhaps”不是任何一个选项。 请从以下选项中选择："),
    ):
        assert words in say(read(browser, address, language))


def test_file_that_is_refused_is_refused_in_the_readers_language(browser: Client) -> None:
    sent = SimpleUploadedFile("report.xlsx", b"no workbook")
    answer = browser.post(f"/fr{HOME}/files", {"file": sent})
    said = say(answer.content.decode()).replace("\u00a0", " ")
    assert "Ce n’est pas un classeur Excel (.xlsx), ou il est endommagé ou tronqué." in said


def test_explanation_that_is_refused_is_refused_in_the_readers_language(browser: Client) -> None:
    form = {"explain-laws_in_place_are_published/Q014": "x" * 5_001}
    answer = browser.post(f"/fr{HOME}/check", form, follow=True)
    said = say(answer.content.decode()).replace("\u00a0", " ")
    assert "L’explication compte 5,001 caractères ;" in said
