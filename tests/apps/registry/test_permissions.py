"""Who may publish what."""

import pytest

from cartagena.apps.accounts.api import Role, User
from cartagena.apps.registry import api
from cartagena.apps.registry.permissions import may
from tests.apps.registry.test_publish import NOW, make_law


def make_user(role: str, party: str | None = None, *, active: bool = True) -> User:
    return User(pk=1, email="a@example.org", name="A", role=role, party=party, is_active=active)


@pytest.mark.parametrize(
    ("role", "party", "record_type", "government", "allowed"),
    [
        (Role.BCH_FOCAL_POINT, "KEN", "biosafetyLaw", "KEN", True),
        (Role.BCH_FOCAL_POINT, "KEN", "cpbNationalReport4", "KEN", True),
        (Role.BCH_FOCAL_POINT, "KEN", "biosafetyLaw", "UGA", False),
        (Role.BCH_FOCAL_POINT, "KEN", "focalPoint", "KEN", False),
        (Role.BCH_FOCAL_POINT, "KEN", "treatyStatus", "KEN", False),
        (Role.BCH_FOCAL_POINT, None, "biosafetyLaw", None, False),
        (Role.SECRETARIAT, None, "treatyStatus", "KEN", True),
        (Role.SECRETARIAT, None, "cpbNationalReport4", "KEN", True),
        (Role.AUTHORISED_USER, "KEN", "biosafetyLaw", "KEN", False),
        (Role.READER, None, "biosafetyLaw", "KEN", False),
    ],
)
def test_right_to_publish(
    role: str, party: str | None, record_type: str, government: str | None, allowed: bool
) -> None:
    assert may(make_user(role, party), "publish", record_type, government) is allowed


def test_nobody_but_the_program_annuls() -> None:
    assert may(None, "annul", "biosafetyLaw", "KEN")
    assert not may(make_user(Role.SECRETARIAT), "annul", "biosafetyLaw", "KEN")


def test_closed_account_has_no_rights() -> None:
    assert not may(make_user(Role.SECRETARIAT, active=False), "publish", "treatyStatus", "KEN")


@pytest.mark.django_db
def test_publication_without_the_right_is_refused_with_the_reason() -> None:
    actor = make_user(Role.BCH_FOCAL_POINT, "UGA")

    (outcome,) = api.publish_records([make_law()], actor=actor, reason="Test.", now=NOW)

    assert outcome.action == "refused"
    assert "may not publish a biosafetyLaw of KEN" in outcome.reason
