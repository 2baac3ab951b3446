"""Indicator 1.2.4: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class CoordinationMechanism(Indicator):
    """Parties that reported a working national mechanism that coordinates projects and
    initiatives on biosafety capacity.

    A yes counts, a no does not. Strict and inclusive are the same, because no format has a
    middle answer.

    The question says "functional", the indicator does not: a mechanism on paper may be a no.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 5; third report, question 154; fourth report, question 137; fifth report, question
    125.
    """

    id = "1.2.4"
    title = "Parties with a national mechanism to coordinate capacity-building for biosafety"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art22.1",
        "BS-I/5.annex4",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
    )
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(
            grade="A", strict=answer("S005").any("true"), note="From the survey of 2014."
        ),
        "nr3": Recipe(grade="A", strict=answer("Q154").any("true")),
        "nr4": Recipe(grade="A", strict=answer("Q137").any("true")),
        "nr5": Recipe(grade="A", strict=answer("Q125").any("true")),
    }
    links = (
        Link("1.2.b", "direct"),
        Link("1.2.f", "partial"),
    )
    comparability = (
        (
            "The same yes or no question in all four cycles; the second cycle's answers "
            "come from the survey of 2014."
        ),
    )
    to_collect = ""
    doubts = (
        (
            "Whether a mechanism for biosafety as a whole counts for capacity-building "
            "initiatives is left to the Party."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
