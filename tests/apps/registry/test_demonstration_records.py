"""The made-up records: of every type, valid, leading to each other, in six languages."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from cartagena.apps.registry.demonstration.planned import MARK, Planned
from cartagena.apps.registry.demonstration.publications import _list_records
from cartagena.apps.registry.demonstration.reporting import list_withdrawn
from cartagena.apps.registry.demonstration.words import SIX, load_words
from cartagena.engine.record_format import load_record_format
from cartagena.engine.record_type import list_report_types, load_record_types
from cartagena.engine.record_validation import validate_record

# Real content, or what belongs to reports: treaty status, groups, official labels, explanations.
NOT_MADE_UP = {"treatyStatus", "groupMembership", "officialLabels", "reportExplanations"}


@pytest.fixture(scope="module")
def records() -> tuple[Planned, ...]:
    return _list_records()


def test_every_type_has_several_records(records: tuple[Planned, ...]) -> None:
    many = Counter(record.type for record in records)

    wanted = set(load_record_types()) - NOT_MADE_UP - set(list_report_types())
    assert {kind for kind in wanted if many[kind] < 12} == set()


def test_every_record_is_valid(records: tuple[Planned, ...]) -> None:
    wrong = [
        (record.identifier, str(problem))
        for record in records
        for problem in validate_record(record.type, record.body, as_of=record.published_on)
        if problem.severity == "error"
    ]

    assert wrong == []


def list_references(body: Any) -> Iterator[str]:
    if isinstance(body, dict):
        for key, value in body.items():
            if key == "identifier" and isinstance(value, str) and value.startswith(MARK):
                yield value
            else:
                yield from list_references(value)
    elif isinstance(body, list):
        for value in body:
            yield from list_references(value)


def test_every_reference_leads_to_a_record_of_the_right_type(records: tuple[Planned, ...]) -> None:
    kinds = {record.identifier: record.type for record in records}
    wrong = set()
    for record in records:
        if load_record_format(record.type).holds != "fields":
            continue
        for field in load_record_format(record.type).fields:
            for target in list_references(record.body.get(field.id)):
                if field.type == "ref" and kinds.get(target) not in field.references:
                    wrong.add((record.type, field.id, target))

    assert wrong == set()


def test_all_six_languages_are_used(records: tuple[Planned, ...]) -> None:
    for kind in ("biosafetyDecision", "biosafetyLaw", "modifiedOrganism", "notification"):
        used = {
            language
            for record in records
            if record.type == kind
            for language in record.body["header"]["languages"]
        }
        assert used == set(SIX), kind


def test_words_are_complete_and_fill_the_same_gaps() -> None:
    for name, text in load_words().items():
        assert set(text) == set(SIX), name


def test_histories_can_be_looked_at(records: tuple[Planned, ...]) -> None:
    amended = {record.type for record in records if record.revision > 1}
    kinds = {record.identifier: record.type for record in records}
    withdrawn = {kinds.get(identifier) for identifier in list_withdrawn()[1:]}

    assert {"biosafetyDecision", "authority", "focalPoint"} <= amended
    assert withdrawn == {
        "biosafetyDecision", "biosafetyLaw", "database", "capacityBuildingInitiative",
    }  # fmt: skip
    assert any(record.body.get("expires") for record in records)
