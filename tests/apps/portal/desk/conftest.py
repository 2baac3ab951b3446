"""People of two Parties, and a browser for each."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cartagena.apps.accounts.api import Role, User, create_user
from cartagena.apps.drafting import api as drafting
from cartagena.apps.registry.api import Publication, publish_records
from cartagena.engine.record_format import read_example

NOW = dt.datetime(2024, 6, 20, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    def make(role: Role, party: str | None = "KEN", name: str = "") -> User:
        return create_user(
            email=f"{uuid.uuid4()}@demonstration.example",
            name=name or f"{role} {party}",
            password=uuid.uuid4().hex,
            role=role,
            party=party,
            now=NOW,
        )

    return make


@pytest.fixture
def author(make_user: Callable[..., User]) -> User:
    return make_user(Role.AUTHORISED_USER, name="Amina Author")


@pytest.fixture
def focal_point(make_user: Callable[..., User]) -> User:
    return make_user(Role.BCH_FOCAL_POINT, name="Felix Focal")


@pytest.fixture
def stranger(make_user: Callable[..., User]) -> User:
    return make_user(Role.BCH_FOCAL_POINT, "NOR", name="Nora Norway")


def browse(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def references(db: None) -> None:
    """The public records that the examples refer to."""
    now = dt.datetime.now(dt.UTC) - dt.timedelta(days=30)
    publications = []
    for name in (
        "contact", "organism", "dnaSequence", "modifiedOrganism", "authority",
        "nationalRiskAssessment",
    ):  # fmt: skip
        body = read_example(name)
        publications.append(
            Publication(
                identifier=body["header"]["identifier"],
                type=name,
                government="KEN" if "government" in body else None,
                body=body,
                published_at=now,
            )
        )
    outcomes = publish_records(publications, actor=None, reason="For a test", now=now)
    assert {outcome.action for outcome in outcomes} == {"published"}


def start(user: User, record_type: str, body: dict[str, Any] | None = None) -> drafting.Draft:
    party = user.party if "government" in (body or read_example(record_type)) else None
    return drafting.start_draft(
        record_type, actor=user, government=party, now=dt.datetime.now(dt.UTC), body=body
    )
