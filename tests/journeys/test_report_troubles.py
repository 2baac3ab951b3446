"""What goes wrong while a report is filled in: the session ends, the line is lost, others write."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cartagena.apps.accounts.api import Role, create_user
from cartagena.apps.reports.api import save_cells, start_report
from tests.journeys.browser import DESKTOP, PASSWORD, press, put, sign_in
from tests.journeys.test_national_report_journey import (  # noqa: F401 - a fixture
    FOCAL_POINT,
    REPORT,
    Portal,
    portal,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECTION = f"{REPORT}/sections/Article2"
OTHER = "petra@party.example"
TEXT = "An hour of work"


class Work:
    """Kenya's draft, and people who have its section open."""

    def __init__(self, browser: Browser, portal: Portal) -> None:  # noqa: F811
        self.browser, self.portal = browser, portal
        self.contexts: list[BrowserContext] = []
        now = dt.datetime.now(dt.UTC)
        self.draft = start_report("nr4", "KEN", actor=portal.focal_point, now=now)
        create_user(
            email=OTHER, name="Petra Protocol", role=Role.CPB_FOCAL_POINT, party="KEN",
            password=PASSWORD, now=now,
        )  # fmt: skip

    def open(self, email: str = FOCAL_POINT, **context: Any) -> Page:
        opened = self.browser.new_context(base_url=self.portal.address, viewport=DESKTOP, **context)
        opened.set_default_timeout(20_000)
        self.contexts.append(opened)
        page = opened.new_page()
        page.goto(SECTION)
        sign_in(page, email)
        page.goto(SECTION)
        return page

    def find(self, field: str) -> Any:
        now = dt.datetime.now(dt.UTC)
        return start_report("nr4", "KEN", actor=self.portal.focal_point, now=now).body.get(field)


@pytest.fixture
def work(browser: Browser, portal: Portal) -> Iterator[Work]:  # noqa: F811 - the fixture
    made = Work(browser, portal)
    yield made
    for context in made.contexts:
        context.close()


def see_saved(page: Page) -> None:
    expect(page.locator("#state")).to_contain_text("Saved at")


def sign_in_again(page: Page) -> None:
    """In another tab of the same browser."""
    tab = page.context.new_page()
    tab.goto("/account/sign-in/")
    sign_in(tab, FOCAL_POINT)
    tab.close()


def test_text_typed_after_the_session_ended_is_saved_once_somebody_signs_in_again(
    work: Work,
) -> None:
    page = work.open()
    page.context.clear_cookies()
    put(page, {"Q020#en": TEXT})
    expect(page.locator("#signed-out")).to_be_visible()
    assert work.find("Q020") is None
    sign_in_again(page)
    page.evaluate("dispatchEvent(new Event('focus'))")  # what coming back to the tab does
    see_saved(page)
    expect(page.locator("#signed-out")).to_be_hidden()
    assert work.find("Q020") == {"en": TEXT}


def test_form_sent_after_the_session_ended_can_be_sent_again_without_scripts(work: Work) -> None:
    page = work.open(java_script_enabled=False)
    page.context.clear_cookies()
    put(page, {"Q020#en": TEXT, "Q018": "true"})
    press(page, "Save")
    expect(page.get_by_role("main")).to_contain_text(TEXT)
    sign_in_again(page)
    # The token of the form is older than the new session, so it is asked once more.
    press(page, "Send it again")
    expect(page.get_by_role("main")).to_contain_text(TEXT)
    press(page, "Send it again")
    expect(page).to_have_url(f"{work.portal.address}{SECTION}")
    assert (work.find("Q020"), work.find("Q018")) == ({"en": TEXT}, {"value": "true"})


def test_text_typed_without_a_line_is_told_and_offered_after_the_page_was_closed(
    work: Work,
) -> None:
    page = work.open()
    page.context.set_offline(True)
    put(page, {"Q020#en": TEXT})
    expect(page.locator("#state")).to_contain_text("No connection")
    context = page.context
    page.close(run_before_unload=False)
    context.set_offline(False)
    page = context.new_page()
    page.goto(SECTION)
    expect(page.locator("#kept")).to_be_visible()
    expect(page.locator("[name='Q020#en']")).to_have_value("")  # offered, not put back unasked
    page.get_by_role("button", name="Put it back").click()
    see_saved(page)
    assert work.find("Q020") == {"en": TEXT}
    page.goto(SECTION)
    expect(page.locator("#kept")).to_be_hidden()


def test_line_that_comes_back_saves_what_was_typed_meanwhile(work: Work) -> None:
    page = work.open()
    page.context.set_offline(True)
    put(page, {"Q020#en": TEXT})
    expect(page.locator("#state")).to_contain_text("No connection")
    page.context.set_offline(False)
    see_saved(page)
    assert work.find("Q020") == {"en": TEXT}


def test_two_people_in_one_section_see_each_other_and_keep_both_their_answers(work: Work) -> None:
    mine, theirs = work.open(), work.open(OTHER)
    put(theirs, {"Q018": "true"})
    see_saved(theirs)
    expect(theirs.locator("#others")).to_contain_text("Felix Focal")
    put(mine, {"Q014": "implementation.none"})
    see_saved(mine)
    # What was answered meanwhile is shown, so that the next save does not take it away.
    expect(mine.locator("[name=Q018][value=true]")).to_be_checked()
    expect(mine.locator("#q-Q018 .theirs")).to_be_visible()
    put(mine, {"Q016": "true"})
    expect(mine.locator("#state")).to_contain_text("Not saved yet")
    see_saved(mine)
    assert work.find("Q018") == {"value": "true"}
    assert work.find("Q014") == {"value": "implementation.none"}
    assert work.find("Q016") == {"value": "true"}


def test_same_question_answered_by_two_people_is_shown_with_both_answers(work: Work) -> None:
    mine = work.open()
    put(mine, {"Q018": "true"})
    see_saved(mine)
    now = dt.datetime.now(dt.UTC)
    save_cells(
        work.draft.key, {"Q018": "false"}, actor=work.portal.focal_point, revision=1, now=now
    )
    put(mine, {"Q018": ""})
    expect(mine.locator("#state")).to_contain_text("Somebody else answered the same question")
    press(mine, "Save")
    expect(mine.get_by_role("alert")).to_contain_text("Theirs:")
    expect(mine.locator("[name=Q018][value=false]")).to_be_checked()
    assert work.find("Q018") == {"value": "false"}


def test_back_of_the_browser_shows_what_is_saved(work: Work) -> None:
    page = work.open()
    put(page, {"Q018": "true"})
    press(page, "Save and see all sections")
    page.go_back()
    expect(page.locator("[name=Q018][value=true]")).to_be_checked()
    put(page, {"Q018": "false"})
    see_saved(page)
    assert work.find("Q018") == {"value": "false"}
