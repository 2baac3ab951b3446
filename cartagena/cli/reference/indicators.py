"""indicators.md: the method of every indicator."""

from cartagena.cli.reference.markdown import anchor, bullets, page, plain, table
from cartagena.cli.reference.method import (
    describe_condition,
    describe_measure,
    describe_recipe,
)
from cartagena.engine.indicator import Indicator, load_indicators
from cartagena.engine.plan import load_plan
from cartagena.engine.questionnaire import load_format
from cartagena.engine.recipe_check import SOURCES
from cartagena.engine.treaty import cite

_GRADES = {
    "A": "A, asked directly",
    "B": "B, a proxy or a part is asked",
    "C": "C, nothing asks it",
}
_SOURCES = {
    "report": "national reports",
    "survey": "the survey of 2014",
    "records": "records of the Clearing-House",
    "treaty": "treaty status",
    "register": "registers of the Secretariat",
    "usage": "use of the Clearing-House",
    "forum": "on-line discussions",
}
_DIRECTIONS = {
    "up": "more is better",
    "neutral": "neither more nor less is better",
    "yes": "reached or not",
}


def make_pages() -> dict[str, str]:
    """The page of all indicators."""
    indicators = load_indicators()
    grades = [
        [
            f"[{each.id}](#i{each.id})",
            plain(each.title),
            *(each.recipes[cycle].grade for cycle in SOURCES),
        ]
        for each in indicators.values()
    ]
    overview = table(["Indicator", "Title", *SOURCES], grades)
    legend = "Grades of a reporting cycle: " + "; ".join(_GRADES.values()) + "."
    content = page(
        "The 72 indicators",
        "the declarations in `cartagena/protocol/plans/cpb_2011_2020/indicators/`",
        "How figures come about: [how figures are made](../explanation/how-figures-are-made.md). "
        f"{legend}",
        overview,
        *(_describe(each) for each in indicators.values()),
    )
    return {"indicators.md": content}


def _describe(indicator: Indicator) -> str:
    measures, how, limits, source = (plain(p) for p in indicator.describe())
    plan = load_plan()
    deadline = indicator.deadline
    facts = [
        f"Wording of the plan: {plain(plan.indicator(indicator.id).title.get('en'))}",
        f"Unit: {indicator.unit}; {_DIRECTIONS[indicator.direction]}.",
        "Sources: " + ", ".join(_SOURCES[each] for each in indicator.sources) + ".",
        "Legal basis: " + "; ".join(map(_cite, indicator.legal_basis)) + ".",
        "Outcomes: "
        + "; ".join(
            f"[{link.outcome}](plan.md#{link.outcome}) ({link.quality})" for link in indicator.links
        )
        + ".",
    ]
    if indicator.same_as is not None:
        same = indicator.same_as
        facts.append(f"The same computation as [{same}](#i{same}).")
    if deadline is not None:
        after = deadline.after.replace("_", " ")
        facts.append(f"Time limit: {deadline.years} years after the Party's {after}.")
    parts = [
        f"{anchor('i' + indicator.id)}\n## {indicator.id} {plain(indicator.title)}",
        measures,
        bullets(facts),
        f"**Method.** {how}",
        "**Measure.** " + "\n".join(describe_measure(indicator.measure)),
        f"**Limits.** {limits}",
        f"**Source.** {source}",
        "**Each reporting cycle.**",
        "\n\n".join(_list_recipes(indicator)),
        "**Comparing cycles.**\n\n" + bullets(map(plain, indicator.comparability)),
        "**Doubts.**\n\n" + bullets(map(plain, indicator.doubts)),
    ]
    if indicator.to_collect:
        parts.append(f"**To be collected.** {plain(indicator.to_collect)}")
    return "\n\n".join(parts)


def _list_recipes(indicator: Indicator) -> list[str]:
    found = []
    for cycle, recipe in indicator.recipes.items():
        head = f"*{plain(str(load_format(cycle).name))} (`{cycle}`)*: {_GRADES[recipe.grade]}."
        lines = describe_recipe(recipe, SOURCES[cycle])
        for name, conditions in indicator.components.items():
            if cycle in conditions:
                part = conditions[cycle]
                lines += describe_condition(f"Part: {name}", part, SOURCES[cycle])
        found.append("\n".join([head, "", *lines]).rstrip())
    return found


def _cite(provision: str) -> str:
    found = cite(provision)
    return f"[{found.label}](provisions.md#{provision}) ({plain(found.title).rstrip('.')})"
