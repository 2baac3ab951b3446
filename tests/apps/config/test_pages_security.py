"""What every answer carries, and the health page."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_every_answer_carries_the_security_headers(client: Client) -> None:
    for address in ("/account/sign-in/", "/healthz", "/no-such-page"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
        assert "private" in headers["Cache-Control"]


@pytest.mark.parametrize("host", ["evil.example", "localhost:80@evil.example", ""])
@pytest.mark.parametrize("address", ["/no-such-page", "/plan", "/api/v1/plan", "/account/sign-in/"])
def test_foreign_host_name_is_refused_without_repeating_it(
    client: Client, host: str, address: str
) -> None:
    client.raise_request_exception = True
    response = client.get(address, headers={"host": host})
    assert response.status_code == 400
    assert "evil" not in response.content.decode()
    assert "Content-Security-Policy" in response.headers


def test_form_without_its_token_is_refused_in_a_sentence() -> None:
    response = Client(enforce_csrf_checks=True).post("/account/sign-in/", {"username": "x"})
    assert response.status_code == 403
    assert "Load the page again" in response.content.decode()


def test_health_says_that_the_database_answers(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "database": "ok"})


@pytest.mark.parametrize(
    ("prefix", "language", "direction"),
    [("", "en", "ltr"), ("/zh", "zh", "ltr"), ("/ar", "ar", "rtl"), ("/ru", "ru", "ltr")],
)
def test_address_chooses_the_language(
    client: Client, prefix: str, language: str, direction: str
) -> None:
    response = client.get(f"{prefix}/account/sign-in/")
    assert response.headers["Content-Language"] == language
    assert f'dir="{direction}"' in response.content.decode()
