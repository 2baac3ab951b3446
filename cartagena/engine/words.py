"""The method in words, made from the declaration itself.

A condition becomes a tree of steps whose questions and options carry their labels in all languages;
pages turn the operation of each step into a sentence of the reader's language.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from cartagena.engine.condition import All, Chose, Condition, Either, Published, Wrote
from cartagena.engine.indicator import Recipe
from cartagena.engine.questionnaire import Format, load_format
from cartagena.engine.text import Text

FindFormat = Callable[[str], Format]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a method.

    ``operation`` is all, any, chose, other, wrote, published or bands. Leaves name the ``source``,
    the ``question`` with its printed ``number`` and ``label``, and the ``options`` as pairs of code
    and label. The gate of a leaf stands in its ``parts``.
    """

    operation: str
    source: str = ""
    question: str = ""
    number: str = ""
    label: Text | None = None
    options: tuple[tuple[str, Text], ...] = ()
    record_type: str = ""
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    parts: tuple["Step", ...] = ()


def describe_recipe(
    recipe: Recipe,
    condition: Condition | None,
    sources: tuple[str, ...],
    find_format: FindFormat = load_format,
) -> Step:
    """The steps of a recipe's condition, or of its bands, read from the sources of its cycle.

    ``find_format`` gives the format of a source: with other labels than ours, for example.
    """
    if condition is not None:
        return describe_condition(condition, sources, find_format)
    return Step(
        operation="bands",
        parts=tuple(_question_step("chose", key, (), sources, find_format) for key in recipe.bands),
    )


def describe_condition(
    condition: Condition, sources: tuple[str, ...] = (), find_format: FindFormat = load_format
) -> Step:
    """The steps of a condition; ``sources`` are the formats in which its questions are found."""
    if isinstance(condition, All | Either):
        return Step(
            operation="all" if isinstance(condition, All) else "any",
            parts=tuple(
                describe_condition(part, sources, find_format) for part in condition.conditions
            ),
        )
    if isinstance(condition, Chose):
        operation = "other" if condition.negated else "chose"
        step = _question_step(
            operation, condition.question, condition.options, sources, find_format
        )
        gate = condition.ruled_out_by
        if gate is None:
            return step
        return replace(step, parts=(describe_condition(gate, sources, find_format),))
    if isinstance(condition, Wrote):
        return _question_step("wrote", condition.question, (), sources, find_format)
    if isinstance(condition, Published):
        return Step(operation="published", record_type=condition.type, values=condition.values)
    raise TypeError(f"No words are written for {type(condition).__name__}.")


def _question_step(
    operation: str,
    key: str,
    options: tuple[str, ...],
    sources: tuple[str, ...],
    find_format: FindFormat,
) -> Step:
    for source in sources:
        format_ = find_format(source)
        if key not in format_.by_key:
            continue
        question = format_.question(key)
        return Step(
            operation=operation,
            source=source,
            question=key,
            number=question.number,
            label=question.label,
            options=tuple((code, question.option(code).label) for code in options),
        )
    raise LookupError(f"No format of {', '.join(sources)} has the question {key}.")
