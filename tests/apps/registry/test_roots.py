"""A root for each day: public, and enough to find out later where the log was changed."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client

from cartagena.apps.registry import api
from cartagena.apps.registry.roots import (
    DailyRoot,
    UnreadableRootsError,
    check_roots,
    list_daily_roots,
    read_roots,
    write_roots,
)
from cartagena.engine.flatten import fact_rows_body

pytestmark = pytest.mark.django_db

FIRST = dt.datetime(2020, 5, 4, 23, 59, tzinfo=dt.UTC)


def publish(day: int, count: int = 1) -> None:
    now = FIRST + dt.timedelta(days=day)
    publications = [
        api.Publication(
            identifier=f"USAGE-DAY{day:02}-{n:03}",
            type="usageMonth",
            government=None,
            body=fact_rows_body("usageMonth", f"USAGE-DAY{day:02}-{n:03}", []),
            published_at=now,
        )
        for n in range(count)
    ]
    outcomes = api.publish_records(publications, actor=None, reason="Test.", now=now)
    assert {outcome.action for outcome in outcomes} == {"published"}


@pytest.fixture(autouse=True)
def _log_of_four_days() -> None:
    for day, count in ((0, 2), (1, 3), (4, 1), (5, 2)):
        publish(day, count)


def test_each_past_day_has_the_hash_of_its_last_entry() -> None:
    roots = list_daily_roots(now=FIRST + dt.timedelta(days=5))

    # Two days have no entries; the last one is today and not final.
    assert [(root.day.day, root.position) for root in roots] == [(4, 2), (5, 5), (8, 6)]
    assert [root.hash for root in roots] == [api.find_log_hash(p) for p in (2, 5, 6)]


def test_roots_read_back_as_they_were_written() -> None:
    roots = list_daily_roots(now=FIRST + dt.timedelta(days=9))

    assert read_roots(write_roots(roots)) == roots


def test_a_file_that_holds_no_roots_is_refused_with_every_line() -> None:
    with pytest.raises(UnreadableRootsError, match="line 1: .*; line 3: "):
        read_roots("hello\n\n2020-13-45 3 " + "a" * 64)


def test_saved_roots_still_match() -> None:
    saved = list_daily_roots(now=FIRST + dt.timedelta(days=5))
    publish(9)

    assert check_roots(saved) == []


def rewrite_entry(position: int) -> None:
    """What somebody with the keys of the database could do; the triggers stand in the way."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE registry_logentry SET hash = %s WHERE position >= %s", ["f" * 64, position]
        )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def test_a_change_is_found_and_placed_between_two_roots() -> None:
    saved = list_daily_roots(now=FIRST + dt.timedelta(days=9))
    rewrite_entry(4)

    first = check_roots(saved)[0]

    assert first.place == "root of 2020-05-05, log entry 5"
    assert first.what == "the log was changed after entry 2 (2020-05-04) and before or at entry 5"


def test_a_log_that_was_cut_off_is_found() -> None:
    saved = [*list_daily_roots(now=FIRST + dt.timedelta(days=9))]
    beyond = DailyRoot(dt.date(2020, 5, 20), 99, "a" * 64)

    assert [f.what for f in check_roots([*saved, beyond])] == [
        "the entry is missing: the log was cut off"
    ]


def test_roots_are_offered_to_everybody(client: Client) -> None:
    file = client.get("/downloads/log-roots.txt")
    answer = client.get("/api/v1/log/roots?limit=2").json()

    roots = list_daily_roots(now=dt.datetime.now(dt.UTC))
    assert read_roots(file.content.decode()) == roots
    assert file["Content-Type"].startswith("text/plain")
    assert answer["total"] == 4
    assert answer["items"][0] == {"day": "2020-05-04", "position": 2, "hash": roots[0].hash}


def test_roots_of_an_earlier_day_leave_later_ones_out(client: Client) -> None:
    file = client.get("/downloads/log-roots.txt?as_of=2020-05-05")

    assert len(read_roots(file.content.decode())) == 2
