"""Passkeys and recovery codes in a real browser, with an authenticator that it makes up."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cartagena.apps.accounts.api import Role, User, create_user
from tests.journeys.browser import (
    PASSWORD,
    SMALL_PHONE,
    follow,
    list_faults,
    press,
    put,
    see,
    serve_portal,
    sign_in,
    sign_out,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "nia@reader.example"
FACTORS = "/account/second-factor/"


@pytest.fixture
def numbers(tmp_path: Path, settings: Any) -> Iterator[str]:
    """The portal at the address of numbers that `cartagena serve` prints."""
    settings.DATA_FOLDER = tmp_path
    cache.clear()
    with serve_portal() as address:
        settings.PUBLIC_ADDRESS = address.replace("127.0.0.1", "localhost")
        yield address


@pytest.fixture
def portal(numbers: str) -> str:
    """The same portal under the name that passkeys can be bound to."""
    return numbers.replace("127.0.0.1", "localhost")


@pytest.fixture
def nia() -> User:
    now = dt.datetime.now(dt.UTC)
    return create_user(email=ADDRESS, name="Nia", password=PASSWORD, now=now, role=Role.READER)


@pytest.fixture
def phone(browser: Browser, portal: str) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=portal, viewport=SMALL_PHONE) as context:
        yield context


def add_device(page: Page) -> None:
    """Give the browser a device that knows its owner and says yes to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def add_passkey(page: Page, *, alone: bool) -> None:
    """From a page of somebody signed in to the page with the new recovery codes."""
    page.goto(f"{FACTORS}webauthn/add/")
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
        press(page, "Confirm")
    page.get_by_label("without the password").set_checked(alone)
    follow(page, page.get_by_role("button", name="Add the passkey"))
    see(page, "Recovery codes")


def register(page: Page) -> None:
    """As a stranger does: the form, then the link in the message."""
    page.goto("/account/register/")
    put(page, {"email": ADDRESS, "name": "Nia", "password1": PASSWORD, "password2": PASSWORD})
    press(page, "Register")
    link = re.search(r"http://localhost\S+", mail.outbox[-1].body)
    assert link, mail.outbox[-1].body
    page.goto(link[0])
    press(page, "Confirm")


def test_reader_registers_signs_in_with_a_passkey_alone_and_removes_it(
    phone: BrowserContext,
) -> None:
    page = phone.new_page()
    add_device(page)
    register(page)
    page.goto("/account/sign-in/")
    sign_in(page, ADDRESS)
    add_passkey(page, alone=True)
    assert list_faults(page) == []
    sign_out(page)
    page.goto("/account/sign-in/?next=/account/email/")
    assert list_faults(page) == []
    follow(page, page.get_by_role("button", name="Sign in with a passkey"))
    expect(page).to_have_url(re.compile("/account/email/$"))
    page.goto(f"{FACTORS}webauthn/")
    see(page, "instead of the password")
    assert list_faults(page) == []
    page.get_by_role("link", name="Remove").click()
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
        press(page, "Confirm")
    press(page, "Remove")
    see(page, "Your account has no passkey.")
    sign_out(page)
    page.goto("/account/sign-in/")
    sign_in(page, ADDRESS)
    expect(page).to_have_url(re.compile("/account/$"))


def test_passkey_that_is_not_enough_alone_is_asked_for_after_the_password(
    phone: BrowserContext, nia: User
) -> None:
    page = phone.new_page()
    add_device(page)
    page.goto("/account/sign-in/")
    sign_in(page, ADDRESS)
    add_passkey(page, alone=False)
    sign_out(page)
    page.goto("/account/sign-in/?next=/account/email/")
    sign_in(page, ADDRESS)
    see(page, "Second factor")
    assert list_faults(page) == []
    follow(page, page.get_by_role("button", name="Use a passkey"))
    expect(page).to_have_url(re.compile("/account/email/$"))


def test_passkey_confirms_who_is_there_before_something_is_changed(
    phone: BrowserContext, nia: User
) -> None:
    page = phone.new_page()
    add_device(page)
    page.goto("/account/sign-in/")
    sign_in(page, ADDRESS)
    add_passkey(page, alone=True)
    page.goto(f"{FACTORS}webauthn/reauthenticate/?next=/account/email/")
    assert list_faults(page) == []
    follow(page, page.get_by_role("button", name="Use a passkey"))
    expect(page).to_have_url(re.compile("/account/email/$"))


def test_device_without_a_passkey_leaves_a_sentence_and_not_a_dead_button(
    phone: BrowserContext,
) -> None:
    page = phone.new_page()
    add_device(page)
    page.goto("/account/sign-in/")
    for _again in range(2):
        page.get_by_role("button", name="Sign in with a passkey").click()
        see(page, "No passkey was used")


def test_recovery_codes_are_shown_once_and_kept_as_a_file(phone: BrowserContext, nia: User) -> None:
    page = phone.new_page()
    add_device(page)
    page.goto("/account/sign-in/")
    sign_in(page, ADDRESS)
    add_passkey(page, alone=True)
    shown = page.locator(".codes code").all_inner_texts()
    assert len(shown) == 10
    with page.expect_download() as started:
        page.get_by_role("link", name="Keep as a file").click()
    assert started.value.suggested_filename == "recovery-codes.txt"
    assert Path(started.value.path()).read_text().split() == shown
    page.emulate_media(media="print")
    expect(page.get_by_text(shown[0])).to_be_visible()
    page.emulate_media(media="screen")
    page.reload()
    see(page, "10 codes can still be used.")
    assert not any(code in page.content() for code in shown)
    sign_out(page)
    page.goto("/account/sign-in/")
    sign_in(page, ADDRESS)
    page.fill("[name=code]", shown[0])
    press(page, "Sign in")
    page.goto(f"{FACTORS}recovery-codes/")
    page.fill("[name=password]", PASSWORD)
    press(page, "Confirm")
    see(page, "9 codes can still be used.")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_address_of_numbers_leads_to_the_name_that_passkeys_know(
    browser: Browser, numbers: str, scripts: bool
) -> None:
    with browser.new_context(
        base_url=numbers, viewport=SMALL_PHONE, java_script_enabled=scripts
    ) as context:
        page = context.new_page()
        page.goto("/account/sign-in/?next=/account/email/")
        expect(page.get_by_role("button", name="passkey")).to_have_count(0)
        press(page, page.locator(".note a").inner_text())
        expect(page).to_have_url(re.compile("//localhost:.*next=/account/email/"))
        button = page.get_by_role("button", name="Sign in with a passkey")
        expect(button).to_be_visible(visible=scripts)
        if not scripts:
            see(page, "Passkeys need JavaScript")
