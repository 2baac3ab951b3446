"""From facts to figures: the engine's front door.

::

    evaluator = Evaluator(read_facts(Path("facts")))
    figure = evaluator.figure("1.6.1", evaluator.point("final"))
    print(figure.numerator, figure.denominator, figure.floor, figure.ceiling)

An evaluator is made once for a set of facts and a day of knowledge and can be asked anything; it
keeps what it has built.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from cartagena.engine.condition import Basis, Condition
from cartagena.engine.evidence import (
    AnswerGrid,
    Evidence,
    PublishedRecord,
    PublishedRecords,
    join_sources,
)
from cartagena.engine.facts import Facts
from cartagena.engine.figure import Figure, UniverseName, Variant
from cartagena.engine.indicator import Indicator, load_indicators
from cartagena.engine.measure import BandTotal, PartiesReporting, Situation, figure_of_verdict
from cartagena.engine.party_set import PartySet
from cartagena.engine.plan import Plan, load_plan
from cartagena.engine.point import Point
from cartagena.engine.questionnaire import load_format
from cartagena.engine.status import TreatyStatus
from cartagena.engine.verdict import Bits, Verdict, make_verdict

TREATY = "cpb"
FIRST_DAY = dt.date(1992, 6, 5)
"""The Convention was opened for signature (its Article 33): nothing is known of a day before."""
_DAYS_KEPT = 64

K = TypeVar("K")
V = TypeVar("V")


class UnknownNameError(LookupError):
    """Something was asked for by a name that does not exist; the message lists what does."""


class Evaluator:
    """Evaluates the indicators of a plan over one set of facts.

    ``as_of`` is the day of knowledge: nothing published later is seen (``None``: everything).
    """

    def __init__(
        self, facts: Facts, *, as_of: dt.date | None = None, plan: str = "cpb_2011_2020"
    ) -> None:
        self.facts = facts
        self.as_of = as_of
        self.plan: Plan = load_plan(plan)
        self.indicators: Mapping[str, Indicator] = load_indicators(plan)
        self.status = TreatyStatus(facts)
        self._evidence: dict[tuple[str | None, dt.date | None], Evidence] = {}
        self._sources: dict[dt.date | None, dict[str, Evidence]] = {}
        self._records: dict[dt.date | None, PublishedRecords] = {}
        self._bounds: dict[str | None, Mapping[tuple[str, str], tuple[float, float | None]]] = {}

    # Points in time

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The plan's evaluation points in order, seen from the day of knowledge."""
        return tuple(
            Point(
                id=p.id,
                title=p.title.get("en"),
                cycle=p.cycle,
                sources=p.sources,
                record_date=p.record_date,
                meeting=p.meeting,
                as_of=self.as_of,
            )
            for p in self.plan.points
        )

    def point(self, name: str) -> Point:
        """An evaluation point by its id, or any day written as YYYY-MM-DD."""
        for point in self.points:
            if point.id == name:
                return point
        try:
            day = dt.date.fromisoformat(name)
        except ValueError:
            known = ", ".join(p.id for p in self.points)
            raise UnknownNameError(
                f"There is no evaluation point {name!r}. Use one of {known}, or a date such as "
                f"2015-12-31."
            ) from None
        if day < FIRST_DAY:
            raise UnknownNameError(
                f"Nothing can be evaluated on {day}: the Convention was opened for signature on "
                f"{FIRST_DAY}. Use a later date."
            )
        return self.point_on(day)

    def point_on(self, day: dt.date) -> Point:
        """Any day as a point: status and records of that day, the last cycle due by then."""
        due = [
            (load_format(p.cycle).deadline, p) for p in self.points if p.cycle is not None
        ]  # fmt: skip
        past = [p for deadline, p in due if deadline is not None and deadline <= day]
        known = day if self.as_of is None else min(day, self.as_of)
        return Point(
            id=day.isoformat(),
            title=day.isoformat(),
            cycle=past[-1].cycle if past else None,
            sources=past[-1].sources if past else (),
            record_date=day,
            as_of=known,
        )

    # What is known at a point

    def evidence(self, point: Point) -> Evidence:
        """The answers of the point's cycle, as published by its day of knowledge."""
        key = (point.cycle, point.as_of)
        found = self._evidence.get(key)
        if found is not None:
            return found
        by_source = self._sources.get(point.as_of)
        if by_source is None:
            by_source = _keep(self._sources, point.as_of, self._grid.at(point.as_of))
        parts = [by_source[s] for s in point.sources if s in by_source]
        return _keep(self._evidence, key, join_sources(self.facts.roll, parts))

    @cached_property
    def _grid(self) -> AnswerGrid:
        return AnswerGrid(self.facts)

    def records(self, point: Point) -> PublishedRecords:
        """The records live on the point's record date, as far as known."""
        day = point.record_date if point.as_of is None else min(point.record_date, point.as_of)
        found = self._records.get(day)
        return found or _keep(self._records, day, PublishedRecords(self.facts, day))

    def basis(self, point: Point) -> Basis:
        """All that conditions may look at on a point."""
        return Basis(
            evidence=self.evidence(point),
            records=self.records(point),
            in_force=self.status.in_force(TREATY, point.record_date),
            on=point.record_date,
        )

    def parties(self, point: Point) -> PartySet:
        """The Parties to the Protocol on the point's record date."""
        return self.facts.roll.from_bits(self.status.in_force(TREATY, point.record_date))

    def group(self, code: str, point: Point) -> PartySet:
        """The members of a group on the point's record date."""
        if code not in self.status.groups:
            raise UnknownNameError(
                f"There is no group {code!r}. Groups: {', '.join(self.status.groups)}."
            )
        return self.facts.roll.from_bits(self.status.members(code, point.record_date))

    def reported(self, point: Point, indicator: Indicator | None = None) -> PartySet:
        """The Parties whose report is live: of the cycle, or of the sources an indicator reads."""
        evidence = self.evidence(point)
        wanted = set(point.sources)
        recipe = indicator.recipes.get(point.cycle or "") if indicator else None
        if recipe is not None and recipe.questions:
            wanted = {source_of(question, point) for question in recipe.questions}
        bits = 0
        for source, reported in evidence.reported.items():
            if source in wanted:
                bits |= reported
        return self.facts.roll.from_bits(bits)

    # Figures

    def indicator(self, identifier: str) -> Indicator:
        """An indicator by its id."""
        try:
            return self.indicators[identifier]
        except KeyError:
            raise UnknownNameError(
                f"There is no indicator {identifier!r}. Indicators run from 1.1.1 to 5.3.2."
            ) from None

    def figure(
        self,
        identifier: str,
        point: Point,
        *,
        variant: Variant = "strict",
        group: str | None = None,
        universe: UniverseName = "in_force",
        panel: Point | None = None,
    ) -> Figure:
        """One figure. ``panel`` is the other point when the universe is the panel of both."""
        indicator = self.indicator(identifier)
        situation = self._situation(indicator, point, variant, group, universe, panel)
        return self._measure(situation)

    def reported_figure(
        self,
        identifier: str,
        point: Point,
        *,
        variant: Variant = "strict",
        group: str | None = None,
        universe: UniverseName = "in_force",
    ) -> Figure | None:
        """What the reports say beside an indicator that is measured otherwise; a proxy.

        ``None`` when the indicator is itself read from reports, or no report asks it.
        """
        indicator = self.indicator(identifier)
        recipe = indicator.recipes.get(point.cycle or "")
        if indicator.measure.reads_reports or recipe is None or not recipe.questions:
            return None
        situation = self._situation(indicator, point, variant, group, universe, None)
        measure = BandTotal() if recipe.strict is None else PartiesReporting("count")
        return replace(
            measure.figure(situation), unit=indicator.unit if recipe.bands else "Parties"
        )

    def part_figures(
        self,
        identifier: str,
        point: Point,
        *,
        group: str | None = None,
        universe: UniverseName = "in_force",
    ) -> dict[str, Figure]:
        """The parts an indicator joins, each alone, by name; empty where it has none."""
        indicator = self.indicator(identifier)
        situation = self._situation(indicator, point, "strict", group, universe, None)
        return {
            name: figure_of_verdict(situation, "share", condition)
            for name, by_cycle in indicator.components.items()
            if (condition := by_cycle.get(point.cycle or "")) is not None
        }

    def _measure(self, situation: Situation) -> Figure:
        point, indicator = situation.point, situation.indicator
        if point.as_of is not None and point.as_of < point.record_date:
            return situation.figure(
                indicator.measure.kind,
                status="not_yet",
                reason=f"This point is {point.record_date}, after the date you look from.",
            )
        return indicator.measure.figure(situation)

    def _situation(
        self,
        indicator: Indicator,
        point: Point,
        variant: Variant,
        group: str | None,
        universe: UniverseName,
        panel: Point | None,
    ) -> Situation:
        basis = self.basis(point)
        bits = basis.in_force
        if group is not None:
            bits &= self.group(group, point).bits
        situation = Situation(
            indicator=indicator,
            recipe=indicator.recipes.get(point.cycle or ""),
            point=point,
            variant=variant,
            group=group,
            universe_name=universe,
            universe=bits,
            basis=basis,
            status=self.status,
            facts=self.facts,
            bounds=lambda question, option: self.bounds(point, question, option),
        )
        return replace(situation, universe=bits & self._narrowing(situation, universe, panel))

    def _narrowing(self, situation: Situation, universe: UniverseName, panel: Point | None) -> int:
        if universe == "in_force":
            return situation.universe
        indicator, point = situation.indicator, situation.point
        reported = self.reported(point, indicator).bits
        if universe == "reported":
            return reported
        if universe == "answered":
            condition = indicator.measure.condition(situation)
            if condition is None:
                return reported
            verdict = condition.verdict(situation.basis)
            return verdict.yes | verdict.no
        if panel is None:
            raise UnknownNameError("A panel needs a second point to compare with.")
        in_force_then = self.status.in_force(TREATY, panel.record_date)
        return reported & self.reported(panel, indicator).bits & in_force_then

    def bounds(self, point: Point, question: str, option: str) -> tuple[float, float | None] | None:
        """The numeric meaning of a band option at a point's cycle; open bands have no upper end."""
        if point.cycle not in self._bounds:
            self._bounds[point.cycle] = {
                (asked.key, choice.code): choice.bounds
                for source in point.sources
                for asked in load_format(source).questions
                for choice in asked.options
                if choice.bounds is not None
            }
        return self._bounds[point.cycle].get((question, option))

    # Verdicts

    def condition(
        self, identifier: str, point: Point, variant: Variant = "strict"
    ) -> Condition | None:
        """The condition on Parties an indicator rests on at a point; ``None`` if there is none.

        For an indicator that is measured otherwise, the condition its reports answer.
        """
        indicator = self.indicator(identifier)
        situation = self._situation(indicator, point, variant, None, "in_force", None)
        found = indicator.measure.condition(situation)
        if found is None and situation.recipe is not None:
            found = situation.recipe.condition(variant)
        return found

    def verdict(self, identifier: str, point: Point, variant: Variant = "strict") -> Verdict | None:
        """Whom the figure counts as yes and no; ``None`` where it does not count Parties."""
        indicator = self.indicator(identifier)
        situation = self._situation(indicator, point, variant, None, "in_force", None)
        bits = indicator.measure.verdict(situation)
        if bits is None:
            return None
        universe = indicator.measure.universe(situation)
        return make_verdict(self.facts.roll, Bits(bits.yes & universe, bits.no & universe))

    def counted_records(
        self, identifier: str, point: Point, variant: Variant = "strict"
    ) -> tuple[PublishedRecord, ...]:
        """The records a figure counts, latest first; empty where it does not count records."""
        indicator = self.indicator(identifier)
        situation = self._situation(indicator, point, variant, None, "in_force", None)
        found = indicator.measure.list_counted(situation)
        return tuple(sorted(found, key=lambda r: (r.first_published_on, r.record), reverse=True))

    def universe(self, identifier: str, point: Point) -> PartySet:
        """Among whom the figure counts: the Parties in force, or those the measure names."""
        indicator = self.indicator(identifier)
        situation = self._situation(indicator, point, "strict", None, "in_force", None)
        return self.facts.roll.from_bits(indicator.measure.universe(situation))

    def reported_verdict(
        self, identifier: str, point: Point, variant: Variant = "strict"
    ) -> Verdict | None:
        """What the reports say beside a figure that does not rest on them; ``None`` if nothing."""
        recipe = self.indicator(identifier).recipes.get(point.cycle or "")
        condition = recipe.condition(variant) if recipe is not None else None
        if condition is None:
            return None
        yes, no = condition.verdict(self.basis(point))
        parties = self.parties(point).bits
        return make_verdict(self.facts.roll, Bits(yes & parties, no & parties))


def _keep(kept: dict[K, V], key: K, value: V) -> V:
    """Remember a value for its key and return it.

    Anybody may ask for any day, so what was kept first goes when there are too many; an evaluation
    needs only a handful.
    """
    while len(kept) >= _DAYS_KEPT:
        kept.pop(next(iter(tuple(kept))), None)
    return kept.setdefault(key, value)


def source_of(question: str, point: Point) -> str:
    """The source of a question of a cycle: the survey's keys start with S, the reports' with Q."""
    survey = [source for source in point.sources if source.startswith("survey")]
    if question.startswith("S") and survey:
        return survey[0]
    return next((source for source in point.sources if not source.startswith("survey")), "")
