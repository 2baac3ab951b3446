"""Finds names of declared meanings in texts and in what is asked (cartagena/engine/meanings.py).

A text in which something is named bears the token of its meaning (`k:maize`) beside its words, so
a question reaches all names of it in all languages with one token.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from cartagena.apps.search import analyser
from cartagena.apps.search.analyser import GAP, LATIN, NEUTRAL
from cartagena.apps.search.analyser_arabic import list_asked_forms
from cartagena.engine.meanings import ANY, load_meanings

MEANING = "k:"
_END = ""
_Node = dict[str, "_Node | str"]


class Name(NamedTuple):
    """A meaning, and the first token and the one behind the last of its name."""

    meaning: str
    first: int
    last: int


def meaning_token(meaning: str) -> str:
    """The token of a meaning."""
    return f"{MEANING}{meaning}"


def index_text(text: str, language: str, forms: set[str]) -> str:
    """The tokens of a text, then those of what it names; see analyser.index_text."""
    tokens = analyser.index_text(text, language, forms)
    words = tokens.split()
    if _starts().isdisjoint(words):
        return tokens
    named = [meaning_token(span.meaning) for span in find_named([(word,) for word in words])]
    return " ".join([tokens, GAP, *named]) if named else tokens


@lru_cache(maxsize=20_000)
def index_label(text: str, language: str) -> tuple[str, frozenset[str]]:
    """The tokens and the forms of a text that many records share."""
    forms: set[str] = set()
    return index_text(text, language, forms), frozenset(forms)


def find_named(units: Sequence[Collection[str]]) -> list[Name]:
    """What is named, the longest name at each place. A unit is the tokens a word may stand for."""
    starts = _starts()
    found = []
    last = 0
    for place, unit in enumerate(units):
        if place >= last and not starts.isdisjoint(unit):
            meaning, last = _read_name(units, place)
            if meaning:
                found.append(Name(meaning, place, last))
    return found


def _read_name(units: Sequence[Collection[str]], first: int) -> tuple[str, int]:
    """The meaning of the longest name that begins at a place, and where it ends."""
    meaning, last = "", first
    nodes = [_names()]
    for place in range(first, len(units)):
        nodes = [
            deeper
            for node in nodes
            for token in units[place]
            if isinstance(deeper := node.get(token), dict)
        ]
        if not nodes:
            break
        ends = [node[_END] for node in nodes if _END in node]
        if ends:
            meaning, last = str(ends[0]), place + 1
    return meaning, last


@cache
def _starts() -> frozenset[str]:
    return frozenset(_names())


@cache
def _names() -> _Node:
    """All names as a tree of tokens; where a name ends, its meaning."""
    root: _Node = {}
    for meaning, language, name in load_meanings().list_all():
        for tokens in _list_tokens(name, language):
            node = root
            for token in tokens:
                deeper = node.setdefault(token, {})
                assert isinstance(deeper, dict)
                node = deeper
            node.setdefault(_END, meaning)
    return root


def _list_tokens(name: str, language: str) -> Iterator[tuple[str, ...]]:
    for spoken in _list_spoken(language):
        words = [word.tokens for word in analyser.list_words(name, spoken)]
        tokens = [token for word in words for token in word]
        if language == "ar":
            forms = [list_asked_forms(token.partition(":")[2]) for token in tokens]
            yield from product(*([f"ar:{form}" for form in each] for each in forms))
        else:
            yield tuple(tokens)


def _list_spoken(language: str) -> tuple[str, ...]:
    """The languages of the texts in which a name is read."""
    if language == ANY:
        return (*LATIN, NEUTRAL)
    # What has no language of its own, such as a string, is English more often than not.
    return (language, NEUTRAL) if language == "en" else (language,)
