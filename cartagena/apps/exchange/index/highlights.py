"""The places in a text where the words asked for stand."""

import html
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Any

from cartagena.apps.exchange.index.asked import Asked
from cartagena.apps.exchange.index.words import split_words

_TAG = re.compile(r"<[^>]{0,2000}>")
_WORD = re.compile(r"[^\W_]+")
_ASKED = re.compile(r"'(?:[^'|]*\|)?([^'|]+)'(:\*)?")
_MOST_CHARACTERS = 100_000


def highlight(doc: dict[str, Any], asked: Asked) -> dict[str, list[str]]:
    """Field -> pieces of its text, safe to show, with the words asked for marked."""
    words, starts = _read_words(asked.condition.words)
    before = asked.get("hl.simple.pre", "<em>")[:100]
    after = asked.get("hl.simple.post", "</em>")[:100]
    most = asked.number("hl.snippets", 1, 1, 100)
    size = asked.number("hl.fragsize", 100, 0, _MOST_CHARACTERS) or _MOST_CHARACTERS
    found: dict[str, list[str]] = {}
    for name in _list_fields(doc, asked):
        values = doc[name] if isinstance(doc[name], list) else [doc[name]]
        pieces = [
            piece
            for value in values
            if isinstance(value, str)
            for piece in _cut(_TAG.sub(" ", value), size)
            if _holds(piece, words, starts)
        ]
        if pieces:
            found[name] = [_mark(p, words, starts, before, after) for p in pieces[:most]]
    return found


def _read_words(queries: Iterable[str]) -> tuple[set[str], tuple[str, ...]]:
    found = [match for query in queries for match in _ASKED.findall(query)]
    return {word for word, star in found if not star}, tuple(w for w, star in found if star)


def _list_fields(doc: dict[str, Any], asked: Asked) -> Iterator[str]:
    patterns = [p for text in asked.list("hl.fl") for p in re.split(r"[,\s]+", text) if p]
    for name in doc:
        if name.endswith(("_t", "_txt")) and any(
            fnmatchcase(name, pattern) for pattern in patterns or ["*_EN_t"]
        ):
            yield name


def _cut(text: str, size: int) -> Iterator[str]:
    """Pieces of about a size, cut between words."""
    start = 0
    while start < len(text):
        end = text.rfind(" ", start, start + size) if len(text) - start > size else len(text)
        end = end if end > start else start + size
        yield text[start:end].strip()
        start = end


def _is_asked(word: str, words: set[str], starts: tuple[str, ...]) -> bool:
    return any(part in words or part.startswith(starts or ("\0",)) for part in split_words(word))


def _holds(piece: str, words: set[str], starts: tuple[str, ...]) -> bool:
    return any(_is_asked(found[0], words, starts) for found in _WORD.finditer(piece))


def _mark(piece: str, words: set[str], starts: tuple[str, ...], before: str, after: str) -> str:
    parts: list[str] = []
    place = 0
    for found in _WORD.finditer(piece):
        parts.append(html.escape(piece[place : found.start()]))
        word = html.escape(found[0])
        parts.append(f"{before}{word}{after}" if _is_asked(found[0], words, starts) else word)
        place = found.end()
    return "".join([*parts, html.escape(piece[place:])])
