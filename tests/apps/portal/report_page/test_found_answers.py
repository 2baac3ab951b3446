"""Words in a national report are found where they were written: at their question."""

import re
from pathlib import Path
from typing import Any

import pytest

from cartagena.engine.questionnaire import load_format
from tests.apps.portal.report_page.conftest import NR3_ON, NR4_ON, PAGE, Reader, publish_report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index(tmp_path: Path, settings: Any) -> None:
    """An index of its own."""
    settings.DATA_FOLDER = tmp_path


def find_links(page: str) -> list[tuple[str, str]]:
    """Address of each hit, and its passage."""
    return re.findall(
        r'<h2 class="hit"><a href="([^"]+)".*?<p class="snippet" dir="auto">(.*?)</p>', page, re.S
    )


@pytest.mark.parametrize(
    ("asked", "question", "name", "passage"),
    [
        ("/search?q=ministries", "head#stakeholders", "Question 9", "Two <mark>ministries</mark>"),
        ("/search?q=plan+2018", "Article2#Q016", "Question 16",
         "In the <mark>plan</mark> of <mark>2018</mark>"),
        ("/search?q=alert", "Article2#Q020", "Question 20", "<mark>alert</mark>(1) &amp; #more"),
    ],
)  # fmt: skip
def test_a_hit_leads_to_the_question_and_shows_what_is_written_there(
    reader: Reader, asked: str, question: str, name: str, passage: str
) -> None:
    ((address, shown),) = find_links(reader.read(asked))

    assert address == f"{PAGE}?section={question}"
    assert passage in shown
    assert f"{name}:" in shown
    page = reader.read(address)
    section, _, key = question.partition("#")
    opened = page[page.index(f'<details id="{section}" open') :].partition("</details>")[0]
    assert f'id="{key}"' in opened, "the question stands in the section that is open"


def test_a_reader_of_another_language_is_led_to_the_same_question(reader: Reader) -> None:
    ((address, shown),) = find_links(reader.read("/zh/search?q=生物安全&type=cpbNationalReport4"))

    assert address == f"/zh{PAGE}?section=Article2#Q020"
    assert "<mark>生物安全</mark>" in shown.replace("</mark><mark>", "")


def test_what_says_nothing_asked_leads_to_the_whole_report(reader: Reader) -> None:
    page = reader.read("/search?q=Kenya&type=cpbNationalReport4")

    assert "/records/BCH-NR4-KE-" in page
    assert "section=" not in page


def test_an_answer_to_a_question_that_is_not_asked_is_not_found(reader: Reader) -> None:
    publish_report("nr4", {"Q012_party": "false", "Q013#en": "Accession"}, NR4_ON, party="NOR")
    assert find_links(reader.read("/search?q=accession"))

    publish_report("nr4", {"Q012_party": "true", "Q013#en": "Secession"}, NR4_ON, party="BRA")
    assert "No record fits." in reader.read("/search?q=secession")


def test_the_survey_that_travels_in_the_second_report_has_its_own_page(reader: Reader) -> None:
    (survey,) = load_format("nr2").carried
    key = next(question.key for question in survey.by_key.values() if question.is_text)
    publish_report("nr2", {f"{key}#en": "Microarrays"}, NR3_ON, party="NOR")

    ((address, _shown),) = find_links(reader.read("/search?q=microarrays"))

    assert address.startswith("/parties/NOR/reports/survey2014?section=")
    assert f'id="{key}"' in reader.read(address)
