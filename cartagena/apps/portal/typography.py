"""How numbers, percentages and dates are written for readers, in the language of the page."""

import datetime as dt
from fractions import Fraction
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal
from django.utils.translation import get_language

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"


def _locale() -> str:
    language = (get_language() or "en").split("-")[0]
    return "en_GB" if language == "en" else language


def long_date(day: dt.date | None) -> str:
    """A day as people write it (15 October 2010); a dash for none."""
    return DASH if day is None else format_date(day, "long", _locale())


def number(value: float | int | None) -> str:
    """A number with grouped thousands and at most two decimals; a dash for none."""
    if value is None:
        return DASH
    return _write_number(value, _locale())


@lru_cache(maxsize=4096)
def _write_number(value: float | int, locale: str) -> str:
    """Kept, because a page of tables writes the same small numbers hundreds of times."""
    return str(format_decimal(value, format="#,##0.##", locale=locale))


def short_number(value: float | int | None) -> str:
    """A number in a few characters: from a hundred thousand on in thousands or millions (4.9M)."""
    if value is None or abs(value) < 100_000:
        return number(value)
    return str(format_compact_decimal(value, fraction_digits=1, locale=_locale()))


def percent(share: Fraction | float | None) -> str:
    """A share as whole percent (75 %). Shares that only round to 0 or 100 say so (< 1 %)."""
    if share is None:
        return DASH
    value = float(share) * 100
    # Arabic and Chinese write the sign close up; a space would also part it from its number there.
    sign = "%" if _locale() in ("ar", "zh") else f"{NO_BREAK}%"
    if 0 < value < 0.5:
        return f"<{NO_BREAK}1{sign}"
    if 99.5 <= value < 100:
        return f">{NO_BREAK}99{sign}"
    return f"{_round_half_up(value)}{sign}"


def points(difference: Fraction | float | None) -> str:
    """A difference of shares in percentage points with its sign (+12, −3); a dash for none."""
    if difference is None:
        return DASH
    value = float(difference) * 100
    rounded = _round_half_up(abs(value))
    if rounded == 0:
        return "0"
    return f"{'+' if value > 0 else MINUS}{rounded}"


def _round_half_up(value: float) -> int:
    return int(value + 0.5)


def moment(value: dt.datetime | None) -> str:
    """Day and time in the order of ISO 8601, also where the text runs from right to left."""
    return f"\u2066{value:%Y-%m-%d %H:%M}\u2069" if value else ""
