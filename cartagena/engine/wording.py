"""Figures in words and as JSON: the same sentence and the same keys on pages, API and terminal."""

import datetime as dt
from fractions import Fraction
from typing import Any

from cartagena.engine.figure import Figure

_NO_VALUE = {
    "not_asked": "Not asked",
    "no_data": "No data",
    "not_applicable": "Not applicable",
    "not_yet": "Not yet",
}
_UNIVERSES = {
    "in_force": "Parties",
    "reported": "Parties that reported",
    "answered": "Parties that answered",
    "panel": "Parties that reported at both points",
}


def describe_figure(figure: Figure) -> str:
    """A figure as English sentences, with its counts and what is unknown.

    Parties that were silent are named as such: they are neither a yes nor a no.
    """
    if figure.status != "computed":
        return f"{_NO_VALUE[figure.status]}. {figure.reason}".strip()
    sentence = _SENTENCES[figure.kind](figure)
    if figure.demonstration:
        sentence += " Made-up demonstration data entered this figure."
    return sentence


def figure_as_json(figure: Figure) -> dict[str, Any]:
    """A figure with plain values: shares as a decimal and, beside it, as exact ``a/b``.

    ``None`` means there is no value; it never means zero.
    """
    return {
        "indicator": figure.indicator,
        "point": figure.point,
        "variant": figure.variant,
        "group": figure.group,
        "universe": figure.universe,
        "kind": figure.kind,
        "unit": figure.unit,
        "status": figure.status,
        "reason": figure.reason,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "yes": figure.yes,
        "no": figure.no,
        "unknown": figure.unknown,
        "size": figure.size,
        **_share("headline", figure.headline),
        **_share("floor", figure.floor),
        **_share("ceiling", figure.ceiling),
        **_share("response", figure.response),
        "lower": figure.lower,
        "upper": figure.upper,
        "met": figure.met,
        "reached_on": figure.reached_on.isoformat() if figure.reached_on else None,
        "target_on": figure.target_on.isoformat() if figure.target_on else None,
        "demonstration": figure.demonstration,
        "sentence": describe_figure(figure),
    }


def percent(share: Fraction | None) -> str:
    """A share in whole per cent; more digits only where it would round to 0 or 100 and is not."""
    if share is None:
        return "unknown"
    value = float(share * 100)
    rounded = round(value)
    if (rounded == 0 and share > 0) or (rounded == 100 and share != 1):
        return f"{value:.1f} %"
    return f"{rounded} %"


def number(value: float) -> str:
    """A number with thousands apart, without needless decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def day(value: dt.date) -> str:
    """A day as people write it: 5 March 2018."""
    return f"{value.day} {value:%B %Y}"


def _share(name: str, value: Fraction | None) -> dict[str, Any]:
    exact = None if value is None else f"{value.numerator}/{value.denominator}"
    return {name: None if value is None else float(value), f"{name}_exact": exact}


def _of_group(figure: Figure) -> str:
    parties = _UNIVERSES[figure.universe]
    return f"{parties} in {figure.group}" if figure.group else parties


def _describe_share(figure: Figure) -> str:
    assert figure.numerator is not None
    assert figure.denominator is not None
    whole = _of_group(figure)
    share = percent(figure.headline)
    if not figure.unknown:
        return f"{figure.numerator} of {figure.denominator} {whole} ({share})."
    return (
        f"{figure.numerator} of {figure.denominator} {whole} about which it is known ({share}). "
        f"Nothing is known of {figure.unknown} more: if all of them were a no it would be "
        f"{percent(figure.floor)}, if all were a yes {percent(figure.ceiling)}."
    )


def _describe_count(figure: Figure) -> str:
    assert figure.numerator is not None
    counted = (
        f"{number(figure.numerator)} {_of_group(figure) if figure.yes is not None else figure.unit}"
    )
    if figure.yes is None and figure.group:
        counted += f" in {figure.group}"
    if figure.unknown:
        return f"{counted} so far. Nothing is known of {figure.unknown} more Parties."
    return f"{counted}."


def _describe_total(figure: Figure) -> str:
    assert figure.lower is not None
    place = f" in {figure.group}" if figure.group else ""
    if figure.upper is None:
        amount = f"At least {number(figure.lower)} {figure.unit}{place}"
    elif figure.lower == figure.upper:
        amount = f"{number(figure.lower)} {figure.unit}{place}"
    else:
        bounds = f"{number(figure.lower)} and {number(figure.upper)}"
        amount = f"Between {bounds} {figure.unit}{place}"
    if figure.yes is None:
        return f"{amount}."
    silent = f"; nothing is known of {figure.unknown} more" if figure.unknown else ""
    return f"{amount}, as reported by {figure.yes} Parties{silent}."


def _describe_ratio(figure: Figure) -> str:
    assert figure.denominator
    assert figure.numerator is not None
    ratio = figure.numerator / figure.denominator
    place = f" in {figure.group}" if figure.group else ""
    return f"{ratio:.2f}: {figure.numerator} for {figure.denominator}{place}."


def _describe_milestone(figure: Figure) -> str:
    assert figure.target_on is not None
    counted = f"instruments deposited: {figure.numerator}, needed: {figure.denominator}"
    if figure.reached_on is None:
        return (
            f"Not reached by this date; {counted}. The target was before {day(figure.target_on)}."
        )
    word = "Met" if figure.met else "Not met"
    when = "before" if figure.met else "after"
    return (
        f"{word}: reached on {day(figure.reached_on)}, {when} the target of "
        f"{day(figure.target_on)}; {counted}."
    )


_SENTENCES = {
    "share": _describe_share,
    "count": _describe_count,
    "total": _describe_total,
    "amount": _describe_total,
    "ratio": _describe_ratio,
    "milestone": _describe_milestone,
}
