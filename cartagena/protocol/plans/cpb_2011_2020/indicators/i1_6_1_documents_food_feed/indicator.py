"""Indicator 1.6.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import all_of, answer, any_of
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class DocumentsFoodFeed(Indicator):
    """Parties that require shipments for food, feed or processing to carry documents which
    identify the living modified organisms in them.

    Strict: yes both where the identity is known ("contains") and where it is not ("may
    contain"). Inclusive: yes or to some extent to either.

    A requirement in law is reported; whether shipments comply is not.

    National reports under Article 33. Questions read: second report, questions 109, 110; third
    report, questions 107, 108; fourth report, questions 92, 93; fifth report, questions 80, 81.
    """

    id = "1.6.1"
    title = "Parties that require documents for organisms used as food or feed, or for processing"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art18.2.a",
        "BS-III/10.4",
        "BS-V/16",
    )
    sources = ("report",)
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(
            grade="A",
            strict=all_of(answer("Q109").any("true"), answer("Q110").any("true")),
            inclusive=any_of(
                answer("Q109").any("true", "true.some"), answer("Q110").any("true", "true.some")
            ),
        ),
        "nr3": Recipe(
            grade="A",
            strict=all_of(answer("Q107").any("true"), answer("Q108").any("true")),
            inclusive=any_of(
                answer("Q107").any("true", "true.some"), answer("Q108").any("true", "true.some")
            ),
        ),
        "nr4": Recipe(
            grade="A",
            strict=all_of(answer("Q092").any("true"), answer("Q093").any("true")),
            inclusive=any_of(
                answer("Q092").any("true", "true.some"), answer("Q093").any("true", "true.some")
            ),
        ),
        "nr5": Recipe(
            grade="A",
            strict=all_of(answer("Q080").any("true"), answer("Q081").any("true")),
            inclusive=any_of(
                answer("Q080").any("true", "true.some"), answer("Q081").any("true", "true.some")
            ),
        ),
    }
    links = (Link("1.6.a", "partial"),)
    comparability = (
        (
            "The same two questions with the same three answers in all four cycles: one of "
            "the most comparable indicators."
        ),
    )
    to_collect = ""
    doubts = ("Article 18.2 (a) knows two situations; strict wants both, inclusive one.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
    components = {
        "may contain": {
            "nr2": answer("Q109").any("true"),
            "nr3": answer("Q107").any("true"),
            "nr4": answer("Q092").any("true"),
            "nr5": answer("Q080").any("true"),
        },
        "contains": {
            "nr2": answer("Q110").any("true"),
            "nr3": answer("Q108").any("true"),
            "nr4": answer("Q093").any("true"),
            "nr5": answer("Q081").any("true"),
        },
    }
