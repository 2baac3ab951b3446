"""Draws by lot that always come out the same: a hash of names in place of a random number."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_SCALE = 1 << 64


def draw(*names: object) -> float:
    """A number from 0 up to, not including, 1 that depends on the names only."""
    text = "\x1f".join(map(str, names))
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / _SCALE


def happens(share: float, *names: object) -> bool:
    """True in about ``share`` of all names."""
    return draw(*names) < share


def pick(choices: Sequence[T], *names: object) -> T:
    """One of the choices, each as often as any other."""
    return choices[int(draw(*names) * len(choices))]


def whole(low: int, high: int, *names: object) -> int:
    """A whole number from ``low`` to ``high``, both included."""
    return low + int(draw(*names) * (high - low + 1))


def day_between(first: dt.date, last: dt.date, *names: object) -> dt.date:
    """A day from the first to the last, both included."""
    return first + dt.timedelta(days=whole(0, max((last - first).days, 0), *names))


def at_noon(day: dt.date) -> dt.datetime:
    """Noon of a day in UTC: the moment at which made-up things become public."""
    return dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)
