"""The log of rights of a portal that was run before the log was a chain."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from cartagena.apps.accounts.api import User, verify_rights
from cartagena.apps.accounts.events import record_event
from cartagena.apps.accounts.models import AccountEvent, EventKind

from .test_designations import put_in_force

NOW = datetime(2012, 5, 1, tzinfo=UTC)


def migrate(target: str = "") -> None:
    """Bring the tables of accounts to a migration, or to the last one."""
    executor = MigrationExecutor(connection)
    targets = [("accounts", target)] if target else executor.loader.graph.leaf_nodes("accounts")
    executor.migrate(targets)


@pytest.mark.django_db(transaction=True)
def test_rows_that_stand_in_the_log_are_chained_in_their_order_and_stay_unchangeable(
    officer: User,
) -> None:
    put_in_force(officer)
    for n in range(30):
        record_event(EventKind.LIMITED, actor=officer, account=officer, note="é", now=NOW)
        record_event(
            EventKind.CLOSED, actor=None, now=NOW - timedelta(days=n, microseconds=n), note=""
        )
    columns = ("pk", "at", "kind", "designation_id", "account_number", "actor_number", "note")
    told = list(AccountEvent.objects.order_by("pk").values_list(*columns))
    head = verify_rights().head
    try:
        migrate("0004_second_factor_reset")
    finally:
        migrate()

    audit = verify_rights()
    assert audit.findings == ()
    assert audit.entries == len(told) > 60
    assert audit.head == head  # the rows as they were make the same chain
    assert list(AccountEvent.objects.order_by("position").values_list(*columns)) == told
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        AccountEvent.objects.update(note="another")
