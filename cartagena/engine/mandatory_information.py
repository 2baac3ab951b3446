"""The check-list of what each Party makes available through the Clearing-House (Article 20).

Declared in `cartagena/protocol/treaty/mandatory_information.yaml`: the categories of the national
reports, each with the provisions it rests on, the records that show it and the question that asks
for it. `list_findings` compares the list with the records of a Party.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from cartagena.engine.declaration import Problems, build, check_keys, read_yaml
from cartagena.engine.questionnaire import LANGUAGES, list_cycles, load_format
from cartagena.engine.record_body import find_closed_values
from cartagena.engine.record_format import load_record_format
from cartagena.engine.record_schema import list_type_ids
from cartagena.engine.text import Text
from cartagena.engine.treaty import TREATY_FOLDER, check_citations, load_parameters

FILE = TREATY_FOLDER / "mandatory_information.yaml"
LABELS = TREATY_FOLDER / "labels" / "words.yaml"

Needed = Literal["always", "if_any", "optional"]
Standing = Literal["there", "partly", "missing", "none_published", "unreadable"]
"""`missing` is said only of what every Party has; `none_published` where there may be nothing to
publish; `partly` where some of the records that belong together are there."""


@dataclass(frozen=True)
class Entry:
    """One kind of record that counts: of a type, with one of the values in each field named."""

    title: str
    type: str
    where: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def matches(self, record_type: str, body: Mapping[str, Any]) -> bool:
        """Whether a record counts; of the body only the fields of `where` are read."""
        if record_type != self.type:
            return False
        return all(
            not set(values).isdisjoint(find_closed_values(body, name))
            for name, values in self.where.items()
        )


@dataclass(frozen=True)
class Category:
    """One category of information. See the head of the file for its parts."""

    id: str
    title: str
    cites: tuple[str, ...]
    needed: Needed
    mandatory: bool
    asked: dict[str, str]
    entries: tuple[Entry, ...] = ()
    every: bool = False
    within_days: str = ""
    unreadable: str = ""
    note: str = ""


R = TypeVar("R")


@dataclass(frozen=True)
class Finding(Generic[R]):
    """A category beside the records of a Party: those of each entry, and how it stands."""

    category: Category
    found: tuple[tuple[Entry, tuple[R, ...]], ...]

    @property
    def standing(self) -> Standing:
        """How the category stands, by the records alone."""
        if self.category.unreadable:
            return "unreadable"
        filled = [bool(records) for _entry, records in self.found]
        if all(filled) if self.category.every else any(filled):
            return "there"
        if any(filled):
            return "partly"
        return "missing" if self.category.needed == "always" else "none_published"

    @property
    def records(self) -> tuple[R, ...]:
        """All records that count, in their order, entry by entry."""
        return tuple(record for _entry, records in self.found for record in records)

    @property
    def lacking(self) -> tuple[Entry, ...]:
        """The entries without a record, where all are needed."""
        return tuple(self.category.entries[n - 1] for n in self.lacking_numbers)

    @property
    def lacking_numbers(self) -> tuple[int, ...]:
        """Their numbers, from 1."""
        if not self.category.every:
            return ()
        return tuple(n for n, (_entry, records) in enumerate(self.found, start=1) if not records)


def list_findings(
    records: Sequence[tuple[str, Mapping[str, Any], R]],
) -> tuple[Finding[R], ...]:
    """Every category with the records that count for it.

    `records` are (type, body or the fields of it that `list_fields` names, anything).
    """
    return tuple(
        Finding(
            category,
            tuple(
                (entry, tuple(r for kind, body, r in records if entry.matches(kind, body)))
                for entry in category.entries
            ),
        )
        for category in load_categories()
    )


def list_types() -> tuple[str, ...]:
    """The record types that count anywhere in the list, sorted."""
    return tuple(sorted({entry.type for c in load_categories() for entry in c.entries}))


def list_fields() -> tuple[str, ...]:
    """The fields that decide whether a record counts, sorted."""
    return tuple(sorted({f for c in load_categories() for e in c.entries for f in e.where}))


@cache
def load_categories(path: Path = FILE) -> tuple[Category, ...]:
    """The categories in the order of the file.

    Raises DeclarationError with every problem: keys, citations, unknown types, fields, questions
    and parameters.
    """
    problems = Problems()
    raw = check_keys(read_yaml(path), path.name, problems, required=["categories"])
    found: list[Category] = []
    for n, item in enumerate(raw.get("categories") or ()):
        name = item.get("id", n + 1) if isinstance(item, Mapping) else n + 1
        place = f"{path.name}: {name}"
        category = build(Category, item, place, problems)
        if category is None:
            continue
        if any(category.id == other.id for other in found):
            problems.add(place, "the id stands twice", "Rename one.")
        found.append(category)
        _check(category, place, problems)
    problems.raise_if_any()
    return tuple(found)


def list_labels() -> dict[str, Text]:
    """The words that people read, in all languages: of each category by its id, of its Nth entry
    by `ID.N` where all entries are needed, and why records do not tell it by `ID.unreadable`.
    """
    return dict(_load_labels())


@cache
def _load_labels(path: Path = LABELS) -> Mapping[str, Text]:
    problems = Problems()
    given = read_yaml(path)
    words = {}
    for category in load_categories():
        words[category.id] = category.title
        if category.unreadable:
            words[f"{category.id}.unreadable"] = category.unreadable
        for n, entry in enumerate(category.entries if category.every else (), start=1):
            words[f"{category.id}.{n}"] = entry.title
    for key in {*words, *given}:
        if key not in words:
            problems.add(f"{path.name}: {key}", "nothing has this name", "Correct it.")
        elif set(given.get(key) or ()) != set(LANGUAGES) - {"en"}:
            problems.add(f"{path.name}: {key}", "a language is missing", "Translate it.")
    problems.raise_if_any()
    return {key: Text.of({"en": said, **given[key]}) for key, said in words.items()}


def _check(category: Category, place: str, problems: Problems) -> None:
    check_citations(category.cites, place, problems)
    if bool(category.entries) == bool(category.unreadable):
        what = "it needs either entries or a reason why records do not tell it"
        problems.add(place, what, "Fill `entries` or `unreadable`, not both.")
    if category.within_days and category.within_days not in load_parameters():
        problems.add(place, f"no parameter {category.within_days!r}", "Declare or correct it.")
    for cycle, question in category.asked.items():
        if question not in set(_list_questions(cycle)):
            problems.add(place, f"{cycle} has no question {question!r}", "Correct the key.")
    for entry in category.entries:
        _check_entry(entry, place, problems)


def _list_questions(cycle: str) -> Iterator[str]:
    if cycle in list_cycles():
        yield from (question.key for question in load_format(cycle).questions)


def _check_entry(entry: Entry, place: str, problems: Problems) -> None:
    if entry.type not in list_type_ids():
        problems.add(place, f"no record type {entry.type!r}", "Correct its name.")
        return
    fields = load_record_format(entry.type).by_id
    for name, values in entry.where.items():
        if name not in fields:
            problems.add(place, f"{entry.type} has no field {name!r}", "Correct its name.")
            continue
        _check_values(name, values, fields[name].vocabulary, place, problems)


def _check_values(
    name: str, values: Iterable[str], vocabulary: Any, place: str, problems: Problems
) -> None:
    for value in values:
        if vocabulary is not None and value not in vocabulary.by_id:
            problems.add(place, f"{value!r} is no term of {name}", "Use a declared term.")
