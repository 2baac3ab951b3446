"""Who may do what: the table of rights against what was written out by hand, the rest refused."""

from itertools import product
from typing import get_args

import pytest
from django.contrib.auth.models import AnonymousUser

from cartagena.apps.accounts.api import Role, User
from cartagena.apps.registry import api
from cartagena.apps.registry.permissions import RecordAction, list_covered_types, list_rights, may
from tests.apps.registry.test_publish import NOW, make_law

ACTIONS = get_args(RecordAction)

# Case -> type, government, own draft, requested. The person's Party is KEN.
CASES = {
    "own Party": ("biosafetyLaw", "KEN", False, False),
    "own Party, own draft": ("biosafetyLaw", "KEN", True, False),
    "own Party, requested": ("biosafetyLaw", "KEN", False, True),
    "other Party": ("biosafetyLaw", "NOR", True, True),
    "no Party": ("biosafetyLaw", None, True, True),
    "decision": ("biosafetyDecision", "KEN", False, False),
    "decision, own draft": ("biosafetyDecision", "KEN", True, False),
    "contact": ("contact", "KEN", False, False),
    "contact, other Party": ("contact", "NOR", False, False),
    "report": ("cpbNationalReport4", "KEN", False, False),
    "report, own draft": ("cpbNationalReport4", "KEN", True, False),
    "designation": ("focalPoint", "KEN", False, False),
    "old report": ("cpbNationalReport1", "KEN", False, False),
    "reference": ("modifiedOrganism", None, False, False),
    "reference, own draft": ("modifiedOrganism", None, True, False),
    "reference, requested": ("modifiedOrganism", None, False, True),
    "submission": ("submission", None, True, True),
    "Secretariat's": ("treatyStatus", "KEN", True, True),
    "unknown type": ("noSuchType", "KEN", True, True),
}

TOGETHER = "draft edit comment request recall read_draft read_confidential"
ALL = f"{TOGETHER} return discard publish amend withdraw confirm"
OWN = "edit comment request recall discard read_draft read_confidential"
PUBLISH = "publish amend withdraw confirm"

NATIONAL_AUTHOR = {
    "own Party": TOGETHER,
    "own Party, own draft": f"{TOGETHER} discard",
    "own Party, requested": TOGETHER,
    "decision": TOGETHER,
    "decision, own draft": f"{TOGETHER} discard",
    "report": TOGETHER,
    "report, own draft": f"{TOGETHER} discard",
    "contact": f"{TOGETHER} {PUBLISH}",
}
ANYBODY = {
    "reference": "draft",
    "reference, own draft": f"draft {OWN}",
    "reference, requested": "draft",
}
EXPECTED: dict[str, dict[str, str]] = {
    Role.BCH_FOCAL_POINT: {
        **ANYBODY,
        **dict.fromkeys(
            [
                "own Party", "own Party, own draft", "own Party, requested", "decision",
                "decision, own draft", "contact", "report", "report, own draft",
            ],
            ALL,
        ),
    },
    Role.CPB_FOCAL_POINT: {**ANYBODY, **NATIONAL_AUTHOR},
    Role.AUTHORISED_USER: {**ANYBODY, **NATIONAL_AUTHOR},
    Role.COMPETENT_AUTHORITY: {**ANYBODY, **NATIONAL_AUTHOR},
    Role.ARTICLE_17_CONTACT: {
        **ANYBODY,
        "decision": "draft",
        "decision, own draft": f"draft {OWN}",
    },
    Role.REVIEWER: {
        **ANYBODY,
        "own Party, requested": "comment read_draft",
        "reference, requested": "draft comment read_draft",
    },
    Role.EXPERT: ANYBODY,
    Role.READER: ANYBODY,
    Role.SECRETARIAT: {
        "designation": ALL,
        "report": f"draft {PUBLISH}",
        "report, own draft": ALL,
        "old report": f"draft {PUBLISH}",
        "reference": ALL,
        "reference, own draft": ALL,
        "reference, requested": ALL,
        "submission": ALL,
        "Secretariat's": ALL,
    },
}  # fmt: skip


def make_user(role: str, party: str | None = None, **other: object) -> User:
    return User(pk=1, email="a@example.org", name="A", role=role, party=party, **other)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("case", CASES)
def test_rights_are_those_written_here_and_no_others(role: str, case: str) -> None:
    record_type, government, own, requested = CASES[case]
    person = make_user(role, None if role == Role.SECRETARIAT else "KEN")

    given = {
        action
        for action in ACTIONS
        if may(person, action, record_type, government, own_draft=own, requested=requested)
    }

    assert given == set(EXPECTED[role].get(case, "").split())


def test_nobody_but_the_program_annuls() -> None:
    assert may(None, "annul", "biosafetyLaw", "KEN")
    assert not any("annul" in right.actions for right in api.RIGHTS)


@pytest.mark.parametrize(("action", "case"), list(product(ACTIONS, CASES)))
def test_visitors_and_closed_accounts_have_no_rights(action: RecordAction, case: str) -> None:
    record_type, government, own, requested = CASES[case]
    for person in (
        AnonymousUser(),
        make_user(Role.SECRETARIAT, is_active=False),
        make_user(Role.BCH_FOCAL_POINT, "KEN", is_active=False),
    ):
        assert not may(person, action, record_type, government, own_draft=own, requested=requested)


def test_person_without_a_party_has_no_national_rights() -> None:
    for role, action in product(set(Role) - {Role.SECRETARIAT}, ACTIONS):
        for government in (None, "", "KEN"):
            assert not may(
                make_user(role), action, "biosafetyLaw", government, own_draft=True, requested=True
            )


def test_authorised_user_may_be_limited_to_some_types() -> None:
    person = make_user(Role.AUTHORISED_USER, "KEN", record_types=["biosafetyLaw"])

    assert may(person, "draft", "biosafetyLaw", "KEN")
    assert not may(person, "draft", "biosafetyDecision", "KEN")
    assert not may(person, "read_draft", "biosafetyDecision", "KEN")
    assert not may(person, "publish", "contact", "KEN")
    assert may(person, "draft", "modifiedOrganism", None)
    covered = {
        name for right in list_rights(person, "edit") for name in list_covered_types(right, person)
    }
    assert "biosafetyLaw" in covered
    assert "biosafetyDecision" not in covered


@pytest.mark.django_db
def test_publication_without_the_right_is_refused_with_the_reason() -> None:
    actor = make_user(Role.BCH_FOCAL_POINT, "UGA")

    (outcome,) = api.publish_records([make_law()], actor=actor, reason="Test.", now=NOW)

    assert outcome.action == "refused"
    assert "may not publish a biosafetyLaw of KEN" in outcome.reason
