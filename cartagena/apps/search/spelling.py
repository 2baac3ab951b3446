"""What somebody may have meant whose words no record has.

Words are compared with those that records have, and with the declared names of what people look
for. One letter may be wrong anywhere; in longer words two, behind the second letter. In Chinese one
character may be wrong, too many, or exchanged with its neighbour; in an identifier one sign.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import tantivy

from cartagena.apps.search import analyser, store
from cartagena.apps.search.analyser import LATIN, NEUTRAL
from cartagena.apps.search.analyser_arabic import drop_article, list_asked_forms
from cartagena.apps.search.analyser_codes import unique_tokens
from cartagena.apps.search.content import NamedText
from cartagena.apps.search.edits import list_edits, measure_distance
from cartagena.apps.search.spelling_han import correct_han
from cartagena.engine.meanings import load_meanings
from cartagena.engine.unique_identifier import find_unique_identifier

_SIGNS_AT_MOST = 200
_CANDIDATES = 3_000
_SHORTEST = 4
_LONG = 7
_LETTERS = {
    **dict.fromkeys((*LATIN, NEUTRAL), "abcdefghijklmnopqrstuvwxyzñï"),
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويء",
}
_ARTICLE = "ال"
_CODE_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CODE = re.compile(r"(?<![^\W_])([A-Za-z]{1,6})([ -]?)(\d[\dA-Za-z]{0,9})(?![^\W_])")
_CODE_PARTS = re.compile(r"([a-z]+)(\d.*)")
_BETWEEN = re.compile(r"[\s\-‐‑–—_.]+")  # noqa: RUF001


def list_corrections(searcher: tantivy.Searcher, text: str, language: str) -> Iterator[str]:
    """The text with what no record has exchanged for the nearest that records have, the most
    careful first: identifiers, words that no record has, words that none has in the reader's
    language.
    """
    text = text[:_SIGNS_AT_MOST]
    speller = _Speller(searcher, language)
    corrected = speller.correct_identifier(text)
    if corrected is not None:
        yield corrected
        return
    with_codes = _CODE.sub(speller.correct_code, text)
    for careful in (True, False):
        speller.is_careful = careful
        corrected = analyser.WORD.sub(speller.correct_word, with_codes)
        if corrected != text:
            yield corrected


def write_as_in(corrected: str, texts: Iterable[NamedText]) -> str:
    """A correction, whose words are folded, with accents and letters as some texts write them."""
    written: dict[str, str] = {}
    for language, text in texts:
        for word in analyser.WORD.findall(text):
            folded = analyser.fold(word, language)
            if len(folded) >= _SHORTEST:
                written.setdefault(folded, word)
    return analyser.WORD.sub(lambda found: _rewrite(found[0], written), corrected)


def _rewrite(word: str, written: Mapping[str, str]) -> str:
    known = written.get(word, word)
    # A word at the beginning of a sentence is no name; one with an elision is two.
    if "'" in known or "’" in known:  # noqa: RUF001
        return word
    return known.lower() if word.islower() else known


class _Speller:
    """Corrects for a reader; a careful one leaves a word that records have in any language."""

    def __init__(self, searcher: tantivy.Searcher, language: str) -> None:
        self._searcher = searcher
        self._language = language
        self.is_careful = True

    # Identifiers ---------------------------------------------------------------------------------

    def correct_identifier(self, text: str) -> str | None:
        """A unique identifier with one wrong sign, as its check digit; None for other texts."""
        plain = _BETWEEN.sub("", analyser.fold_code(text))
        if not (plain.isascii() and plain.isalnum() and 8 <= len(plain) <= 10):
            return None
        if not any(sign.isdigit() for sign in plain[2:]):
            return None
        near = [
            edit.upper()
            for edit in (plain, *list_edits(plain, _CODE_SIGNS))
            if self._count(store.FORMS, unique_tokens(edit.upper()))
        ]
        if not near or near[0] == plain.upper():
            return None
        best = max(near, key=lambda code: self._count(store.FORMS, unique_tokens(code)))
        identifier = find_unique_identifier(best)
        return str(identifier) if identifier else None

    def correct_code(self, found: re.Match[str]) -> str:
        """A name such as MON810 with one wrong sign."""
        letters, between, figures = found.groups()
        token = f"{letters}{figures}".lower()
        if self._count(store.FORMS, f"c:{token}"):
            return found[0]
        near = [
            (place, -count, edit)
            for place, edit in enumerate(list_edits(token, _CODE_SIGNS))
            if (count := self._count(store.FORMS, f"c:{edit}")) and _CODE_PARTS.fullmatch(edit)
        ]
        parts = _CODE_PARTS.fullmatch(min(near)[2]) if near else None
        return f"{parts[1]}{between}{parts[2]}".upper() if parts else found[0]

    # Words ---------------------------------------------------------------------------------------

    def correct_word(self, found: re.Match[str]) -> str:
        """The nearest word that records have; the word itself where they have it, or none near."""
        word = found[0]
        script = analyser.script_of(word)
        if script == "zh":
            return correct_han(self._searcher, word) or word
        if len(word) < _SHORTEST or any(sign.isdigit() for sign in word):
            return word
        own = script or (self._language if self._language in LATIN else "en")
        languages = [own, *(each for each in LATIN if not script and each != own)]
        asked = [own] if not self.is_careful else [*languages, NEUTRAL]
        if any(self._is_known(word, spoken) for spoken in asked):
            return word
        near = [
            (distance, place, -count, known)
            for place, spoken in enumerate([*languages, NEUTRAL])
            for distance, count, known in self._list_near(analyser.fold(word, spoken), spoken)
        ]
        return min(near)[3] if near else word

    def _is_known(self, word: str, spoken: str) -> bool:
        """Whether records have a form of a word."""
        folded = analyser.fold(word, spoken)
        stem = analyser.stem(folded, spoken)
        stems = list_asked_forms(stem) if spoken == "ar" else [stem]
        if folded in _named_words(spoken):
            return True
        return any(self._count(store.WORDS, f"{spoken}:{each}") for each in stems)

    def _list_near(self, folded: str, spoken: str) -> Iterator[tuple[int, int, str]]:
        """Words of a language near to one: distance, how many records have it, the word."""
        bare = drop_article(folded) if spoken == "ar" else folded
        before = folded.removesuffix(bare)
        for edit in list_edits(bare, _LETTERS[spoken]):
            count = sum(self._count(store.FORMS, form) for form in _list_forms(edit, spoken))
            if count or edit in _named_words(spoken):
                yield 1, count, before + edit
        if len(bare) < _LONG:
            return
        for start in dict.fromkeys((bare[:4], bare[:3], bare[:2])):
            for form in _list_forms(start, spoken):
                for term, count in self._searcher.terms_with_prefix(
                    store.FORMS, form, limit=_CANDIDATES
                ):
                    known = term.partition("=")[2].removeprefix(_ARTICLE)
                    if measure_distance(bare, known, 2) == 2:
                        yield 2, count, before + known

    def _count(self, field: str, token: str) -> int:
        return int(self._searcher.doc_freq(field, token))


def _list_forms(word: str, spoken: str) -> list[str]:
    """How a word, or the beginning of one, stands among the forms: in Arabic with its article."""
    with_article = [f"ar={_ARTICLE}{word}"] if spoken == "ar" else []
    return [f"{spoken}={word}", *with_article]


@cache
def _named_words(language: str) -> frozenset[str]:
    """The words, folded, of the declared names of what people look for."""
    return frozenset(
        analyser.fold(word, language)
        for names in load_meanings().names.values()
        for name in names.get(language, ())
        for word in analyser.WORD.findall(name)
        if len(word) >= _SHORTEST
    )
