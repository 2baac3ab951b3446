"""What the database itself refuses, through the ORM and through plain SQL."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from cartagena.apps.registry import api
from cartagena.apps.registry.models import LogEntry, PublicPeriod, RecordVersion
from tests.apps.registry.test_publish import NOW, day, make_law, publish

pytestmark = pytest.mark.django_db


def run(sql: str, *values: Any) -> None:
    """Run one statement as plain SQL, checking deferred constraints at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE registry_recordversion SET title = 'x'",
        "DELETE FROM registry_recordversion",
        "UPDATE registry_logentry SET reason = 'x'",
        "DELETE FROM registry_logentry",
        "UPDATE registry_record SET government = 'UGA'",
        "DELETE FROM registry_record",
        "DELETE FROM registry_publicperiod",
        "UPDATE registry_publicperiod SET starts_at = starts_at - interval '1 day'",
        "UPDATE registry_publicperiod SET ends_at = now(), ending = 'withdrawn'",
    ],
)
def test_what_is_published_cannot_be_changed_by_sql(sql: str) -> None:
    publish(make_law())

    with pytest.raises(IntegrityError, match="never changes"):
        run(sql)


def test_what_is_published_cannot_be_changed_by_the_orm() -> None:
    publish(make_law())
    version = RecordVersion.objects.get()
    version.title = "Another"

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        version.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        LogEntry.objects.all().delete()


def test_emptying_is_refused_unless_the_connection_was_opened_for_tests() -> None:
    publish(make_law())

    with pytest.raises(IntegrityError, match="TRUNCATE"):
        run(
            "SET LOCAL cartagena.emptying_allowed = 'off'; SET CONSTRAINTS ALL IMMEDIATE;"
            "TRUNCATE registry_logentry"
        )


def test_two_live_versions_are_refused() -> None:
    publish(make_law(on="2015-01-01"))
    publish(make_law(on="2016-01-01", title="b"))
    first, second = RecordVersion.objects.order_by("number")

    with pytest.raises(IntegrityError, match="registry_one_version_at_once"), transaction.atomic():
        PublicPeriod.objects.create(
            record=first.record, version=first, starts_at=day("2017-01-01"), known_from=NOW
        )


def test_gap_between_versions_is_refused() -> None:
    publish(make_law(on="2015-01-01"))
    publish(make_law(on="2016-01-01", title="b"))
    live = PublicPeriod.objects.get(known_until=None, ends_at=None)

    later = "INSERT INTO registry_publicperiod (record_id, version_id, starts_at, known_from)"
    with pytest.raises(IntegrityError, match="gap in time"):
        run(
            "UPDATE registry_publicperiod SET known_until = %s WHERE id = %s;"
            + later  # the live version now begins a month after the one before it ended
            + " VALUES (%s, %s, %s, %s)",
            NOW, live.pk, live.record_id, live.version_id, day("2016-02-01"), NOW,
        )  # fmt: skip


def test_gap_in_version_numbers_is_refused() -> None:
    publish(make_law())
    version = RecordVersion.objects.get()
    version.pk, version.number = None, 3

    with pytest.raises(IntegrityError, match="gap"), transaction.atomic():
        version.save(force_insert=True)


def test_entry_that_does_not_follow_is_refused() -> None:
    publish(make_law())
    entry = LogEntry.objects.get()
    entry.position += 1

    with pytest.raises(IntegrityError, match="does not follow"), transaction.atomic():
        entry.save(force_insert=True)


def test_knowledge_of_a_period_ends_once() -> None:
    publish(make_law(on="2015-01-01"))
    publish(make_law(on="2016-01-01", title="b"))

    with pytest.raises(IntegrityError, match="only known_until"):
        run(
            "UPDATE registry_publicperiod SET known_until = known_until + interval '1 day' "
            "WHERE known_until IS NOT NULL"
        )


def test_crash_in_the_middle_of_a_batch_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from cartagena.apps.registry import batch

    copied: list[str] = []
    real = batch._copy

    def copy_then_fail(table: str, columns: Any, rows: Any) -> None:
        copied.append(table)
        if table == "registry_logentry":
            raise DatabaseError("The server went away.")
        real(table, columns, rows)

    monkeypatch.setattr(batch, "_copy", copy_then_fail)
    with pytest.raises(DatabaseError, match="went away"):
        publish(make_law(), make_law("LAW-000000002"))

    assert "registry_recordversion" in copied
    assert not RecordVersion.objects.exists()
    assert api.log_position() == 0


def test_clock_that_was_set_back_does_not_turn_the_log_around() -> None:
    publish(make_law(), now=NOW)
    publish(make_law(on="2016-01-01", title="b"), now=NOW - dt.timedelta(days=1))

    first, second = LogEntry.objects.order_by("position")
    assert second.recorded_at >= first.recorded_at
