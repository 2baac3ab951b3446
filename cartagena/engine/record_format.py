"""Record types as others use them: fields with their words, vocabularies and conditions.

A record type is a folder `cartagena/protocol/record_types/<id>/`: `format.yaml` (fields, types,
cardinality, conditions as the Clearing-House stores them), `labels/<language>.yaml` (our words;
words that several types share stand in `record_types/labels/`), `example.yaml` and, where the type
has duties that no single field shows, `rules.py`.

    load_record_format("biosafetyDecision").field("conditions").label.get("en")
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from cartagena.engine.declaration import DeclarationError, Problems, read_yaml
from cartagena.engine.questionnaire_schema import read_declaration
from cartagena.engine.record_body import find_closed_values, is_filled
from cartagena.engine.record_checks import check_format
from cartagena.engine.record_schema import (
    ROOT,
    Fact,
    FieldDeclaration,
    FieldType,
    Form,
    Holds,
    Kind,
    NeverConfidential,
    RecordDeclaration,
    RecordLabelsDeclaration,
    TestDeclaration,
    list_type_ids,
)
from cartagena.engine.text import Text
from cartagena.engine.vocabulary import Vocabulary, list_vocabularies, load_vocabulary

GOVERNMENT = "government"
NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Test:
    """One test: a field has one of `values`, is filled with none of `not_values`, or is empty."""

    __test__ = False
    field: str
    values: frozenset[str] | None = None
    not_values: frozenset[str] | None = None

    def holds(self, body: Mapping[str, Any]) -> bool:
        """Whether it holds in a body."""
        if self.values is not None:
            return not self.values.isdisjoint(find_closed_values(body, self.field))
        if not is_filled(body, self.field):
            return self.not_values is None
        if self.not_values is None:
            return False
        return self.not_values.isdisjoint(find_closed_values(body, self.field))


Condition = tuple[tuple[Test, ...], ...]
"""Holds when all tests of one of its alternatives hold."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `path` are the steps to it in the body: `("biosafety", "subjects")`.

    `required` is True, False or the name of a condition; `asked` the name of a condition or None
    (always asked). See FieldDeclaration for the rest.
    """

    id: str
    path: tuple[str, ...]
    type: FieldType
    many: bool
    required: bool | str
    asked: str | None
    basis: tuple[str, ...]
    vocabulary: Vocabulary | None
    references: tuple[str, ...]
    form: Form | None
    minimum: int | None
    maximum: int | None
    max_items: int | None
    max_characters: int | None
    max_words: int | None
    fields: tuple["Field", ...]
    fact: Fact | None
    confidential_allowed: bool
    never_confidential: NeverConfidential | None
    personal: bool
    legacy: bool
    label: Text
    help: Text | None

    @property
    def is_text(self) -> bool:
        """Words in each language of the record."""
        return self.type in ("text", "rich")


@dataclass(frozen=True, eq=False)
class RecordFormat:
    """What a record of one type holds.

    `confirm_after` is the number of months after which it must be confirmed (None: never);
    `confirm_only_if` names the field that must be true for that.
    """

    id: str
    code: str
    kind: Kind
    prefix: str
    name: Text
    holds: Holds
    title: str
    one_per_government: bool
    confirm_after: int | None
    confirm_only_if: str | None
    conditions: Mapping[str, Condition]
    fields: tuple[Field, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Field]:
        """Field id -> field."""
        return {field.id: field for field in self.fields}

    def field(self, identifier: str) -> Field:
        """The field with that id. Raises KeyError."""
        try:
            return self.by_id[identifier]
        except KeyError:
            raise KeyError(f"{self.id} has no field {identifier!r}") from None

    def condition_holds(self, name: str, body: Mapping[str, Any]) -> bool:
        """Whether a condition of this type holds in a body. Raises KeyError for an unknown one."""
        return any(all(test.holds(body) for test in tests) for tests in self.conditions[name])


class _Words:
    """The labels of one type: its own, else those that types share. English must have them all."""

    def __init__(self, record_type: str, problems: Problems) -> None:
        self.place = f"{record_type}/labels/en.yaml"
        self.problems = problems
        folders = (ROOT / record_type / "labels", ROOT / "labels")
        self._files = [
            [read_declaration(RecordLabelsDeclaration, path, problems) for path in paths]
            for paths in (sorted(folder.glob("*.yaml")) for folder in folders)
        ]

    def name(self) -> Text:
        """The name of the type."""
        text = Text.of({d.language: d.name for d in self._files[0] if d})
        return text if "en" in text else self._miss("name", self.place)

    def get(self, field: str) -> Text:
        """The label of a field; a missing one is a problem."""
        return self.find("fields", field) or self._miss("fields", field)

    def find(self, kind: str, field: str) -> Text | None:
        """The label or help of a field in every language that has it."""
        own, shared = (
            {d.language: getattr(d, kind).get(field, "") for d in files if d}
            for files in self._files
        )
        words = {**shared, **{language: said for language, said in own.items() if said}}
        text = Text.of(words)
        return text if "en" in text else None

    def _miss(self, kind: str, name: str) -> Text:
        self.problems.add(self.place, f"{kind} has no label for {name!r}", "Add one.")
        return Text.of({"en": name})


class _Builder:
    def __init__(self, raw: RecordDeclaration, problems: Problems) -> None:
        self.raw, self.problems = raw, problems
        self.place = f"{raw.id}/format.yaml"
        self.words = _Words(raw.id, problems)
        self.ids = {field.id for field in raw.fields}

    def build(self) -> RecordFormat:
        raw = self.raw
        fields = tuple(self._build_field(item, "") for item in raw.fields)
        confirmation = raw.confirmation
        return RecordFormat(
            id=raw.id,
            code=raw.code,
            kind=raw.kind,
            prefix=raw.prefix,
            name=self.words.name(),
            holds=raw.holds,
            title=raw.title,
            one_per_government=raw.one_per_government,
            confirm_after=confirmation.months if confirmation else None,
            confirm_only_if=confirmation.only_if if confirmation else None,
            conditions={name: tuple(self._expand(name, ())) for name in raw.conditions},
            fields=fields,
        )

    def _build_field(self, raw: FieldDeclaration, parent: str) -> Field:
        name = f"{parent}{raw.id}"
        return Field(
            id=raw.id,
            path=tuple(raw.id.split(".")),
            type=raw.type,
            many=raw.cardinality == "n",
            required=self._read_required(raw),
            asked=self._read_condition(raw.asked, name),
            basis=tuple(raw.basis),
            vocabulary=self._find_vocabulary(raw.vocabulary, name),
            references=tuple(raw.references),
            form=raw.form,
            minimum=raw.minimum,
            maximum=raw.maximum,
            max_items=raw.max_items,
            max_characters=raw.max_characters,
            max_words=raw.max_words,
            fields=tuple(self._build_field(item, f"{name}.") for item in raw.fields),
            fact=raw.fact,
            confidential_allowed=raw.confidential_allowed,
            never_confidential=raw.never_confidential,
            personal=raw.personal,
            legacy=raw.legacy,
            label=self.words.get(name),
            help=self.words.find("help", name),
        )

    def _read_required(self, raw: FieldDeclaration) -> bool | str:
        if raw.required in ("yes", "no"):
            return raw.required == "yes"
        return self._read_condition(raw.required, raw.id) or False

    def _read_condition(self, words: str | None, field: str) -> str | None:
        if words is None:
            return None
        start, _, name = words.partition(" ")
        if start != "if" or name not in self.raw.conditions:
            remedy = "Write yes, no or `if <name>` with a name out of `conditions`."
            self.problems.add(f"{self.place}: {field}", f"{words!r} is no condition", remedy)
            return None
        return name

    def _find_vocabulary(self, name: str | None, field: str) -> Vocabulary | None:
        if name is None:
            return None
        if not set(name.split("+")) <= set(list_vocabularies()):
            what = f"there is no vocabulary {name!r}"
            self.problems.add(f"{self.place}: {field}", what, "Declare it under vocabularies/.")
            return None
        return load_vocabulary(name)

    def _expand(self, name: str, seen: tuple[str, ...]) -> Iterator[tuple[Test, ...]]:
        """The alternatives of a condition, with the conditions it names written out."""
        here = f"{self.place}: {name}"
        if name in seen or name not in self.raw.conditions:
            self.problems.add(here, "a condition that names itself or none", "Correct the name.")
            return
        for tests in self.raw.conditions[name]:
            expanded: list[tuple[Test, ...]] = [()]
            for test in tests:
                parts = (
                    list(self._expand(test.condition, (*seen, name)))
                    if test.condition
                    else [(self._build_test(test, here),)]
                )
                expanded = [(*before, *part) for before in expanded for part in parts]
            yield from expanded

    def _build_test(self, raw: TestDeclaration, here: str) -> Test:
        said = [item for item in (raw.values, raw.not_values, raw.empty) if item is not None]
        if len(said) != 1 or raw.field not in self.ids:
            remedy = "Name a field of this type and one of values, not_values, empty."
            self.problems.add(here, f"no test of a field: {raw.field!r}", remedy)
        return Test(
            raw.field or "",
            None if raw.values is None else frozenset(raw.values),
            None if raw.not_values is None else frozenset(raw.not_values),
        )


@cache
def load_record_format(record_type: str) -> RecordFormat:
    """The format of a record type.

    Raises KeyError for an unknown type, DeclarationError with every problem of its files.
    """
    if record_type not in list_type_ids():
        raise KeyError(f"there is no record type {record_type!r}")
    problems = Problems()
    raw = read_declaration(RecordDeclaration, ROOT / record_type / "format.yaml", problems)
    if raw is None:
        raise DeclarationError(problems)
    built = _Builder(raw, problems).build()
    check_format(built, problems)
    problems.raise_if_any()
    return built


@cache
def load_all_record_formats() -> Mapping[str, RecordFormat]:
    """Type -> format, sorted by type."""
    return {name: load_record_format(name) for name in list_type_ids()}


@cache
def needs_government(record_type: str) -> bool:
    """Whether a record of a type always belongs to a government. A contact need not: it may be an
    organization of its own. Raises KeyError for an unknown type.
    """
    shape = load_record_format(record_type)
    field = shape.by_id.get(GOVERNMENT)
    return shape.kind == "national" and (field is None or field.required is True)


def read_example(record_type: str) -> Any:
    """The example record of a type, as a body. Raises DeclarationError when there is none."""
    return read_yaml(ROOT / record_type / "example.yaml")
