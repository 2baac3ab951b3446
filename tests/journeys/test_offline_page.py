"""The questionnaire in one file, opened from a disk: the same rules, and answers that return."""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from cartagena.apps.portal.sentences import say_sentence
from cartagena.apps.reports.offline.about import About
from cartagena.apps.reports.offline.checks import TWINS, list_twins
from cartagena.apps.reports.offline.page import read_answer_file, write_page
from cartagena.engine.answer_sheet import read_cells, write_cells
from cartagena.engine.answers import collect_answers, flatten_body, switched_off
from cartagena.engine.questionnaire import Format, load_format
from cartagena.engine.report_rules import Report, load_report_rules
from tests.engine.test_report_rules import make_report
from tests.made_up_reports import bodies, make_empty

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    # What an earlier test typed is kept in the browser, as it should be.
    page.add_init_script("localStorage.clear()")
    yield page
    page.close()


def open_page(
    tab: Page,
    folder: Path,
    shape: Format,
    cells: dict[str, str],
    language: str,
    languages: Sequence[str] = ("en", "fr"),
) -> None:
    said = ",".join(languages)
    about = About(shape.cycle, "KEN", "EXAMPLE-REPORT-1", language, said, "draft", 1)
    path = folder / f"{shape.cycle}.html"
    with path.open("wb") as file:
        write_page(file, shape, about, cells)
    tab.goto(path.as_uri())


@given(case=bodies())
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_page_asks_exactly_what_the_form_asks(
    tab: Page, tmp_path: Path, case: tuple[Format, dict[str, Any]]
) -> None:
    shape, body = case
    cells = write_cells(shape, body)
    open_page(tab, tmp_path, shape, {}, "en")
    tab.evaluate("cells => { fillCells(cells); update(); }", cells)
    off = switched_off(shape, collect_answers(flatten_body(shape, body)))
    shown_as_off = set(tab.evaluate("window.cartagena.off"))
    assert shown_as_off == set(off)


def run_twins(shape: Format, body: dict[str, Any], language: str) -> list[tuple[str, Any, str]]:
    """What the rules find that the page runs: rule, questions, words in a language."""
    report = Report(shape, body, "KEN", dt.date(2019, 9, 1))
    with override(language):
        return sorted(
            (rule.name, found.questions, say_sentence(found.what))
            for rule in list_twins(shape)
            for found in rule.run(report)
        )


def find_in_page(tab: Page, cells: dict[str, str]) -> list[tuple[str, Any, str]]:
    tab.evaluate("cells => { fillCells(cells); update(); }", cells)
    found = tab.evaluate("window.cartagena.found")
    return sorted((each["rule"], tuple(each["questions"]), each["what"]) for each in found)


@given(case=bodies(), language=st.sampled_from(["en", "ar", "ru"]))
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_page_finds_word_for_word_what_the_rules_find(
    tab: Page, tmp_path: Path, case: tuple[Format, dict[str, Any]], language: str
) -> None:
    shape, body = case
    cells = write_cells(shape, body)
    open_page(tab, tmp_path, shape, cells, language, body["header"]["languages"])
    assert find_in_page(tab, cells) == run_twins(shape, body, language)


@pytest.mark.parametrize("cycle", ["nr2", "nr3", "nr4", "nr5"])
def test_every_rule_of_the_page_finds_its_own_example_there(
    tab: Page, tmp_path: Path, cycle: str
) -> None:
    shape = load_format(cycle)
    open_page(tab, tmp_path, shape, {}, "fr")
    for rule in list_twins(shape):
        for example in (rule.fails, rule.passes):
            report = make_report(cycle, example)
            if report is None:
                continue  # the cycle does not ask what the example answers
            found = find_in_page(tab, write_cells(shape, report.body))
            assert found == run_twins(shape, report.body, "fr"), rule.name
            assert any(name == rule.name for name, *_rest in found) == (example is rule.fails)


def test_page_runs_every_rule_that_needs_nothing_but_the_answers() -> None:
    kinds = ("arithmetic", "consistency")
    alone = {rule.name: rule.version for rule in load_report_rules() if rule.kind in kinds}
    assert alone == TWINS


@pytest.mark.parametrize("width", [360, 1280])
def test_answers_come_back_through_the_answer_file(tab: Page, tmp_path: Path, width: int) -> None:
    shape = load_format("nr4")
    tab.set_viewport_size({"width": width, "height": 800})
    open_page(tab, tmp_path, shape, {"Q020#fr": "Déjà écrit"}, "ar")
    assert tab.evaluate("document.documentElement.dir") == "rtl"
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.select_option('[name="Q014"]', "implementation.none")
    tab.check('[name="Q015/instrument.none"]')
    tab.fill('[name="Q022#en"]', "Nothing yet")
    with tab.expect_download() as download:
        tab.click("#save")
    content = Path(download.value.path()).read_bytes()
    returned = read_answer_file(io.BytesIO(content))
    assert returned.problems == []
    assert returned.about is not None
    assert returned.about.revision == 1
    changes, problems = read_cells(shape, make_empty(shape, ["en", "fr"]), returned.cells)
    assert problems == []
    assert changes == {
        "Q014": {"value": "implementation.none"},
        "Q015": [{"value": "instrument.none"}],
        "Q020": {"fr": "Déjà écrit"},
        "Q022": {"en": "Nothing yet"},
    }


def test_exclusive_option_is_chosen_alone(tab: Page, tmp_path: Path) -> None:
    shape = load_format("nr5")
    open_page(tab, tmp_path, shape, {}, "en")
    others = [o.code for o in shape.question("Q008").options if not o.exclusive]
    tab.check(f'[name="Q008/{others[0]}"]')
    tab.check('[name="Q008/instrument.none"]')
    assert not tab.is_checked(f'[name="Q008/{others[0]}"]')


def test_words_with_markup_stay_words(tab: Page, tmp_path: Path) -> None:
    shape = load_format("nr4")
    words = "</script><img src=x onerror=alert(1)> & \"'"
    open_page(tab, tmp_path, shape, {"Q020#en": words}, "en")
    assert tab.input_value('[name="Q020#en"]') == words


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1]", b'{"about": {}, "cells": []}', b"\xff\xfe"]
)
def test_bad_answer_file_gets_one_clear_sentence(content: bytes) -> None:
    [problem] = read_answer_file(io.BytesIO(content)).problems
    assert problem.remedy.endswith(".")
