"""Indicator 1.2.6: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class PredictableFunding(Indicator):
    """Parties that reported funding they can count on for building their capacity to carry out
    the Protocol.

    Strict: a plain yes. Inclusive: also "to some extent", where the format offers it.

    Neither the amount nor the source is asked, and what is predictable is each Party's own view.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 7; third report, question 139; fourth report, question 124; fifth report, question
    112.
    """

    id = "1.2.6"
    title = "Parties with predictable and reliable funding to build their capacity"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art28",
        "cpb.art28.4",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
    )
    measure = PartiesReporting("count")
    recipes = {
        "nr2": Recipe(grade="A", strict=answer("S007").any("true")),
        "nr3": Recipe(grade="A", strict=answer("Q139").any("true")),
        "nr4": Recipe(
            grade="A",
            strict=answer("Q124").any("true"),
            inclusive=answer("Q124").any("true", "true.some"),
        ),
        "nr5": Recipe(
            grade="A",
            strict=answer("Q112").any("true"),
            inclusive=answer("Q112").any("true", "true.some"),
        ),
    }
    links = (Link("1.2.c", "direct"),)
    comparability = (
        (
            "Yes or no up to the third report, three answers from the fourth: strict values"
            " may fall because partial cases moved to the middle answer."
        ),
    )
    to_collect = ""
    doubts = ("Funding from the regular budget and from donors is not told apart.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
