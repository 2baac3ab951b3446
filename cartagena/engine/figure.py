"""Figures: the result of an indicator at a point, in one shape whatever the kind of measure.

A figure never travels alone: it carries the counts it comes from, what is unknown, whether it rests
on demonstration data, and, where there is none, why.
"""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Kind = Literal["share", "count", "total", "amount", "ratio", "milestone"]
Status = Literal["computed", "not_asked", "no_data", "not_applicable", "not_yet"]
Variant = Literal["strict", "inclusive"]
UniverseName = Literal["in_force", "reported", "answered", "panel"]

VARIANTS: tuple[Variant, ...] = ("strict", "inclusive")
UNIVERSES: tuple[UniverseName, ...] = ("in_force", "reported", "answered", "panel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What an indicator amounts to, at a point, by one reading, in one group, of one universe.

    ``status`` other than ``computed`` means there is no value; ``reason`` says why in a sentence.
    Conditions on Parties fill ``yes``, ``no``, ``unknown`` (numbers of Parties in the universe).
    ``numerator`` and ``denominator`` are what the headline divides; a plain count has no
    denominator. ``lower`` and ``upper`` bound totals of bands; an open upper bound is ``None``.
    ``demonstration`` is true when any made-up fact entered it.
    """

    indicator: str
    point: str
    variant: Variant
    group: str | None
    universe: UniverseName
    kind: Kind
    unit: str
    status: Status = "computed"
    reason: str = ""
    yes: int | None = None
    no: int | None = None
    unknown: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    lower: float | None = None
    upper: float | None = None
    reached_on: dt.date | None = None
    target_on: dt.date | None = None
    demonstration: bool = False

    @property
    def size(self) -> int | None:
        """How many Parties the universe has."""
        if self.yes is None or self.no is None or self.unknown is None:
            return None
        return self.yes + self.no + self.unknown

    @property
    def headline(self) -> Fraction | None:
        """Yes among those known (or numerator by denominator); ``None`` if nothing is known."""
        return _divide(self.numerator, self.denominator)

    @property
    def floor(self) -> Fraction | None:
        """The share if every unknown Party were a no."""
        return _divide(self.yes, self.size)

    @property
    def ceiling(self) -> Fraction | None:
        """The share if every unknown Party were a yes."""
        if self.yes is None or self.unknown is None:
            return None
        return _divide(self.yes + self.unknown, self.size)

    @property
    def response(self) -> Fraction | None:
        """The share of the universe about which something is known."""
        if self.yes is None or self.no is None:
            return None
        return _divide(self.yes + self.no, self.size)

    @property
    def met(self) -> bool | None:
        """For a milestone: whether it was reached by its target day; ``None`` for other kinds."""
        if self.kind != "milestone" or self.status != "computed" or self.target_on is None:
            return None
        return self.reached_on is not None and self.reached_on < self.target_on


def _divide(part: int | None, whole: int | None) -> Fraction | None:
    return None if part is None or not whole else Fraction(part, whole)
