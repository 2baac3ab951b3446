"""Time limits inside indicators: "within six years of joining".

Some indicators ask not only whether a thing is in place but whether it came in time. Every Party in
force falls into one class; where no source tells the year, that is said instead of guessed.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from cartagena.engine.evaluate import TREATY, Evaluator
from cartagena.engine.evidence import Evidence
from cartagena.engine.figure import Variant
from cartagena.engine.indicator import Deadline
from cartagena.engine.party_set import PartySet
from cartagena.engine.point import Point

TimeClass = Literal["in_time", "late", "date_unknown", "not_in_place", "not_yet_due", "unknown"]
TIME_CLASSES: tuple[TimeClass, ...] = (
    "in_time", "late", "date_unknown", "not_in_place", "not_yet_due", "unknown",
)  # fmt: skip


def classify_by_deadline(
    evaluator: Evaluator, indicator: str, point: Point, variant: Variant = "strict"
) -> Mapping[TimeClass, PartySet] | None:
    """The Parties in force at a point by how they stand to the indicator's time limit.

    - ``in_time``: in place by the limit (the year counts whole: the limit's own year is in time); a
      Party still within its limit is in time whatever the date
    - ``late``: in place after the limit
    - ``date_unknown``: in place, but nobody asked when
    - ``not_in_place``: the limit passed without it
    - ``not_yet_due``: not in place, the limit still ahead
    - ``unknown``: silent

    ``None`` when the indicator has no time limit, when the limit runs from the first law (whose day
    reports do not tell), or when nothing answers it.
    """
    deadline = evaluator.indicator(indicator).deadline
    verdict = evaluator.verdict(indicator, point, variant)
    if deadline is None or verdict is None or deadline.after != "entry_into_force":
        return None
    roll = evaluator.facts.roll
    years = _read_years(evaluator.evidence(point), deadline.year_question.get(point.cycle or ""))
    found: dict[TimeClass, list[str]] = {name: [] for name in TIME_CLASSES}
    for party in evaluator.parties(point):
        limit = _limit(evaluator, party, deadline)
        outcome = verdict.outcome(party)
        found[_classify(outcome, years.get(party), limit, point.record_date)].append(party)
    return {name: roll.set_of(parties) for name, parties in found.items()}


def _classify(outcome: str, year: int | None, limit: dt.date, on: dt.date) -> TimeClass:
    if outcome == "unknown":
        return "unknown"
    if outcome == "no":
        return "not_yet_due" if on < limit else "not_in_place"
    if on <= limit:
        return "in_time"
    if year is None:
        return "date_unknown"
    return "in_time" if year <= limit.year else "late"


def _limit(evaluator: Evaluator, party: str, deadline: Deadline) -> dt.date:
    dates = evaluator.status.dates(evaluator.facts.roll.bit(party), TREATY)
    joined = dates["in_force_on"]
    try:
        return joined.replace(year=joined.year + deadline.years)
    except ValueError:  # 29 February in a year that has none
        return joined.replace(year=joined.year + deadline.years, day=28)


def _read_years(evidence: Evidence, question: str | None) -> dict[str, int]:
    """The year each Party named; option codes that are no year are left out."""
    years = {}
    for option, bits in evidence.choices.get(question or "", {}).items():
        if option.isdigit():
            for party in evidence.roll.from_bits(bits):
                years[party] = int(option)
    return years
