"""Recipes as data and in words: what an indicator looks at, made from its declaration."""

from functools import cache
from typing import Any

from cartagena.apps.portal import source as stored
from cartagena.engine.condition import All, Chose, Condition, Either, Published, Wrote
from cartagena.engine.indicator import Indicator, Recipe
from cartagena.engine.plan import load_plan
from cartagena.engine.questionnaire import Question
from cartagena.engine.treaty import find_provision, label_provision

Row = dict[str, Any]


def find_question(key: str, sources: tuple[str, ...]) -> Question | None:
    """The question of any of the sources."""
    for source in sources:
        found = stored.get_format(source).by_key.get(key)
        if found is not None:
            return found
    return None


def option_rows(question: Question | None, codes: tuple[str, ...]) -> list[Row]:
    """Options with their labels; a code that the format lacks keeps an empty label."""
    labels = {option.code: option.label for option in question.options} if question else {}
    return [
        {"code": code, "label": dict(labels[code].pairs) if code in labels else {}}
        for code in codes
    ]


def question_row(key: str, sources: tuple[str, ...]) -> Row:
    """How a leaf names the question it reads."""
    question = find_question(key, sources)
    return {
        "source": question.cycle if question else "",
        "question": key,
        "number": question.number if question else "",
        "label": dict(question.label.pairs) if question else {},
    }


def condition_row(condition: Condition, sources: tuple[str, ...]) -> Row:
    """A condition as a tree of plain values."""
    if isinstance(condition, All | Either):
        parts = [condition_row(part, sources) for part in condition.conditions]
        return {"operation": "all" if isinstance(condition, All) else "any", "parts": parts}
    if isinstance(condition, Published):
        return {
            "operation": "published",
            "record_type": condition.type,
            "values": {field: list(values) for field, values in condition.values},
        }
    if isinstance(condition, Wrote):
        return {"operation": "wrote", **question_row(condition.question, sources)}
    if isinstance(condition, Chose):
        question = find_question(condition.question, sources)
        gate = condition.ruled_out_by
        return {
            "operation": "other" if condition.negated else "chose",
            **question_row(condition.question, sources),
            "options": option_rows(question, condition.options),
            "counts_as_no_if": None if gate is None else condition_row(gate, sources),
        }
    return {"operation": type(condition).__name__}


def say(row: Row) -> str:
    """A condition as an English phrase that follows "A Party counts if"."""
    operation: str = row["operation"]
    if operation in ("all", "any"):
        joint = " and " if operation == "all" else " or "
        return "(" + joint.join(say(part) for part in row["parts"]) + ")"
    if operation == "published":
        values = "; ".join(f"{f}: {' or '.join(v)}" for f, v in row["values"].items())
        return f"it has a live record of type {row['record_type']}" + (values and f" ({values})")
    if operation not in ("chose", "other", "wrote"):
        return operation
    asked = f"question {row['number']} ({row['label'].get('en', row['question'])})"
    if operation == "wrote":
        return f"it wrote a text under {asked}"
    options = " or ".join(f"“{o['label'].get('en') or o['code']}”" for o in row["options"])
    said = "only other options than" if operation == "other" else ""
    gate = row.get("counts_as_no_if")
    ending = f" [a no if {say(gate)}]" if gate else ""
    return " ".join(f"it answered {asked} with {said} {options}".split()) + ending


def _condition(condition: Condition | None, sources: tuple[str, ...]) -> Row | None:
    if condition is None:
        return None
    row = condition_row(condition, sources)
    phrase = say(row)
    words = (
        phrase[1:-1] if phrase.startswith("(") and row["operation"] in ("all", "any") else phrase
    )
    return {"condition": row, "words": f"A Party counts if {words}."}


def recipe_row(cycle: str, recipe: Recipe, sources: tuple[str, ...]) -> Row:
    """One recipe of an indicator as plain values."""
    return {
        "cycle": cycle,
        "sources": list(sources),
        "grade": recipe.grade,
        "strict": _condition(recipe.strict, sources),
        "inclusive": _condition(recipe.inclusive, sources),
        "not_applicable": _condition(recipe.not_applicable, sources),
        "bands": [question_row(key, sources) for key in recipe.bands],
        "questions": list(recipe.questions),
        "note": recipe.note,
    }


@cache
def sources_of(cycle: str) -> tuple[str, ...]:
    """The sources of answers of a cycle, from the plan's evaluation points."""
    for point in load_plan().points:
        if point.cycle == cycle:
            return point.sources
    return (cycle,)


def provision_row(identifier: str) -> Row:
    """A provision as it is cited."""
    found = find_provision(identifier)
    return {
        "id": identifier,
        "label": label_provision(identifier),
        "title": found.title if found else "",
    }


def indicator_row(indicator: Indicator) -> Row:
    """An indicator without its recipes."""
    declared = load_plan().indicator(indicator.id)
    return {
        "id": indicator.id,
        "title": dict(declared.title.pairs),
        "short_title": indicator.title,
        "objective": indicator.objective,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "measure": type(indicator.measure).__name__,
        "kind": indicator.measure.kind,
        "sources": list(indicator.sources),
        "grades": {cycle: recipe.grade for cycle, recipe in indicator.recipes.items()},
        "same_as": indicator.same_as,
    }


def declaration_row(indicator: Indicator) -> Row:
    """The whole declaration of an indicator."""
    deadline = indicator.deadline
    return {
        **indicator_row(indicator),
        "description": list(indicator.describe()),
        "legal_basis": [provision_row(each) for each in indicator.legal_basis],
        "links": [{"outcome": link.outcome, "quality": link.quality} for link in indicator.links],
        "recipes": [
            recipe_row(cycle, recipe, sources_of(cycle))
            for cycle, recipe in indicator.recipes.items()
        ],
        "comparability": list(indicator.comparability),
        "to_collect": indicator.to_collect,
        "doubts": list(indicator.doubts),
        "deadline": None
        if deadline is None
        else {
            "years": deadline.years,
            "after": deadline.after,
            "year_question": dict(deadline.year_question),
        },
        "authored_by": indicator.authored_by,
        "checked_by": indicator.checked_by,
        "next_review": str(indicator.next_review),
    }
