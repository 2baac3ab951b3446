"""A national report in a real browser: begun, helped with, taken off line, checked, published."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, Page, expect

from cartagena.apps.accounts.api import Role, User, create_user
from cartagena.apps.portal import page_cache
from cartagena.apps.registry import api as registry
from cartagena.apps.reports.api import save_cells, start_report
from tests.apps.portal.records.published import make
from tests.apps.portal.report_page.conftest import BEFORE, NR3_ON, publish_report
from tests.apps.reports.test_report_work import fill_mandatory
from tests.journeys.browser import (
    DESKTOP,
    PASSWORD,
    SMALL_PHONE,
    follow,
    list_faults,
    press,
    put,
    see,
    serve_portal,
    sign_in,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCAL_POINT, COLLEAGUE = "felix@party.example", "customs@party.example"
REPORT = "/desk/reports/nr4/KEN"
WHY = "/indicators/1.9.2/why/KEN?point=final"
OFF_LINE = {
    "Q012_party": "true",
    "Q014": "implementation.fullInPlace",
    "Q024": "true",
    "Q108": "false.noCna",
    "Q169": "false",
}
# Where the check tells of them, in any language: the law that is missing, the authority denied.
NO_LAW = '[name^="explain-laws_in_place_are_published"]'
NO_AUTHORITY = '[name^="explain-authorities_are_counted_as_published"]'
SAID = "The law is in print."


@dataclass(frozen=True)
class Portal:
    """Where it is served, and the person whose report is filled in between pages."""

    address: str
    focal_point: User


@pytest.fixture
def portal(tmp_path: Path, settings: Any) -> Iterator[Portal]:
    """A portal with a focal point of Kenya, a reader, and one published authority of Kenya."""
    settings.DATA_FOLDER = tmp_path
    page_cache.store.clear()
    now = dt.datetime.now(dt.UTC)
    registry.load_shipped(now=now)
    told = [make("contact", document_id=101), make("authority", document_id=105)]
    registry.publish_records(told, actor=None, reason="For a test.", now=now)
    account: dict[str, Any] = {"password": PASSWORD, "now": now}
    focal_point = create_user(
        email=FOCAL_POINT, name="Felix Focal", role=Role.BCH_FOCAL_POINT, party="KEN", **account
    )
    create_user(email=COLLEAGUE, name="Carol Customs", role=Role.READER, party=None, **account)
    with serve_portal() as address:
        yield Portal(address, focal_point)


class Visitor:
    """Somebody at a browser, in a language, on a screen."""

    def __init__(self, browser: Browser, portal: Portal, language: str, **context: Any) -> None:
        opened = browser.new_context(base_url=portal.address, **context)
        opened.set_default_timeout(20_000)
        self.page: Page = opened.new_page()
        self.language = language
        self.prefix = "" if language == "en" else f"/{language}"

    def say(self, words: str) -> str:
        with override(self.language):
            return gettext(words)

    def go(self, address: str) -> None:
        self.page.goto(self.prefix + address)

    def press(self, words: str) -> None:
        """Press what is called so, and land on a page that fits the screen."""
        press(self.page, self.say(words))
        self.look()

    def follow(self, selector: str) -> None:
        """Press the first link that a selector finds, and land on a page that fits the screen."""
        follow(self.page, self.page.locator(selector).first)
        self.look()

    def look(self) -> None:
        size = self.page.viewport_size
        assert size is not None
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], f"{self.page.url} is {wide} wide"

    def see(self, words: str) -> None:
        see(self.page, self.say(words))


def begin_and_invite(focal_point: Visitor) -> str:
    """The address for the colleague."""
    focal_point.go(REPORT)
    focal_point.press("Start this report")
    focal_point.follow("main a[href$=colleagues]")
    put(focal_point.page, {"name": "Customs", "email": COLLEAGUE, "section": "Article18"})
    focal_point.press("Make the invitation")
    return focal_point.page.locator(".note bdi").inner_text()


def help_with_article_18(colleague: Visitor, address: str) -> None:
    page = colleague.page
    page.goto(address)
    sign_in(page, COLLEAGUE)
    colleague.press("Take it up")
    colleague.follow("a[href$=Article18]")
    put(page, {"Q102": "true"})
    colleague.press("Save and see all sections")
    colleague.press("My sections are ready")
    colleague.see("The focal point sees that your sections are ready.")


def work_off_line(focal_point: Visitor, folder: Path) -> None:
    page = focal_point.page
    focal_point.go(REPORT)
    focal_point.press("Work in a file")
    with page.expect_download() as download:
        page.locator(f'a[href$="report.xlsx?language={focal_point.language}"]').click()
    path = folder / "filled.xlsx"
    download.value.save_as(path)
    fill_workbook(path)
    page.set_input_files("#file", path)
    focal_point.press("Send the file")
    offered = {box.get_attribute("value") for box in page.locator("[name=take]:checked").all()}
    assert {"Q012_party", "Q014", "Q024"} <= offered <= set(OFF_LINE)
    focal_point.press("Take over the chosen answers")
    focal_point.see("The chosen answers were taken over.")


def fill_workbook(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Report"]
    for row in range(1, sheet.max_row + 1):
        key = sheet.cell(row, 1).value
        if key in OFF_LINE:
            sheet.cell(row, 4).value = OFF_LINE[key]
    book.save(path)
    book.close()


def settle(focal_point: Visitor) -> None:
    """Explain one contradiction, repair the other."""
    page = focal_point.page
    focal_point.follow("a[href$=check]")
    contradiction = page.locator("li", has=page.locator(NO_AUTHORITY))
    page.locator(NO_LAW).fill(SAID)
    focal_point.press("Save the explanations")
    follow(page, contradiction.get_by_role("link").first)
    focal_point.look()
    put(page, {"Q108": "false.oneCna"})
    focal_point.press("Save and see all sections")
    focal_point.follow("a[href$=check]")
    expect(page.locator(NO_LAW)).to_have_value(SAID)
    expect(contradiction).to_have_count(0)
    focal_point.see("explained")


@pytest.mark.parametrize(
    ("language", "scripts", "size"),
    [("en", True, DESKTOP), ("ar", False, SMALL_PHONE), ("zh", True, DESKTOP)],
    ids=["desktop", "phone-arabic-plain", "desktop-chinese"],
)
def test_report_from_its_start_to_the_figures(
    browser: Browser, portal: Portal, tmp_path: Path, language: str, scripts: bool, size: Any
) -> None:
    context = {"java_script_enabled": scripts, "viewport": size}
    focal_point, colleague, reader = (
        Visitor(browser, portal, language, **context) for _person in range(3)
    )
    board = reader.page.locator("tr", has=reader.page.get_by_text(kenya(language), exact=True))
    reader.go("/reports/nr4")
    expect(board).to_contain_text(reader.say("missing"))
    reader.go(WHY)
    expect(reader.page.locator(".leaf .mark").first).to_have_class("mark k-unknown")

    focal_point.go("/desk/")
    sign_in(focal_point.page, FOCAL_POINT)
    address = begin_and_invite(focal_point)
    help_with_article_18(colleague, address)
    draft = start_report("nr4", "KEN", actor=portal.focal_point, now=dt.datetime.now(dt.UTC))
    fill_mandatory(draft.key, portal.focal_point)
    work_off_line(focal_point, tmp_path)
    settle(focal_point)
    focal_point.press("Submit and publish")
    focal_point.press("Publish this record")
    focal_point.see("The record is published.")

    reader.go("/reports/nr4")
    expect(board).to_contain_text(reader.say("received late"))
    reader.go(WHY)
    expect(reader.page.locator(".leaf .mark").first).to_have_class("mark k-yes")
    reader.follow(".leaf a[href*=reports]")
    reader.go("/parties/KEN/reports/nr4?view=all")
    expect(reader.page.locator("#notes")).to_contain_text(SAID)
    for visitor in (focal_point, colleague, reader):
        visitor.page.context.close()


def kenya(language: str) -> str:
    return {"en": "Kenya", "ar": "كينيا", "zh": "肯尼亚"}[language]


DESK_PAGES = (
    "/desk/reports",
    REPORT,
    f"{REPORT}/sections/Article2",
    f"{REPORT}/check",
    f"{REPORT}/files",
    f"{REPORT}/colleagues",
)
PUBLIC_PAGES = (
    "/reports/nr4",
    "/parties/KEN/reports/nr3?view=all",
    "/parties/KEN",
    "/analyse",
    "/analyse/tables?q=nr4.Q014&cycle=nr3",
    "/analyse/overview?form=nr3",
    "/analyse/parties?q=nr4.Q014&cycle=nr3",
)


@pytest.mark.parametrize(
    ("language", "size"), [("en", DESKTOP), ("ar", SMALL_PHONE)], ids=["en", "ar"]
)
def test_pages_keep_nobody_out(browser: Browser, portal: Portal, language: str, size: Any) -> None:
    publish_report("nr3", BEFORE, NR3_ON)
    draft = start_report("nr4", "KEN", actor=portal.focal_point, now=dt.datetime.now(dt.UTC))
    save_cells(draft.key, OFF_LINE, actor=portal.focal_point, revision=0, now=draft.created_at)
    visitor = Visitor(browser, portal, language, viewport=size)
    visitor.go("/desk/")
    sign_in(visitor.page, FOCAL_POINT)
    faults = {}
    for path in (*DESK_PAGES, *PUBLIC_PAGES):
        visitor.go(path)
        faults[path] = list_faults(visitor.page, colours=language == "en")
    visitor.page.context.close()
    assert {path: found for path, found in faults.items() if found} == {}
