"""Cross-checks of notifications."""

from collections.abc import Iterator

from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_rules import Record, list_in_order, rule


@rule()
def replies_are_due_after_the_notification(record: Record) -> Iterator[RecordProblem]:
    """A reply is due on the day of the notification or later."""
    yield from list_in_order(record, "date", "deadline")
