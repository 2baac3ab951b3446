"""Codes in a text: unique identifiers, public numbers, GUIDs, names such as MON810.

Each becomes one token, whatever way it was typed. Codes are kept beside the words, never in place
of them, so a part of a code is found as a word too.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from cartagena.engine.record_identity import find_public_number
from cartagena.engine.record_type import load_record_types
from cartagena.engine.unique_identifier import find_unique_identifier

_DASH = "-‐‑‒–—−﹣－"  # noqa: RUF001 - the kinds of dashes people paste
_SIGN = "[A-Za-z0-9ØøＡ-Ｚａ-ｚ０-９∅⌀]"  # noqa: RUF001
_START = r"(?:(?<![^\W_])|(?<=[0-9OoØø][xX]))"
_END = rf"(?:(?![^\W_])|(?=[xX]{_SIGN}))"
_BETWEEN = rf"\s?[{_DASH}_.]\s?"
_UNIQUE = re.compile(
    rf"{_START}(?:{_SIGN}{{2,3}}{_BETWEEN}{_SIGN}{{4,7}}{_BETWEEN}[0-9OoØø０-９]|(?={_SIGN}{{2,8}}[0-9Øø])"
    rf"{_SIGN}{{8}}[0-9OoØø０-９]){_END}"  # noqa: RUF001
)
_UNIQUE_WITH_SPACES = re.compile(
    rf"{_START}{_SIGN}{{2,3}}[{_DASH}\s_.]{{1,3}}{_SIGN}{{4,7}}[{_DASH}\s_.]{{1,3}}[0-9OoØø]{_END}"
)
_UNIQUE_IN_HALVES = re.compile(
    rf"{_START}(?:{_SIGN}{{8}}[{_DASH}\s_.][0-9OoØø]|{_SIGN}{{2,3}}[{_DASH}\s_.]{_SIGN}{{6,7}}){_END}"
)
"""One of the two hyphens was typed: mon00810-6, MON-008106."""
_GUID = re.compile(
    r"(?<![0-9A-Fa-f])\{?([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\}?(?![0-9A-Fa-f])"
)
_NAMED = re.compile(r"(?<![^\W_])([A-Za-z]{1,6})([ -]?)(\d[\dA-Za-z]{0,9})(?![^\W_])")


class Code(NamedTuple):
    """A code and where it stands."""

    token: str
    start: int
    end: int


def list_codes(text: str, *, asked: bool = False) -> Iterator[Code]:
    """The codes of a text. In what is `asked`, spaces between the parts are taken too."""
    if not _HAS_FIGURE.search(text):
        return
    yield from _list_unique(text, asked)
    for found in _numbers(asked).finditer(text):
        yield from _read_number(found, asked)
    for found in _GUID.finditer(text):
        yield Code(f"id:{found[1].upper()}", *found.span())
    for found in _NAMED.finditer(text):
        letters, between, figures = found.groups()
        # "of 2015" is no code; "MON 810" is. In a query nobody holds down the shift key.
        if between in ("", "-") or letters[0].isupper() or asked:
            yield Code(f"c:{letters}{figures}".lower(), *found.span())


_HAS_FIGURE = re.compile(r"[\dØø]")


def number_tokens(number: str) -> list[str]:
    """The tokens under which a public number is found: with its revision, and without."""
    parts = number.split("-")
    return [f"num:{number}"] + ([f"num:{'-'.join(parts[:4])}"] if len(parts) > 4 else [])


def unique_tokens(plain: str) -> str:
    """The token of a unique identifier, given as letters and figures."""
    return f"uid:{plain}"


def _list_unique(text: str, asked: bool) -> Iterator[Code]:
    ends: set[int] = set()
    spaced = (_UNIQUE_WITH_SPACES, _UNIQUE_IN_HALVES) if asked else ()
    for pattern in (_UNIQUE, *spaced):
        for found in pattern.finditer(text):
            identifier = find_unique_identifier(found[0])
            is_code = identifier is not None and any(c.isdigit() for c in identifier.plain[2:-1])
            if identifier is not None and is_code and found.end() not in ends:
                ends.add(found.end())
                yield Code(unique_tokens(identifier.plain), *found.span())


@cache
def _numbers(asked: bool) -> re.Pattern[str]:
    kinds = load_record_types().values()
    prefixes = "|".join(sorted({re.escape(kind.prefix) for kind in kinds}))
    codes = "|".join(sorted({re.escape(kind.code) for kind in kinds}))
    between = rf"[{_DASH}\s_./]{{1,3}}" if asked else f"[{_DASH}]"
    return re.compile(
        rf"(?<![^\W_])({prefixes}){between}({codes}){between}([A-Z]{{2}}|SCBD){between}"
        rf"([1-9]\d{{0,17}})(?:{between}([1-9]\d{{0,8}}))?(?![^\W_])",
        re.IGNORECASE,
    )


def _read_number(found: re.Match[str], asked: bool) -> Iterator[Code]:
    number = find_public_number("-".join(part for part in found.groups() if part))
    if number is None:
        return
    tokens = number_tokens(str(number))
    # Asked for with a revision, the record is meant as it stands; the revision only ranks.
    for token in tokens:
        yield Code(token, *found.span())
