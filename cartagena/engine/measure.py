"""Kinds of measure: from a situation to a figure.

An indicator declares one measure. Most are conditions on Parties answered in national reports; the
others read the Clearing-House's records, treaty status, registers or usage. All give the same
:class:`~cartagena.engine.figure.Figure`, with a status and a reason where there is no value.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
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

    def figure(self, situation: Situation) -> Figure:
        on, counted = situation.basis.on, situation.counted
        whole = situation.status.in_force(self.among, on) & counted
        part = situation.status.in_force(self.treaty, on) & whole
        return situation.figure(
            "share",
            yes=part.bit_count(),
            no=(whole & ~part).bit_count(),
            unknown=0,
            numerator=part.bit_count(),
            denominator=whole.bit_count(),
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
class RecordSelection:
    """Which records count: types and wanted values; ``groups`` and ``filled`` narrow further.

    Every entry of ``filled`` must hold something; an entry of several fields is met by any of them.
    """

    types: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]] | tuple[()] = ()
    groups: tuple[str, ...] = ()
    filled: tuple[str | tuple[str, ...], ...] = ()

    def select(self, situation: Situation) -> list[PublishedRecord]:
        """The live records selected in a situation, oldest first."""
        allowed = situation.members(self.groups) if self.groups else situation.counted
        if self.groups:
            allowed &= situation.counted
        roll = situation.facts.roll
        wanted = dict(self.values)
        narrowed = bool(self.groups or situation.group)
        return [
            record
            for type_ in self.types
            for record in situation.basis.records.by_type.get(type_, ())
            if all(not record.values.get(f, frozenset()).isdisjoint(v) for f, v in wanted.items())
            and self._is_complete(record)
            and (not narrowed or bool(roll.bits_of([record.government or ""]) & allowed))
        ]

    def _is_complete(self, record: PublishedRecord) -> bool:
        choices = ((entry,) if isinstance(entry, str) else entry for entry in self.filled)
        return all(any(record.values.get(field) for field in fields) for fields in choices)

    def is_filled(self, situation: Situation) -> bool:
        """Whether the store holds any record of these types at all."""
        return any(situation.basis.records.by_type.get(type_) for type_ in self.types)


NO_RECORDS = "No record of this type is published yet, so nothing can be counted."


@dataclass(frozen=True)
class RecordTotal(Measure):
    """The number of live records selected, or of the governments that published them.

    ``also`` are further selections; the inclusive reading adds those of ``inclusive``. A record
    that several selections find counts once.
    """

    records: RecordSelection
    of: Literal["records", "governments"] = "records"
    also: tuple[RecordSelection, ...] = ()
    inclusive: tuple[RecordSelection, ...] = ()

    @property
    def kind(self) -> Kind:
        return "count"

    def figure(self, situation: Situation) -> Figure:
        selections = (self.records, *self.also)
        if situation.variant == "inclusive":
            selections += self.inclusive
        if not any(selection.is_filled(situation) for selection in selections):
            return situation.figure("count", status="no_data", reason=NO_RECORDS)
        found = (record for selection in selections for record in selection.select(situation))
        chosen = list({record.record: record for record in found}.values())
        governments = {r.government for r in chosen if r.government}
        return situation.figure(
            "count",
            numerator=len(chosen) if self.of == "records" else len(governments),
            demonstration=any(r.demonstration for r in chosen),
        )


@dataclass(frozen=True)
class RecordRatio(Measure):
    """The number of some records for each of some others; it can exceed one."""

    part: RecordSelection
    whole: RecordSelection

    @property
    def kind(self) -> Kind:
        return "ratio"

    def figure(self, situation: Situation) -> Figure:
        if not self.whole.is_filled(situation):
            return situation.figure("ratio", status="no_data", reason=NO_RECORDS)
        part, whole = self.part.select(situation), self.whole.select(situation)
        if not whole:
            return situation.figure(
                "ratio", status="no_data", reason="There is nothing to divide by on this date."
            )
        return situation.figure(
            "ratio",
            numerator=len(part),
            denominator=len(whole),
            demonstration=any(r.demonstration for r in [*part, *whole]),
        )


@dataclass(frozen=True)
class RegisterTotal(Measure):
    """Entries of a register that began by the day: their number, Parties, kinds or quantities.

    ``in_force`` counts only entries that have not ended by the day, ``ended`` only those that have.
    """

    register: str
    kinds: tuple[str, ...] = ()
    of: Literal["entries", "parties", "kinds", "quantity"] = "entries"
    in_force: bool = False
    ended: bool = False

    @property
    def kind(self) -> Kind:
        return "amount" if self.of == "quantity" else "count"

    def figure(self, situation: Situation) -> Figure:
        rows = list_register(situation.facts, self.register, situation.point.as_of)
        if not rows:
            reason = f"Nothing has been entered in the register {self.register}."
            return situation.figure(self.kind, status="no_data", reason=reason)
        on = situation.basis.on
        chosen = [row for row in rows if self._counts(row, on) and _in_group(row, situation)]
        shown = any(row["demonstration"] for row in chosen)
        if self.of == "quantity":
            total = sum(
                float(str(row["quantity"])) for row in chosen if row["quantity"] is not None
            )
            return situation.figure(self.kind, lower=total, upper=total, demonstration=shown)
        column = {"entries": "entry", "parties": "party", "kinds": "kind"}[self.of]
        distinct = {row[column] for row in chosen if row[column] is not None}
        return situation.figure(self.kind, numerator=len(distinct), demonstration=shown)

    def _counts(self, row: Mapping[str, object], on: dt.date) -> bool:
        if self.kinds and row["kind"] not in self.kinds:
            return False
        began, ended = row["from_on"], row["until_on"]
        if isinstance(began, dt.date) and began > on:
            return False
        is_over = isinstance(ended, dt.date) and ended <= on
        return not (self.in_force and is_over) and (is_over or not self.ended)


def _in_group(row: Mapping[str, object], situation: Situation) -> bool:
    if situation.group is None:
        return True
    party = row["party"]
    return isinstance(party, str) and bool(
        situation.facts.roll.bits_of([party]) & situation.counted
    )


def list_register(facts: Facts, register: str, as_of: dt.date | None) -> list[dict[str, object]]:
    """The live entries of a register on a day (``None``: now)."""
    return [
        row
        for row in facts["register"].to_pylist()
        if row["register"] == register
        and (as_of is None or row["published_on"] <= as_of)
        and (row["superseded_on"] is None or (as_of is not None and as_of < row["superseded_on"]))
    ]


@dataclass(frozen=True)
class UsageTotal(Measure):
    """Visits, searches or downloads in the twelve months up to the day."""

    counted: tuple[str, ...]
    groups: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        return "count"

    def figure(self, situation: Situation) -> Figure:
        on = situation.basis.on
        since = on.replace(year=on.year - 1, day=1)
        allowed = situation.members(self.groups) if self.groups else None
        roll = situation.facts.roll
        rows = [
            row
            for row in situation.facts["usage"].to_pylist()
            if row["kind"] in self.counted and since < row["month"] <= on
        ]
        if not rows:
            reason = "No usage was recorded in the twelve months before this date."
            return situation.figure("count", status="no_data", reason=reason)
        if situation.group is not None:
            allowed = (allowed if allowed is not None else ~0) & situation.counted
        chosen = [
            row for row in rows if allowed is None or roll.bits_of([row["country"] or ""]) & allowed
        ]
        return situation.figure(
            "count",
            numerator=sum(row["quantity"] for row in chosen),
            demonstration=any(row["demonstration"] for row in chosen),
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
