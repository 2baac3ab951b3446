"""The references of what is published, and what points to a record."""

import datetime as dt

import pytest

from cartagena.apps.registry import api
from cartagena.apps.registry.flattening import renew_flattened
from cartagena.apps.registry.models import FlattenedVersion, RecordLink

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
AUTHORITY, OTHER = "AUTHORITY-00001", "AUTHORITY-00002"


def publish_law(authority: str, year: int) -> None:
    header = {"identifier": "LAW-000000001", "schema": "biosafetyLaw", "languages": ["en"]}
    law = api.Publication(
        identifier="LAW-000000001",
        type="biosafetyLaw",
        government="KEN",
        body={"header": header, "authorities": [{"identifier": authority}]},
        published_at=dt.datetime(year, 1, 1, tzinfo=dt.UTC),
    )
    api.publish_records([law], actor=None, reason="Test.", now=NOW)


def targets(as_of: dt.date | None = None) -> list[str]:
    return list(api.live_links(as_of).values_list("target", flat=True))


def test_references_are_kept_with_each_version_and_count_while_it_is_live() -> None:
    publish_law(AUTHORITY, 2015)
    publish_law(OTHER, 2020)

    assert RecordLink.objects.count() == 2
    assert targets() == [OTHER]
    assert targets(dt.date(2016, 1, 1)) == [AUTHORITY]
    assert targets(dt.date(2014, 1, 1)) == []


def test_a_withdrawn_record_points_nowhere() -> None:
    publish_law(AUTHORITY, 2015)
    api.withdraw_record("LAW-000000001", actor=None, reason="Test.", now=NOW)
    assert targets() == []


def test_older_versions_are_read_anew_when_the_rules_change() -> None:
    publish_law(AUTHORITY, 2015)
    RecordLink.objects.all().delete()
    FlattenedVersion.objects.update(flattening=0)

    renew_flattened()

    assert targets() == [AUTHORITY]


def test_a_record_is_found_by_identifier_or_number() -> None:
    publish_law(AUTHORITY, 2015)
    found = api.find_record(identifiers=["LAW-000000001"])
    assert api.find_record(document_id=found.document_id) == found
    with pytest.raises(LookupError):
        api.find_record(identifiers=["LAW-000000002"])
