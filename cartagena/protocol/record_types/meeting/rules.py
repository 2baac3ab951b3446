"""Cross-checks of meetings."""

from collections.abc import Iterator

from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_rules import Record, list_in_order, rule


@rule()
def meeting_ends_after_it_begins(record: Record) -> Iterator[RecordProblem]:
    """First and last day are in order."""
    yield from list_in_order(record, "startDate", "endDate")
