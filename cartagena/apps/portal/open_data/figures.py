"""Figures and changes as plain values."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from cartagena.apps.portal.open_data.memory import kept_with_evaluator
from cartagena.engine.change import Change
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.figure import VARIANTS, Figure, UniverseName, Variant
from cartagena.engine.point import Point
from cartagena.engine.status import SHOWN_GROUPS
from cartagena.engine.wording import figure_as_json

Row = dict[str, Any]


def shown_groups(evaluator: Evaluator) -> tuple[str | None, ...]:
    """All Parties, then each group that figures are shown for and that has members."""
    return (None, *(group for group in SHOWN_GROUPS if group in evaluator.status.groups))


def share(part: int | None, whole: int | None) -> Row | None:
    """A share with the counts it comes from; None without both."""
    if part is None or not whole:
        return None
    return {"value": part / whole, "numerator": part, "denominator": whole}


def figure_row(figure: Figure) -> Row:
    """A figure as plain values; its shares keep their counts unreduced."""
    size, yes, no, unknown = figure.size, figure.yes, figure.no, figure.unknown
    known = None if yes is None or no is None else yes + no
    most = None if yes is None or unknown is None else yes + unknown
    plain = figure_as_json(figure)
    return {key: value for key, value in plain.items() if not key.endswith("_exact")} | {
        "headline": share(figure.numerator, figure.denominator),
        "floor": share(yes, size),
        "ceiling": share(most, size),
        "response": share(known, size),
        "reached_on": figure.reached_on,
        "target_on": figure.target_on,
    }


def list_figures(
    evaluator: Evaluator,
    indicators: Sequence[str],
    points: Sequence[Point],
    variants: Sequence[Variant] = VARIANTS,
    groups: Sequence[str | None] | None = None,
    universe: UniverseName = "in_force",
) -> Iterator[Figure]:
    """Figures in the order of indicator, point, variant, group (None: all Parties, which come
    first); without ``groups`` all that are shown."""
    groups = shown_groups(evaluator) if groups is None else groups
    for indicator in indicators:
        for point in points:
            for variant in variants:
                for group in groups:
                    yield _figure(evaluator, indicator, point, variant, group, universe)


_FigureKey = tuple[str, Point, Variant, str | None, UniverseName]


@kept_with_evaluator
def _figures_of(evaluator: Evaluator) -> dict[_FigureKey, Figure]:
    """The figures already computed with an evaluator."""
    return {}


def _figure(
    evaluator: Evaluator,
    indicator: str,
    point: Point,
    variant: Variant,
    group: str | None,
    universe: UniverseName,
) -> Figure:
    """One figure, kept as long as its evaluator lives; days that are no evaluation point are not,
    since there is no end of them."""
    kept = _figures_of(evaluator)
    key = (indicator, point, variant, group, universe)
    found = kept.get(key)
    if found is None:
        found = evaluator.figure(indicator, point, variant=variant, group=group, universe=universe)
        if point in evaluator.points:
            kept[key] = found
    return found


def point_row(point: Point) -> Row:
    """A point in time as plain values."""
    return {
        "id": point.id,
        "title": point.title,
        "cycle": point.cycle,
        "sources": list(point.sources),
        "record_date": point.record_date,
        "meeting": point.meeting,
    }


def difference(value: Fraction | None) -> float | None:
    """A difference of shares; 0.05 is five points."""
    return None if value is None else float(value)


def change_row(change: Change) -> Row:
    """A change between two points as plain values, with the number of Parties by cause."""
    return {
        "indicator": change.indicator,
        "variant": change.variant,
        "before": figure_row(change.before),
        "after": figure_row(change.after),
        "panel_before": figure_row(change.panel_before),
        "panel_after": figure_row(change.panel_after),
        "panel": list(change.panel),
        "cross_section_change": difference(change.cross_section),
        "panel_change": difference(change.of_panel),
        "composition_drives": change.composition_drives,
        "comparable": change.comparable,
        "rewordings": [
            {"old": each.old or None, "new": each.new, "verdict": each.verdict}
            for each in change.rewordings
        ],
        "causes": {cause: len(found) for cause, found in change.by_cause().items()},
        "movements": [
            {"party": m.party, "before": m.before, "after": m.after, "cause": m.cause}
            for m in change.movements
        ],
        "demonstration": any(
            figure.demonstration
            for figure in (change.before, change.after, change.panel_before, change.panel_after)
        ),
    }
