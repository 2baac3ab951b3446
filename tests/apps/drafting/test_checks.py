"""What is checked of a draft beyond its own fields."""

import datetime as dt
from typing import Any

import pytest

from cartagena.apps.drafting import api
from cartagena.apps.drafting.models import Draft
from cartagena.apps.registry import api as registry
from cartagena.engine.record_format import read_example
from tests.apps.drafting.make import LATER, NOW, make_database, publish, start

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
GUID = "0E5A0000-0000-4000-8000-0000000009{:02d}"
DOMESTIC_USE = "C15E5CD8-B6F9-41AE-A09C-7EF5F73B0507"


def publish_example(record_type: str, number: int, government: str | None) -> str:
    """Publish the example of a type as the program; returns its identifier."""
    body = read_example(record_type)
    identifier = GUID.format(number)
    body = {**body, "header": {**body["header"], "identifier": identifier}}
    publication = registry.Publication(
        identifier=identifier, type=record_type, government=government, body=body,
        published_at=NOW,
    )  # fmt: skip
    (outcome,) = registry.publish_records([publication], actor=None, reason="", now=NOW)
    assert outcome.action == "published"
    return identifier


def start_law(**other: Any) -> Draft:
    body = read_example("biosafetyLaw")
    languages = {"languages": body["header"]["languages"]}
    for field in ("amendedRecords", "relatedRecords"):
        body.pop(field, None)
    body = {**body, "header": languages, **other}
    return api.start_draft("biosafetyLaw", actor=None, government="KEN", now=NOW, body=body)


def refer(*identifiers: str) -> list[dict[str, str]]:
    return [{"identifier": identifier} for identifier in identifiers]


def tell(draft: Draft, *places: str, today: dt.date = TODAY) -> list[tuple[str, str, str]]:
    found = api.check_draft(draft, today=today)
    return [
        (p.place, p.severity, p.what)
        for p in found
        if any(p.place.startswith(place) for place in places)
    ]


def test_reference_to_what_exists_is_no_problem() -> None:
    authority = publish_example("authority", 1, "KEN")

    assert tell(start_law(authorities=refer(authority)), "authorities") == []


def test_missing_authority_is_an_error_and_missing_reference_record_a_warning() -> None:
    law = start_law(authorities=refer(GUID.format(50)))
    lab = api.start_draft(
        "laboratoryDetection", actor=None, government=None, now=NOW,
        body={"detectableLmos": refer(GUID.format(51))},
    )  # fmt: skip

    assert [(p, s) for p, s, _ in tell(law, "authorities")] == [("authorities[0]", "error")]
    assert [(p, s) for p, s, _ in tell(lab, "detectableLmos")] == [("detectableLmos[0]", "warning")]


def test_reference_to_a_draft_of_ones_own_says_to_publish_that_first() -> None:
    authority = api.start_draft("authority", actor=None, government="KEN", now=NOW)
    others = api.start_draft("authority", actor=None, government="NOR", now=NOW)
    law = start_law(authorities=refer(authority.identifier, others.identifier))

    (own, other) = tell(law, "authorities")

    assert own[1] == other[1] == "error"
    assert "still a draft" in own[2]
    assert "still a draft" not in other[2]


def test_reference_to_another_type_is_an_error_and_to_a_withdrawn_record_a_warning() -> None:
    organism = publish_example("organism", 2, None)
    authority = publish_example("authority", 3, "KEN")
    registry.withdraw_record(authority, actor=None, reason="Gone.", now=LATER)

    found = tell(start_law(authorities=refer(organism, authority)), "authorities")

    assert [(p, s) for p, s, _ in found] == [
        ("authorities[0]", "error"),
        ("authorities[1]", "warning"),
    ]


def test_what_the_published_version_refers_to_does_not_stop_its_amendment() -> None:
    body = {**read_example("biosafetyLaw"), "authorities": refer(GUID.format(60))}
    body.pop("amendedRecords", None)
    body["header"] = {**body["header"], "identifier": GUID.format(61)}
    registry.publish_records(
        [
            registry.Publication(
                identifier=GUID.format(61), type="biosafetyLaw", government="KEN", body=body,
                published_at=NOW,
            )
        ],
        actor=None, reason="", now=NOW,
    )  # fmt: skip

    amendment = api.start_amendment(GUID.format(61), actor=None, now=LATER)

    assert [s for _, s, _ in tell(amendment, "authorities")] == ["warning"]


def test_one_profile_for_each_government() -> None:
    profile = publish_example("countryProfile", 4, "KEN")

    second = api.start_draft("countryProfile", actor=None, government="KEN", now=NOW)
    other = api.start_draft("countryProfile", actor=None, government="NOR", now=NOW)
    amendment = api.start_amendment(profile, actor=None, now=LATER)

    assert [s for _, s, _ in tell(second, "$")] == ["error"]
    assert tell(other, "$") == []
    assert tell(amendment, "$") == []


def test_second_report_for_one_cycle_is_an_error() -> None:
    first = api.start_draft("cpbNationalReport4", actor=None, government="KEN", now=NOW)
    registry.publish_records(
        [
            registry.Publication(
                identifier=first.identifier, type=first.type, government="KEN", body=first.body,
                published_at=NOW,
            )
        ],
        actor=None, reason="", now=NOW,
    )  # fmt: skip

    second = api.start_draft("cpbNationalReport4", actor=None, government="KEN", now=LATER)

    assert [s for _, s, _ in tell(second, "$")] == ["error"]


@pytest.mark.parametrize(
    ("decided", "trial", "late"),
    [("2026-11-07", False, False), ("2026-11-06", False, True), ("2026-01-01", True, False)],
)
def test_final_decision_is_told_within_fifteen_days(decided: str, trial: bool, late: bool) -> None:
    draft = api.start_draft(
        "biosafetyDecision", actor=None, government="KEN", now=NOW,
        body={
            "decisionTypes": refer(DOMESTIC_USE), "date": decided, "involvesFieldTrial": trial,
        },
    )  # fmt: skip

    found = [p for p in api.check_draft(draft, today=TODAY) if "cpb.art11.1" in p.basis]
    found = [p for p in found if p.place == "date"]

    assert [p.severity for p in found] == (["warning"] if late else [])


def test_identity_that_was_tampered_with_is_an_error() -> None:
    draft = start(None)
    draft.body["header"]["identifier"] = GUID.format(70)
    draft.body["government"] = {"identifier": "no"}

    assert [p for p, s, _ in tell(draft, "header", "government") if s == "error"] == [
        "header.identifier",
        "government",
    ]


def test_problems_come_in_the_order_of_the_form() -> None:
    draft = start(None, make_database(title="", description={"en": "x"}, websites="x"))

    places = [p.place.split(".")[0] for p in api.check_draft(draft, today=TODAY)]

    order = ["title", "description", "websites"]
    assert [place for place in dict.fromkeys(places) if place in order] == order


def test_warnings_do_not_keep_a_draft_from_being_published() -> None:
    body = {
        **read_example("dnaSequence"),
        "header": {"languages": ["en"]},
        "donorOrganisms": refer(publish_example("organism", 7, None)),
    }
    draft = api.start_draft("dnaSequence", actor=None, government=None, now=NOW, body=body)
    problems = api.check_draft(draft, today=TODAY)
    assert {p.severity for p in problems} == {"warning"}, problems

    assert publish(draft, None).action == "published"
