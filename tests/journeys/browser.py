"""A real browser and a server for it, shared by all journeys in a browser."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

from tests.conftest import find_chromium

PASSWORD = "long words for one test"
PHONE = ViewportSize(width=390, height=844)
SMALL_PHONE = ViewportSize(width=360, height=740)
DESKTOP = ViewportSize(width=1280, height=900)
# Started as root in tests, and with nothing that asks for the network by itself.
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Say nothing."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer in a thread that leaves no connection to the database behind."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()


@contextmanager
def serve_portal() -> Iterator[str]:
    """The address of the portal, served in this process."""
    with make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a module.

    Playwright runs an event loop in the thread of the test, in which Django refuses the database
    unless it is told that nothing else runs there.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM)
        yield started
        started.close()


def list_violations(page: Page, *, colours: bool = True) -> list[str]:
    """What axe finds on a page that keeps somebody out: serious and critical violations.

    Contrast takes most of the time, and is the same in every language of a page.
    """
    options = {
        "resultTypes": ["violations"],
        "rules": {"color-contrast": {"enabled": colours}},
    }
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"][:3]
    ]


def list_faults(page: Page, *, colours: bool = True) -> list[str]:
    """Violations with all parts open, and whether the page must be pushed sideways."""
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    faults = list_violations(page, colours=colours)
    size = page.viewport_size
    assert size is not None
    wide = page.evaluate("document.documentElement.scrollWidth")
    return faults if wide <= size["width"] else [*faults, f"{wide} pixels wide"]


def sign_in(page: Page, email: str) -> None:
    """Fill in the page for signing in, on which somebody landed who wanted to go elsewhere."""
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form.form button[type=submit]").click()
    expect(page.locator("[name=password]")).to_have_count(0)


def sign_out(page: Page) -> None:
    """Sign out with the button that every page has."""
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").first.wait_for()


def put(page: Page, values: Mapping[str, str]) -> None:
    """Fill in inputs by name: text, the value of a choice, or `x` for a box to tick."""
    for name, value in values.items():
        inputs = page.locator(f'[name="{name}"]:not([type=hidden])')
        kind = inputs.first.evaluate("each => each.type")
        if kind in ("radio", "checkbox"):
            chosen = inputs if value == "x" else inputs.and_(page.locator(f'[value="{value}"]'))
            chosen.check()
        elif kind == "select-one":
            inputs.select_option(value)
        else:
            inputs.fill(value)


def press(page: Page, name: str) -> None:
    """Press the first button or link of the content with exactly this name, and see the answer."""
    main = page.get_by_role("main")
    button = main.get_by_role("button", name=name, exact=True)
    shown = button.and_(page.locator(":not(.vh)"))
    follow(page, shown.or_(main.get_by_role("link", name=name, exact=True)).first)


def follow(page: Page, link: Locator) -> None:
    """Press what leads to another page, and wait for that page."""
    with page.expect_navigation():
        link.click()


def see(page: Page, words: str) -> None:
    """Wait until the content shows these words."""
    expect(page.get_by_role("main").get_by_text(words).first).to_be_visible()
