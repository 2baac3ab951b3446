"""Signing in and out, and the limit on tries."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cartagena.apps.accounts import sign_in_limit
from cartagena.apps.accounts.api import Role, create_user

NOW = datetime(2012, 5, 1, tzinfo=UTC)
PASSWORD = "living-modified-42"

pytestmark = pytest.mark.django_db


def sign_in(client: Client, password: str, email: str = "officer@party.example"):
    return client.post("/account/sign-in/", {"username": email, "password": password})


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


def test_wrong_password_is_refused_with_a_sentence(client: Client, officer) -> None:
    response = sign_in(client, "wrong")
    assert response.status_code == 200
    assert "do not belong together" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_eleventh_try_is_refused_even_with_the_right_password(client: Client, officer) -> None:
    for _ in range(10):
        sign_in(client, "wrong")
    response = sign_in(client, PASSWORD)
    assert "try again in 15 minutes" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_limit_forgets_after_fifteen_minutes() -> None:
    for _ in range(10):
        sign_in_limit.record_failure("a@b.example", "192.0.2.1", NOW)
    almost = NOW + timedelta(minutes=14, seconds=59)
    assert sign_in_limit.is_blocked("A@b.example", "192.0.2.1", almost)
    assert not sign_in_limit.is_blocked("a@b.example", "192.0.2.2", almost)
    assert not sign_in_limit.is_blocked("a@b.example", "192.0.2.1", NOW + timedelta(minutes=15))


def test_signing_out_needs_a_form_and_ends_the_session(client: Client, officer) -> None:
    sign_in(client, PASSWORD)
    assert client.get("/account/sign-out/").status_code == 405
    assert client.post("/account/sign-out/").status_code == 302
    assert "_auth_user_id" not in client.session


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
