"""Texts as words with places, the same way on both sides: what is indexed and what is asked."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_TAG = re.compile(r"<[^>]{0,2000}>")
# Words in scripts with spaces; each Chinese, Japanese or Korean sign for itself.
_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff]|[^\W_\u3400-\u9fff\u3040-\u30ff]+")
_LONGEST = 100
_LAST_PLACE = 16_000
_GAP = 3


def split_words(text: str) -> list[str]:
    """The words of a text without markup, accents and case."""
    plain = unicodedata.normalize("NFKD", _TAG.sub(" ", text)).casefold()
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [word[:_LONGEST] for word in _WORD.findall(bare)]


class WordList:
    """The words of one record with their places, by field, as PostgreSQL's `tsvector` reads them.

    Each word stands once for all texts and once for its own field, as ``field|word``.
    """

    def __init__(self) -> None:
        self._places: dict[str, list[int]] = {}
        self._next = 1

    def add(self, text: str, fields: Iterable[str] = ()) -> None:
        """Add a text that stands in these fields."""
        names = [f"{field.lower()}|" for field in fields]
        for word in split_words(text):
            for prefix in ("", *names):
                self._places.setdefault(prefix + word, []).append(self._next)
            self._next = min(self._next + 1, _LAST_PLACE)
        self._next = min(self._next + _GAP, _LAST_PLACE)

    def __str__(self) -> str:
        return " ".join(self._write())

    def _write(self) -> Iterator[str]:
        for word, places in self._places.items():
            yield f"'{word}':{','.join(map(str, places[:200]))}"


def make_query(text: str, field: str = "", *, starts: bool = False) -> str:
    """A `tsquery` for words that follow each other, in a field or anywhere; empty for no words.

    With ``starts`` the last word need only begin so.
    """
    prefix = f"{field.lower()}|" if field else ""
    words = [f"'{prefix}{word}'" for word in split_words(text)]
    if words and starts:
        words[-1] += ":*"
    return " <-> ".join(words)
