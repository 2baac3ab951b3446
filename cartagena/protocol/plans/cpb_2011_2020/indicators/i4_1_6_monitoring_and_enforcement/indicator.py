"""Indicator 4.1.6: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import all_of, answer, any_of
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class MonitoringAndEnforcement(Indicator):
    """Parties that monitor how the Protocol is carried out and can enforce it.

    Second and third cycles: strict wants monitoring and enforcement, inclusive either. From the
    fourth report on one question covers both.

    What a system must be able to do is not said.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    questions 35 (a), 35 (b); third report, questions 204 (a), 204 (b); fourth report, question
    168; fifth report, question 154.
    """

    id = "4.1.6"
    title = "Parties with a system for monitoring and enforcement"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art2.1",
        "cpb.art16.1",
        "cpb.art25.1",
        "cpb.art33",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
    )
    measure = PartiesReporting("count")
    recipes = {
        "nr2": Recipe(
            grade="A",
            strict=all_of(answer("S035_a").any("true"), answer("S035_b").any("true")),
            inclusive=any_of(answer("S035_a").any("true"), answer("S035_b").any("true")),
        ),
        "nr3": Recipe(
            grade="A",
            strict=all_of(answer("Q204_a").any("true"), answer("Q204_b").any("true")),
            inclusive=any_of(answer("Q204_a").any("true"), answer("Q204_b").any("true")),
        ),
        "nr4": Recipe(
            grade="A",
            strict=answer("Q168").any("true"),
            note=("One question for both; the published crosswalk links it to monitoring only."),
        ),
        "nr5": Recipe(grade="A", strict=answer("Q154").any("true")),
    }
    links = (Link("4.1.c", "direct"),)
    comparability = (
        (
            "Two questions up to the third report, one from the fourth: a Party with "
            "monitoring alone may answer yes or no there."
        ),
    )
    to_collect = ""
    doubts = ("The published crosswalk ties the single question to monitoring only.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
    components = {
        "monitoring": {"nr2": answer("S035_a").any("true"), "nr3": answer("Q204_a").any("true")},
        "enforcement": {"nr2": answer("S035_b").any("true"), "nr3": answer("Q204_b").any("true")},
    }
