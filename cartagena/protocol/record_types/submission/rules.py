"""Cross-checks of submissions."""

from collections.abc import Iterator

from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_rules import Record, list_future_days, rule


@rule()
def nothing_is_received_in_the_future(record: Record) -> Iterator[RecordProblem]:
    """What is published has arrived."""
    yield from list_future_days(record, "date")
