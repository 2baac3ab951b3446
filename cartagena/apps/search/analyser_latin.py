"""Words of English, French, Spanish and Russian: folding, elisions and Snowball stems."""

import re
import unicodedata
from collections.abc import Callable

import snowballstemmer

_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ʼ": "'", "’": "'"}  # noqa: RUF001
)
_ELISION = re.compile(
    r"^(?:l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu)'(?=[^\W\d_]{2})"
)
_FEMININE = re.compile("(?<=..)ee(s?)$")
_KEEPS_ISM = re.compile(r"^(.{2,}ism)(?:o|os|e|es)$")
_BRITISH = re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations|ational|able)(?:$|'))")
# Words that Snowball throws together though they have nothing to do with each other.
_APART = {
    "en": {"university": "university", "universities": "university"},
    "fr": {"universite": "universit", "universites": "universit"},
    "es": {"universidad": "universid", "universidades": "universid"},
    # Else soya were the preposition "со", which stands everywhere.
    "ru": dict.fromkeys(("соя", "сои", "сое", "сою", "соей"), "соя"),
}
_FLEETING = re.compile(r"^(.{2,}[^аеиоуыэюя])[ое]к$")
_snowball = {
    language: snowballstemmer.stemmer(name).stemWord
    for language, name in (
        ("en", "english"), ("fr", "french"), ("es", "spanish"), ("ru", "russian"),
    )
}  # fmt: skip


def fold_latin(word: str, kept: str = "") -> str:
    """A word without case and accents; letters in `kept` stay as they are."""
    plain = unicodedata.normalize("NFKC", word).casefold().translate(_LIGATURES)
    if plain.isascii():
        return plain
    return "".join(
        letter if letter in kept else _without_marks(letter)
        for letter in unicodedata.normalize("NFC", plain)
    )


def _without_marks(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part) and part != "\u00ad")


def fold_cyrillic(word: str) -> str:
    """A Russian word without case, stress marks and ё."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    plain = plain.replace("\u0301", "").replace("\u0300", "").replace("\u00ad", "")
    return unicodedata.normalize("NFC", plain).replace("ё", "е").replace("'", "")


def drop_elision(word: str) -> str:
    """A folded word without `l'`, `qu'` before it and `'s` behind it."""
    if "'" not in word:
        return word
    return _ELISION.sub("", word).removesuffix("'s").removesuffix("'").replace("'", "")


def stem_en(word: str) -> str:
    """The stem of an English word; British and American spellings are one."""
    return _APART["en"].get(word) or _snowball["en"](_BRITISH.sub("iz", word))


def stem_fr(word: str) -> str:
    """The stem of a French word. `maïs` is not `mais`."""
    if word == "maïs":
        return word
    plain = _without_marks(word)
    kept = _KEEPS_ISM.match(plain)
    if kept:
        return kept[1]
    # Without accents a feminine participle has an e too many.
    plain = _FEMININE.sub(r"e\1", plain)
    return _APART["fr"].get(plain) or _snowball["fr"](plain)


def stem_es(word: str) -> str:
    """The stem of a Spanish word; ñ is a letter of its own."""
    kept = _KEEPS_ISM.match(word)
    if kept:
        return kept[1]
    if word.endswith("ces") and len(word) > 4:
        word = f"{word[:-3]}z"
    return _APART["es"].get(word) or _snowball["es"](word)


def stem_ru(word: str) -> str:
    """The stem of a Russian word; the fleeting vowel of `оценок` falls away."""
    return _APART["ru"].get(word) or _FLEETING.sub(r"\1к", _snowball["ru"](word))


STEMS: dict[str, Callable[[str], str]] = {
    "en": stem_en, "fr": stem_fr, "es": stem_es, "ru": stem_ru,
}  # fmt: skip
KEPT_LETTERS = {"es": "ñ", "fr": "ï", "en": ""}


def list_asked_spellings(word: str, language: str) -> list[str]:
    """What somebody may mean who typed a folded word without the letters of the language."""
    if language == "fr" and word in ("mais", "maïs"):
        return ["maïs"]
    if language == "es" and "n" in word:
        places = [place for place, letter in enumerate(word) if letter == "n"]
        return [word, *(f"{word[:place]}ñ{word[place + 1 :]}" for place in places)]
    return [word]
