"""Which of the words asked for name a declared meaning, and what else is then looked for.

Words in quotes, excluded words and codes are taken as they stand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from cartagena.apps.search import analyser, meanings
from cartagena.apps.search.analyser import LATIN, NEUTRAL
from cartagena.apps.search.analyser_latin import list_asked_spellings
from cartagena.apps.search.asked import Group
from cartagena.engine.meanings import load_meanings

_BEGINNING = 2
"""So many letters of a word tell whether it may stand in a name."""


@dataclass(frozen=True)
class Named:
    """Groups side by side, from `first` to before `last`, that name one or several `meanings`.

    `rest` are the words in them that name nothing.
    """

    first: int
    last: int
    meanings: tuple[str, ...]
    rest: tuple[str, ...]


class _Unit(NamedTuple):
    """A word asked for, or in Chinese a pair of characters: what tokens it may stand for.

    `word` is the place of the word in the list of all.
    """

    tokens: frozenset[str]
    word: int
    start: int
    end: int


def list_named(groups: Sequence[Group]) -> list[Named]:
    """What the groups of a question name; groups of one part that is no phrase are read together,
    as `genetically modified` are two.
    """
    found: list[Named] = []
    place = 0
    while place < len(groups):
        last = place
        while last < len(groups) and _is_plain(groups[last]):
            last += 1
        found += _read_run([group[0].text for group in groups[place:last]], place)
        if last < len(groups) and len(groups[last]) > 1:
            found += _read_alternatives(groups[last], last)
        place = last + 1
    return found


def _read_alternatives(group: Group, place: int) -> Iterator[Named]:
    for part in group:
        if not part.is_phrase:
            yield from _read_run([part.text], place)


def _is_plain(group: Group) -> bool:
    return len(group) == 1 and not group[0].is_phrase and not group[0].is_excluded


def _read_run(texts: Sequence[str], offset: int) -> Iterator[Named]:
    words = [(n, word) for n, text in enumerate(texts) for word in analyser.WORD.findall(text)]
    units = [unit for n, (_group, word) in enumerate(words) for unit in _list_units(n, word)]
    together: list[tuple[int, int, list[meanings.Name]]] = []
    for span in meanings.find_named([unit.tokens for unit in units]):
        first, last = (words[units[place].word][0] for place in (span.first, span.last - 1))
        if together and first < together[-1][1]:  # two names in one group: 转基因玉米
            first, _last, spans = together.pop()
            together.append((first, last + 1, [*spans, span]))
        else:
            together.append((first, last + 1, [span]))
    for first, last, spans in together:
        mine = {n: word for n, (group, word) in enumerate(words) if first <= group < last}
        covered = [unit for span in spans for unit in units[span.first : span.last]]
        named = tuple(dict.fromkeys(span.meaning for span in spans))
        yield Named(first + offset, last + offset, named, tuple(_list_rest(mine, covered)))


def _list_rest(words: Mapping[int, str], covered: Sequence[_Unit]) -> Iterator[str]:
    """The words, or runs of characters, that stand in no name."""
    signs = {place: list(word) for place, word in words.items()}
    for unit in covered:
        signs[unit.word][unit.start : unit.end] = " " * (unit.end - unit.start)
    for each in signs.values():
        yield from "".join(each).split()


def _list_units(place: int, word: str) -> Iterator[_Unit]:
    if analyser.script_of(word) == "zh":
        for start, token in enumerate(analyser.read_word(word, "zh")[0]):
            yield _Unit(frozenset((token,)), place, start, min(start + 2, len(word)))
    else:
        yield _Unit(frozenset(_list_tokens(word)), place, 0, len(word))


def _list_tokens(word: str) -> Iterator[str]:
    """The tokens that a word may stand for in a name of any language."""
    if analyser.script_of(word) is not None or any(sign.isdigit() for sign in word):
        yield from analyser.read_word(word, NEUTRAL)[0]
        return
    plain = analyser.fold(word, NEUTRAL)
    if plain[:_BEGINNING] not in _beginnings():
        return
    for language in LATIN:
        for spelling in list_asked_spellings(analyser.fold(word, language), language):
            yield f"{language}:{analyser.stem(spelling, language)}"
    yield f"{NEUTRAL}:{plain}"


@cache
def _beginnings() -> frozenset[str]:
    """How the words of all names begin: most words asked for need not be read further."""
    return frozenset(
        analyser.fold(word, NEUTRAL)[:_BEGINNING]
        for _meaning, _language, name in load_meanings().list_all()
        for word in analyser.WORD.findall(name)
    )
