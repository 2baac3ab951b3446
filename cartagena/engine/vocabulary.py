"""Vocabularies: the lists of terms that records choose from, with the Clearing-House's codes.

A vocabulary is a file `cartagena/protocol/vocabularies/<id>.yaml`. Its codes are facts, its English
labels are ours; another language is a file `labels/<language>.yaml` beside. Where only part of a
list is known, the vocabulary is not `complete`: other well-formed codes are taken, with a warning.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal

from cartagena.engine.countries import load_countries
from cartagena.engine.declaration import PROTOCOL, DeclarationError, Problems
from cartagena.engine.questionnaire_schema import StrictDeclaration, read_declaration
from cartagena.engine.text import Text

ROOT = PROTOCOL / "vocabularies"

ANY_TERM = r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}"
"""The form of a term where its vocabulary names none."""


class TermDeclaration(StrictDeclaration):
    """One term. `code` is a second name that people use (`DEC_8_1`); `broader` another term."""

    id: str
    label: str
    code: str | None = None
    broader: str | None = None


class VocabularyDeclaration(StrictDeclaration):
    """One `vocabularies/<id>.yaml`. `domain` is its name in the Clearing-House."""

    id: str
    domain: str
    complete: bool
    form: str | None = None
    terms_of: Literal["countries"] | None = None
    note: str = ""
    terms: list[TermDeclaration]


class TermLabelsDeclaration(StrictDeclaration):
    """One `vocabularies/labels/<language>.yaml`: vocabulary -> term -> label."""

    language: str
    vocabularies: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a vocabulary."""

    id: str
    label: Text
    code: str | None = None
    broader: str | None = None


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """A list of terms. `form` is a regular expression that the whole of every code fits."""

    id: str
    domain: str
    complete: bool
    form: str
    note: str
    terms: tuple[Term, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Term]:
        """Code -> term."""
        return {term.id: term for term in self.terms}

    @cached_property
    def by_folded_id(self) -> Mapping[str, str]:
        """Code in lower case -> code, to tell what was meant."""
        return {term.id.lower(): term.id for term in self.terms}

    def term(self, identifier: str) -> Term:
        """The term with that code. Raises KeyError."""
        try:
            return self.by_id[identifier]
        except KeyError:
            raise KeyError(f"{self.id} has no term {identifier!r}") from None

    def fits(self, identifier: str) -> bool:
        """Whether the code has the form of the vocabulary's codes, known or not."""
        return identifier in self.by_id or re.fullmatch(self.form, identifier) is not None

    def accepts(self, identifier: str) -> bool:
        """Whether a record may use this code: a known one or, in an open list, one of its form."""
        return identifier in self.by_id or (not self.complete and self.fits(identifier))

    def list_narrower(self, identifier: str) -> tuple[str, ...]:
        """The codes below one, at any depth, in the order of the list; itself left out."""
        found = {identifier}
        for _ in self.terms:
            found |= {term.id for term in self.terms if term.broader in found}
        return tuple(term.id for term in self.terms if term.id in found and term.id != identifier)


@cache
def list_vocabularies() -> tuple[str, ...]:
    """The ids of all declared vocabularies, sorted."""
    return tuple(sorted(path.stem for path in ROOT.glob("*.yaml")))


@cache
def load_vocabulary(identifier: str) -> Vocabulary:
    """The vocabulary with that id; `countries+regions` is the union of two.

    Raises KeyError for an unknown id, DeclarationError with every problem of the file.
    """
    if "+" in identifier:
        return _unite(identifier, [load_vocabulary(part) for part in identifier.split("+")])
    if identifier not in list_vocabularies():
        raise KeyError(f"there is no vocabulary {identifier!r}")
    problems = Problems()
    path = ROOT / f"{identifier}.yaml"
    raw = read_declaration(VocabularyDeclaration, path, problems)
    words = _read_labels(identifier, problems)
    if raw is None:
        raise DeclarationError(problems)
    terms = [
        Term(item.id, Text.of({"en": item.label, **words.get(item.id, {})}), item.code,
             item.broader)
        for item in raw.terms
    ]  # fmt: skip
    if raw.terms_of == "countries":
        terms += [Term(country.clearing_house_code, country.names) for country in load_countries()]
    built = Vocabulary(
        raw.id, raw.domain, raw.complete, raw.form or ANY_TERM, raw.note, tuple(terms)
    )
    _check(built, f"{path.parent.name}/{path.name}", problems)
    problems.raise_if_any()
    return built


def _read_labels(identifier: str, problems: Problems) -> dict[str, dict[str, str]]:
    """Term -> language -> label, from the files of other languages."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((ROOT / "labels").glob("*.yaml")):
        labels = read_declaration(TermLabelsDeclaration, path, problems)
        for term, words in (labels.vocabularies.get(identifier, {}) if labels else {}).items():
            assert labels is not None
            found.setdefault(term, {})[labels.language] = words
    return found


def _check(built: Vocabulary, place: str, problems: Problems) -> None:
    if f"{built.id}.yaml" != place.rpartition("/")[2]:
        problems.add(place, f"the id is {built.id!r}", "Name the file after the id.")
    if len(built.by_id) != len(built.terms):
        problems.add(place, "a code stands twice", "Give each term once.")
    try:
        re.compile(built.form)
    except re.error as error:
        problems.add(f"{place}: form", f"no regular expression ({error})", "Correct it.")
        return
    for term in built.terms:
        if not re.fullmatch(built.form, term.id):
            problems.add(
                place, f"{term.id!r} has not the form of its codes", "Correct one of them."
            )
        if term.broader is not None and term.broader not in built.by_id:
            problems.add(
                place, f"{term.id}: no broader term {term.broader!r}", "Add or correct it."
            )


def _unite(identifier: str, parts: Iterable[Vocabulary]) -> Vocabulary:
    lists = list(parts)
    open_parts = [part for part in lists if not part.complete]
    return replace(
        lists[0],
        id=identifier,
        domain="+".join(part.domain for part in lists),
        complete=not open_parts,
        form="|".join(part.form for part in (open_parts or lists)),
        note="",
        terms=tuple({term.id: term for part in lists for term in part.terms}.values()),
    )
