"""All at once: every indicator, cycle, variant and group, counted in one go.

Evaluation pages and exports ask for one figure after another; evaluation documents and the
benchmark want all. Here each condition is decided once and then only counted per group, which costs
a few thousand integer operations.
"""

from collections.abc import Sequence
from typing import NamedTuple

from cartagena.engine.condition import Basis, Condition
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.figure import VARIANTS, Variant
from cartagena.engine.point import Point
from cartagena.engine.status import SHOWN_GROUPS


class Tally(NamedTuple):
    """Yes and no among the Parties in force, for all of them and then for each group."""

    indicator: str
    point: str
    variant: Variant
    counts: tuple[tuple[int, int], ...]


class BandTally(NamedTuple):
    """Bounds of a banded total, for all Parties in force and then for each group.

    An upper bound is ``None`` when an answer lies in an open top band.
    """

    indicator: str
    point: str
    totals: tuple[tuple[float, float | None], ...]


class PlanTally:
    """A plan made ready to be counted: conditions, evidence, universes and bounds looked up once.

    ``groups`` are counted after the total, in this order.
    """

    def __init__(
        self,
        evaluator: Evaluator,
        points: Sequence[Point] | None = None,
        groups: Sequence[str] = SHOWN_GROUPS,
    ) -> None:
        self.groups = tuple(groups)
        self._conditions: list[tuple[str, str, Variant, Condition, Basis, tuple[int, ...]]] = []
        self._bands: list[tuple[str, str, list[_Band], tuple[int, ...]]] = []
        for point in points if points is not None else evaluator.points:
            basis = evaluator.basis(point)
            universes = _universes(evaluator, point, self.groups)
            for identifier in evaluator.indicators:
                self._prepare(evaluator, identifier, point, basis, universes)

    def _prepare(
        self,
        evaluator: Evaluator,
        identifier: str,
        point: Point,
        basis: Basis,
        universes: tuple[int, ...],
    ) -> None:
        recipe = evaluator.indicator(identifier).recipes.get(point.cycle or "")
        if recipe is None:
            return
        for variant in VARIANTS:
            condition = recipe.strict if variant == "strict" else recipe.inclusive
            if condition is not None:
                kept = universes
                if recipe.not_applicable is not None:
                    out = recipe.not_applicable.verdict(basis).yes
                    kept = tuple(universe & ~out for universe in universes)
                self._conditions.append((identifier, point.id, variant, condition, basis, kept))
        if recipe.bands:
            bands = [
                _Band(bits, *bounds)
                for question in recipe.bands
                for option, bits in basis.evidence.choices.get(question, {}).items()
                if (bounds := evaluator.bounds(point, question, option)) is not None
            ]
            self._bands.append((identifier, point.id, bands, universes))

    def __len__(self) -> int:
        """How many recipes are counted."""
        return len(self._conditions) + len(self._bands)

    def count(self) -> list[Tally | BandTally]:
        """Evaluate everything."""
        results: list[Tally | BandTally] = []
        for identifier, point, variant, condition, basis, universes in self._conditions:
            yes, no = condition.verdict(basis)
            counts = tuple([((yes & u).bit_count(), (no & u).bit_count()) for u in universes])
            results.append(Tally(identifier, point, variant, counts))
        for identifier, point, bands, universes in self._bands:
            totals = tuple([_sum_bands(bands, universe) for universe in universes])
            results.append(BandTally(identifier, point, totals))
        return results


class _Band(NamedTuple):
    bits: int
    lower: float
    upper: float | None


def _sum_bands(bands: list[_Band], universe: int) -> tuple[float, float | None]:
    lower = 0.0
    upper: float | None = 0.0
    for bits, low, high in bands:
        parties = (bits & universe).bit_count()
        if parties:
            lower += low * parties
            upper = None if upper is None or high is None else upper + high * parties
    return lower, upper


def _universes(evaluator: Evaluator, point: Point, groups: tuple[str, ...]) -> tuple[int, ...]:
    in_force = evaluator.parties(point).bits
    on = point.record_date
    return (in_force, *(in_force & evaluator.status.members(group, on) for group in groups))
