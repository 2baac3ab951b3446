"""Readers register themselves; nobody learns from the answers who has an account."""

import re

import pytest
from django.core import mail
from django.test import Client

from cartagena.apps.accounts.api import Role, User

from .conftest import PASSWORD, MakeUser

pytestmark = pytest.mark.django_db
NEW = "a-new-long-pass-phrase"
SITE = "http://testserver"


def register(client: Client, email: str):
    form = {"email": email, "name": "Rita Reader", "password1": NEW, "password2": NEW}
    return client.post("/account/register/", form)


def find_link(text: str) -> str:
    found = re.search(rf"{SITE}(/\S+)", text)
    assert found, text
    return found[1]


def test_reader_registers_confirms_the_address_and_signs_in(client: Client) -> None:
    assert register(client, "rita@home.example").url == "/account/confirm-email/"
    user = User.objects.get(email="rita@home.example")
    assert (user.role, user.party, user.name) == (Role.READER, None, "Rita Reader")
    form = {"login": user.email, "password": NEW}
    client.post("/account/sign-in/", form)
    assert "_auth_user_id" not in client.session
    confirm = find_link(mail.outbox[0].body)
    assert client.post(confirm).status_code == 302
    other = Client()
    assert other.post("/account/sign-in/", form).url == "/account/"
    assert "_auth_user_id" in other.session


def test_registration_cannot_choose_a_role(client: Client) -> None:
    form = {"email": "x@home.example", "name": "X", "password1": NEW, "password2": NEW}
    client.post("/account/register/", {**form, "role": "secretariat", "party": "KEN"})
    user = User.objects.get(email="x@home.example")
    assert (user.role, user.party) == (Role.READER, None)


def test_registering_a_taken_address_answers_the_same(client: Client, make_user: MakeUser) -> None:
    taken = make_user(Role.READER)
    one, other = Client(), Client()
    answers = [register(one, taken.email), register(other, "free@home.example")]
    assert answers[0].url == answers[1].url
    pages = [one.get(answers[0].url), other.get(answers[1].url)]
    bodies = [
        page.content.decode().replace(email, "")
        for page, email in zip(pages, (taken.email, "free@home.example"), strict=True)
    ]
    assert bodies[0] == bodies[1]
    taken.refresh_from_db()
    assert taken.check_password(PASSWORD)
    assert [message.to for message in mail.outbox] == [[taken.email], ["free@home.example"]]


def test_asking_for_a_new_password_answers_the_same(client: Client, make_user: MakeUser) -> None:
    known = make_user(Role.READER)
    answers = [
        client.post("/account/password/reset/", {"email": email})
        for email in (known.email, "unknown@home.example")
    ]
    assert answers[0].url == answers[1].url == "/account/password/reset/done/"


def test_new_password_ends_the_block_and_the_other_sessions(
    client: Client, make_user: MakeUser
) -> None:
    user = make_user(Role.READER)
    elsewhere = Client()
    elsewhere.force_login(user)
    for _ in range(10):
        client.post("/account/sign-in/", {"login": user.email, "password": "wrong"})
    client.post("/account/password/reset/", {"email": user.email})
    form_address = client.get(find_link(mail.outbox[0].body)).url
    client.post(form_address, {"password1": NEW, "password2": NEW})
    assert client.post("/account/sign-in/", {"login": user.email, "password": NEW}).url
    assert "_auth_user_id" in client.session
    assert elsewhere.get("/account/").status_code == 302


def test_link_for_a_new_password_works_once(client: Client, make_user: MakeUser) -> None:
    user = make_user(Role.READER)
    client.post("/account/password/reset/", {"email": user.email})
    link = find_link(mail.outbox[0].body)
    client.post(client.get(link).url, {"password1": NEW, "password2": NEW})
    assert "was invalid" in Client().get(link).content.decode()


def test_weak_password_is_refused_and_the_rest_stays_typed(client: Client) -> None:
    form = {"email": "x@home.example", "name": "Xenia", "password1": "12345", "password2": "12345"}
    page = client.post("/account/register/", form).content.decode()
    assert "too short" in page
    assert "Xenia" in page
    assert not User.objects.exists()


def test_many_registrations_from_one_address_are_stopped(client: Client) -> None:
    codes = [register(Client(), f"p{number}@home.example").status_code for number in range(21)]
    assert codes[:20] == [302] * 20
    assert codes[20] == 429
    assert User.objects.count() == 20
