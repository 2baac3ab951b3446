"""The API and the downloads over the real stores."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from cartagena.apps.registry.api import load_shipped

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
ROOT = Path(__file__).parents[4]
CALLS = (
    "/api/v1/status",
    "/api/v1/plan",
    "/api/v1/indicators/3.1.1/figures",
    "/api/v1/indicators/3.1.1/parties",
    "/api/v1/indicators/3.1.1/why/KEN",
    "/api/v1/indicators/3.1.1/change",
    "/api/v1/parties/KEN",
    "/api/v1/treaties/cpb/parties?on=2010-06-30",
    "/api/v1/freezes",
    "/downloads/indicators/3.1.1.csv",
    "/downloads/facts/treaty.parquet",
)


@pytest.fixture
def web(tmp_path: Path, settings: Any) -> Client:
    settings.DATA_FOLDER = tmp_path
    load_shipped(now=NOW)
    return Client(SERVER_NAME="localhost")


def test_no_call_asks_the_database_more_than_three_times(
    web: Client, django_assert_max_num_queries: Any
) -> None:
    web.get("/api/v1/status")
    for address in CALLS:
        with django_assert_max_num_queries(3):
            response = web.get(address)
            response.getvalue()
        assert response.status_code == 200, address


def test_shipped_treaty_status_gives_the_published_counts(web: Client) -> None:
    # Deposits on 11 September 2007 by region, as published then; in force on 30 June 2010: 158.
    address = "/api/v1/treaties/cpb/parties"
    early = web.get(f"{address}?on=2007-09-11&by=deposit").json()

    assert early["by_region"] == {"AFR": 40, "AP": 36, "CEE": 20, "GRULAC": 25, "WEOG": 21}
    assert web.get(f"{address}?on=2010-06-30").json()["total"] == 158
    assert web.get(f"{address}?on=2010-06-30&by=deposit").json()["total"] == 159


def test_figure_of_treaty_status_is_real(web: Client) -> None:
    address = "/api/v1/indicators/3.1.1/figures?variant=strict&group=all&point="

    (figure,) = web.get(f"{address}2010-06-30").json()["items"]
    (later,) = web.get(f"{address}midterm").json()["items"]

    assert figure["headline"] == {"value": 158 / 193, "numerator": 158, "denominator": 193}
    assert (later["numerator"], later["denominator"]) == (170, 196)
    assert figure["demonstration"] is False


def test_examples_of_the_reference_hold(web: Client) -> None:
    text = (ROOT / "docs/reference/api.md").read_text(encoding="utf-8")
    examples = re.findall(r"```http\nGET (\S+)\n```\n\n```json\n(.*?)```", text, re.DOTALL)

    assert len(examples) == text.count("```http") == 17
    for address, expected in examples:
        assert_holds(json.loads(expected), web.get(address).json(), address)


def assert_holds(expected: Any, found: Any, place: str) -> None:
    """All that an example shows stands in the answer, which may hold more."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            assert key in found, f"{place}: no {key}"
            assert_holds(value, found[key], f"{place} > {key}")
    elif isinstance(expected, list) and expected and isinstance(expected[0], dict):
        for number, (value, item) in enumerate(zip(expected, found, strict=True)):
            assert_holds(value, item, f"{place} > {number}")
    else:
        assert found == expected, place


def test_addresses_of_the_how_to_answer(web: Client) -> None:
    text = (ROOT / "docs/how-to/use-the-open-data.md").read_text(encoding="utf-8")
    addresses = set(re.findall(r"(?<=[`0])(/(?:downloads|api)/[^\s`'\"]*)", text))

    assert len(addresses) >= 10
    for address in addresses:
        response = web.get(address)
        response.getvalue()
        assert response.status_code == 200, address
