"""Every page of accounts, ours and django-allauth's, looks like the portal and keeps its rules."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cartagena.apps.accounts.api import Role, User

from .conftest import PASSWORD, MakeUser

pytestmark = pytest.mark.django_db
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
# Answers of data, and of redirects to somebody else.
NOT_PAGES = {"mfa_login_webauthn", "mfa_download_recovery_codes"}


def list_account_names() -> list[str]:
    """The names of all addresses under /account/ that need no argument."""

    def walk(patterns: list[URLPattern | URLResolver], before: str, space: str) -> Iterator[str]:
        for pattern in patterns:
            address = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern.url_patterns, address, inner)
            elif (
                address.startswith("account/") and pattern.name and not re.search(r"[<(]", address)
            ):
                yield space + pattern.name

    return sorted(set(walk(get_resolver().url_patterns, "", "")) - NOT_PAGES)


def check_page(text: str) -> None:
    assert 'id="content" class="wrap"' in text, "not in the portal's layout"
    assert "<h1" in text
    assert not re.search(r"\son\w+\s*=", text.split("<body", 1)[1].replace("&quot;", "")), "handler"
    assert "style=" not in text
    assert "<style" not in text
    for attributes in SCRIPT.findall(text):
        assert "src=" in attributes or 'type="application/json"' in attributes, attributes


def test_walk_finds_the_pages() -> None:
    names = list_account_names()
    assert {"account_login", "accounts:people", "mfa_index", "socialaccount_connections"} <= set(
        names
    )
    assert len(names) > 25


@pytest.mark.parametrize("name", list_account_names())
def test_page_for_visitors_is_in_the_layout_without_inline_script(
    client: Client, name: str
) -> None:
    response = client.get(reverse(name))
    assert response.status_code in {200, 302, 401, 405}, name
    if response.status_code in {200, 401}:
        check_page(response.content.decode())


@pytest.mark.parametrize("name", list_account_names())
@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.BCH_FOCAL_POINT])
def test_page_for_people_is_in_the_layout_without_inline_script(
    client: Client, make_user: MakeUser, name: str, role: Role
) -> None:
    user = make_user(role, None if role == Role.SECRETARIAT else "KEN")
    client.post("/account/sign-in/", {"login": user.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    response = client.get(reverse(name))
    assert response.status_code in {200, 302, 401, 403, 404, 405}, name
    if response.status_code in {200, 401, 403} and response["Content-Type"].startswith("text/html"):
        text = response.content.decode()
        check_page(text)
        assert "Sign out" in text


@pytest.mark.parametrize("name", ["mfa_index", "mfa_authenticate", "mfa_reauthenticate"])
def test_pages_of_the_second_factor_keep_the_rules_when_there_is_one(
    client: Client, make_user: MakeUser, name: str
) -> None:
    user = make_user(Role.READER)
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(user, generate_totp_secret())
    assert Authenticator.objects.filter(user=user).exists()
    client.post("/account/sign-in/", {"login": user.email, "password": PASSWORD})
    if name != "mfa_authenticate":
        client.force_login(user)
    response = client.get(reverse(name))
    assert response.status_code == 200
    check_page(response.content.decode())


def test_page_of_second_factors_names_things_as_the_other_pages_do(
    client: Client, make_user: MakeUser
) -> None:
    user = make_user(Role.READER)
    client.force_login(user)
    without = client.get("/account/second-factor/").content.decode()
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    with_app = client.get("/account/second-factor/").content.decode()

    assert "<h2>Passkeys</h2>" in without
    assert "Your account has no passkey." in without
    assert "Set up the app" in without
    assert "Make new codes" not in without
    assert "Remove the app" in with_app
    assert "10 codes can still be used." in with_app
    assert "Make new codes" in with_app


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "zh"])
def test_pages_speak_the_language_of_their_address(client: Client, language: str) -> None:
    page = client.get(f"/{language}/account/password/reset/").content.decode()
    assert f'lang="{language}"' in page
    # The button is django-allauth's: its own words in each language.
    assert "Reset My Password" not in page
    assert "Skip to the content" not in page
    assert f'href="/{language}/account/sign-in/"' in page


def test_public_pages_set_no_cookie_and_offer_to_sign_in(client: Client) -> None:
    for address in ("/", "/plan", "/parties", "/fr/plan"):
        response = client.get(address)
        assert not response.cookies, address
        assert "/account/sign-in/" in response.content.decode()


def test_pages_of_somebody_who_is_signed_in_are_never_kept(
    client: Client, make_user: MakeUser
) -> None:
    user = make_user(Role.READER)
    client.force_login(user)
    signed_in = client.get("/plan")
    assert "Ada Person" in signed_in.content.decode()
    assert "private" in signed_in["Cache-Control"]
    visitor = Client().get("/plan")
    assert "Ada Person" not in visitor.content.decode()
    assert settings.SESSION_COOKIE_NAME not in visitor.cookies


def test_own_page_asks_few_questions(
    client: Client, make_user: MakeUser, django_assert_max_num_queries
) -> None:
    user = make_user(Role.BCH_FOCAL_POINT, "KEN")
    client.force_login(user)
    with django_assert_max_num_queries(3):
        client.get("/account/")


def test_name_of_a_person_is_never_markup(client: Client, make_user: MakeUser) -> None:
    user = make_user(Role.READER)
    User.objects.filter(pk=user.pk).update(name="<script>alert(1)</script>")
    client.force_login(user)
    assert "<script>alert" not in client.get("/account/").content.decode()


def test_visitors_get_an_answer_and_no_fault_wherever_they_knock(client: Client) -> None:
    for address in map(reverse, list_account_names()):
        for answer in (client.get(address), client.post(address, {})):
            assert answer.status_code < 500, address
