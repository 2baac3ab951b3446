"""National report formats: what was asked in each reporting cycle, and how an answer is coded.

A format is a folder `cartagena/protocol/questionnaires/<cycle>/`: `format.yaml` (keys, types,
options, conditions as adopted), `faults.yaml` (known faults of the source), `lock` (its hash). The
words are in `labels/<language>.yaml`, one label per concept: a question that stayed the same over
several cycles has one concept, named after its first cycle and key (`nr2.q015`).

    load_format("nr4").question("Q014").label.get("en")
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

from cartagena.engine.declaration import DeclarationError, Problem, Problems, read_yaml
from cartagena.engine.questionnaire_labels import LabelBook, load_labels
from cartagena.engine.questionnaire_schema import (
    ROOT,
    AnswerShape,
    FaultsDeclaration,
    FormatDeclaration,
    QuestionDeclaration,
    QuestionType,
    SectionDeclaration,
    read_declaration,
)
from cartagena.engine.text import Text

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
TEXT_TYPES = frozenset({"text", "lstring", "lstringRte"})
STRUCTURAL_TYPES = frozenset({"sub-section", "legend"})
Bounds = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Option:
    """One option. `bounds` is what it means as a number, both ends included; None: no number.

    `free_text` says that a text ("lstring") or a number ("int") may go with it; `prompt` asks for
    it. An `exclusive` option cannot be chosen together with others.
    """

    code: str
    label: Text
    label_key: str
    bounds: Bounds | None = None
    exclusive: bool = False
    free_text: str | None = None
    prompt: Text | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """A question answered with one of `values`; None: answered at all."""

    question: str
    values: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Condition:
    """When a question is asked; while it does not hold, an answer to the question is not published.

    `effect` is the platform's word ("enable": greyed out, "visible": hidden); the result is equal.
    `rule` is `@hasValues` (one of the values), `@hasValuesExcept` (answered, none of the values),
    `@hasAdditionalValues` (one of the values, with a number or text), or `&name`: any of `any_of`.
    """

    effect: str
    rule: str
    any_of: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A known fault of the source: what it is and what it does to the answers."""

    id: str
    what: str
    effect: str
    questions: tuple[str, ...]
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of one cycle. `mandatory` is None where the source does not say.

    `section` is None for a question that stands in the report's header. `refers_to` are the printed
    numbers of the questions that its wording depends on (the second and third report have no coded
    conditions). `unit` says what the bounds of its options count.
    """

    cycle: str
    key: str
    number: str
    section: str | None
    parent: str | None
    type: QuestionType
    multiple: bool
    mandatory: bool | None
    options: tuple[Option, ...]
    conditions: tuple[Condition, ...]
    concept: str
    label: Text
    label_key: str
    help: Text | None
    faults: tuple[Fault, ...]
    articles: tuple[str, ...]
    article_refs: tuple[str, ...]
    refers_to: tuple[str, ...]
    declared_section: str | None
    unit: str | None

    @property
    def is_structural(self) -> bool:
        """A heading over other questions: takes no answer."""
        return self.type in STRUCTURAL_TYPES

    @property
    def is_text(self) -> bool:
        """Answered in words, without options."""
        return self.type in TEXT_TYPES

    @property
    def is_closed(self) -> bool:
        """Answered by choosing among options."""
        return bool(self.options)

    def option(self, code: str) -> Option:
        """The option with that code. Raises KeyError."""
        for option in self.options:
            if option.code == code:
                return option
        raise KeyError(f"{self.cycle} {self.key} has no option {code!r}")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form, mostly about one article of the Protocol."""

    key: str
    label: Text
    label_key: str
    help: Text | None
    articles: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A field of the document outside the question tree, with the number printed on the form."""

    field: str
    number: str | None
    required: bool
    type: str
    label: Text


@dataclass(frozen=True, eq=False)
class Format:
    """The questionnaire of one cycle.

    `carried` are other sources that travel in its document: the second report carries the 2014
    survey. `document` is the cycle whose document holds it.
    """

    cycle: str
    name: Text
    schema: str
    year: int
    deadline: date | None
    document: str
    answer_shape: AnswerShape
    header: tuple[HeaderField, ...]
    header_questions: tuple[Question, ...]
    sections: tuple[Section, ...]
    faults: tuple[Fault, ...]
    carried: tuple["Format", ...] = ()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question of the tree in printed order, headings included."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def by_key(self) -> Mapping[str, Question]:
        """Key -> question, with the questions in the header."""
        return {question.key: question for question in (*self.header_questions, *self.questions)}

    @cached_property
    def in_document(self) -> Mapping[str, Question]:
        """Key -> question for everything that its document may hold, carried sources included."""
        return {**self.by_key, **{k: q for other in self.carried for k, q in other.by_key.items()}}

    def question(self, key: str) -> Question:
        """The question with that key. Raises KeyError."""
        try:
            return self.by_key[key]
        except KeyError:
            raise KeyError(f"{self.cycle} has no question {key!r}") from None

    def with_labels(self, labels: Mapping[str, Text]) -> "Format":
        """Lay other words over ours, language by language; gives a new format.

        Keys of `labels`: `Q014` or a concept for a question, `Q014/true` or `concept/true` for an
        option, `section/Article2` for a section (the shape of `read_official_labels`).
        """
        sections = tuple(
            replace(
                section,
                label=_overlay(section.label, labels.get(f"section/{section.key}")),
                questions=tuple(_relabel(question, labels) for question in section.questions),
            )
            for section in self.sections
        )
        headers = tuple(_relabel(question, labels) for question in self.header_questions)
        return replace(self, sections=sections, header_questions=headers)


def _overlay(ours: Text, theirs: Text | None) -> Text:
    return Text.of({**dict(ours.pairs), **dict(theirs.pairs)}) if theirs else ours


def _relabel(question: Question, labels: Mapping[str, Text]) -> Question:
    names = (question.concept, question.key)
    label, options = question.label, question.options
    for name in names:
        label = _overlay(label, labels.get(name))
        options = tuple(
            replace(o, label=_overlay(o.label, labels.get(f"{name}/{o.code}"))) for o in options
        )
    return replace(question, label=label, options=options)


class _Builder:
    """Builds one runtime format from its checked declaration."""

    def __init__(
        self, raw: FormatDeclaration, faults: FaultsDeclaration, labels: LabelBook
    ) -> None:
        self.raw, self.labels = raw, labels
        self.problems = Problems()
        self.faults = tuple(
            Fault(f.id, f.what, f.effect, tuple(f.questions), tuple(f.options))
            for f in faults.faults
        )

    def build(self) -> Format:
        raw = self.raw
        built = Format(
            cycle=raw.cycle,
            name=self.labels.get("cycles", raw.cycle),
            schema=raw.schema_id,
            year=raw.year,
            deadline=raw.deadline,
            document=raw.document,
            answer_shape=raw.answer_shape,
            header=tuple(
                HeaderField(h.field, h.number, h.required, h.type, self._header_label(h.field))
                for h in raw.header
            ),
            header_questions=tuple(self._list_header_questions()),
            sections=tuple(self._build_section(section) for section in raw.sections),
            faults=self.faults,
        )
        self._check(built)
        return built

    def _header_label(self, field: str) -> Text:
        concepts = {h.field: h.concept for h in self.raw.header}
        concept = concepts[field]
        if concept:
            return self.labels.get("questions", concept)
        return self.labels.get("header", field)

    def _list_header_questions(self) -> Iterator[Question]:
        for h in self.raw.header:
            if h.concept is None or h.number is None:
                continue
            options = [{"code": code, "label_key": code} for code in h.options]
            declaration = QuestionDeclaration.model_validate(
                {
                    "key": h.field,
                    "number": h.number,
                    "type": h.type,
                    "multiple": False,
                    "mandatory": h.required,
                    "concept": h.concept,
                    "label_key": h.field,
                    "options": options,
                }
            )
            yield self._build_question(declaration, None, ())

    def _build_section(self, raw: SectionDeclaration) -> Section:
        articles = tuple(raw.articles)
        questions = tuple(self._build_question(q, raw.key, articles) for q in raw.questions)
        label = self.labels.get("sections", raw.key)
        hint = self.labels.find("section_help", raw.key)
        return Section(raw.key, label, raw.label_key, hint, articles, questions)

    def _build_question(
        self, raw: QuestionDeclaration, section: str | None, articles: tuple[str, ...]
    ) -> Question:
        return Question(
            cycle=self.raw.cycle,
            key=raw.key,
            number=raw.number,
            section=section,
            parent=raw.parent,
            type=raw.type,
            multiple=raw.multiple,
            mandatory=raw.mandatory,
            options=tuple(self._list_options(raw)),
            conditions=tuple(self._list_conditions(raw)),
            concept=raw.concept,
            label=self.labels.get("questions", raw.concept),
            label_key=raw.label_key,
            help=self.labels.find("question_help", raw.concept),
            faults=tuple(fault for fault in self.faults if raw.key in fault.questions),
            articles=articles if raw.articles is None else tuple(raw.articles),
            article_refs=tuple(raw.article_refs or raw.articles or articles),
            refers_to=tuple(raw.refers_to),
            declared_section=raw.declared_section,
            unit=raw.unit,
        )

    def _list_options(self, raw: QuestionDeclaration) -> Iterator[Option]:
        own = f"{self.raw.cycle}.{raw.key.lower()}"
        for o in raw.options:
            yield Option(
                code=o.code,
                label=self.labels.get_option(own, raw.concept, o.code),
                label_key=o.label_key,
                bounds=self._read_bounds(o.bounds, raw.key, o.code),
                exclusive=o.exclusive,
                free_text=o.free_text,
                prompt=self.labels.find_for_option("prompts", raw.concept, o.code),
            )

    def _read_bounds(self, raw: list[int | None] | None, key: str, code: str) -> Bounds | None:
        if raw is None:
            return None
        if len(raw) == 2 and raw[0] is not None and (raw[1] is None or raw[1] >= raw[0]):
            return raw[0], raw[1]
        place = f"{self.raw.cycle}/format.yaml: {key} {code}"
        self.problems.add(place, f"{raw} is no [lower, upper]", "Write [5, 9] or [10, null].")
        return None

    def _list_conditions(self, raw: QuestionDeclaration) -> Iterator[Condition]:
        for c in raw.conditions:
            if c.rule.startswith("&"):
                named = self.raw.rules.get(c.rule[1:], [])
                any_of = tuple(Requirement(r.question, frozenset(r.values)) for r in named)
            else:
                values = None if c.values is None else frozenset(c.values)
                any_of = (Requirement(c.question or "", values),)
            yield Condition(c.effect, c.rule, any_of)

    def _check(self, built: Format) -> None:
        """References inside the format: unique keys, parents, conditions, faults."""
        place = f"{built.cycle}/format.yaml"
        if len(built.by_key) != len(built.questions) + len(built.header_questions):
            self.problems.add(place, "two questions share one key", "Make every key unique.")
        for question in built.questions:
            here = f"{place}: {question.key}"
            if question.parent and question.parent not in built.by_key:
                self.problems.add(here, f"no parent {question.parent!r}", "Correct the key.")
            if len({o.code for o in question.options}) != len(question.options):
                self.problems.add(here, "an option code stands twice", "Make the codes unique.")
            for condition in question.conditions:
                self._check_condition(condition, here, built)
        for fault in built.faults:
            for key in set(fault.questions) - set(built.by_key):
                where = f"{built.cycle}/faults.yaml: {fault.id}"
                self.problems.add(where, f"no question {key!r}", "Correct the key.")

    def _check_condition(self, condition: Condition, here: str, built: Format) -> None:
        rules = ("@hasValues", "@hasValuesExcept", "@hasAdditionalValues")
        if not condition.any_of or (condition.rule[0] != "&" and condition.rule not in rules):
            self.problems.add(here, f"unknown rule {condition.rule!r}", "Use or add a known rule.")
        for requirement in condition.any_of:
            target = built.by_key.get(requirement.question)
            if target is None:
                what = f"a condition names no question {requirement.question!r}"
                self.problems.add(here, what, "Correct the key.")
            elif requirement.values and requirement.values - {o.code for o in target.options}:
                what = f"a condition names an option that {target.key} does not have"
                self.problems.add(here, what, "Correct the code.")


def list_cycles() -> tuple[str, ...]:
    """The cycles that have a format, oldest first."""
    found = [path.parent for path in ROOT.glob("*/format.yaml")]
    years = {path.name: read_yaml(path / "format.yaml")["year"] for path in found}
    return tuple(sorted(years, key=lambda cycle: (years[cycle], cycle)))


@cache
def load_format(cycle: str) -> Format:
    """The format of one cycle with the sources its document carries.

    Raises DeclarationError with every problem of its files and labels.
    """
    built = _load_alone(cycle)
    carried = (_load_alone(other) for other in list_cycles() if other != cycle)
    return replace(built, carried=tuple(other for other in carried if other.document == cycle))


@cache
def _load_alone(cycle: str) -> Format:
    labels, label_problems = load_labels()
    folder = ROOT / cycle
    problems = Problems()
    raw = read_declaration(
        FormatDeclaration, folder / "format.yaml", problems, rename={"schema": "schema_id"}
    )
    faults = read_declaration(FaultsDeclaration, folder / "faults.yaml", problems)
    if raw is None or faults is None:
        raise DeclarationError(problems)
    builder = _Builder(raw, faults, labels)
    built = builder.build()
    found: list[Problem] = [*builder.problems, *label_problems]
    if found:
        raise DeclarationError(found)
    return built


@cache
def load_all_formats() -> Mapping[str, Format]:
    """Cycle -> format, oldest first."""
    return {cycle: load_format(cycle) for cycle in list_cycles()}
