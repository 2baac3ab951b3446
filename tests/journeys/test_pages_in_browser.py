"""The pages in a real browser: readable by everyone, on a phone, without scripts, from the right.

The pages show made-up reports over the shipped treaty status; no database is needed.
"""

import datetime as dt
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from cartagena.apps.monitoring import api as monitoring
from cartagena.apps.portal import page_cache, source
from cartagena.apps.registry.api import LogHead
from cartagena.engine.questionnaire import load_format
from tests.apps.portal.site.pages import PAGES
from tests.apps.portal.site.sample import make_evaluator
from tests.journeys.browser import DESKTOP, PHONE, list_violations, serve_portal

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the portal is served."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "get_evaluator", lambda as_of: make_evaluator(as_of))
        patch.setattr(source, "get_format", load_format)
        patch.setattr(source, "get_log_head", lambda: LogHead(4213, "c" * 64, None))
        patch.setattr(monitoring, "list_freezes", lambda: ())
        page_cache.store.clear()
        with serve_portal() as address:
            yield address
        page_cache.store.clear()


@pytest.mark.parametrize("path", PAGES)
def test_page_has_no_serious_barrier_and_fits_a_phone(
    browser: Browser, address: str, path: str
) -> None:
    page = browser.new_page(viewport=DESKTOP)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address + path)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert list_violations(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert complaints == []
    page.close()


@pytest.mark.parametrize("path", ["/", "/indicators/2.1.4", "/parties/KEN", "/ar/compare"])
def test_page_has_no_serious_barrier_on_a_phone(browser: Browser, address: str, path: str) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(address + path)
    assert list_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.close()


@pytest.mark.parametrize("path", ["/", "/indicators/2.1.4", "/parties/KEN", "/nothing"])
def test_page_has_no_serious_barrier_in_the_dark(browser: Browser, address: str, path: str) -> None:
    page = browser.new_page(viewport=DESKTOP, color_scheme="dark")
    page.goto(address + path)
    assert list_violations(page) == []
    page.close()


def test_pages_work_with_scripts_off(browser: Browser, address: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/indicators/2.4.1")
    page.get_by_role("link", name="Inclusive").click()
    assert "variant=inclusive" in page.url
    page.locator(".asof summary").click()
    page.get_by_label("See this page as it stood on").fill("2016-01-01")
    page.get_by_role("button", name="Show this date").click()
    assert "as_of=2016-01-01" in page.url
    assert "variant=inclusive" in page.url
    page.get_by_role("link", name="Kenya:").first.click()
    assert "/why/KEN" in page.url
    assert "as_of=2016-01-01" in page.url
    page.get_by_role("link", name="Back to the figure").click()
    assert "/indicators/2.4.1" in page.url
    page.context.close()


def test_keyboard_reaches_the_content_first(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.close()


def test_arabic_is_a_mirror_of_english(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.goto(f"{address}/")
    left = page.locator(".brand").bounding_box()
    page.goto(f"{address}/ar/")
    right = page.locator(".brand").bounding_box()
    assert left is not None
    assert right is not None
    from_the_right = DESKTOP["width"] - right["x"] - right["width"]
    assert abs(from_the_right - left["x"]) < 20
    # Bars grow from the right; the map keeps west on the left.
    matrix = "getComputedStyle(document.querySelector('.bar')).transform"
    assert page.evaluate(matrix).startswith("matrix(-1")
    west, east = (page.locator(f".m-{r}").bounding_box() for r in ("GRULAC", "AP"))
    assert west is not None
    assert east is not None
    assert west["x"] < east["x"]
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.close()


def test_page_of_an_early_day_says_so(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/indicators/3.1.1?as_of={dt.date(2012, 1, 1)}")
    assert "As it stood on 1 January 2012" in page.inner_text(".asof summary")
    page.close()
