"""The 72 indicators: complete, cited, linked, and as the report formats know their questions."""

import hashlib
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from cartagena.engine.cases import list_case_folders, load_cases
from cartagena.engine.condition import Chose, answer
from cartagena.engine.declaration import DeclarationError
from cartagena.engine.indicator import Indicator, Recipe, load_indicators
from cartagena.engine.plan import load_plan
from cartagena.engine.questionnaire import load_format
from cartagena.engine.recipe_check import (
    check_indicators,
    check_links,
    check_recipes,
    export_recipe,
)
from cartagena.engine.treaty import cite

INDICATORS = load_indicators()
EACH = pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS.keys())

UNITS = {
    "Parties", "USD", "actions", "activities", "date", "events", "governments", "institutions",
    "instruments", "laboratories", "materials", "mechanisms", "participants", "people",
    "publications", "ratio", "records", "relationships", "reports", "requests", "searches",
    "visits",
}  # fmt: skip

RECIPES_SHA256 = "e36ae742c7661cccb4174cc6bd4293647378bb64642e0ec47c7007b630778d1d"

GATES = {
    ("1.1.2", "nr4", "Q062"): {"q": "Q061", "in": ["false"]},
    ("1.1.2", "nr5", "Q053_a"): {"q": "Q053", "in": ["false"]},
    ("2.3.1", "nr4", "Q132"): {"q": "Q131", "in": ["false"]},
    ("2.3.1", "nr5", "Q119"): {"q": "Q118", "in": ["false"]},
    ("2.3.2", "nr4", "Q172"): {"q": "Q171", "in": ["C9B01C6D-6B40-1A67-B5A0-DDB7FF6B9CE9"]},
}


def test_indicators_are_those_of_the_plan_in_its_order() -> None:
    assert list(INDICATORS) == [each.id for each in load_plan().indicators]
    assert len(INDICATORS) == 72


def test_number_of_indicators_of_each_objective_is_that_of_the_plan() -> None:
    counts = Counter(indicator.objective for indicator in INDICATORS.values())

    assert counts == load_plan().about.shape.indicators_per_objective


def test_everything_that_is_declared_fits_together() -> None:
    check_indicators(INDICATORS, load_plan(), load_format)


def test_recipes_are_those_that_were_checked_against_the_formats() -> None:
    exported = {
        key: {cycle: export_recipe(recipe) for cycle, recipe in indicator.recipes.items()}
        for key, indicator in INDICATORS.items()
    }
    text = json.dumps(exported, sort_keys=True, separators=(",", ":"))

    assert hashlib.sha256(text.encode()).hexdigest() == RECIPES_SHA256


def test_gates_that_imply_a_no_are_few_and_known() -> None:
    found = {
        (indicator.id, cycle, part.question): {
            "q": part.ruled_out_by.question,
            "in": list(part.ruled_out_by.options),
        }
        for indicator in INDICATORS.values()
        for cycle, recipe in indicator.recipes.items()
        for condition in (recipe.strict, recipe.inclusive)
        for part in (condition.walk() if condition else ())
        if isinstance(part, Chose) and isinstance(part.ruled_out_by, Chose)
    }

    assert found == GATES


def test_grades_count_as_in_the_catalogue() -> None:
    counts = Counter(
        (cycle, recipe.grade)
        for indicator in INDICATORS.values()
        for cycle, recipe in indicator.recipes.items()
    )

    assert {key: counts[key] for key in sorted(counts)} == {
        ("nr2", "A"): 37, ("nr2", "B"): 20, ("nr2", "C"): 15,
        ("nr3", "A"): 34, ("nr3", "B"): 20, ("nr3", "C"): 18,
        ("nr4", "A"): 28, ("nr4", "B"): 26, ("nr4", "C"): 18,
        ("nr5", "A"): 21, ("nr5", "B"): 26, ("nr5", "C"): 25,
    }  # fmt: skip


@EACH
def test_method_page_has_four_paragraphs_of_plain_sentences(indicator: Indicator) -> None:
    paragraphs = indicator.describe()

    assert len(paragraphs) == 4
    assert all(paragraph.endswith(".") for paragraph in paragraphs)


@EACH
def test_metadata_can_be_shown(indicator: Indicator) -> None:
    assert len(indicator.title) <= 110
    assert indicator.unit in UNITS
    assert indicator.sources
    assert indicator.doubts
    assert indicator.comparability
    assert all(text.endswith(".") for text in (*indicator.comparability, *indicator.doubts))
    assert all(
        recipe.note == "" or recipe.note.endswith(".") for recipe in indicator.recipes.values()
    )


@EACH
def test_legal_basis_resolves_and_names_the_plan(indicator: Indicator) -> None:
    assert "BS-V/16" in indicator.legal_basis
    assert all(cite(provision).id == provision for provision in indicator.legal_basis)


@EACH
def test_links_lead_to_outcomes_of_the_same_objective(indicator: Indicator) -> None:
    for link in indicator.links:
        assert load_plan().objective_of(link.outcome).id == indicator.objective


def test_titles_are_unique() -> None:
    assert len({indicator.title for indicator in INDICATORS.values()}) == 72


@pytest.mark.parametrize("folder", list_case_folders(), ids=lambda folder: folder.name)
def test_indicator_has_a_case_with_missing_data(folder: Path) -> None:
    cases = load_cases(folder)

    assert any(
        case.expect.expected.get("unknown")
        or case.expect.expected.get("status") in {"no_data", "not_applicable"}
        for case in cases
    )


def test_component_and_year_questions_are_checked_like_the_others() -> None:
    assert INDICATORS["1.1.1"].deadline is not None
    assert INDICATORS["1.1.1"].deadline.year_question == {"nr2": "S003", "nr3": "Q015"}
    assert set(INDICATORS["1.1.2"].components) == {
        "food, feed or processing",
        "contained use",
        "introduction into the environment",
    }


class Wrong(Indicator):
    """An indicator with every fault that the check must see."""

    id = "1.2.2"
    title = "Wrong"
    links = ()
    legal_basis = ()
    components = {}  # noqa: RUF012
    recipes = {  # noqa: RUF012
        "nr2": Recipe(grade="A", strict=answer("Q999").any("true")),
        "nr3": Recipe(grade="A", strict=answer("Q153").any("ture")),
        "nr4": Recipe(grade="A", bands=("Q136",)),
        "nr5": Recipe(grade="A"),
    }


def test_check_tells_all_problems_of_recipes_together() -> None:
    told = "\n".join(map(str, check_recipes({"1.2.2": Wrong()}, load_format)))

    assert "1.2.2 nr2 Q999: no format of this cycle has this question" in told
    assert "1.2.2 nr3 Q153: there is no option 'ture'" in told
    assert "1.2.2 nr4 Q136: an option of this question has no bounds" in told
    assert "1.2.2 nr5: grade A does not fit a recipe without questions" in told


def test_check_names_outcomes_and_indicators_that_the_plan_lacks() -> None:
    link = replace(INDICATORS["1.2.2"].links[0], outcome="1.2.z")

    class Misplaced(Wrong):
        """Has a link that leads nowhere."""

        links = (link,)

    problems = check_links({"1.2.2": Misplaced()}, load_plan())

    assert "the plan has no outcome '1.2.z'" in str(problems[-1])
    assert len(problems) == 71 + 1  # every other indicator is missing


def test_error_holds_every_problem() -> None:
    with pytest.raises(DeclarationError) as raised:
        check_indicators({"1.2.2": Wrong()}, load_plan(), load_format)

    assert len(raised.value.problems) >= 4 + 71
