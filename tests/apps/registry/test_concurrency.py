"""Several people publish at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from cartagena.apps.registry import api
from cartagena.apps.registry.models import LogEntry, RecordVersion
from tests.apps.registry.test_publish import make_law, publish

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 6


def run_together(*calls: Any) -> list[api.Outcome]:
    """Run calls in threads that start together; each gives one outcome."""
    barrier = Barrier(len(calls))

    def run(call: Any) -> api.Outcome:
        try:
            barrier.wait()
            (outcome,) = call()
            return outcome
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_same_record_published_at_once_is_published_once() -> None:
    outcomes = run_together(*[lambda: publish(make_law())] * THREADS)

    assert sorted(o.action for o in outcomes) == ["published"] + ["unchanged"] * (THREADS - 1)
    assert RecordVersion.objects.count() == 1


def test_amendments_at_once_are_each_stored_or_refused_and_none_is_lost() -> None:
    publish(make_law(on="2015-01-01"))

    calls = [
        lambda n=n: publish(make_law(on=f"2016-01-{n:02d}", title=f"text {n}"))
        for n in range(1, THREADS + 1)
    ]
    outcomes = run_together(*calls)

    amended = [o for o in outcomes if o.action == "amended"]
    refused = [o for o in outcomes if o.action == "refused"]
    assert len(amended) + len(refused) == THREADS
    assert all("older than the live version" in o.reason for o in refused)
    assert RecordVersion.objects.count() == 1 + len(amended)
    assert api.live_versions().get().title == f"text {THREADS}"


def test_positions_have_no_gap_and_the_chain_holds_under_load() -> None:
    calls = [
        lambda n=n: publish(make_law(f"LAW-00000000{n}", title=f"law {n}")) for n in range(THREADS)
    ]
    run_together(*calls)

    positions = list(LogEntry.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, THREADS + 1))
    assert api.verify_log().findings == ()
