"""The analyser over the real stores: how often the database is asked, and languages of texts."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cartagena.apps.portal import page_cache, source
from cartagena.apps.registry.api import load_shipped
from cartagena.apps.registry.models import Record, RecordVersion
from tests.apps.portal.analyse.addresses import ADDRESSES

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
QUERIES = 12


@pytest.mark.django_db
def test_no_page_of_the_analyser_asks_the_database_more_than_twelve_times(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page_cache.store.clear()
    load_shipped(now=NOW)
    client.get("/analyse")
    for address in ADDRESSES:
        if "freeze" not in address:
            with django_assert_max_num_queries(QUERIES):
                assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_call_and_files_ask_the_database_hardly_ever(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    tmp_path: Path,
    settings: Any,
) -> None:
    settings.DATA_FOLDER = tmp_path
    load_shipped(now=NOW)
    client.get("/api/v1/status")
    for address in ("/api/v1/analysis?q=nr4.Q014", "/downloads/analysis.csv?q=nr4.Q014"):
        with django_assert_max_num_queries(3):
            client.get(address).getvalue()


@pytest.mark.django_db
def test_unknown_freeze_is_refused_by_the_real_store(client: Client) -> None:
    load_shipped(now=NOW)

    assert client.get("/analyse/tables?q=nr4.Q014&freeze=none").status_code == 400


@pytest.mark.django_db
def test_words_of_a_text_are_read_from_its_own_version_in_each_language(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    record = Record.objects.create(
        identifier="a-report-of-kenya", type="cpbNationalReport4", government="KEN", document_id=1,
        created_at=NOW,
    )  # fmt: skip
    bodies: list[dict[str, Any]] = [
        {"Q013": {"en": "Only English"}},
        {"Q013": {"fr": "Texte", "en": "Text"}, "Q020": {"value": {"ar": "نص"}}},
    ]
    for number, body in enumerate(bodies, start=1):
        RecordVersion.objects.create(
            record=record, number=number, body=body, body_sha256="0" * 64,
            languages=["en", "fr", "ar"], published_at=NOW, recorded_at=NOW,
        )  # fmt: skip
    key = (record.identifier, 2)

    with django_assert_num_queries(1):
        assert source.list_written([key], "Q013") == {key: (("en", "Text"), ("fr", "Texte"))}
    assert source.list_written([key], "Q020") == {key: (("ar", "نص"),)}
    assert source.list_written([key], "Q999") == {key: ()}
