"""Signing in through OpenID Connect, against a small provider made up here."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from pytest_django import Settings

from cartagena.apps.accounts.api import Role, User

from .conftest import MakeUser

pytestmark = pytest.mark.django_db
LOGIN = "/account/oidc/provider/login/"
CALLBACK = "/account/oidc/provider/login/callback/"


class Provider(BaseHTTPRequestHandler):
    """Answers discovery, token and userinfo; `person` is who signs in, `asked` what was posted."""

    person: ClassVar[dict[str, Any]] = {}
    asked: ClassVar[list[dict[str, list[str]]]] = []

    def do_GET(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_address[1]}"
        if self.path == "/.well-known/openid-configuration":
            names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            addresses = {f"{key}_endpoint": f"{base}/{path}" for key, path in names.items()}
            methods = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
            self._answer({"issuer": base, "jwks_uri": f"{base}/keys", **addresses, **methods})
        elif self.path == "/userinfo":
            self._answer(self.person)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.asked.append(parse_qs(body))
        self._answer({"access_token": "t", "token_type": "Bearer"})

    def _answer(self, what: dict[str, Any]) -> None:
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Stay silent."""


@pytest.fixture
def provider(settings: Settings) -> Iterator[type[Provider]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Provider.asked.clear()
    _configure(settings, f"http://127.0.0.1:{server.server_address[1]}")
    yield Provider
    server.shutdown()
    server.server_close()
    thread.join()


def _configure(settings: Settings, address: str) -> None:
    app = {
        "provider_id": "provider",
        "name": "Ministry sign-in",
        "client_id": "cartagena",
        "secret": "hidden",
        "settings": {"server_url": address},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }


def come_back(client: Client) -> Any:
    asked = urlsplit(client.get(LOGIN).url)
    query = parse_qs(asked.query)
    assert query["redirect_uri"] == [f"http://testserver{CALLBACK}"]
    assert query["code_challenge_method"] == ["S256"]
    return client.get(CALLBACK, {"code": "c", "state": query["state"][0]})


def test_without_a_provider_none_is_offered(client: Client) -> None:
    assert "oidc" not in client.get("/account/sign-in/").content.decode()
    assert client.get(LOGIN).status_code == 404


def test_page_to_sign_in_offers_the_provider_by_name(client: Client, provider) -> None:
    page = client.get("/fr/account/sign-in/").content.decode()
    assert "Ministry sign-in" in page
    assert LOGIN in page


def test_new_person_comes_in_as_a_reader(client: Client, provider) -> None:
    provider.person = {
        "sub": "1", "email": "Nia@ministry.example", "email_verified": True, "name": "Nia Nyambura",
    }  # fmt: skip
    assert come_back(client).status_code == 302
    user = User.objects.get(email="nia@ministry.example")
    assert (user.name, user.role, user.party) == ("Nia Nyambura", Role.READER, None)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert provider.asked[0]["client_secret"] == ["hidden"]
    assert provider.asked[0]["code_verifier"]


def test_verified_address_signs_in_to_the_account_that_has_it(
    client: Client, provider, make_user: MakeUser
) -> None:
    user = make_user(Role.BCH_FOCAL_POINT, "KEN")
    provider.person = {"sub": "2", "email": user.email, "email_verified": True, "name": "N"}
    come_back(client)
    assert client.session["_auth_user_id"] == str(user.pk)
    user.refresh_from_db()
    assert user.role == Role.BCH_FOCAL_POINT


def test_address_that_the_provider_has_not_verified_opens_no_account(
    client: Client, provider, make_user: MakeUser
) -> None:
    user = make_user(Role.SECRETARIAT)
    provider.person = {"sub": "3", "email": user.email, "email_verified": False, "name": "N"}
    come_back(client)
    assert "_auth_user_id" not in client.session


def test_unverified_address_of_somebody_is_answered_like_a_new_one(
    provider, make_user: MakeUser
) -> None:
    """Nobody learns who has an account; the message in the mailbox tells its owner."""
    taken = make_user(Role.SECRETARIAT).email
    pages = []
    for number, email in enumerate((taken, "new@ministry.example")):
        client = Client()
        provider.person = {"sub": f"u{number}", "email": email, "email_verified": False}
        answer = come_back(client)
        pages.append(client.get(answer.url).content.decode().replace(email, ""))
        assert "_auth_user_id" not in client.session
    assert all("Verify Your Email Address" in page for page in pages)
    assert pages[0].split("<main")[1] == pages[1].split("<main")[1]
    assert User.objects.get(email=taken).role == Role.SECRETARIAT


def test_closed_account_does_not_open_through_the_provider(
    client: Client, provider, make_user: MakeUser
) -> None:
    user = make_user(Role.READER)
    user.is_active = False
    user.save()
    provider.person = {"sub": "9", "email": user.email, "email_verified": True, "name": "N"}
    assert "inactive" in client.get(come_back(client).url).content.decode()
    assert "_auth_user_id" not in client.session


def test_second_factor_is_asked_for_after_the_provider_too(
    client: Client, provider, make_user: MakeUser
) -> None:
    user = make_user(Role.BCH_FOCAL_POINT, "KEN")
    TOTP.activate(user, "A" * 32)
    provider.person = {"sub": "10", "email": user.email, "email_verified": True, "name": "N"}
    assert come_back(client).url == "/account/second-factor/authenticate/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["login/", "login/callback/"])
def test_provider_that_nobody_named_is_a_page_that_is_not_there(
    client: Client, provider, address: str
) -> None:
    assert client.get(f"/account/oidc/nobody/{address}").status_code == 404


@pytest.mark.parametrize("query", [{}, {"error": "access_denied"}, {"code": "c", "state": "x"}])
def test_coming_back_with_nothing_to_show_is_explained(
    client: Client, provider, query: dict[str, str]
) -> None:
    response = client.get(CALLBACK, query)
    assert response.status_code == 401
    assert "did not sign you in" in response.content.decode()
    assert "nothing was changed" in response.content.decode()


@pytest.mark.parametrize("person", [["x"], {}, "x", None, {"email": "x@y.example"}])
def test_answer_that_is_none_is_a_page_and_not_a_fault(
    client: Client, provider, monkeypatch: pytest.MonkeyPatch, person: Any
) -> None:
    monkeypatch.setattr(provider, "person", person)
    response = come_back(client)
    assert response.status_code == 503
    assert "does not answer" in response.content.decode()
    assert not User.objects.exists()


def test_answer_that_belongs_to_no_question_is_refused(client: Client, provider) -> None:
    provider.person = {"sub": "4", "email": "x@y.example", "email_verified": True}
    response = client.get(CALLBACK, {"code": "c", "state": "made-up"})
    assert response.status_code in {200, 401, 403}
    assert "_auth_user_id" not in client.session
    assert not User.objects.exists()


def test_provider_that_does_not_answer_gives_a_page_not_an_error(
    client: Client, settings: Settings
) -> None:
    _configure(settings, "http://127.0.0.1:9")
    response = client.get(LOGIN)
    assert response.status_code == 503
    assert "does not answer" in response.content.decode()
