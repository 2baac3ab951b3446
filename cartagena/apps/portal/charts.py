"""Shares and movements as SVG: geometry only, coloured by the stylesheet, no inline style.

Everything is drawn from left to right; the stylesheet mirrors it where a page reads from the right.
Unknown is always hatched (`#hatch`, defined once in the base page).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Share = Fraction | float


def _trim(value: float) -> str:
    """A coordinate with a decimal point in every language, as short as possible."""
    return f"{value:.1f}".removesuffix(".0")


def draw_bar(
    yes: int,
    unknown: int,
    size: int,
    *,
    headline: Share | None = None,
    label: str = "",
    classes: str = "",
) -> SafeString:
    """A share in three parts of a whole of `size` Parties: yes solid, unknown hatched, no empty.

    The tick is the headline, which lies between floor and ceiling. Without a `label` the bar is
    decoration: the words beside it say the same.
    """  # fmt: skip
    role = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    parts = [f'<svg class="bar{f" {classes}" if classes else ""}" {role}>']
    parts.append('<rect class="box" width="100%" height="100%"/>')
    if size:
        floor, open_part = yes / size * 100, unknown / size * 100
        if unknown:
            parts.append(
                f'<rect x="{_trim(floor)}%" width="{_trim(open_part)}%" height="100%" '
                f'fill="url(#hatch)"/>'
            )
        if yes:
            parts.append(f'<rect class="yes" width="{_trim(floor)}%" height="100%"/>')
        if headline is not None:
            at = f"{_trim(float(headline) * 100)}%"
            parts.append(f'<line class="head" x1="{at}" x2="{at}" y1="-3" y2="115%"/>')
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308 - numbers, and a label that is escaped


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One point of a movement: its value with the floor and ceiling around it, all shares.

    `label` names the point, `text` is the value as written; no `value` means nothing is known.
    """

    label: str
    text: str = ""
    value: Share | None = None
    floor: Share | None = None
    ceiling: Share | None = None


def draw_spark(marks: Sequence[Mark]) -> SafeString:
    """A movement the size of a word: points with whiskers, in the order of time."""
    inner = _draw_series(marks, left=10, right=110, top=4, bottom=38, radius=3.5)
    return mark_safe(  # noqa: S308 - numbers only
        '<svg class="spark" viewBox="0 0 120 42" aria-hidden="true">'
        f'<line class="axis" x1="0" x2="120" y1="38" y2="38"/>{inner}</svg>'
    )


def draw_chart(marks: Sequence[Mark], title: str) -> SafeString:
    """A movement with its axes: share from 0 to 100 %, one place for each point."""
    left, right, top, bottom = 34.0, 400.0, 20.0, 200.0
    parts = [f'<svg class="chart" viewBox="0 0 400 228" role="img" aria-label="{escape(title)}">']
    for step in range(0, 101, 25):
        y = bottom - (bottom - top) * step / 100
        parts.append(
            f'<line class="axis" x1="{_trim(left)}" x2="{_trim(right)}" y1="{y}" y2="{y}"/>'
        )
        parts.append(f'<text x="{_trim(left - 8)}" y="{y + 4}" text-anchor="end">{step}</text>')
    parts.append(_draw_series(marks, left + 42, right - 48, top, bottom, radius=5))
    for x, mark in zip(_places(len(marks), left + 42, right - 48), marks, strict=True):
        label = escape(mark.label)
        parts.append(f'<text x="{_trim(x)}" y="220" text-anchor="middle">{label}</text>')
        if mark.value is not None:
            y = bottom - (bottom - top) * float(mark.value)
            text = escape(mark.text)
            parts.append(f'<text class="value" x="{_trim(x + 9)}" y="{_trim(y - 9)}">{text}</text>')
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308 - numbers, and labels that are escaped


def _draw_series(
    marks: Sequence[Mark], left: float, right: float, top: float, bottom: float, radius: float
) -> str:
    def height(share: Share) -> str:
        return _trim(bottom - (bottom - top) * float(share))

    whiskers, dots, path = [], [], []
    for x, mark in zip(_places(len(marks), left, right), marks, strict=True):
        at = _trim(x)
        if mark.floor is not None and mark.ceiling is not None:
            low, high = height(mark.floor), height(mark.ceiling)
            whiskers.append(f'<path class="whisker" d="M{at} {low}V{high}"/>')
            for end in (low, high):
                whiskers.append(
                    f'<path class="whisker" d="M{_trim(x - radius)} {end}h{_trim(radius * 2)}"/>'
                )
        if mark.value is not None:
            y = height(mark.value)
            path.append(f"{at} {y}")
            dots.append(f'<circle class="dot" cx="{at}" cy="{y}" r="{_trim(radius)}"/>')
    line = f'<path class="path" d="M{"L".join(path)}"/>' if len(path) > 1 else ""
    return "".join([*whiskers, line, *dots])


def _places(count: int, left: float, right: float) -> list[float]:
    if count == 1:
        return [(left + right) / 2]
    return [left + (right - left) * n / (count - 1) for n in range(count)]
