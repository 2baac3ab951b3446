"""Somebody lost every second factor, and another opens the account again."""

import re
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from click.testing import CliRunner, Result
from django.core import mail
from django.test import Client

from cartagena.apps.accounts.api import Role, User
from cartagena.apps.accounts.models import AccountEvent, EventKind
from cartagena.cli import accounts as cli_accounts
from cartagena.cli.main import cli

from .conftest import PASSWORD, MakeUser
from .test_account_pages import check_page
from .test_second_factor import activate

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(make_user: MakeUser) -> User:
    return make_user(Role.AUTHORISED_USER, "KEN")


@pytest.fixture
def focal_client(make_user: MakeUser) -> Client:
    client = Client()
    client.force_login(make_user(Role.BCH_FOCAL_POINT, "KEN"))
    return client


def protect(user: User) -> Client:
    """A browser in which somebody signed in and set up an authenticator app."""
    client = Client()
    client.post("/account/sign-in/", {"login": user.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    activate(client)
    assert Authenticator.objects.filter(user=user).count() == 2  # the app and the recovery codes
    return client


def test_reset_ends_factors_password_and_sessions_and_leads_back_in_by_mail(
    focal_client: Client, author: User
) -> None:
    theirs = protect(author)
    assert theirs.get("/account/").status_code == 200
    mail.outbox.clear()
    address = f"/account/people/{author.pk}/lost/"
    assert address in focal_client.get("/account/people/").content.decode()
    check_page(focal_client.get(address).content.decode())
    assert focal_client.post(address, {"reason": "Telephone stolen; called back."}).url == (
        "/account/people/"
    )
    assert theirs.get("/account/").status_code == 302
    assert not Authenticator.objects.filter(user=author).exists()
    told = Client()
    answer = told.post("/account/sign-in/", {"login": author.email, "password": PASSWORD})
    assert "do not belong together" in answer.content.decode()
    (message,) = mail.outbox
    assert message.to == [author.email]
    assert "stolen" not in message.body
    link = re.search(r"http://[^/\s]+(\S+/password/reset/key/\S+)", message.body)
    assert link, message.body
    form = told.get(link[1]).url
    told.post(form, {"password1": "a new way to sign in", "password2": "a new way to sign in"})
    told.post("/account/sign-in/", {"login": author.email, "password": "a new way to sign in"})
    assert told.session["_auth_user_id"] == str(author.pk)


def test_reset_closes_the_ways_in_that_somebody_else_may_have_opened(
    focal_client: Client, author: User
) -> None:
    # Whoever had the account for a while added an address and a service of their own.
    EmailAddress.objects.create(user=author, email="intruder@evil.example", verified=True)
    SocialAccount.objects.create(user=author, provider="openid_connect", uid="intruder")
    focal_client.post(f"/account/people/{author.pk}/lost/", {"reason": "Telephone stolen."})
    mail.outbox.clear()
    Client().post("/account/password/reset/", {"email": "intruder@evil.example"})
    assert not [m for m in mail.outbox if "password/reset/key" in m.body]
    assert not SocialAccount.objects.filter(user=author).exists()
    # The own address still leads in.
    Client().post("/account/password/reset/", {"email": author.email})
    assert [m.to for m in mail.outbox if "password/reset/key" in m.body] == [[author.email]]


def test_reset_is_logged_with_who_whom_and_why(focal_client: Client, author: User) -> None:
    address = f"/account/people/{author.pk}/lost/"
    focal_client.post(address, {"reason": "  Lost the key.  "})
    event = AccountEvent.objects.get(kind=EventKind.SECOND_FACTOR_RESET)
    actor = User.objects.get(role=Role.BCH_FOCAL_POINT)
    assert (event.account_number, event.actor_number) == (author.pk, actor.pk)
    assert event.note == "Lost the key."
    assert "Lost the key." in focal_client.get(address).content.decode()


def test_reset_without_a_reason_changes_nothing(focal_client: Client, author: User) -> None:
    protect(author)
    answer = focal_client.post(f"/account/people/{author.pk}/lost/", {"reason": "  "})
    assert answer.status_code == 400
    assert Authenticator.objects.filter(user=author).exists()
    assert not AccountEvent.objects.filter(kind=EventKind.SECOND_FACTOR_RESET).exists()


def test_officer_finds_a_reader_by_address_and_nobody_that_others_open(
    officer_client: Client, officer: User, author: User, make_user: MakeUser
) -> None:
    reader = make_user(Role.READER)
    found = officer_client.post("/account/people/lost/", {"email": f" {reader.email.upper()} "})
    assert found.url == f"/account/people/{reader.pk}/lost/"
    answers = [
        officer_client.post("/account/people/lost/", {"email": email}).content.decode()
        for email in (author.email, officer.email, "nobody@party.example")
    ]
    assert all("can be opened by you" in answer for answer in answers)


def test_closed_account_is_not_opened(focal_client: Client, author: User) -> None:
    author.is_active = False
    author.save()
    assert (
        focal_client.post(f"/account/people/{author.pk}/lost/", {"reason": "x"}).status_code == 404
    )


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`cartagena accounts reset-second-factor` on the database of the test."""
    monkeypatch.setattr(cli_accounts, "with_django", nullcontext)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["accounts", "reset-second-factor", *arguments])

    return run


def test_whoever_runs_the_server_opens_the_account_of_the_last_officer(
    command: Callable[..., Result], officer: User
) -> None:
    theirs = protect(officer)
    result = command("--email", officer.email.upper(), "--reason", "Came to the office.")
    assert result.exit_code == 0, result.output
    assert theirs.get("/account/").status_code == 302
    event = AccountEvent.objects.get(kind=EventKind.SECOND_FACTOR_RESET)
    assert (event.actor_number, event.note) == (None, "Came to the office.")
    assert "Whoever runs this server" in mail.outbox[-1].body


def test_command_says_what_is_missing_and_changes_nothing(
    command: Callable[..., Result], officer: User
) -> None:
    unknown = command("--email", "nobody@party.example", "--reason", "x")
    assert unknown.exit_code == 1
    assert "no account with the address nobody@party.example" in unknown.output
    silent = command("--email", officer.email, "--reason", " ")
    assert silent.exit_code == 2
    assert "Nothing was changed" in silent.output
    assert not AccountEvent.objects.filter(kind=EventKind.SECOND_FACTOR_RESET).exists()
