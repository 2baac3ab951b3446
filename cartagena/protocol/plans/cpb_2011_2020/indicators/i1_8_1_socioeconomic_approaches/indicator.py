"""Indicator 1.8.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class SocioeconomicApproaches(Indicator):
    """Parties that reported specific approaches or requirements for taking socio-economic
    considerations into account.

    A yes counts, a no does not; there is no middle answer.

    To have an approach and to report on it are two things: the question asks for the first.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 15; third report, question 192; fourth report, question 162; fifth report, question
    149.
    """

    id = "1.8.1"
    title = "Parties reporting approaches to take socio-economic considerations into account"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art26.1",
        "BS-IV/16",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
    )
    measure = PartiesReporting("count")
    recipes = {
        "nr2": Recipe(grade="A", strict=answer("S015").any("true")),
        "nr3": Recipe(grade="A", strict=answer("Q192").any("true")),
        "nr4": Recipe(grade="A", strict=answer("Q162").any("true")),
        "nr5": Recipe(grade="A", strict=answer("Q149").any("true")),
    }
    links = (Link("1.8.b", "partial"),)
    comparability = (
        (
            "The same yes or no question in all four cycles; the second cycle's answers "
            "come from the survey of 2014."
        ),
    )
    to_collect = ""
    doubts = ("What makes an approach specific is each Party's own judgement.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
