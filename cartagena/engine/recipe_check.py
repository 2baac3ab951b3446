"""Checks that the declarations fit together: recipes with formats, links with the plan, citations.

A recipe names questions and options by key. A typing error in one would make a Party silent instead
of raising an error, so every key is looked up in the format of its source. All problems are found
in one go.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cartagena.engine.condition import Chose, Condition, Wrote
from cartagena.engine.declaration import DeclarationError, Problem
from cartagena.engine.indicator import Indicator, Recipe
from cartagena.engine.plan import Plan
from cartagena.engine.questionnaire import Format, Question
from cartagena.engine.treaty import find_provision

SOURCES: Mapping[str, tuple[str, ...]] = {
    "nr2": ("nr2", "survey2014"),
    "nr3": ("nr3",),
    "nr4": ("nr4",),
    "nr5": ("nr5",),
}
"""The sources of answers of each cycle, in which the questions of its recipe are looked up."""

LoadFormat = Callable[[str], Format]


def check_recipes(indicators: Mapping[str, Indicator], load_format: LoadFormat) -> list[Problem]:
    """Every key of every recipe that its cycle does not know, and cycles missing or not known.

    Bands must have bounds for each option. The questions of deadlines, components and "does not
    apply" conditions are checked like the others.
    """
    problems: list[Problem] = []
    for indicator in indicators.values():
        if tuple(indicator.recipes) != tuple(SOURCES):
            problems.append(
                Problem(
                    indicator.id,
                    f"the recipes are for {', '.join(indicator.recipes) or 'no cycle'}",
                    f"Declare {', '.join(SOURCES)}, in this order.",
                )
            )
        for cycle, recipe in indicator.recipes.items():
            if cycle in SOURCES:
                formats = [load_format(source) for source in SOURCES[cycle]]
                place = f"{indicator.id} {cycle}"
                problems.extend(_check_recipe(recipe, place, formats))
                problems.extend(_check_extras(indicator, cycle, place, formats))
    return problems


def _check_recipe(recipe: Recipe, place: str, formats: list[Format]) -> list[Problem]:
    problems = []
    for condition in (recipe.strict, recipe.inclusive, recipe.not_applicable):
        problems.extend(_check_condition(condition, place, formats))
    for key in recipe.bands:
        question = _find(key, formats)
        if question is None:
            problems.append(_unknown_question(key, place))
        elif any(option.bounds is None for option in question.options) or not question.options:
            problems.append(
                Problem(
                    f"{place} {key}",
                    "an option of this question has no bounds, so it cannot be added",
                    "Give every option bounds in the format, or do not use it as a band.",
                )
            )
    if (recipe.grade == "C") == bool(recipe.strict or recipe.bands):
        problems.append(
            Problem(
                place,
                f"grade {recipe.grade} does not fit a recipe "
                f"{'with' if recipe.strict or recipe.bands else 'without'} questions",
                "C means that nothing asks it; A and B need a question.",
            )
        )
    return problems


def _check_extras(
    indicator: Indicator, cycle: str, place: str, formats: list[Format]
) -> list[Problem]:
    problems = []
    for by_cycle in indicator.components.values():
        problems.extend(_check_condition(by_cycle.get(cycle), place, formats))
    year = indicator.deadline.year_question.get(cycle) if indicator.deadline else None
    if year is not None and _find(year, formats) is None:
        problems.append(_unknown_question(year, place))
    return problems


def _check_condition(
    condition: Condition | None, place: str, formats: list[Format]
) -> list[Problem]:
    problems = []
    for part in condition.walk() if condition is not None else ():
        if not isinstance(part, Chose | Wrote):
            continue
        question = _find(part.question, formats)
        if question is None:
            problems.append(_unknown_question(part.question, place))
        elif isinstance(part, Wrote):
            if not question.is_text:
                problems.append(
                    Problem(f"{place} {part.question}", "it takes no text", "Ask for an option.")
                )
        else:
            problems.extend(_check_options(part, question, f"{place} {part.question}"))
    return problems


def _check_options(part: Chose, question: Question, place: str) -> list[Problem]:
    known = [option.code for option in question.options]
    return [
        Problem(place, f"there is no option {code!r}", f"Known: {', '.join(known) or 'none'}.")
        for code in part.options
        if code not in known
    ]


def _find(key: str, formats: list[Format]) -> Question | None:
    return next((f.question(key) for f in formats if key in f.by_key), None)


def _unknown_question(key: str, place: str) -> Problem:
    return Problem(
        f"{place} {key}",
        "no format of this cycle has this question",
        "Correct the key; questions of the survey of 2014 start with S.",
    )


def check_links(indicators: Mapping[str, Indicator], plan: Plan) -> list[Problem]:
    """Indicators and outcomes that do not match the plan, and titles that stand twice."""
    problems = []
    planned = [each.id for each in plan.indicators]
    for missing in planned:
        if missing not in indicators:
            problems.append(
                Problem(missing, "the plan has this indicator, no folder declares it", "Add it.")
            )
    outcomes = {each.id for each in plan.outcomes}
    titles: dict[str, str] = {}
    for indicator in indicators.values():
        if indicator.id not in planned:
            problems.append(
                Problem(indicator.id, "the plan has no such indicator", "Correct the id.")
            )
        for link in indicator.links:
            if link.outcome not in outcomes:
                problems.append(
                    Problem(
                        f"{indicator.id} links",
                        f"the plan has no outcome {link.outcome!r}",
                        "Link to an outcome of the plan, such as 1.1.a.",
                    )
                )
        other = titles.setdefault(indicator.title, indicator.id)
        if other != indicator.id:
            problems.append(
                Problem(indicator.id, f"it has the title of {other}", "Make the titles differ.")
            )
        if indicator.same_as is not None and indicator.same_as not in indicators:
            problems.append(
                Problem(
                    f"{indicator.id} same_as", f"there is no {indicator.same_as}", "Correct the id."
                )
            )
    return problems


def check_legal_basis(indicators: Iterable[Indicator]) -> list[Problem]:
    """Citations of indicators that lead nowhere."""
    return [
        Problem(
            f"{indicator.id} legal_basis",
            f"nothing can be cited as {provision!r}",
            "Correct the id or declare it in protocol/treaty/provisions.yaml.",
        )
        for indicator in indicators
        for provision in indicator.legal_basis
        if find_provision(provision) is None
    ]


def check_indicators(
    indicators: Mapping[str, Indicator], plan: Plan, load_format: LoadFormat
) -> None:
    """Raise :class:`DeclarationError` with everything that does not fit together, if anything."""
    problems = [
        *check_recipes(indicators, load_format),
        *check_links(indicators, plan),
        *check_legal_basis(indicators.values()),
    ]
    if problems:
        raise DeclarationError(problems)


def export_condition(condition: Condition | None) -> Any:
    """A condition as plain data: what it asks, without gates. Used to lock recipes."""
    if condition is None:
        return None
    if isinstance(condition, Chose):
        kind = "notin" if condition.negated else "in"
        return {"q": condition.question, kind: list(condition.options)}
    if isinstance(condition, Wrote):
        return {"answered": condition.question}
    name = {"All": "all", "Either": "any"}[type(condition).__name__]
    return {name: [export_condition(part) for part in condition.parts]}


def export_recipe(recipe: Recipe) -> dict[str, Any]:
    """A recipe as plain data: grade, conditions and bands. Notes and gates are left out."""
    exported: dict[str, Any] = {"grade": recipe.grade}
    if recipe.strict is not None:
        exported["strict"] = export_condition(recipe.strict)
    if recipe.inclusive is not None:
        exported["inclusive"] = export_condition(recipe.inclusive)
    if recipe.bands:
        exported["bands"] = list(recipe.bands)
    return exported
