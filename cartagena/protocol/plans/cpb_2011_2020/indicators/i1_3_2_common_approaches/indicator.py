"""Indicator 1.3.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class CommonApproaches(Indicator):
    """Parties that agreed on, or follow, an approach to risk assessment shared with other
    countries.

    A yes counts, a no does not; there is no middle answer.

    The questions cover risk assessment only. Risk management, which the indicator names, is
    never asked.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 11; third report, question 87; fourth report, question 73.
    """

    id = "1.3.2"
    title = "Parties that follow common approaches to risk assessment with other countries"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art15.1",
        "cpb.art16",
        "cpb.annex3",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
    )
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(grade="A", strict=answer("S011").any("true")),
        "nr3": Recipe(grade="A", strict=answer("Q087").any("true")),
        "nr4": Recipe(grade="A", strict=answer("Q073").any("true")),
        "nr5": Recipe(grade="C", note="The question was dropped."),
    }
    links = (Link("1.3.b", "direct"),)
    comparability = ("The fifth report dropped the question: the series ends with the fourth.",)
    to_collect = ""
    doubts = ('"Common" is read as the questions do: shared with other countries.',)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
