"""People for the tests of accounts."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client

from cartagena.apps.accounts.api import Role, User, create_user

NOW = datetime(2012, 5, 1, tzinfo=UTC)
PASSWORD = "living-modified-42"

MakeUser = Callable[..., User]


@pytest.fixture
def make_user(db: None) -> MakeUser:
    """A function that makes an account: role, party, e-mail address."""

    def make(role: Role = Role.READER, party: str | None = None, email: str = "") -> User:
        address = email or f"{role}-{party or 'none'}@party.example".lower()
        return create_user(
            email=address, name="Ada Person", password=PASSWORD, now=NOW, role=role, party=party
        )

    return make


@pytest.fixture
def officer(make_user: MakeUser) -> User:
    return make_user(Role.SECRETARIAT)


@pytest.fixture
def officer_client(officer: User) -> Client:
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture(autouse=True)
def _counters_start_at_nothing(request: pytest.FixtureRequest) -> None:
    """Limits of one test do not reach into the next; without a database there are none."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()


def sign_in(
    client: Client, email: str = "officer@party.example", password: str = PASSWORD
) -> object:
    return client.post("/account/sign-in/", {"login": email, "password": password})
