"""Cross-checks of capacity-building initiatives."""

from collections.abc import Iterator

from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_rules import Record, list_in_order, list_own_references, rule
from cartagena.engine.sentence import sentence


@rule()
def initiative_ends_after_it_begins(record: Record) -> Iterator[RecordProblem]:
    """Start and end are in order."""
    yield from list_in_order(record, "startDate", "endDate")


@rule()
def length_is_said_once(record: Record) -> Iterator[RecordProblem]:
    """Start and end, or a duration; both may contradict each other."""
    if record.is_filled("startDate") and record.is_filled("durationPeriod"):
        what = sentence("start and end are given, and a duration too")
        yield record.warning("durationPeriod", what, sentence("Keep one of the two."))


@rule()
def no_initiative_is_part_of_itself(record: Record) -> Iterator[RecordProblem]:
    """The larger project is another record."""
    yield from list_own_references(record, "broaderProjects")
