"""The real content that the program ships: exact, linked, loaded once, honest about gaps."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cartagena.apps.monitoring.api import current_evaluator
from cartagena.apps.registry import api
from cartagena.apps.registry.models import Record, RecordVersion
from cartagena.apps.registry.publication import Publication
from cartagena.apps.registry.shipped_content import SHIPPED_AT, list_content
from cartagena.engine.figure import Figure
from cartagena.engine.record_validation import validate_record

NOW = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)
INCOMPLETE = {"mandatory", "unlisted_term"}


@pytest.fixture(scope="module")
def content() -> list[Publication]:
    return list(list_content(NOW))


@pytest.mark.django_db
def test_installation_for_real_records_begins_without_the_shipped_ones(
    settings: Any,
) -> None:
    settings.SHIPPED_RECORDS = False
    api.load_shipped(now=NOW)
    types = set(api.live_versions().values_list("record__type", flat=True))
    assert types == {"treatyStatus", "groupMembership"}


def test_as_many_records_as_the_sources_give(content: list[Publication]) -> None:
    # 135 entries; 101 of 128 approvals are of LMOs, which name 123 that the register has not.
    assert Counter(p.type for p in content) == {
        "organism": 8,
        "modifiedOrganism": 258,
        "biosafetyDecision": 101,
    }
    assert len({p.identifier for p in content}) == len(content)
    assert not any(p.demonstration for p in content)


def test_content_is_only_ever_incomplete(content: list[Publication]) -> None:
    wrong = [
        (publication.title, str(problem))
        for publication in content
        for problem in validate_record(publication.type, publication.body)
        if problem.code not in INCOMPLETE and problem.severity == "error"
    ]

    # The two identifiers that the source itself misprints.
    assert len(wrong) == 2
    assert {title.partition(" ")[0] for title, _ in wrong} == {"SYN-ØØØJG-2", "MON-95379-1"}


def test_every_reference_leads_to_a_shipped_record(content: list[Publication]) -> None:
    known = {p.identifier for p in content}
    named = {
        reference["identifier"]
        for p in content
        for field in ("modifiedOrganisms", "linkedModifiedOrganisms", "recipientOrganisms")
        for reference in p.body.get(field, [])
    }

    assert named
    assert named <= known


def get_body(content: list[Publication], title: str) -> Any:
    return next(p for p in content if p.title == title).body


def test_a_canadian_decision_leads_to_the_lmo_of_the_register(content: list[Publication]) -> None:
    decision = get_body(content, "Approval for unconfined release: Alfalfa, KK179")
    entry = next(p.body for p in content if p.body.get("uniqueIdentification") == "MON-ØØ179-5")

    assert decision["modifiedOrganisms"] == [{"identifier": entry["header"]["identifier"]}]
    assert decision["date"] == "2014-10-06"
    assert "Application" not in decision
    # The source does not say whether conditions apply.
    assert "decisionResult" not in decision


def test_a_stack_leads_to_its_events(content: list[Publication]) -> None:
    by_identifier = {p.body.get("uniqueIdentification"): p.body for p in content}
    stack = by_identifier["MON-ØØ179-5 × MON-ØØ1Ø1-8"]

    assert [parent["identifier"] for parent in stack["linkedModifiedOrganisms"]] == [
        by_identifier[single]["header"]["identifier"] for single in ("MON-ØØ179-5", "MON-ØØ1Ø1-8")
    ]


def test_plants_that_are_no_lmos_make_no_record(content: list[Publication]) -> None:
    assert not [p for p in content if "AXigen" in p.title or "Lentils" in p.title]


@pytest.mark.django_db
def test_content_is_loaded_once_and_keeps_public_numbers() -> None:
    api.load_shipped(now=NOW)
    number = Record.objects.get(document_id=100335)
    loaded = RecordVersion.objects.count()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        again = api.load_shipped(now=NOW + dt.timedelta(days=1))

    assert again == api.Summary()
    assert len(queries) == 2
    assert RecordVersion.objects.count() == loaded
    assert number.type == "modifiedOrganism"
    version = number.versions.get()
    assert (version.revision, version.published_at) == (2, SHIPPED_AT)


def list_figures() -> dict[str, Figure]:
    """Every indicator on the day after everything was shipped."""
    evaluator = current_evaluator()
    point = evaluator.point_on(NOW.date())
    return {i: evaluator.figure(i, point) for i in evaluator.indicators}


@pytest.mark.django_db
def test_shipped_records_move_no_figure_about_parties(monkeypatch: pytest.MonkeyPatch) -> None:
    """Canada is no Party, and register entries are no publications of Parties."""
    with monkeypatch.context() as patch:
        patch.setattr("cartagena.apps.registry.shipped.list_content", lambda now: iter(()))
        api.load_shipped(now=NOW)
    before = list_figures()
    api.publish_records(list(list_content(NOW)), actor=None, reason="Test.", now=NOW)

    after = list_figures()

    moved = {name: (before[name], after[name]) for name in after if after[name] != before[name]}
    assert moved == {}
