"""Cross-checks of the roster of experts."""

from collections.abc import Iterator

from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_rules import Record, rule
from cartagena.engine.sentence import sentence

PERIODS = ("previousEmployment", "primaryEducation", "secondaryEducation", "thirdEducation")


@rule("BS-IV/4")
def periods_end_after_they_begin(record: Record) -> Iterator[RecordProblem]:
    """The end of an employment or education is not before its beginning."""
    for field in PERIODS:
        start, end = record.value(f"{field}.startDate"), record.value(f"{field}.endDate")
        if isinstance(start, str) and isinstance(end, str):
            # A year or month is compared as far as both go: 2010 and 2010-05 agree.
            length = min(len(start), len(end))
            if end[:length] < start[:length]:
                what = sentence(
                    "%(field)s ends (%(end)s) before it begins (%(start)s)",
                    field=record.label(field), end=end, start=start,
                )  # fmt: skip
                yield record.error(f"{field}.endDate", what, sentence("Correct one of the two."))
