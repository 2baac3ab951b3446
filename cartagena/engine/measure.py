"""Kinds of measure: from a situation to a figure.

An indicator declares one measure. Most are conditions on Parties answered in national reports; the
others read the Clearing-House's records, treaty status, registers or usage. All give the same
:class:`~cartagena.engine.figure.Figure`, with a status and a reason where there is no value.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from cartagena.engine.condition import Basis, Condition, Published
from cartagena.engine.evidence import Evidence, PublishedRecord
from cartagena.engine.facts import Facts
from cartagena.engine.figure import Figure, Kind, UniverseName, Variant
from cartagena.engine.point import Point
from cartagena.engine.status import TreatyStatus
from cartagena.engine.verdict import Bits

if TYPE_CHECKING:
    from cartagena.engine.indicator import Indicator, Recipe

Bounds = Callable[[str, str], tuple[float, float | None] | None]


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Everything a measure may look at to give one figure.

    ``universe`` are the bits of the Parties counted; ``bounds`` gives the numeric meaning of a band
    option from its question and code.
    """

    indicator: "Indicator"
    recipe: "Recipe | None"
    point: Point
    variant: Variant
    group: str | None
    universe_name: UniverseName
    universe: int
    basis: Basis
    status: TreatyStatus
    facts: Facts
    bounds: Bounds

    def figure(self, kind: Kind, **values: object) -> Figure:
        """A figure of this situation; ``values`` are its counts, status and reason."""
        return Figure(
            indicator=self.indicator.id,
            point=self.point.id,
            variant=self.variant,
            group=self.group,
            universe=self.universe_name,
            kind=kind,
            unit=self.indicator.unit,
            **values,  # type: ignore[arg-type]
        )

    def members(self, groups: Iterable[str]) -> int:
        """Everyone in any of the groups on the day, Party or not."""
        bits = 0
        for group in groups:
            bits |= self.status.members(group, self.basis.on)
        return bits

    @property
    def counted(self) -> int:
        """The bits that may count in totals of records: the group, or all."""
        everyone = self.facts.roll.everyone.bits
        return self.members([self.group]) if self.group else everyone


@dataclass(frozen=True)
class Measure:
    """How an indicator is measured."""

    @property
    def kind(self) -> Kind:
        """The kind of figure it gives."""
        raise NotImplementedError

    def figure(self, situation: Situation) -> Figure:
        """The figure in a situation."""
        raise NotImplementedError

    def condition(self, situation: Situation) -> Condition | None:
        """The condition on Parties behind the figure, if there is one."""
        return None

    def verdict(self, situation: Situation) -> Bits | None:
        """Whom the figure counts as yes and no; ``None`` where it does not count Parties."""
        condition = self.condition(situation)
        return None if condition is None else condition.verdict(situation.basis)

    def universe(self, situation: Situation) -> int:
        """Among whom the figure counts; the situation's universe, unless a measure has its own."""
        return situation.universe

    def list_counted(self, situation: Situation) -> Sequence[PublishedRecord]:
        """The records behind the figure, each once; empty where it does not count records."""
        return ()

    @property
    def counts_records(self) -> bool:
        """Whether the figure is a number of records."""
        return type(self).list_counted is not Measure.list_counted

    @property
    def counts_parties(self) -> bool:
        """Whether it decides Party by Party."""
        return type(self).verdict is not Measure.verdict or (
            type(self).condition is not Measure.condition
        )

    @property
    def reads_reports(self) -> bool:
        """Whether it is computed from the answers of national reports."""
        return False


def figure_of_verdict(situation: Situation, kind: Kind, condition: Condition) -> Figure:
    """Count a condition's verdict over the universe."""
    verdict = condition.verdict(situation.basis)
    universe = situation.universe
    recipe = situation.recipe
    if recipe is not None and recipe.not_applicable is not None:
        universe &= ~recipe.not_applicable.verdict(situation.basis).yes
    return _count(situation, kind, verdict, universe, condition.can_refuse)


def _count(situation: Situation, kind: Kind, verdict: Bits, universe: int, shares: bool) -> Figure:
    yes = (verdict.yes & universe).bit_count()
    no = (verdict.no & universe).bit_count()
    known = (verdict.yes | verdict.no) & universe
    if not known:
        return situation.figure(
            kind,
            status="no_data",
            reason="Nothing is published that answers this.",
            yes=0,
            no=0,
            unknown=universe.bit_count(),
        )
    return situation.figure(
        kind,
        yes=yes,
        no=no,
        unknown=universe.bit_count() - yes - no,
        numerator=yes,
        denominator=yes + no if shares else None,
        demonstration=bool(known & situation.basis.evidence.demonstration),
    )


@dataclass(frozen=True)
class PartiesReporting(Measure):
    """Parties that meet the cycle's recipe: a share of those that answered, or their number."""

    as_: Literal["share", "count"] = "share"

    @property
    def kind(self) -> Kind:
        return self.as_

    @property
    def reads_reports(self) -> bool:
        return True

    def condition(self, situation: Situation) -> Condition | None:
        recipe = situation.recipe
        return None if recipe is None else recipe.condition(situation.variant)

    def figure(self, situation: Situation) -> Figure:
        condition = self.condition(situation)
        if condition is None:
            return not_asked(situation, self.kind)
        return figure_of_verdict(situation, self.kind, condition)


def not_asked(situation: Situation, kind: Kind) -> Figure:
    """The figure where no reporting cycle, or no question of it, answers the indicator."""
    if situation.point.cycle is None:
        reason = "No reporting cycle had closed by this date."
    else:
        note = situation.recipe.note if situation.recipe else ""
        reason = f"The report format of this cycle does not ask it. {note}".strip()
    return situation.figure(kind, status="not_asked", reason=reason)


