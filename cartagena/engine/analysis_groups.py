"""A group of one's own as people write it: names in any language or codes, pasted from anywhere.

One a line, or with commas or semicolons between; numbers and bullets before them do not matter. A
name that has a comma itself (`Bolivia, Plurinational State of`) is found before it is divided.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from cartagena.engine.countries import find_country, list_near_countries

_LINES = re.compile(r"[\n\r\t;؛；|]+")
_COMMA = re.compile(r"[,،，、]")
_AND = re.compile(r"(?:^|\s)(?:and|et|y|и)\s+|[和及]", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:\d{1,3}[.)]\s+|[-*•–]\s*)")
_NAMES_HELPED = 8
"""For so many unknown names one is looked for that is like it: it takes some milliseconds."""


@dataclass(frozen=True, slots=True)
class Members:
    """The Parties of a list, each once in its order; the names that nobody has, and near ones."""

    codes: tuple[str, ...]
    unknown: tuple[str, ...]
    near: tuple[str, ...]


def read_members(text: str, known: Collection[str]) -> Members:
    """The Parties that a list names. `known`: the codes there are."""
    codes: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for line in _LINES.split(text):
        for name, code in _read_line(_BULLET.sub("", line)):
            if code in known:
                codes[code] = None
            else:
                unknown[name] = None
    near = [
        country.code
        for name in list(unknown)[:_NAMES_HELPED]
        for country in list_near_countries(name)
        if country.code in known
    ]
    return Members(tuple(codes), tuple(unknown), tuple(dict.fromkeys(near)))


def _read_line(line: str) -> Iterator[tuple[str, str]]:
    """The names of a line with their codes; the longest name that is one is taken."""
    parts = [part.strip() for part in _COMMA.split(line)]
    start = 0
    while start < len(parts):
        for end in range(min(len(parts), start + 3), start, -1):
            name = ", ".join(parts[start:end])
            country = find_country(name)
            if country is not None:
                yield name, country.code
                start = end
                break
        else:
            yield from _read_joined(parts[start])
            start += 1


def _read_joined(text: str) -> Iterator[tuple[str, str]]:
    """What no country is called: two names with `and` between, or a name unknown."""
    names = [name.strip() for name in _AND.split(text) if name.strip()]
    found = [find_country(name) for name in names]
    if all(found):
        yield from ((n, c.code) for n, c in zip(names, found, strict=True) if c)
    elif text:
        yield text, ""
