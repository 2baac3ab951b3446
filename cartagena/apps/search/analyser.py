"""The one analyser: what is indexed and what is asked go through it.

A token bears its language (`es:evalu`), so a stem never matches the stem of another language.
The script decides where it can: Cyrillic is Russian, Arabic letters Arabic, Han Chinese; words in
Latin letters take the language of their text, or none (`x:`) in a text of another script. A text
also has *forms*: the words as they stand (`fr=securite`), and codes (`uid:MON006036`).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from cartagena.apps.search.analyser_arabic import fold_arabic, stem_arabic
from cartagena.apps.search.analyser_codes import list_codes
from cartagena.apps.search.analyser_latin import (
    KEPT_LETTERS,
    STEMS,
    drop_elision,
    fold_cyrillic,
    fold_latin,
)

VERSION = 2
"""Raised with every change of a token: an index of another version is built again."""

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
LATIN = ("en", "es", "fr")
NEUTRAL = "x"
GAP = "¶"
"""The token between two texts, so that no phrase reaches from one into the next."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200c\u200d"
WORD = re.compile(
    rf"[{_HAN}]+|[^\W_{_HAN}](?:[^\W_{_HAN}]|[{_MARKS}]|['’ʼ](?=[^\W\d_]))*"  # noqa: RUF001
)
_IS_HAN = re.compile(f"[{_HAN}]")
_IS_ARABIC = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")
_IS_CYRILLIC = re.compile("[\u0400-\u052f]")
_MAIL = re.compile(r"\S+@\S+\.\S+")
_WORDS_KEPT = 200_000


class Word(NamedTuple):
    """One word of a text: its tokens (several for Chinese), its forms, and where it stands."""

    tokens: tuple[str, ...]
    forms: tuple[str, ...]
    start: int
    end: int


class _Language(dict[str, tuple[str, tuple[str, ...]]]):
    """Word as written -> (its tokens with spaces between, its forms); remembers what it met."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __missing__(self, word: str) -> tuple[str, tuple[str, ...]]:
        tokens, forms = read_word(word, self.language)
        found = (" ".join(tokens), forms)
        if len(self) > _WORDS_KEPT:
            self.clear()
        if len(word) < 40:
            self[word] = found
        return found


_languages = {language: _Language(language) for language in (*LANGUAGES, NEUTRAL)}


def script_of(word: str) -> str | None:
    """The language that the script of a word stands for; None for Latin letters and figures."""
    if word.isascii():
        return None
    for pattern, language in ((_IS_HAN, "zh"), (_IS_ARABIC, "ar"), (_IS_CYRILLIC, "ru")):
        if pattern.search(word):
            return language
    return None


@lru_cache(maxsize=_WORDS_KEPT)
def fold(word: str, language: str) -> str:
    """A word without case, accents and other things that do not tell words apart."""
    script = script_of(word) or language
    if script == "ar":
        return fold_arabic(word)
    if script == "ru" and script_of(word) == "ru":
        return fold_cyrillic(word)
    if script == "zh":
        return unicodedata.normalize("NFKC", word).casefold()
    return drop_elision(fold_latin(word, KEPT_LETTERS.get(language, "")))


def read_word(word: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tokens and forms of one word in a text of a language."""
    script = script_of(word)
    if script == "zh":
        return _read_han(unicodedata.normalize("NFKC", word))
    if any(letter.isdigit() for letter in word):
        plain = fold_code(word)
        return (f"{NEUTRAL}:{plain}",), (f"{NEUTRAL}={plain}",)
    if script is None and language not in LATIN:
        script = NEUTRAL
    spoken = script or language
    folded = fold(word, spoken)
    if not folded:
        return (), ()
    return (f"{spoken}:{stem(folded, spoken)}",), (f"{spoken}={folded}",)


@lru_cache(maxsize=_WORDS_KEPT)
def stem(folded: str, language: str) -> str:
    """The stem of a folded word."""
    if language == "ar":
        return stem_arabic(folded)
    stemmer: Callable[[str], str] | None = STEMS.get(language)
    return (stemmer(folded) if stemmer else folded) or folded


def fold_code(word: str) -> str:
    """A word with figures in it: any figures as 0-9, the sign Ø as zero."""
    plain = unicodedata.normalize("NFKC", word).casefold().replace("ø", "0")
    return "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() else sign
        for sign in drop_elision(fold_latin(plain))
    )


def _read_han(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Pairs of characters in their order; single characters as forms."""
    forms = tuple(f"zh={sign}" for sign in word)
    if len(word) == 1:
        return (f"zh:{word}",), forms
    return tuple(f"zh:{word[n : n + 2]}" for n in range(len(word) - 1)), forms


def without_addresses(text: str) -> str:
    """A text with spaces where e-mail addresses stood."""
    if "@" not in text:
        return text
    return _MAIL.sub(lambda found: " " * len(found[0]), text)


def index_text(text: str, language: str, forms: set[str]) -> str:
    """The tokens of a text with spaces between them; its forms and codes are added to `forms`."""
    text = without_addresses(text)
    known = _languages[language if language in _languages else NEUTRAL]
    found = [known[word] for word in WORD.findall(text)]
    forms.update(*[pair[1] for pair in found])
    forms.update([code.token for code in list_codes(text)])
    return " ".join([pair[0] for pair in found])


def list_words(text: str, language: str) -> Iterator[Word]:
    """The words of a text with their places, for what is shown and what is asked."""
    known = _languages[language if language in _languages else NEUTRAL]
    for found in WORD.finditer(text):
        tokens, forms = known[found[0]]
        yield Word(tuple(tokens.split()), forms, *found.span())