@dataclass(frozen=True)
class PartiesPublishing(Measure):
    """Parties whose live records meet a condition, among all Parties in force."""

    strict: Condition
    inclusive: Condition | None = None
    as_: Literal["share", "count"] = "share"

    @property
    def kind(self) -> Kind:
        return self.as_

    def condition(self, situation: Situation) -> Condition | None:
        if situation.variant == "inclusive" and self.inclusive is not None:
            return self.inclusive
        return self.strict

    def figure(self, situation: Situation) -> Figure:
        condition = self.condition(situation)
        assert condition is not None
        figure = figure_of_verdict(replace(situation, recipe=None), self.kind, condition)
        types = {c.type for c in condition.walk() if isinstance(c, Published)}
        shown = any(
            r.demonstration for t in types for r in situation.basis.records.by_type.get(t, ())
        )
        return replace(figure, demonstration=shown and figure.status == "computed")


class Band(NamedTuple):
    """Parties (bits) that gave an answer of these bounds; no upper bound in an open top band."""

    bits: int
    lower: float
    upper: float | None


def list_bands(
    questions: Iterable[str], evidence: Evidence, bounds: Bounds, same_people: bool = False
) -> list[Band]:
    """The bands chosen in the questions, ready to be counted over any universe and added.

    With ``same_people`` only the largest lower bound of each Party is kept, so that a person
    trained in several fields is not counted several times at the lower end.
    """
    bands = [
        Band(bits, *found)
        for question in questions
        for option, bits in evidence.choices.get(question, {}).items()
        if (found := bounds(question, option)) is not None
    ]
    if not same_people:
        return bands
    kept, seen = [Band(band.bits, 0, band.upper) for band in bands], 0
    for band in sorted(bands, key=lambda band: -band.lower):
        kept.append(Band(band.bits & ~seen, band.lower, 0))
        seen |= band.bits
    return kept


@dataclass(frozen=True)
class BandTotal(Measure):
    """The sum of banded answers over Parties, as bounds: never a midpoint.

    The lower bounds are added, and so are the upper ones; one answer in an open top band leaves the
    total without an upper bound. ``yes`` counts the Parties that answered. Silent Parties add
    nothing to either bound and are shown as unknown. ``window_years`` says, per cycle, how many
    years the question covers, for readers who compare. ``same_people`` says that one person may
    stand behind several of the questions: the lower bound of a Party is then its largest single
    answer, while the upper bound stays the sum.
    """

    as_: Literal["total", "amount"] = "total"
    window_years: tuple[tuple[str, int], ...] = ()
    same_people: bool = False

    @property
    def kind(self) -> Kind:
        return self.as_

    @property
    def reads_reports(self) -> bool:
        return True

    def figure(self, situation: Situation) -> Figure:
        recipe = situation.recipe
        if recipe is None or not recipe.bands:
            return not_asked(situation, self.kind)
        evidence = situation.basis.evidence
        bands = list_bands(recipe.bands, evidence, situation.bounds, self.same_people)
        lower, upper, answered = 0.0, 0.0, 0
        is_open = False
        for band in bands:
            chose = band.bits & situation.universe
            if not chose:
                continue
            answered |= chose
            lower += band.lower * chose.bit_count()
            if band.upper is None:
                is_open = True
            else:
                upper += band.upper * chose.bit_count()
        if not answered:
            return situation.figure(
                self.kind, status="no_data", reason="Nothing is published that answers this."
            )
        return situation.figure(
            self.kind,
            yes=answered.bit_count(),
            no=0,
            unknown=(situation.universe & ~answered).bit_count(),
            lower=lower,
            upper=None if is_open else upper,
            demonstration=bool(answered & evidence.demonstration),
        )


@dataclass(frozen=True)
class TreatyShare(Measure):
    """Parties to one treaty among the Parties to another; entry into force decides."""

    treaty: str
    among: str

    @property
    def kind(self) -> Kind:
        return "share"

    def verdict(self, situation: Situation) -> Bits:
        whole = self.universe(situation)
        part = situation.status.in_force(self.treaty, situation.basis.on) & whole
        return Bits(part, whole & ~part)

    def universe(self, situation: Situation) -> int:
        return situation.status.in_force(self.among, situation.basis.on) & situation.counted

    def figure(self, situation: Situation) -> Figure:
        yes, no = self.verdict(situation)
        return situation.figure(
            "share",
            yes=yes.bit_count(),
            no=no.bit_count(),
            unknown=0,
            numerator=yes.bit_count(),
            denominator=(yes | no).bit_count(),
        )


@dataclass(frozen=True)
class Milestone(Measure):
    """Whether a treaty entered into force before a day.

    ``instruments`` is the number of States' instruments that brings it into force (the 90th day
    after the last of them); ``numerator`` counts those deposited by the day of the figure.
    """

    treaty: str
    instruments: int
    before: dt.date

    @property
    def kind(self) -> Kind:
        return "milestone"

    def figure(self, situation: Situation) -> Figure:
        on = situation.basis.on
        reached = situation.status.entry_into_force(self.treaty, self.instruments)
        states = situation.status.deposited(self.treaty, on) & ~situation.facts.roll.bits_of(
            ["EUR"]
        )
        return situation.figure(
            "milestone",
            reached_on=reached if reached is not None and reached <= on else None,
            target_on=self.before,
            numerator=(states & situation.counted).bit_count(),
            denominator=self.instruments,
        )


@dataclass(frozen=True)
class NotApplicable(Measure):
    """There is nothing to measure, and that is neither zero nor unknown; ``why`` says it."""

    why: str

    @property
    def kind(self) -> Kind:
        return "count"

    def figure(self, situation: Situation) -> Figure:
        return situation.figure("count", status="not_applicable", reason=self.why)
