"""All indicators of the plan over all its points, worked out once for each evaluator.

Holds engine objects and no words, so that one overview serves every language. A new publication or
another date gives a new evaluator and with it a new overview.
"""

import threading
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from cartagena.engine.evaluate import Evaluator
from cartagena.engine.figure import Figure, Variant
from cartagena.engine.point import Point
from cartagena.engine.verdict import Verdict

Course = Literal["up", "steady", "down", "unmeasured"]
COURSES: tuple[Course, ...] = ("up", "steady", "down", "unmeasured")

NOTABLE_SHARE = Fraction(5, 100)
"""A share moves when it changes by more than five points; a number, by more than five percent."""


@dataclass(frozen=True)
class Row:
    """One indicator at the plan's points, in their order; `baseline` and `latest` are computed.

    `panel` are the figures of the Parties that reported at both; empty where no report is read.
    """

    id: str
    figures: tuple[Figure, ...]
    baseline: Figure | None
    latest: Figure | None
    panel: tuple[Figure, Figure] | tuple[()]

    @property
    def course(self) -> Course:
        """Where it moved from baseline to latest; by the panel where there is one."""
        if self.baseline is None or self.latest is None or self.baseline is self.latest:
            return "unmeasured"
        first, last = self.panel or (self.baseline, self.latest)
        return _compare(first, last)


def _compare(first: Figure, last: Figure) -> Course:
    if first.kind == "milestone":
        return "up" if last.reached_on and not first.reached_on else "steady"
    before, after = first.headline, last.headline
    if before is not None and after is not None and last.kind == "share":
        change, notable = float(after - before), float(NOTABLE_SHARE)
    else:
        old, new = _amount(first), _amount(last)
        if old is None or new is None:
            return "unmeasured"
        change, notable = new - old, 0.05 * max(old, 1)
    if abs(change) <= notable:
        return "steady"
    return "up" if change > 0 else "down"


def _amount(figure: Figure) -> float | None:
    if figure.kind in ("total", "amount"):
        return figure.lower
    if figure.kind == "ratio" and figure.headline is not None:
        return float(figure.headline)
    return None if figure.numerator is None else float(figure.numerator)


class Overview:
    """Everything the pages ask again and again of one evaluator."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.points = evaluator.points
        self.evaluator = evaluator
        self._verdicts: dict[tuple[str, str, Variant], Verdict | None] = {}
        self._counted: dict[str, Mapping[str, Counter[str]]] = {}

    @property
    def plan_points(self) -> tuple[Point, ...]:
        """The points that a meeting of the plan looks at; the one after the plan is left out."""
        return tuple(p for p in self.points if p.meeting is not None)

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """One row for each indicator of the plan, in its order."""
        return {each.id: self._make_row(each.id) for each in self.evaluator.plan.indicators}

    def _make_row(self, identifier: str) -> Row:
        evaluator = self.evaluator
        if identifier not in evaluator.indicators:
            return Row(identifier, (), None, None, ())
        figures = tuple(evaluator.figure(identifier, point) for point in self.points)
        of_plan = {p.id: p for p in self.plan_points}
        known = [f for f in figures if f.status == "computed" and f.point in of_plan]
        if not known:
            return Row(identifier, figures, None, None, ())
        first, last = known[0], known[-1]
        panel: tuple[Figure, Figure] | tuple[()] = ()
        if first is not last and evaluator.indicator(identifier).measure.reads_reports:
            start, end = of_plan[first.point], of_plan[last.point]
            pair = (
                evaluator.figure(identifier, start, universe="panel", panel=end),
                evaluator.figure(identifier, end, universe="panel", panel=start),
            )
            if all(figure.status == "computed" for figure in pair):
                panel = pair
        return Row(identifier, figures, first, last, panel)

    def course_counts(self, prefix: str) -> Counter[Course]:
        """How many indicators whose id starts with `prefix` took each course."""
        return Counter(row.course for row in self.rows.values() if row.id.startswith(prefix))

    def is_made_up(self, prefix: str = "") -> bool:
        """Whether a figure of an indicator whose id starts with `prefix` rests on made-up facts."""
        return any(
            figure.demonstration
            for row in self.rows.values()
            if row.id.startswith(prefix)
            for figure in row.figures
        )

    def counted(self, point: Point) -> Mapping[str, Counter[str]]:
        """For each indicator that counts records: how many of them each government has."""
        key = f"{point.id}|{point.as_of}"
        if key not in self._counted:
            evaluator = self.evaluator
            self._counted[key] = {
                each.id: Counter(
                    record.government
                    for record in evaluator.counted_records(each.id, point)
                    if record.government
                )
                for each in evaluator.indicators.values()
                if each.measure.counts_records
            }
        return self._counted[key]

    def verdict(self, identifier: str, point: Point, variant: Variant) -> Verdict | None:
        """Which Parties are yes and no; None where no condition on Parties decides."""
        key = (identifier, f"{point.id}|{point.as_of}", variant)
        if key not in self._verdicts:
            self._verdicts[key] = find_verdict(self.evaluator, identifier, point, variant)
        return self._verdicts[key]


def find_verdict(
    evaluator: Evaluator, identifier: str, point: Point, variant: Variant
) -> Verdict | None:
    """The verdict behind an indicator's own figure, also where treaty status decides it."""
    if identifier not in evaluator.indicators:
        return None
    if point.as_of is not None and point.as_of < point.record_date:
        return None
    return evaluator.verdict(identifier, point, variant)


_lock = threading.Lock()
_overviews: OrderedDict[int, Overview] = OrderedDict()
KEPT = 8


def get_overview(evaluator: Evaluator) -> Overview:
    """The overview of an evaluator, made when first asked for; the last few are kept."""
    with _lock:
        found = _overviews.get(id(evaluator))
        if found is None or found.evaluator is not evaluator:
            found = _overviews[id(evaluator)] = Overview(evaluator)
        _overviews.move_to_end(id(evaluator))
        while len(_overviews) > KEPT:
            _overviews.popitem(last=False)
        return found
