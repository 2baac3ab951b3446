"""The method of an indicator in English: conditions and measures as nested lists."""

import dataclasses
import inspect
from collections.abc import Iterator, Mapping
from datetime import date

from cartagena.cli.reference.markdown import code, plain
from cartagena.engine import words
from cartagena.engine.condition import All, Chose, Condition, Either, Published, Wrote
from cartagena.engine.indicator import Recipe
from cartagena.engine.measure import Measure
from cartagena.engine.questionnaire import Question, load_format
from cartagena.engine.record_measure import RecordSelection
from cartagena.engine.words import Step


def describe_recipe(recipe: Recipe, sources: tuple[str, ...]) -> list[str]:
    """The readings of one cycle as lines of a nested list; empty where nothing asks it."""
    lines: list[str] = []
    for name, condition in (("Strict", recipe.strict), ("Inclusive", recipe.inclusive)):
        if condition is not None:
            lines += describe_condition(name, condition, sources)
    if recipe.bands:
        lines.append("- The bands chosen in these questions are added, lower and upper ends apart:")
        lines += [f"  - {_name(_find(key, sources))}" for key in recipe.bands]
    if recipe.not_applicable is not None:
        name = "Does not apply, so that the Party is not counted"
        lines += describe_condition(name, recipe.not_applicable, sources)
    if recipe.note:
        lines.append(f"- Note: {plain(recipe.note)}")
    return lines


def describe_condition(name: str, condition: Condition, sources: tuple[str, ...]) -> list[str]:
    """A condition under a name, as lines of a nested list."""
    return [f"- {name}: {_first(condition, sources)}", *_rest(condition, sources, 1)]


def describe_measure(measure: Measure) -> list[str]:
    """What the measure is, from its own description, and what this indicator sets in it."""
    about = inspect.cleandoc(type(measure).__doc__ or "").split("\n\n")[0]
    lines = [f"{code(type(measure).__name__)}: {_words(about)}"]
    for field in dataclasses.fields(measure):
        value = getattr(measure, field.name)
        if value in ((), None, False) or (value == field.default and field.name != "as_"):
            continue
        name = "shown as" if field.name == "as_" else field.name.replace("_", " ")
        if isinstance(value, Condition):
            lines += describe_condition(name, value, ())
        else:
            lines.append(f"- {name}: {_value(value)}")
    return lines


def _first(condition: Condition, sources: tuple[str, ...]) -> str:
    """The first line of a condition."""
    if isinstance(condition, All):
        return "all of these hold:"
    if isinstance(condition, Either):
        return "at least one of these holds:"
    if isinstance(condition, Published):
        wanted = "; ".join(
            f"{code(field)} is {' or '.join(map(code, values))}"
            for field, values in condition.values
        )
        return f"a live record of type {code(condition.type)} is published" + (
            f", where {wanted}" if wanted else ""
        )
    if isinstance(condition, Wrote):
        return f"a text is written in {_name(_find(condition.question, sources))}"
    if isinstance(condition, Chose):
        return _choice(condition, words.describe_condition(condition, sources))
    raise TypeError(f"No words are written for {type(condition).__name__}.")


def _rest(condition: Condition, sources: tuple[str, ...], depth: int) -> Iterator[str]:
    """What hangs below the first line."""
    dent = "  " * depth
    if isinstance(condition, Chose) and condition.ruled_out_by is not None:
        gate = condition.ruled_out_by
        yield f"{dent}- counted as a no, although not asked, where " + _first(gate, sources)
        yield from _rest(gate, sources, depth + 1)
        return
    for part in condition.parts:
        yield f"{dent}- {_first(part, sources)}"
        yield from _rest(part, sources, depth + 1)


def _choice(condition: Chose, step: Step) -> str:
    question = load_format(step.source).question(step.question)
    options = ", ".join(f"{plain(str(label))} ({code(name)})" for name, label in step.options)
    relation = "is answered with none of" if condition.negated else "is, or includes,"
    return f"{_name(question)} {relation} {options}"


def _name(question: Question) -> str:
    link = f"questionnaires/{question.cycle}.md#{question.key}"
    number = question.number or question.key
    source = " of the survey" if question.cycle == "survey2014" else ""
    return f"[question {number}]({link}){source} ({plain(str(question.label))})"


def _find(key: str, sources: tuple[str, ...]) -> Question:
    for source in sources:
        if key in load_format(source).by_key:
            return load_format(source).question(key)
    raise LookupError(f"No format of {', '.join(sources)} has the question {key}.")


def _value(value: object) -> str:
    if isinstance(value, RecordSelection):
        return _selection(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return ", ".join(f"{code(str(first))}: {second}" for first, second in value)
    if isinstance(value, tuple):
        return ", ".join(_value(each) for each in value)
    return code(str(value))


def _selection(selection: RecordSelection) -> str:
    parts = ["records of type " + " or ".join(map(code, selection.types))]
    values: Mapping[str, tuple[str, ...]] = dict(selection.values)
    parts += [
        f"with {code(field)} {' or '.join(map(code, wanted))}" for field, wanted in values.items()
    ]
    if selection.groups:
        parts.append("of " + " or ".join(selection.groups))
    for entry in selection.filled:
        fields = (entry,) if isinstance(entry, str) else entry
        parts.append(f"with {' or '.join(map(code, fields))} filled in")
    return ", ".join(parts)


def _words(text: str) -> str:
    return " ".join(text.split()).replace("``", "`")
