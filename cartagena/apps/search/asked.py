"""What somebody typed, taken apart: words, "phrases", -exclusions and OR. Nothing typed is wrong.

read_asked('maize OR maïs -risk "living modified"')
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

CHARACTERS_AT_MOST = 1_000
PARTS_AT_MOST = 40
_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟＂", '"'))
_PART = re.compile(r'(-?)"([^"]*)(?:"|$)|(-?)([^\s"]+)')
OR = "OR"


@dataclass(frozen=True)
class Part:
    """Words to be found, or not to be found. In a phrase they stand side by side."""

    text: str
    is_phrase: bool = False
    is_excluded: bool = False


Group = tuple[Part, ...]
"""Parts of which any must hold."""


@dataclass(frozen=True)
class Asked:
    """All of `groups` must hold. `words` is the text without signs."""

    groups: tuple[Group, ...] = ()
    words: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.groups


def read_asked(text: str) -> Asked:
    """Take apart what was typed."""
    # A lone surrogate cannot be written as UTF-8; NUL ends strings elsewhere.
    sound = text[:CHARACTERS_AT_MOST].encode("utf-8", "ignore").decode("utf-8").replace("\0", " ")
    plain = "".join(
        sign if not unicodedata.category(sign).startswith("C") or sign in "\u200c\u200d" else " "
        for sign in sound
    )
    groups: list[list[Part]] = []
    joins = False
    for found in _PART.finditer(plain.translate(_QUOTES)):
        minus, phrase, other_minus, word = found.groups()
        if word == OR and not other_minus:
            joins = bool(groups)
            continue
        part = (
            Part(phrase.strip(), is_phrase=True, is_excluded=bool(minus))
            if phrase is not None
            else Part(word, is_excluded=bool(other_minus))
        )
        if not any(sign.isalnum() for sign in part.text):
            continue
        if joins and not part.is_excluded and not groups[-1][-1].is_excluded:
            groups[-1].append(part)
        else:
            groups.append([part])
        joins = False
        if len(groups) >= PARTS_AT_MOST:
            break
    words = " ".join(part.text for group in groups for part in group if not part.is_excluded)
    return Asked(tuple(map(tuple, groups)), words)


def write_exactly(groups: Sequence[Group], together: Sequence[Sequence[Group]]) -> str:
    """A question with some of its groups in quotes, those that stand together in the same."""
    first = {id(some[0]): some for some in together}
    written: list[str] = []
    skipped = 0
    for group in groups:
        if skipped:
            skipped -= 1
        elif len(some := first.get(id(group), ())) == 1 and len(group) > 1:
            written.append(f" {OR} ".join(_write(part, is_phrase=True) for part in group))
        elif some:
            written.append(f'"{" ".join(each[0].text for each in some)}"')
            skipped = len(some) - 1
        else:
            written.append(f" {OR} ".join(_write(part, is_phrase=part.is_phrase) for part in group))
    return " ".join(written)


def _write(part: Part, *, is_phrase: bool) -> str:
    words = f'"{part.text}"' if is_phrase else part.text
    return f"-{words}" if part.is_excluded else words
