"""People of two Parties, and the status of the treaties as shipped."""

import datetime as dt

import pytest

from cartagena.apps.accounts.api import Role, User, create_user
from cartagena.apps.registry.api import load_shipped

NOW = dt.datetime(2026, 1, 15, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def shipped(db: None) -> None:
    load_shipped(now=NOW)


def make_person(role: Role, party: str | None, name: str = "") -> User:
    email = f"{name or role}.{party or 'none'}@example.org".lower()
    password = "long words for one test"
    return create_user(
        email=email, name=name or str(role), password=password, now=NOW, role=role, party=party
    )


@pytest.fixture
def focal_point(db: None) -> User:
    return make_person(Role.BCH_FOCAL_POINT, "KEN")


@pytest.fixture
def secretary(db: None) -> User:
    return make_person(Role.SECRETARIAT, None)
