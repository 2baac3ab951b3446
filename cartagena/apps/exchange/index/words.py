"""Texts as words with places, the same way on both sides: what is indexed and what is asked."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

_TAG = re.compile(r"<[^>]{0,2000}>")
# Words in scripts with spaces; each Chinese, Japanese or Korean sign for itself.
_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff]|[^\W_\u3400-\u9fff\u3040-\u30ff]+")
_LONGEST = 100
_SHORT = 200
_PLACES_OF_A_WORD = 200
_LAST_PLACE = 16_000
_GAP = 3


class _WithoutMarks(dict[int, int | None]):
    """Sign -> itself, or nothing for an accent; remembers what it met."""

    def __missing__(self, sign: int) -> int | None:
        self[sign] = found = None if unicodedata.combining(chr(sign)) else sign
        return found


_WITHOUT_MARKS = _WithoutMarks()


def split_words(text: str) -> Sequence[str]:
    """The words of a text without markup, accents and case."""
    # Labels of terms, types and countries stand in many records.
    return _split_known(text) if len(text) < _SHORT else _split(text)


def _split(text: str) -> tuple[str, ...]:
    plain = _TAG.sub(" ", text) if "<" in text else text
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
    bare = plain.casefold().translate(_WITHOUT_MARKS)
    return tuple([word[:_LONGEST] for word in _WORD.findall(bare)])


_split_known = lru_cache(maxsize=50_000)(_split)


@lru_cache(maxsize=20_000)
def _lay_out(texts: tuple[str, ...]) -> tuple[tuple[tuple[str, int], ...], int]:
    """The words of texts with their places, from 0, and the place for the next text."""
    placed: list[tuple[str, int]] = []
    first = 0
    for text in texts:
        words = split_words(text)
        placed += [(word, place) for place, word in enumerate(words, first)]
        first += len(words) + _GAP
    return tuple(placed), first


class WordList:
    """The words of one record with their places, by field, as PostgreSQL's `tsvector` reads them.

    Each word stands once for all texts and once for its own field, as ``field|word``. A word of
    several texts is written once for each; the database puts its places together.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._next = 1

    def add_labels(self, texts: tuple[str, ...]) -> None:
        """Add texts without a field that stand in many records, such as a term's labels."""
        placed, length = _lay_out(texts)
        if self._next + length > _LAST_PLACE:
            for text in texts:
                self.add(text)
            return
        first = self._next
        self._parts.append(" ".join([f"'{word}':{first + place}" for word, place in placed]))
        self._next = first + length

    def add(self, text: str, fields: Iterable[str] = ()) -> None:
        """Add a text that stands in these fields."""
        words = split_words(text)
        first = self._next
        self._next = min(first + len(words) + _GAP, _LAST_PLACE)
        if not words:
            return
        if len(words) < _PLACES_OF_A_WORD and first + len(words) <= _LAST_PLACE:
            placed = [f"{word}':{place}" for place, word in enumerate(words, first)]
        else:
            placed = _place_many(words, first)
        for prefix in ("'", *[f"'{field.lower()}|" for field in fields]):
            self._parts.append(prefix + f" {prefix}".join(placed))

    def __str__(self) -> str:
        return " ".join(self._parts)


def _place_many(words: Sequence[str], first: int) -> list[str]:
    """The words of a long text, each once with its first places."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words, first):
        places.setdefault(word, []).append(min(place, _LAST_PLACE))
    return [
        f"{word}':{','.join(map(str, each[:_PLACES_OF_A_WORD]))}" for word, each in places.items()
    ]


def make_query(text: str, field: str = "", *, starts: bool = False) -> str:
    """A `tsquery` for words that follow each other, in a field or anywhere; empty for no words.

    With ``starts`` the last word need only begin so.
    """
    prefix = f"{field.lower()}|" if field else ""
    words = [f"'{prefix}{word}'" for word in split_words(text)]
    if words and starts:
        words[-1] += ":*"
    return " <-> ".join(words)
