"""Which fonts of this machine hold the words of a document, and whether any script is left out.

typst carries fonts for the Latin, Greek and Cyrillic scripts. Others must be installed; which
scripts a text needs is read from the Unicode names of its letters.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import typst

CARRIED = "Libertinus Serif"
HELD_BY_CARRIED = frozenset({"LATIN", "GREEK", "CYRILLIC", "MODIFIER", "COMBINING", "MICRO", "OHM",
                             "KELVIN", "ANGSTROM", "SUPERSCRIPT", "SUBSCRIPT", "MASCULINE",
                             "FEMININE"})  # fmt: skip
ARABIC = (
    "Noto Naskh Arabic", "Amiri", "Scheherazade New", "Noto Sans Arabic", "Times New Roman",
    "Arial", "Tahoma", "Geeza Pro", "DejaVu Sans",
)  # fmt: skip
EAST_ASIAN = (
    "Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC", "Source Han Sans SC",
    "Songti SC", "SimSun", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei", "Droid Sans Fallback",
)  # fmt: skip
KNOWN = {
    "ARABIC": ARABIC,
    **dict.fromkeys(
        ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "BOPOMOFO", "HANGUL", "IDEOGRAPHIC"),
        EAST_ASIAN,
    ),
}
SCRIPT_NAMES = {"CJK": "Chinese", "IDEOGRAPHIC": "Chinese"}


class FontMissingError(LookupError):
    """No font of this machine holds some words; `scripts` names the scripts in English."""

    def __init__(self, scripts: tuple[str, ...]) -> None:
        super().__init__(f"No font for: {', '.join(scripts)}.")
        self.scripts = scripts


@lru_cache(maxsize=1)
def load_fonts() -> typst.Fonts:
    """The fonts of the machine and those that typst carries; looked up once in a process."""
    return typst.Fonts()


def list_families() -> frozenset[str]:
    """The families that can be used."""
    return frozenset(load_fonts().families())


def choose_fonts(content: Any, language: str) -> list[str]:
    """The families to write a document in, the first that has a letter writes it.

    Raises FontMissingError with every script that none of the machine's fonts is known to hold.
    """
    families = list_families()
    needed = set().union(*map(find_scripts, set(_list_strings(content))), set())
    chosen, missing = {}, []
    for script in sorted(needed - HELD_BY_CARRIED):
        family = next((name for name in _list_candidates(script) if name in families), None)
        if family is None:
            missing.append(SCRIPT_NAMES.get(script, script.title()))
        else:
            chosen[script] = family
    if missing:
        raise FontMissingError(tuple(dict.fromkeys(missing)))
    order = [*dict.fromkeys(chosen.values())]
    # Digits and marks between Arabic words look right in the Arabic font only.
    first = [chosen["ARABIC"]] if language == "ar" and "ARABIC" in chosen else []
    return list(dict.fromkeys([*first, CARRIED, *order]))


@lru_cache(maxsize=8192)
def find_scripts(text: str) -> frozenset[str]:
    """The scripts of the letters of a text, by the first word of their Unicode names."""
    if text.isascii():
        return frozenset()
    foreign = {each for each in text if not each.isascii()}
    letters = (each for each in foreign if unicodedata.category(each)[0] in "LM")
    names = (unicodedata.name(each, "UNKNOWN") for each in letters)
    return frozenset(_read_script(name) for name in names)


def _read_script(name: str) -> str:
    first = name.split()[0]
    wide = first in ("FULLWIDTH", "HALFWIDTH")
    return "CJK" if wide else first


def _list_candidates(script: str) -> tuple[str, ...]:
    own = script.title()
    return KNOWN.get(script, (f"Noto Serif {own}", f"Noto Sans {own}"))


def _list_strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _list_strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _list_strings(part)
