"""Words that mean the same to somebody who searches: `GMO` and `living modified organism`, corn and
maize, in all languages. Declared in `cartagena/protocol/search/meanings.yaml`.

    load_meanings().names["maize"]["fr"]  # ("maïs",)
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from cartagena.engine.declaration import PROTOCOL, DeclarationError, Problems
from cartagena.engine.questionnaire import LANGUAGES
from cartagena.engine.questionnaire_schema import StrictDeclaration, read_declaration

PATH = PROTOCOL / "search" / "meanings.yaml"
ANY = "any"
"""The language of names that are written so in texts of every language."""

Names = dict[str, dict[str, list[str]]]


class MeaningsDeclaration(StrictDeclaration):
    """`names`: meaning -> language -> names; `never`: language -> what means something else."""

    names: Names
    never: dict[str, list[str]]


@dataclass(frozen=True)
class Meanings:
    """All declared meanings."""

    names: Mapping[str, Mapping[str, tuple[str, ...]]]
    never: Mapping[str, tuple[str, ...]]

    @cached_property
    def fingerprint(self) -> str:
        """Another value with every change of the declaration."""
        return hashlib.sha256(repr((self.names, self.never)).encode()).hexdigest()[:16]

    def list_all(self) -> Iterator[tuple[str, str, str]]:
        """(meaning, language, name); the meaning is empty for what means something else."""
        for meaning, by_language in (*self.names.items(), ("", self.never)):
            for language, names in by_language.items():
                yield from ((meaning, language, name) for name in names)


@cache
def load_meanings() -> Meanings:
    """The declared meanings. Raises DeclarationError with every problem of the file."""
    problems = Problems()
    raw = read_declaration(MeaningsDeclaration, PATH, problems)
    if raw is None:
        raise DeclarationError(problems)
    _check(raw, problems)
    problems.raise_if_any()
    return Meanings(
        {meaning: _freeze(names) for meaning, names in raw.names.items()}, _freeze(raw.never)
    )


def _freeze(names: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(each) for language, each in names.items()}


def _check(raw: MeaningsDeclaration, problems: Problems) -> None:
    owners: dict[tuple[str, str], str] = {}
    for meaning, by_language in (*raw.names.items(), ("never", raw.never)):
        place = f"{PATH.name}: {meaning}"
        known = {*LANGUAGES, ANY}
        for language in by_language.keys() - known:
            problems.add(place, f"{language!r} is no language", f"Use {', '.join(sorted(known))}.")
        if meaning != "never":
            for language in set(LANGUAGES) - by_language.keys():
                problems.add(place, f"there is no name in {language!r}", "Add one.")
        for language, names in by_language.items():
            for name in names:
                other = owners.setdefault((language, name.casefold()), meaning)
                if other != meaning or names.count(name) > 1:
                    problems.add(place, f"{name!r} stands twice", "Let it mean one thing.")
