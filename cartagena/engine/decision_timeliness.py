"""Whether the steps of a decision kept the time limits of the Protocol, as its record tells it.

A limit is judged only where both days are told. A day that is not told is neither late nor in time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from cartagena.engine.record_body import find_closed_values
from cartagena.engine.record_values import read_day
from cartagena.engine.treaty import get_parameter

DOMESTIC_USE = "C15E5CD8-B6F9-41AE-A09C-7EF5F73B0507"
"""The kind of decision that Article 11.1 is about."""

INTERIM_RESULTS = frozenset(
    {"8D91ACEE-C6B3-4204-8FE6-00AE424013FF", "19F9F13E-195E-45B5-88DD-058A07E0D6F6"}
)
"""A request for information, and an extension: they stop or lengthen the time of Article 10.3."""

StepCode = Literal["acknowledgement", "communication", "publication", "change"]
StepState = Literal["in_time", "late", "not_told"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step with its time limit.

    `from_on` begins the time, `to_on` ends it; None where the record does not tell. `limit_days`
    are set by `parameter`, which cites the `provision`. `days` is how long it took.
    """

    code: StepCode
    parameter: str
    provision: str
    from_on: date | None
    to_on: date | None
    limit_days: int

    @property
    def days(self) -> int | None:
        if self.from_on is None or self.to_on is None:
            return None
        return (self.to_on - self.from_on).days

    @property
    def due_on(self) -> date | None:
        """The last day in time."""
        return self.from_on + timedelta(days=self.limit_days) if self.from_on else None

    @property
    def days_late(self) -> int:
        """By how many days the limit was passed; 0 when it was kept or is not told."""
        return max((self.days or 0) - self.limit_days, 0)

    @property
    def state(self) -> StepState:
        if self.days is None:
            return "not_told"
        return "late" if self.days_late else "in_time"


def list_steps(body: Mapping[str, Any], published_on: date) -> tuple[Step, ...]:
    """The steps of a decision that have a time limit, in the order of the procedure.

    `published_on` is the day its first version became public. The acknowledgement (Article 9.1) and
    the communication (10.3) are listed when the record tells the receipt of a notification; final
    decisions only for the latter. Publication within 15 days (11.1) is for decisions on domestic
    use other than field trials, news of a change within 30 days (12.1) for amendments. Time that a
    Party waited for information it had asked for does not count under Article 10.3, but records do
    not tell it: a communication may have been in time though it is listed as late.
    """
    return tuple(_list_steps(body, published_on))


def _list_steps(body: Mapping[str, Any], published_on: date) -> Iterator[Step]:
    received = read_day(body.get("receiptDate"))
    decided = read_day(body.get("date"))
    if received is not None:
        acknowledged = read_day(body.get("receiptAcknowledgementDate"))
        yield _step("acknowledgement", "cpb.acknowledgement_limit", received, acknowledged)
        if INTERIM_RESULTS.isdisjoint(find_closed_values(body, "decisionResult")):
            told = read_day(body.get("communicationDate"))
            yield _step("communication", "cpb.decision_limit", received, told)
    is_domestic = DOMESTIC_USE in find_closed_values(body, "decisionTypes")
    if is_domestic and body.get("involvesFieldTrial") is not True:
        yield _step("publication", "cpb.domestic_use_limit", decided, published_on)
    if body.get("isAmendment") is True:
        yield _step("change", "cpb.change_notice_limit", decided, published_on)


def _step(code: StepCode, parameter: str, begins: date | None, ends: date | None) -> Step:
    declared = get_parameter(parameter)
    on = begins or ends
    value = declared.value_on(on) if on else declared.values[-1].value
    return Step(
        code=code,
        parameter=parameter,
        provision=declared.values[-1].cites[0],
        from_on=begins,
        to_on=ends,
        limit_days=value,
    )
