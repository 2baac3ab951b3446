"""Authenticator app, recovery codes and passkeys, through the pages."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from cartagena.apps.accounts.api import Role, User

from .conftest import PASSWORD, MakeUser
from .test_account_pages import check_page

pytestmark = pytest.mark.django_db
BASE = "/account/second-factor"


@pytest.fixture
def user(make_user: MakeUser) -> User:
    return make_user(Role.BCH_FOCAL_POINT, "KEN")


@pytest.fixture
def confirmed(client: Client, user: User) -> Client:
    """Somebody who signed in and typed the password again."""
    client.post("/account/sign-in/", {"login": user.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def make_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def activate(client: Client) -> str:
    page = client.get(f"{BASE}/totp/activate/").content.decode()
    found = re.search(r'id="authenticator_secret"\s+value="(\w+)"', page)
    assert found, page
    client.post(f"{BASE}/totp/activate/", {"code": make_code(found[1])})
    return found[1]


def test_setting_up_asks_for_the_password_again(client: Client, user: User) -> None:
    client.post("/account/sign-in/", {"login": user.email, "password": PASSWORD})
    assert "/account/reauthenticate/" in client.get(f"{BASE}/totp/activate/").url


def test_code_is_asked_for_after_the_password(confirmed: Client, user: User) -> None:
    secret = activate(confirmed)
    other = Client()
    asked = other.post("/account/sign-in/", {"login": user.email, "password": PASSWORD})
    assert asked.url == f"{BASE}/authenticate/"
    assert "_auth_user_id" not in other.session
    assert other.get("/account/").status_code == 302
    refused = other.post(asked.url, {"code": "000000"})
    assert "Incorrect code" in refused.content.decode()
    # The code used to set up works once: forget that it was.
    from django.core.cache import cache

    cache.clear()
    assert other.post(asked.url, {"code": make_code(secret)}).status_code == 302
    assert other.session["_auth_user_id"] == str(user.pk)


def test_recovery_code_works_once_instead(confirmed: Client, user: User) -> None:
    activate(confirmed)
    codes = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    for expected in (302, 200):
        other = Client()
        other.post("/account/sign-in/", {"login": user.email, "password": PASSWORD})
        code = other.post(f"{BASE}/authenticate/", {"code": codes[0]}).status_code
        assert code == expected


def test_pages_of_an_active_factor_are_in_the_layout(confirmed: Client) -> None:
    activate(confirmed)
    for address in ("", "/totp/deactivate/", "/recovery-codes/", "/recovery-codes/generate/"):
        response = confirmed.get(f"{BASE}{address}" if address else f"{BASE}/")
        assert response.status_code == 200, address
        check_page(response.content.decode())


def test_adding_a_passkey_offers_the_options_to_the_browser(confirmed: Client, user: User) -> None:
    page = confirmed.get(f"{BASE}/webauthn/add/").content.decode()
    found = re.search(r'<script id="js_data" type="application/json">(.*?)</script>', page)
    assert found, page
    options = json.loads(found[1])["creation_options"]["publicKey"]
    assert options["user"]["name"] == user.email
    assert options["user"]["displayName"] == "Ada Person"
    assert options["rp"]["id"] == "testserver"


def test_signing_in_with_a_passkey_gets_a_challenge_that_names_nobody(client: Client) -> None:
    response = client.get(f"{BASE}/webauthn/login/", headers={"accept": "application/json"})
    options = response.json()["request_options"]["publicKey"]
    assert len(options["challenge"]) >= 32
    assert not options.get("allowCredentials")


def test_forged_passkey_is_refused(client: Client) -> None:
    client.get(f"{BASE}/webauthn/login/", headers={"accept": "application/json"})
    credential = {"id": "x", "rawId": "x", "type": "public-key", "response": {}}
    client.post(f"{BASE}/webauthn/login/", {"credential": json.dumps(credential)})
    assert "_auth_user_id" not in client.session


def test_code_tries_are_limited(confirmed: Client, user: User) -> None:
    activate(confirmed)
    other = Client()
    other.post("/account/sign-in/", {"login": user.email, "password": PASSWORD})
    codes = [other.post(f"{BASE}/authenticate/", {"code": "000000"}) for _ in range(11)]
    assert any("Too many" in code.content.decode() for code in codes)


def test_codes_that_were_shown_cannot_be_downloaded_later(confirmed: Client) -> None:
    activate(confirmed)
    shown = confirmed.get(f"{BASE}/recovery-codes/")
    assert "no-store" in shown["Cache-Control"]
    assert len(re.findall(r"<code>\d{8}</code>", shown.content.decode())) == 10
    again = confirmed.get(f"{BASE}/recovery-codes/")
    assert "<code>" not in again.content.decode()
    refused = confirmed.get(f"{BASE}/recovery-codes/download/")
    assert refused.status_code == 403
    check_page(refused.content.decode())


@pytest.mark.parametrize(
    "credential",
    ["", "{", "[]", '"x"', "{}", '{"response": {}}', '{"response": {"userHandle": "MQ"}}'],
)
def test_what_is_no_passkey_is_refused_without_a_fault(client: Client, credential: str) -> None:
    client.get(f"{BASE}/webauthn/login/", headers={"accept": "application/json"})
    answer = client.post(f"{BASE}/webauthn/login/", {"credential": credential})
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session
