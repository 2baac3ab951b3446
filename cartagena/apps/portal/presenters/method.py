"""The method of an indicator in words, made from its declaration."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cartagena.apps.portal import source
from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.presenters.words import grade_words, quality_words, source_words
from cartagena.apps.portal.sentences import say_provision
from cartagena.engine.figure import Variant
from cartagena.engine.indicator import Indicator
from cartagena.engine.questionnaire import list_cycles, load_format
from cartagena.engine.text import Text
from cartagena.engine.treaty import cite
from cartagena.engine.words import Step, describe_recipe


@dataclass(frozen=True, kw_only=True)
class StepView:
    """One step: a sentence, the question it reads with the options that count, and its parts."""

    sentence: str
    title: str = ""
    label: Text | None = None
    address: str = ""
    options: tuple[Text, ...] = ()
    parts: tuple["StepView", ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecipeView:
    """How one cycle answers the indicator."""

    cycle: str
    name: Text
    grade: str
    grade_words: str
    note: str
    step: StepView | None


@dataclass(frozen=True, kw_only=True)
class MethodView:
    """Everything a reader needs to redo the figure."""

    measures: str
    how: str
    limits: str
    sources: tuple[str, ...]
    recipes: tuple[RecipeView, ...]
    comparability: tuple[str, ...]
    doubts: tuple[str, ...]
    to_collect: str
    legal: tuple[tuple[str, str, str], ...]
    links: tuple[tuple[str, Text, str], ...]
    checked_by: str
    next_review: str


def describe_method(frame: Frame, identifier: str, variant: Variant) -> MethodView:
    """The method page of an indicator for one reading of the answers."""
    declared = frame.evaluator.indicator(identifier)
    measures, how, limits = (*declared.describe(), "", "", "")[:3]
    return MethodView(
        measures=measures,
        how=how,
        limits=limits,
        sources=tuple(source_words(source) for source in declared.sources),
        recipes=_list_recipes(frame, declared, variant),
        comparability=declared.comparability,
        doubts=declared.doubts,
        to_collect=declared.to_collect,
        legal=tuple(
            (say_provision(each), cite(each).title, frame.link("provision", each))
            for each in declared.legal_basis
        ),
        links=tuple(
            (
                link.outcome,
                frame.evaluator.plan.outcome(link.outcome).text,
                quality_words(link.quality),
            )
            for link in declared.links
        ),
        checked_by=declared.checked_by,
        next_review=declared.next_review,
    )


def has_inclusive(declared: Indicator) -> bool:
    """Whether the inclusive reading differs from the strict one."""
    recipes = declared.recipes.values()
    of_measure = getattr(declared.measure, "inclusive", None)
    return of_measure is not None or any(recipe.inclusive is not None for recipe in recipes)


def _list_recipes(frame: Frame, declared: Indicator, variant: Variant) -> tuple[RecipeView, ...]:
    sources = {point.cycle: point.sources for point in frame.evaluator.points}
    found = []
    for cycle in list_cycles():
        recipe = declared.recipes.get(cycle)
        if recipe is None:
            continue
        condition = recipe.condition(variant)
        step = None
        if condition is not None or recipe.bands:
            made = describe_recipe(
                recipe, condition, sources.get(cycle, (cycle,)), source.get_format
            )
            step = _view(frame, made)
        found.append(
            RecipeView(
                cycle=cycle,
                name=load_format(cycle).name,
                grade=recipe.grade,
                grade_words=grade_words(recipe.grade),
                note=recipe.note,
                step=step,
            )
        )
    return tuple(found)


def _view(frame: Frame, step: Step) -> StepView:
    sentences = {
        "all": _("All of these hold:"),
        "any": _("At least one of these holds:"),
        "bands": _("The bands chosen in these questions are added up, lower and upper ends apart:"),
        "chose": _("The answer is, or includes:"),
        "other": _("It is answered, and with none of:"),
        "wrote": _("A text is written."),
        "published": _("A live record is published: %(type)s") % {"type": step.record_type},
    }
    title = address = ""
    if step.question:
        title = _("Question %(number)s") % {"number": step.number or step.question}
        address = frame.link("questionnaire", step.source) + f"#{step.question}"
    return StepView(
        sentence=sentences[step.operation] if step.options or not step.question or
        step.operation == "wrote" else "",
        title=title,
        label=step.label,
        address=address,
        options=tuple(label for _code, label in step.options),
        parts=tuple(_view(frame, part) for part in step.parts),
    )  # fmt: skip
