"""Indicator 1.9.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class TransitMeasures(Indicator):
    """Parties that regulate living modified organisms passing through their territory.

    Strict: a plain yes. Inclusive: also "to some extent", which the formats offer from the third
    report on.

    Regulating transit is a right, not a duty: a no is no breach of the Protocol.

    National reports under Article 33. Questions read: second report, question 25; third report,
    question 25; fourth report, question 23; fifth report, question 16.
    """

    id = "1.9.1"
    title = "Parties with measures to manage living modified organisms in transit"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art6.1",
        "BS-V/16",
    )
    sources = ("report",)
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(grade="A", strict=answer("Q025").any("true")),
        "nr3": Recipe(
            grade="A",
            strict=answer("Q025").any("true"),
            inclusive=answer("Q025").any("true", "true.some"),
        ),
        "nr4": Recipe(
            grade="A",
            strict=answer("Q023").any("true"),
            inclusive=answer("Q023").any("true", "true.some"),
        ),
        "nr5": Recipe(
            grade="A",
            strict=answer("Q016").any("true"),
            inclusive=answer("Q016").any("true", "true.some"),
        ),
    }
    links = (Link("1.9.a", "direct"),)
    comparability = (
        (
            "The second reports know only yes and no: a strict fall from the second to the "
            "third cycle may come from the new middle answer."
        ),
    )
    to_collect = ""
    doubts = ("Measures for transit in general customs law may or may not be meant.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
