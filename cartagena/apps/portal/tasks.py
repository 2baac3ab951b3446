"""Jobs of the portal, run by the job worker (`cartagena jobs run`)."""

import uuid
from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

_SECONDS = 20.0
"""So long one job works on a table before others have their turn."""


@app.task(name="portal.work_on_table")
def work_on_table(key: str) -> None:
    """Look at the rows of a sent table, or carry out what was accepted; then go on in a next
    job."""
    from cartagena.apps.drafting.api import find_table
    from cartagena.apps.portal.desk.bulk_work import work_on

    table = find_table(key)
    if table is not None and not work_on(table, seconds=_SECONDS):
        defer_table(table.pk)


@app.periodic(cron="* * * * *")
@app.task(name="portal.take_up_tables", queueing_lock="portal.take_up_tables")
def take_up_tables(timestamp: int) -> None:
    """Each minute: go on with tables whose worker was killed."""
    from cartagena.apps.drafting.api import list_stopped_tables

    for table in list_stopped_tables(timezone.now()):
        defer_table(table.pk)


@app.periodic(cron="43 3 * * *")
@app.task(name="portal.forget_tables", queueing_lock="portal.forget_tables")
def forget_tables(timestamp: int) -> None:
    """Each day: remove tables that have run out."""
    from cartagena.apps.drafting.api import forget_old_tables

    forget_old_tables(timezone.now())


def defer_table(key: uuid.UUID) -> None:
    """Have a table worked on in the background; nothing if that waits already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        work_on_table.configure(queueing_lock=f"portal.work_on_table {key}").defer(key=str(key))
