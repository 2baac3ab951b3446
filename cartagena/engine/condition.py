"""Conditions: what must be so for a Party to count, written once and read three ways.

A condition gives a verdict over all Parties (:meth:`verdict`), the reason for one Party
(:mod:`cartagena.engine.explain`) and the method in words (:mod:`cartagena.engine.words`).
Indicators write them with the small vocabulary at the end of this module::

    all_of(
        answer("Q016").any("instrument.nationalBiosafetyLaws"),
        answer("Q016").any("instrument.biosafetyGuidelines"),
    )

Silence is unknown. A condition says "no" only where a Party's own answer, or an authoritative
register, says so.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from cartagena.engine.evidence import Evidence, PublishedRecord, PublishedRecords
from cartagena.engine.verdict import NOTHING_KNOWN, Bits


@dataclass(frozen=True)
class Basis:
    """What a condition may look at: answers, live records, who is a Party, the day."""

    evidence: Evidence
    records: PublishedRecords
    in_force: int
    on: dt.date


@dataclass(frozen=True)
class Condition:
    """A three-valued condition on Parties."""

    def verdict(self, basis: Basis) -> Bits:
        """Who meets it and who is known not to; bits on the roll of the basis."""
        raise NotImplementedError

    @property
    def parts(self) -> tuple["Condition", ...]:
        """The conditions it is made of."""
        return ()

    @property
    def can_refuse(self) -> bool:
        """Whether it can ever say "no"; if not, a share of yes among yes and no means nothing."""
        return True

    def walk(self) -> Iterator["Condition"]:
        """Itself and everything below it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions it reads, in order of appearance, each once."""
        found = (c.question for c in self.walk() if isinstance(c, Chose | Wrote))
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Chose(Condition):
    """Yes if the answer is, or includes, one of the options; no if it was answered without them.

    ``negated`` turns it round: yes if answered with none of them. ``ruled_out_by`` is the gate:
    where it holds, the question did not apply because the answer is implied to be no.
    """

    question: str
    options: tuple[str, ...]
    negated: bool = False
    ruled_out_by: Condition | None = None

    def verdict(self, basis: Basis) -> Bits:
        evidence = basis.evidence
        chosen = 0
        choices = evidence.choices.get(self.question)
        if choices:
            for option in self.options:
                chosen |= choices.get(option, 0)
        rest = evidence.answered.get(self.question, 0) & ~chosen
        yes, no = (rest, chosen) if self.negated else (chosen, rest)
        if self.ruled_out_by is not None:
            no |= self.ruled_out_by.verdict(basis).yes & ~yes
        return Bits(yes, no)

    @property
    def parts(self) -> tuple[Condition, ...]:
        return () if self.ruled_out_by is None else (self.ruled_out_by,)

    def no_if(self, gate: Condition) -> "Chose":
        """The same, but a Party for which the gate holds counts as "no" instead of unknown."""
        return replace(self, ruled_out_by=gate)


@dataclass(frozen=True)
class Wrote(Condition):
    """Yes if a non-empty text was written. An empty box is silence, so it never says no."""

    question: str

    def verdict(self, basis: Basis) -> Bits:
        return Bits(basis.evidence.texts.get(self.question, 0), 0)

    @property
    def can_refuse(self) -> bool:
        return False


@dataclass(frozen=True)
class Published(Condition):
    """Yes if the Party has a live record of the type with these values; no if it has none.

    The Clearing-House is the authoritative store (Article 20), so the absence of a record is an
    observation. But a store that holds no record of the type at all was not filled: then unknown.
    """

    type: str
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def matches(self, record: PublishedRecord) -> bool:
        """Whether a record has one of the wanted values in every wanted field."""
        return all(
            not record.values.get(field, frozenset()).isdisjoint(wanted)
            for field, wanted in self.values
        )

    def verdict(self, basis: Basis) -> Bits:
        records = basis.records.by_type.get(self.type, ())
        if not records:
            return NOTHING_KNOWN
        roll = basis.evidence.roll
        yes = roll.bits_of(r.government for r in records if r.government and self.matches(r))
        return Bits(yes, roll.everyone.bits & ~yes)


@dataclass(frozen=True)
class All(Condition):
    """Yes where all are yes, no where any is no."""

    conditions: tuple[Condition, ...]

    def verdict(self, basis: Basis) -> Bits:
        first, *others = self.conditions
        yes, no = first.verdict(basis)
        for other in others:
            more = other.verdict(basis)
            yes &= more.yes
            no |= more.no
        return Bits(yes, no)

    @property
    def parts(self) -> tuple[Condition, ...]:
        return self.conditions

    @property
    def can_refuse(self) -> bool:
        return any(c.can_refuse for c in self.conditions)


@dataclass(frozen=True)
class Either(Condition):
    """Yes where any is yes, no where all are no."""

    conditions: tuple[Condition, ...]

    def verdict(self, basis: Basis) -> Bits:
        first, *others = self.conditions
        yes, no = first.verdict(basis)
        for other in others:
            more = other.verdict(basis)
            yes |= more.yes
            no &= more.no
        return Bits(yes, no)

    @property
    def parts(self) -> tuple[Condition, ...]:
        return self.conditions

    @property
    def can_refuse(self) -> bool:
        return all(c.can_refuse for c in self.conditions)


@dataclass(frozen=True)
class Question:
    """A question of a report format, waiting to be asked for an answer; see :func:`answer`."""

    key: str

    def any(self, *options: str) -> Chose:
        """The answer is, or includes, one of these options."""
        return Chose(self.key, options)

    def other_than(self, *options: str) -> Chose:
        """It was answered, and with none of these options."""
        return Chose(self.key, options, negated=True)

    @cached_property
    def written(self) -> Wrote:
        """A text was written."""
        return Wrote(self.key)


def answer(key: str) -> Question:
    """The answer to a question, by its key in the format of the recipe's cycle (``Q016``)."""
    return Question(key)


def all_of(*conditions: Condition) -> Condition:
    """Every condition holds."""
    return All(_at_least_one(conditions))


def any_of(*conditions: Condition) -> Condition:
    """At least one condition holds."""
    return Either(_at_least_one(conditions))


def each_of(keys: str, prefix: str, *options: str) -> Condition:
    """Every sub-question ``prefix_x`` for the letters in ``keys`` has one of the options."""
    return All(tuple(Chose(f"{prefix}_{letter}", options) for letter in keys))


def published(type: str, /, **values: str | tuple[str, ...]) -> Condition:  # noqa: A002
    """A live record of the type, with one of the given values in each given field."""
    return Published(type, tuple((f, (v,) if isinstance(v, str) else v) for f, v in values.items()))


def _at_least_one(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    if not conditions:
        raise ValueError("A condition needs at least one part.")
    return conditions
