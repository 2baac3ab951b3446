"""Published reports of Kenya, and readers of their pages."""

import datetime as dt
from collections.abc import Mapping

import pytest
from django.test import Client

from cartagena.apps.accounts.api import User
from cartagena.apps.portal import page_cache
from cartagena.apps.registry.api import Publication, publish_records
from cartagena.apps.reports.api import EXPLANATIONS
from cartagena.engine.answer_sheet import read_cells
from cartagena.engine.questionnaire import load_format
from tests.apps.reports.conftest import (  # noqa: F401 - fixtures
    focal_point,
    secretary,
    shipped,
)

NR3_ON = dt.datetime(2015, 10, 20, 8, 0, tzinfo=dt.UTC)
NR4_ON = dt.datetime(2019, 9, 1, 8, 30, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 1, 15, 9, 0, tzinfo=dt.UTC)
PAGE = "/parties/KEN/reports/nr4"

BEFORE = {
    "Q014": "implementation.partialFramwork",
    "Q017": "true",
    "Q018": "true",
}
ANSWERS = {
    "stakeholders#en": "Two ministries",
    "Q014": "implementation.fullInPlace",
    "Q016": "true",
    "Q016/true#en": "In the plan of 2018",
    "Q016/true#ar": "في خطة عام 2018",
    "Q017": "true",
    "Q018": "false",
    "Q019": "1+",  # not asked: there is no permanent staff
    "Q020#en": "<script>alert(1)</script> & #more",
    "Q020#zh": "生物安全",
}


def publish_report(
    cycle: str,
    cells: Mapping[str, str],
    at: dt.datetime,
    *,
    actor: User | None = None,
    party: str = "KEN",
    received_on: dt.date | None = None,
) -> str:
    """Publish a report with some cells filled in; gives its identifier."""
    shape = load_format(cycle)
    identifier = f"{cycle}-report-{party.lower()}"
    changes, problems = read_cells(shape, {}, cells)
    assert problems == []
    body = {
        "header": {
            "identifier": identifier, "schema": shape.schema, "languages": ["en", "ar", "zh"],
        },
        "government": {"identifier": {"KEN": "ke", "NOR": "no", "BRA": "br"}[party]},
        **changes,
    }  # fmt: skip
    publication = Publication(
        identifier=identifier, type=shape.schema, government=party, body=body, published_at=at,
        received_on=received_on, title="Report",
    )  # fmt: skip
    [done] = publish_records([publication], actor=actor, reason="", now=NOW)
    assert done.action != "refused", done.reason
    page_cache.store.clear()
    return identifier


def publish_explanation(identifier: str, version: int, text: str) -> None:
    """Publish what the Party says to the note that no law is published."""
    own = f"{EXPLANATIONS}-{identifier}"
    said = {
        "rule": "laws_in_place_are_published", "version": 1, "level": "warning",
        "questions": ["Q014"], "finding": "measures are in place", "explanation": text,
    }  # fmt: skip
    body = {
        "header": {"identifier": own, "schema": EXPLANATIONS, "languages": ["en"]},
        "report": {"identifier": identifier, "version": version},
        "explanations": [said],
    }
    publication = Publication(
        identifier=own, type=EXPLANATIONS, government="KEN", body=body, published_at=NR4_ON,
        title="Explanations",
    )  # fmt: skip
    [done] = publish_records([publication], actor=None, reason="With it.", now=NOW)
    assert done.action != "refused", done.reason


class Reader:
    """Somebody who is not signed in."""

    def __init__(self) -> None:
        page_cache.store.clear()
        self.client = Client()

    def read(self, address: str, status: int = 200) -> str:
        """The text of a page that answers with a status."""
        response = self.client.get(address)
        assert response.status_code == status, f"{address}: {response.status_code}"
        return response.content.decode()


@pytest.fixture
def reader(shipped: None) -> Reader:  # noqa: F811 - pytest passes fixtures by name
    """A reader where Kenya has published its third and fourth report."""
    publish_report("nr3", BEFORE, NR3_ON)
    publish_report("nr4", ANSWERS, NR4_ON)
    return Reader()
