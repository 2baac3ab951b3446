"""Cross-checks of independent risk assessments. The steps of Annex III bind governments alone."""

from collections.abc import Iterator

from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_rules import Record, list_future_days, rule


@rule()
def nothing_is_assessed_in_the_future(record: Record) -> Iterator[RecordProblem]:
    """What is published has happened."""
    yield from list_future_days(record, "date")
