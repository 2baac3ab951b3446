"""Arabic words: one spelling for many, without article and endings.

Snowball's stems differ between a word with its article and without, because it counts letters
before it takes the article off; so the endings are taken off here. The feminine ending stays:
`سلامة` (safety) is not `سلام` (peace); see list_asked_forms for what a query then reaches.
"""

import re
import unicodedata

_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c-\u200f\u00ad]")
_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ؤ": "ء",
     "ئ": "ء", "'": ""}
)  # fmt: skip
_ARTICLE = re.compile("^(?:[وف]?[بك]?ال(?=..)|[وف]?لل(?=...))")
_AND = re.compile("^و(?=....)")
_NISBA = re.compile("^(.{2,}ي)(?:ه|ا|ات|ون|ين)$")
_PRONOUN = re.compile("^(.{3,})(?:ها|هم|هما|هن)$")
_MASCULINES = re.compile("^(.{4,})(?:ون|ين)$")


def fold_arabic(word: str) -> str:
    """A word without vowel signs and tatweel, with one letter for the variants of each."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", word)).translate(_LETTERS)


def drop_article(word: str) -> str:
    """A folded word without its article and what is written together with it."""
    before = ""
    # A word may begin with the same letters as the article: الالتزام and التزام must end alike.
    while before != word:
        before, word = word, _ARTICLE.sub("", word)
    return word


def stem_arabic(word: str) -> str:
    """The stem of a folded word; feminine singular and plural keep their ending."""
    word = _AND.sub("", drop_article(word))
    for ending in (_PRONOUN, _NISBA, _MASCULINES):
        word = ending.sub(r"\1", word)
    return word


def list_asked_forms(stem: str) -> list[str]:
    """The stems that a stem in a query stands for: singular and feminine plural."""
    if stem.endswith("ات") and len(stem) > 4:
        return [stem, stem[:-2], f"{stem[:-2]}ه"]
    if stem.endswith("ه") and len(stem) > 3:
        return [stem, f"{stem[:-1]}ات"]
    return [stem, f"{stem}ات"] if len(stem) > 2 else [stem]


def bare_arabic(word: str) -> str:
    """A word folded and without its article, but with its ending."""
    return drop_article(fold_arabic(word))
