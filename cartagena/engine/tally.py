"""All at once: every indicator, cycle, variant and group, counted in one go.

Pages ask for one figure after another; evaluation documents and the benchmark want all of them.
Here each condition is decided once, and all verdicts of a point are counted in all groups together:
the bits of the verdicts and of the groups are laid side by side as machine words.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cartagena.engine.condition import Condition
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.figure import VARIANTS, Variant
from cartagena.engine.indicator import Recipe
from cartagena.engine.measure import Band, BandTotal, list_bands
from cartagena.engine.point import Point
from cartagena.engine.status import SHOWN_GROUPS

Words = npt.NDArray[np.uint64]


class Tally(NamedTuple):
    """Yes and no among the Parties in force: for all of them, then for each group."""

    indicator: str
    point: str
    variant: Variant
    yes: list[int]
    no: list[int]


class BandTally(NamedTuple):
    """Bounds of a banded total: for all Parties in force, then for each group.

    An upper bound is ``None`` when an answer lies in an open top band.
    """

    indicator: str
    point: str
    lower: list[float]
    upper: list[float | None]


class PlanTally:
    """A plan made ready to be counted: conditions, evidence, groups and bounds looked up once.

    ``groups`` are counted after the total, in this order.
    """

    def __init__(
        self,
        evaluator: Evaluator,
        points: Sequence[Point] | None = None,
        groups: Sequence[str] = SHOWN_GROUPS,
    ) -> None:
        self.groups = tuple(groups)
        chosen = points if points is not None else evaluator.points
        self._points = [_PointTally(evaluator, point, self.groups) for point in chosen]

    def __len__(self) -> int:
        """How many recipes are counted."""
        return sum(map(len, self._points))

    def count(self) -> list[Tally | BandTally]:
        """Evaluate everything."""
        return [result for point in self._points for result in point.count()]


class _PointTally:
    """The conditions and bands of one point."""

    def __init__(self, evaluator: Evaluator, point: Point, groups: tuple[str, ...]) -> None:
        self._point = point.id
        self._basis = evaluator.basis(point)
        self._size = -(-len(evaluator.facts.roll.codes) // 64) * 8
        in_force, on = evaluator.parties(point).bits, point.record_date
        members = (in_force & evaluator.status.members(group, on) for group in groups)
        self._universes = self._words([in_force, *members])
        self._conditions: list[tuple[str, Variant, Condition, int]] = []
        self._banded: list[str] = []
        self._bands: list[Band] = []
        starts: list[int] = []
        for identifier, indicator in evaluator.indicators.items():
            recipe = indicator.recipes.get(point.cycle or "")
            if recipe is not None:
                self._add_conditions(identifier, recipe)
                measure = indicator.measure
                same = isinstance(measure, BandTotal) and measure.same_people
                bounds = partial(evaluator.bounds, point)
                if recipe.bands:
                    self._banded.append(identifier)
                    starts.append(len(self._bands))
                    # a band nobody chose: every indicator has a row to add up, even in silence
                    self._bands.append(Band(0, 0, 0))
                    self._bands += list_bands(recipe.bands, self._basis.evidence, bounds, same)
        self._starts = np.array(starts, dtype=np.intp)
        self._band_bits = self._words([band.bits for band in self._bands])
        self._lower = np.array([[band.lower] for band in self._bands])
        self._upper = np.array([[band.upper or 0.0] for band in self._bands])
        self._is_open = np.array([[band.upper is None] for band in self._bands])

    def __len__(self) -> int:
        return len(self._conditions) + len(self._banded)

    def _add_conditions(self, identifier: str, recipe: Recipe) -> None:
        out = 0
        if recipe.not_applicable is not None:
            out = recipe.not_applicable.verdict(self._basis).yes
        for variant in VARIANTS:
            condition = recipe.strict if variant == "strict" else recipe.inclusive
            if condition is not None:
                self._conditions.append((identifier, variant, condition, ~out))

    def _words(self, sets: Iterable[int]) -> Words:
        """Sets of Parties as rows of machine words."""
        rows = b"".join([bits.to_bytes(self._size, "little") for bits in sets])
        return np.frombuffer(rows, dtype="<u8").reshape(-1, self._size // 8)

    def _count_in_groups(self, sets: Words) -> npt.NDArray[np.int64]:
        """How many Parties each set has in each universe."""
        found = np.zeros((len(sets), len(self._universes)), dtype=np.int64)
        for word in range(sets.shape[1]):
            found += np.bitwise_count(sets[:, word, None] & self._universes[None, :, word])
        return found

    def count(self) -> list[Tally | BandTally]:
        """Decide every condition, count every verdict, add every band."""
        return [*self._count_conditions(), *self._add_bands()]

    def _count_conditions(self) -> list[Tally]:
        if not self._conditions:
            return []
        yes, no = [], []
        for _, _, condition, kept in self._conditions:
            verdict = condition.verdict(self._basis)
            yes.append(verdict.yes & kept)
            no.append(verdict.no & kept)
        counts = self._count_in_groups(self._words([*yes, *no])).tolist()
        half = len(yes)
        return [
            Tally(identifier, self._point, variant, counts[i], counts[half + i])
            for i, (identifier, variant, _, _) in enumerate(self._conditions)
        ]

    def _add_bands(self) -> list[BandTally]:
        if not self._banded:
            return []
        counts = self._count_in_groups(self._band_bits)
        lower = np.add.reduceat(counts * self._lower, self._starts).tolist()
        upper = np.add.reduceat(counts * self._upper, self._starts)
        upper[np.add.reduceat(counts * self._is_open, self._starts) > 0] = np.nan
        tops = [[None if top != top else top for top in row] for row in upper.tolist()]
        return [
            BandTally(identifier, self._point, lower[i], tops[i])
            for i, identifier in enumerate(self._banded)
        ]
