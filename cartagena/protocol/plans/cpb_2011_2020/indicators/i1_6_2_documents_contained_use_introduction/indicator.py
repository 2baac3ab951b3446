"""Indicator 1.6.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import all_of, answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class DocumentsContainedUseIntroduction(Indicator):
    """Parties that require documents which identify the organisms in shipments for contained use
    and in shipments for introduction into the environment.

    Strict: yes for both uses. Inclusive: yes or to some extent for both. Each use is also shown
    alone.

    A requirement is reported, not its use at the border.

    National reports under Article 33. Questions read: second report, questions 111, 112; third
    report, questions 110, 112; fourth report, questions 95, 97; fifth report, questions 83, 85.
    """

    id = "1.6.2"
    title = (
        "Parties that require documents for contained use and for introduction into the environment"
    )
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art18.2.b",
        "cpb.art18.2.c",
        "BS-I/6.b",
        "BS-V/16",
    )
    sources = ("report",)
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(
            grade="A",
            strict=all_of(answer("Q111").any("true"), answer("Q112").any("true")),
            inclusive=all_of(
                answer("Q111").any("true", "true.some"), answer("Q112").any("true", "true.some")
            ),
        ),
        "nr3": Recipe(
            grade="A",
            strict=all_of(answer("Q110").any("true"), answer("Q112").any("true")),
            inclusive=all_of(
                answer("Q110").any("true", "true.some"), answer("Q112").any("true", "true.some")
            ),
        ),
        "nr4": Recipe(
            grade="A",
            strict=all_of(answer("Q095").any("true"), answer("Q097").any("true")),
            inclusive=all_of(
                answer("Q095").any("true", "true.some"), answer("Q097").any("true", "true.some")
            ),
        ),
        "nr5": Recipe(
            grade="A",
            strict=all_of(answer("Q083").any("true"), answer("Q085").any("true")),
            inclusive=all_of(
                answer("Q083").any("true", "true.some"), answer("Q085").any("true", "true.some")
            ),
        ),
    }
    links = (Link("1.6.a", "partial"),)
    comparability = ("The same two questions with the same three answers in all four cycles.",)
    to_collect = ""
    doubts = ("Both uses together or either; both are wanted here.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
    components = {
        "contained use": {
            "nr2": answer("Q111").any("true"),
            "nr3": answer("Q110").any("true"),
            "nr4": answer("Q095").any("true"),
            "nr5": answer("Q083").any("true"),
        },
        "introduction into the environment": {
            "nr2": answer("Q112").any("true"),
            "nr3": answer("Q112").any("true"),
            "nr4": answer("Q097").any("true"),
            "nr5": answer("Q085").any("true"),
        },
    }
