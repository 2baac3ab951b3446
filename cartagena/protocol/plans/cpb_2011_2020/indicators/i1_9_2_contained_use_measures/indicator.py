"""Indicator 1.9.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Recipe
from cartagena.engine.measure import PartiesReporting


class ContainedUseMeasures(Indicator):
    """Parties that regulate contained use: work with living modified organisms in facilities
    that limit contact with the environment.

    A yes counts. Only the fifth report offers "to some extent", which the inclusive reading
    takes.

    The question does not tell import for contained use from contained use in general.

    National reports under Article 33. Questions read: second report, question 26; third report,
    question 26; fourth report, question 24; fifth report, question 17.
    """

    id = "1.9.2"
    title = "Parties with measures for the contained use of living modified organisms"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art3.b",
        "cpb.art6.2",
        "BS-V/16",
    )
    sources = ("report",)
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(grade="A", strict=answer("Q026").any("true")),
        "nr3": Recipe(grade="A", strict=answer("Q026").any("true")),
        "nr4": Recipe(grade="A", strict=answer("Q024").any("true")),
        "nr5": Recipe(
            grade="A",
            strict=answer("Q017").any("true"),
            inclusive=answer("Q017").any("true", "true.some"),
        ),
    }
    links = ()
    comparability = (
        (
            "Yes or no up to the fourth report; the middle answer of the fifth breaks the "
            "strict series."
        ),
    )
    to_collect = ""
    doubts = (
        (
            "No outcome of objective 1.9 speaks of contained use: the indicator has no "
            "outcome to stand for."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
