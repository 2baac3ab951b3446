"""Tampering is found, and where. Triggers are switched off as only the database's owner can."""

import pytest
from django.db import connection

from cartagena.apps.registry import api
from tests.apps.registry.test_publish import NOW, make_law, publish

pytestmark = pytest.mark.django_db


def tamper(sql: str) -> None:
    """Change stored rows behind the back of the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture(autouse=True)
def _published() -> None:
    publish(make_law(on="2015-01-01"), make_law("LAW-000000002", title="Second law"))
    publish(make_law(on="2016-01-01", title="b"))
    api.withdraw_record("LAW-000000002", actor=None, reason="Repealed.", now=NOW)


def test_untouched_log_is_intact() -> None:
    audit = api.verify_log()

    assert audit.findings == ()
    assert (audit.entries, audit.versions) == (4, 3)


@pytest.mark.parametrize(
    ("sql", "place", "what"),
    [
        (
            """UPDATE registry_recordversion SET body = jsonb_set(body, '{title,en}', '"x"')
               WHERE title = 'b'""",
            "record LAW-000000001, version 2",
            "content was changed",
        ),
        (
            "UPDATE registry_recordversion SET demonstration = true WHERE title = 'b'",
            "log entry 3",
            "LAW-000000001 was changed",
        ),
        (
            "UPDATE registry_record SET government = 'UGA' WHERE identifier = 'LAW-000000002'",
            "log entry 2",
            "LAW-000000002 was changed",
        ),
        (
            "UPDATE registry_logentry SET reason = 'x' WHERE position = 2",
            "log entry 2",
            "was changed",
        ),
        (
            "UPDATE registry_logentry SET statement = replace(statement, 'Test.', 'T.')"
            " WHERE position = 2",
            "log entry 2",
            "hash does not match",
        ),
        (
            "DELETE FROM registry_logentry WHERE position = 2",
            "log entry 3",
            "entries 2 to 2 are missing",
        ),
        (
            # The first and the third entry change places.
            "UPDATE registry_logentry SET position = -position WHERE position IN (1, 3);"
            "UPDATE registry_logentry SET position = 4 + position WHERE position < 0",
            "log entry 1",
            "does not follow",
        ),
        (
            "UPDATE registry_logentry SET actor_id = 7 WHERE position = 3",
            "log entry 3",
            "was changed",
        ),
        (
            "UPDATE registry_logentry SET effective_at = effective_at + interval '1 day'"
            " WHERE position = 2",
            "log entry 2",
            "was changed",
        ),
        (
            # The last entry goes: what it did is no longer what the log says.
            "DELETE FROM registry_logentry WHERE position = 4",
            "record LAW-000000002",
            "when it was public",
        ),
        (
            # The entry that published the last version goes, with all that came after it.
            "DELETE FROM registry_logentry WHERE position >= 3",
            "record LAW-000000001, version 2",
            "it is not in the log",
        ),
        (
            """UPDATE registry_recordversion SET body = jsonb_set(body, '{title,en}', '"x"'),
               body_sha256 = repeat('a', 64) WHERE title = 'b'""",
            "log entry 3",
            "was changed",
        ),
        (
            "UPDATE registry_publicperiod SET ends_at = NULL, ending = NULL"
            " WHERE ending = 'withdrawn'",
            "record LAW-000000002",
            "when it was public",
        ),
        (
            """UPDATE registry_flattenedversion SET rows = replace(rows, 'false', 'true')""",
            "record LAW-000000001, version 1",
            "rows for the facts",
        ),
    ],
)
def test_tampering_is_found_where_it_was_done(sql: str, place: str, what: str) -> None:
    tamper(sql)

    findings = api.verify_log().findings

    assert [f for f in findings if f.place == place and what in f.what]


def test_log_that_was_cut_off_does_not_hold_an_entry_noted_before() -> None:
    noted = api.verify_log()
    tamper("DELETE FROM registry_logentry WHERE position = 4")

    findings = api.verify_log((noted.entries, noted.head)).findings

    assert [f for f in findings if f.place == "log entry 4"]
