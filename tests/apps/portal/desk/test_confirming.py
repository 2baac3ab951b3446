"""Records that must be confirmed: listed, and several confirmed with one statement."""

import datetime as dt
import re

import pytest

from cartagena.apps.accounts.api import User
from cartagena.apps.registry.api import (
    Publication,
    find_confirmations,
    list_log,
    publish_records,
)
from cartagena.engine.record_format import read_example
from tests.apps.portal.desk.conftest import browse

OLD = dt.datetime(2012, 5, 1, tzinfo=dt.UTC)


def publish_database(number: int, government: str, moment: dt.datetime = OLD) -> str:
    body = read_example("database")
    identifier = f"0A1B2C3D-0000-4000-8000-{number:012d}"
    body["header"]["identifier"] = identifier
    body["title"] = {"en": f"Database {number}"}
    publish_records(
        [
            Publication(
                identifier=identifier,
                type="database",
                government=government,
                body=body,
                published_at=moment,
            )
        ],
        actor=None,
        reason="For a test",
        now=moment,
    )
    return identifier


@pytest.fixture
def identifiers(db: None) -> list[str]:
    return [publish_database(number, "KEN") for number in range(3)]


def test_several_records_are_confirmed_with_one_statement(
    focal_point: User, identifiers: list[str]
) -> None:
    client = browse(focal_point)
    page = client.get("/desk/confirm").content.decode()
    assert all(identifier in page for identifier in identifiers)
    assert "due since 1 May 2013" in page

    sent = {"record": identifiers[:2], "text": "The addresses were opened."}
    answer = client.post("/desk/confirm", sent, follow=True)

    assert "2 records were confirmed" in answer.content.decode()
    assert set(find_confirmations(identifiers)) == set(identifiers[:2])
    entries = list_log().filter(action="confirm")
    assert {entry.reason for entry in entries} == {"The addresses were opened."}
    page = client.get("/desk/confirm").content.decode()
    assert [identifier in page for identifier in identifiers] == [False, False, True]


@pytest.mark.parametrize(
    ("text", "ticked", "told"),
    [("", True, "Say what was checked"), ("Looked at", False, "Tick at least one")],
)
def test_statement_and_ticks_are_needed_and_kept(
    text: str, ticked: bool, told: str, focal_point: User, identifiers: list[str]
) -> None:
    sent = {"record": identifiers[:1] if ticked else [], "text": text}

    answer = browse(focal_point).post("/desk/confirm", sent)

    page = answer.content.decode()
    assert answer.status_code == 400
    assert told in page
    assert page.count(" checked>") == ticked
    assert text in page
    assert find_confirmations(identifiers) == {}


def test_all_can_be_ticked_without_a_script(focal_point: User, identifiers: list[str]) -> None:
    page = browse(focal_point).get("/desk/confirm?all=1").content.decode()

    assert page.count(" checked>") == len(identifiers)


def test_records_of_others_and_without_need_are_never_confirmed(
    focal_point: User, author: User, identifiers: list[str]
) -> None:
    theirs = publish_database(10, "NOR")
    fresh = publish_database(11, "KEN", dt.datetime.now(dt.UTC))
    client = browse(focal_point)

    answer = client.post("/desk/confirm", {"record": [theirs, fresh], "text": "Looked at"})
    assert answer.status_code == 400
    # Who only drafts confirms nothing.
    page = browse(author).get("/desk/confirm").content.decode()

    assert not re.search('name="record"', page)
    browse(author).post("/desk/confirm", {"record": identifiers, "text": "Looked at"})
    assert find_confirmations([theirs, fresh, *identifiers]) == {}


def test_public_page_says_when_a_record_was_confirmed(
    focal_point: User, identifiers: list[str]
) -> None:
    browse(focal_point).post("/desk/confirm", {"record": identifiers, "text": "Looked at"})

    page = browse(focal_point).get(f"/records/{identifiers[0]}", follow=True).content.decode()

    today = dt.datetime.now(dt.UTC).date()
    assert f'datetime="{today:%Y-%m-%d}"' in page or f"{today.day} {today:%B %Y}" in page
    assert "onfirmed" in page
