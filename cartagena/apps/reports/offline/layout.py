"""The rows of a questionnaire, the same in every file: what is asked, and which cell answers it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from django.utils import translation
from django.utils.translation import gettext as _

from cartagena.apps.reports.offline.about import About
from cartagena.engine.answer_sheet import FIGURE, Cells, list_header_fields, parse_key
from cartagena.engine.parties import find_country
from cartagena.engine.questionnaire import Condition, Format, Option, Question, Requirement
from cartagena.engine.report_rules import describe_question

Entry = Literal["none", "choice", "mark", "figure", "date", "reference"]


@dataclass(frozen=True)
class Row:
    """One row. ``key`` is the cell of its ``entry``; with ``takes_words``, the words in a language
    stand in the cell ``key#language``. ``choices`` are (code, label) of a choice. ``question`` is
    the field or question that the row belongs to."""

    kind: Literal["section", "heading", "question", "option"]
    key: str
    number: str
    label: str
    entry: Entry = "none"
    takes_words: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    mandatory: bool = False
    question: str = ""


def list_rows(shape: Format, language: str, cells: Cells) -> Iterator[Row]:
    """All rows of a form in a language. ``cells`` are the answers so far: words that stand beside
    an option which does not ask for any get a row too, so that nothing is lost."""
    beside = _find_beside(cells)
    if list_header_fields(shape):
        yield Row("section", "", "", _("About this report"))
        for field in list_header_fields(shape):
            entry: Entry = "none" if field.type == "lstring" else field.type  # type: ignore[assignment]
            words = field.type == "lstring"
            label = field.label.get(language)
            yield Row("question", field.field, field.number or "", label, entry, words,
                      mandatory=field.required, question=field.field)  # fmt: skip
        for question in shape.header_questions:
            yield from _list_question(shape, question, language, beside)
    for each in (shape, *shape.carried):
        for section in each.sections:
            yield Row("section", "", "", section.label.get(language))
            for question in section.questions:
                yield from _list_question(shape, question, language, beside)


def make_title(shape: Format, about: About) -> str:
    """The title of a file: the report and the country, in the language of the questions."""
    country = find_country(about.government)
    name = country.names.get(about.language) if country else about.government
    return f"{shape.name.get(about.language)} – {name}"


def label_choice(choices: tuple[tuple[str, str], ...], code: str) -> str:
    """How an option is printed in a list to choose from: with its place, so no two are alike."""
    for place, (each, label) in enumerate(choices, start=1):
        if each == code:
            return f"{place}. {label}"
    return code


def _find_beside(cells: Cells) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name in cells:
        key = parse_key(name)
        if key.option is not None and key.part not in (None, FIGURE):
            found[key.field] = found.get(key.field, frozenset()) | {key.option}
    return found


def _list_question(
    shape: Format, question: Question, language: str, beside: Mapping[str, frozenset[str]]
) -> Iterator[Row]:
    for row in _list_rows_of(shape, question, language, beside):
        yield replace(row, question=question.key)


def _list_rows_of(
    shape: Format, question: Question, language: str, beside: Mapping[str, frozenset[str]]
) -> Iterator[Row]:
    key, label = question.key, question.label.get(language)
    number = question.number
    if question.is_structural:
        yield Row("heading", "", number, label)
        return
    hint = describe_conditions(shape, question, language)
    mandatory = bool(question.mandatory)
    if not question.is_closed:
        entry: Entry = "figure" if question.type == "int" else "none"
        yield Row("question", key, number, label, entry, question.is_text, (), hint, mandatory)
        return
    choices = tuple((option.code, option.label.get(language)) for option in question.options)
    if not question.multiple:
        yield Row("question", key, number, label, "choice", False, choices, hint, mandatory)
    else:
        yield Row("question", "", number, label, hint=hint, mandatory=mandatory)
    for option in question.options:
        words = option.free_text == "lstring" or option.code in beside.get(key, ())
        yield from _list_option(question, option, language, takes_words=words)


def _list_option(
    question: Question, option: Option, language: str, *, takes_words: bool
) -> Iterator[Row]:
    key, label = f"{question.key}/{option.code}", option.label.get(language)
    if question.multiple:
        yield Row("option", key, "", label, "mark", takes_words)
    elif takes_words:
        asked = option.prompt.get(language) if option.prompt else _("details")
        yield Row("option", key, "", f"{label}: {asked}", "none", takes_words=True)
    if option.free_text == "int":
        yield Row("option", f"{key}#{FIGURE}", "", f"{label}: {_('figure')}", "figure")


def describe_conditions(shape: Format, question: Question, language: str) -> str:
    """When a question is asked, in words; empty when it always is."""
    return "; ".join(_describe(shape, each, language) for each in question.conditions)


def _describe(shape: Format, condition: Condition, language: str) -> str:
    parts = [
        _describe_requirement(shape, condition.rule, each, language) for each in condition.any_of
    ]
    return _("Only if %(condition)s") % {"condition": f" {_('or')} ".join(parts)}


def _describe_requirement(shape: Format, rule: str, wanted: Requirement, language: str) -> str:
    asked = shape.in_document[wanted.question]
    where = describe_question(shape, asked).render(translation, language)
    labels = [o.label.get(language) for o in asked.options if o.code in (wanted.values or ())]
    answers = " / ".join(f"“{label}”" for label in labels)
    if wanted.values is None:
        return _("%(question)s is answered") % {"question": where}
    if rule == "@hasValuesExcept":
        words = _("%(question)s is answered, and not %(answers)s")
    elif rule == "@hasAdditionalValues":
        words = _("%(question)s has a figure for %(answers)s")
    else:
        words = _("%(question)s is %(answers)s")
    return words % {"question": where, "answers": answers}
