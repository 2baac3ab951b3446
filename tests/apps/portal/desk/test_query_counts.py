"""How often the pages of the desk ask the database, whatever the length of what they show."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting import api as drafting
from cartagena.engine.record_format import read_example
from tests.apps.portal.desk.conftest import browse

MOST = {"": 16, "/check": 14, "/review": 18, "/history": 8, "/files": 8}


@pytest.mark.parametrize("page", MOST)
def test_page_of_a_draft_asks_the_database_few_times(
    page: str,
    author: User,
    references: None,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    draft = drafting.start_draft(
        "biosafetyDecision",
        actor=author,
        government="KEN",
        now=dt.datetime.now(dt.UTC),
        body=read_example("biosafetyDecision"),
    )
    for n in range(5):
        drafting.add_comment(
            draft.pk, "title", f"Comment {n}", actor=author, now=dt.datetime.now(dt.UTC)
        )
    client = browse(author)
    client.get(f"/desk/drafts/{draft.pk}{page}")

    with django_assert_max_num_queries(MOST[page]):
        answer = client.get(f"/desk/drafts/{draft.pk}{page}")

    assert answer.status_code == 200


def test_work_list_asks_the_same_for_many_drafts(
    author: User, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for _n in range(30):
        drafting.start_draft(
            "database", actor=author, government="KEN", now=dt.datetime.now(dt.UTC)
        )
    client = browse(author)
    client.get("/desk/")

    with django_assert_max_num_queries(10):
        page = client.get("/desk/")

    assert page.content.decode().count("/desk/drafts/") == 30


def test_all_open_drafts_are_reached_in_pages(
    author: User, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    now = dt.datetime.now(dt.UTC)
    for _n in range(205):
        drafting.start_draft("database", actor=author, government="KEN", now=now)
    client = browse(author)

    assert "/desk/drafts" in client.get("/desk/").content.decode()
    with django_assert_max_num_queries(10):
        pages = [client.get(f"/desk/drafts?page={n}").content.decode() for n in (1,)]
    pages += [client.get(f"/desk/drafts?page={n}").content.decode() for n in (2, 3)]

    keys = {key for page in pages for key in re.findall(r'/desk/drafts/([0-9a-f-]{36})"', page)}
    assert len(keys) == 205
    found = client.get("/desk/drafts", {"q": "no such title", "page": "x"})
    assert "No drafts" in found.content.decode()


def test_what_waits_for_a_decision_is_never_behind_other_drafts(
    author: User, focal_point: User, references: None
) -> None:
    now = dt.datetime.now(dt.UTC)
    body = read_example("biosafetyDecision")
    asked = drafting.start_draft(
        "biosafetyDecision", actor=author, government="KEN", now=now, body=body
    )
    drafting.request_publication(asked.pk, actor=author, revision=asked.revision, now=now)
    for _n in range(60):
        drafting.start_draft("database", actor=focal_point, government="KEN", now=now)

    page = browse(focal_point).get("/desk/").content.decode()

    assert f"/desk/drafts/{asked.pk}/review" in page.partition("Waiting for your decision")[2]
    assert "The 50 drafts that were changed last stand here." in page
