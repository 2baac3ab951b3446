"""Signing in and out, the limits on tries, and the cookies."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client

from cartagena.apps.accounts import sign_in_limit
from cartagena.apps.accounts.api import Role, create_user

NOW = datetime(2012, 5, 1, tzinfo=UTC)
PASSWORD = "living-modified-42"

pytestmark = pytest.mark.django_db


def sign_in(client: Client, password: str, email: str = "officer@party.example", **extra: str):
    return client.post("/account/sign-in/", {"login": email, "password": password}, **extra)


@pytest.fixture
def officer():
    return create_user(
        email="Officer@Party.example",
        name="An officer",
        password=PASSWORD,
        now=NOW,
        role=Role.BCH_FOCAL_POINT,
        party="KEN",
    )


def test_person_signs_in_however_the_address_is_typed(client: Client, officer) -> None:
    response = sign_in(client, PASSWORD, email=" OFFICER@party.example ")
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(officer.pk)


def test_signing_in_leads_back_to_the_page_that_asked_for_it(client: Client, officer) -> None:
    asked = client.get("/account/people/")
    assert asked.status_code == 302
    assert asked.url == "/account/sign-in/?next=/account/people/"
    form = {"login": officer.email, "password": PASSWORD, "next": "/account/people/"}
    assert client.post(asked.url, form).url == "/account/people/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_signing_in_never_leads_to_another_site(client: Client, officer, target: str) -> None:
    form = {"login": officer.email, "password": PASSWORD, "next": target}
    assert client.post("/account/sign-in/", form).url.startswith("/")
    assert not client.post("/account/sign-in/", form).url.startswith("//")


def test_wrong_password_and_unknown_address_get_the_same_sentence(client: Client, officer) -> None:
    answers = [sign_in(client, "wrong"), sign_in(client, "wrong", "nobody@party.example")]
    for response in answers:
        assert response.status_code == 200
        assert "do not belong together" in response.content.decode()
        assert "_auth_user_id" not in client.session


def test_eleventh_try_is_refused_even_with_the_right_password(client: Client, officer) -> None:
    for _ in range(10):
        sign_in(client, "wrong")
    response = sign_in(client, PASSWORD)
    assert response.status_code == 429
    assert "Try again in 15 minutes" in response.content.decode()
    assert 14 * 60 < int(response["Retry-After"]) <= 15 * 60
    assert "no-store" in response["Cache-Control"]
    assert "_auth_user_id" not in client.session


def test_one_address_cannot_try_many_accounts(client: Client, officer) -> None:
    for number in range(50):
        sign_in_limit.record_failure(f"p{number}@party.example", "192.0.2.7", timezone_now())
    response = sign_in(client, PASSWORD, REMOTE_ADDR="192.0.2.7")
    assert response.status_code == 429
    assert "_auth_user_id" not in client.session
    assert sign_in(client, PASSWORD, REMOTE_ADDR="192.0.2.8").status_code == 302


@pytest.mark.parametrize(
    ("proxies", "forwarded", "blocked"),
    [
        # Nobody stands before the program: the header is whatever a visitor writes.
        (0, "198.51.100.1", "192.0.2.7"),
        # A proxy adds the address it saw at the end; what stands before it a visitor wrote.
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
    ],
    ids=["direct", "behind a proxy"],
)
def test_address_of_a_visitor_is_read_from_the_proxy_only_when_there_is_one(
    client: Client, officer, settings, proxies: int, forwarded: str, blocked: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    sent = {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": forwarded}
    for number in range(50):
        sign_in_limit.record_failure(f"p{number}@party.example", blocked, timezone_now())
    assert sign_in(client, PASSWORD, **sent).status_code == 429


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "zh"])
def test_too_many_tries_are_told_in_the_language_of_the_page(
    client: Client, officer, language: str
) -> None:
    for _ in range(10):
        sign_in(client, "wrong")
    form = {"login": officer.email, "password": PASSWORD}
    response = client.post(f"/{language}/account/sign-in/", form)
    assert response.status_code == 429
    page = response.content.decode()
    assert f'lang="{language}"' in page
    assert "Too many tries" not in page
    assert "Try again in" not in page
    assert " UTC" in page


def test_limit_by_the_minute_has_a_page_in_the_layout(client: Client) -> None:
    answers = [client.post("/account/password/reset/", {"email": "a@b.example"}) for _ in range(6)]
    assert answers[-1].status_code == 429
    assert "Try again in 1 minute," in answers[-1].content.decode()
    assert answers[-1]["Retry-After"] == "60"


def timezone_now() -> datetime:
    return datetime.now(UTC)


def test_limit_forgets_after_fifteen_minutes() -> None:
    for _ in range(10):
        sign_in_limit.record_failure("a@b.example", "192.0.2.1", NOW)
    almost = NOW + timedelta(minutes=14, seconds=59)
    end = NOW + timedelta(minutes=15)
    assert sign_in_limit.find_end_of_block("A@b.example", "192.0.2.1", almost) == end
    assert sign_in_limit.find_end_of_block("a@b.example", "192.0.2.2", almost) is None
    assert sign_in_limit.find_end_of_block("a@b.example", "192.0.2.1", end) is None


def test_block_ends_when_the_first_of_the_last_ten_tries_is_old() -> None:
    for minute in range(12):
        at = NOW + timedelta(minutes=minute)
        sign_in_limit.record_failure("a@b.example", "192.0.2.1", at)
    # Of twelve tries the last ten began two minutes after the first.
    end = NOW + timedelta(minutes=2) + sign_in_limit.WINDOW
    at = NOW + timedelta(minutes=12)
    assert sign_in_limit.find_end_of_block("a@b.example", "192.0.2.1", at) == end


def test_neighbours_in_one_network_of_version_6_are_counted_as_one() -> None:
    for number in range(10):
        sign_in_limit.record_failure("a@b.example", f"2001:db8:1:2::{number + 1}", NOW)
    assert sign_in_limit.find_end_of_block("a@b.example", "2001:db8:1:2:ffff::9", NOW)
    assert not sign_in_limit.find_end_of_block("a@b.example", "2001:db8:1:3::1", NOW)


def test_addresses_of_version_4_in_the_form_of_version_6_are_not_one_network() -> None:
    for number in range(50):
        sign_in_limit.record_failure(f"p{number}@b.example", "::ffff:192.0.2.1", NOW)
    assert sign_in_limit.find_end_of_block("a@b.example", "::ffff:192.0.2.1", NOW)
    assert sign_in_limit.find_end_of_block("a@b.example", "192.0.2.1", NOW)
    # A server that listens for both versions sees everybody in this form.
    assert not sign_in_limit.find_end_of_block("a@b.example", "::ffff:198.51.100.7", NOW)


def test_success_with_one_account_does_not_clear_the_count_of_the_address() -> None:
    for number in range(50):
        sign_in_limit.record_failure(f"p{number}@b.example", "192.0.2.1", NOW)
    sign_in_limit.forget_failures("p1@b.example", "192.0.2.1")
    assert sign_in_limit.find_end_of_block("other@b.example", "192.0.2.1", NOW)


def test_closed_account_does_not_sign_in(client: Client, officer) -> None:
    officer.is_active = False
    officer.save()
    sign_in(client, PASSWORD)
    assert "_auth_user_id" not in client.session


def test_signing_out_needs_a_form_and_ends_the_session(client: Client, officer) -> None:
    sign_in(client, PASSWORD)
    assert client.get("/account/sign-out/").status_code == 405
    assert client.post("/account/sign-out/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Client, officer) -> None:
    cookie = sign_in(client, PASSWORD).cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_session_key_changes_when_somebody_signs_in(client: Client, officer) -> None:
    session = client.session
    session["kept"] = "before"
    session.save()
    before = session.session_key
    sign_in(client, PASSWORD)
    assert client.session.session_key != before


def test_old_names_of_the_pages_still_lead_there() -> None:
    from django.urls import reverse

    assert reverse("accounts:sign_in") == reverse("account_login") == "/account/sign-in/"
    assert reverse("accounts:sign_out") == reverse("account_logout") == "/account/sign-out/"


def test_all_problems_of_an_account_are_reported_together(officer) -> None:
    with pytest.raises(ValidationError) as caught:
        create_user(
            email="officer@PARTY.example",
            name="",
            password="12345",
            now=NOW,
            role=Role.CPB_FOCAL_POINT,
        )
    assert set(caught.value.message_dict) == {"email", "name", "password", "party"}
