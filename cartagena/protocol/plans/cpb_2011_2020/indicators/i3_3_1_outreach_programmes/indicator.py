"""Indicator 3.3.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class OutreachProgrammes(Indicator):
    """National programmes that make biosafety known. The formats let us count Parties with any
    programme, not programmes.

    A yes counts, a no does not; there is no middle answer.

    A Party with ten programmes counts as one with a single programme.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 40; third report, question 160; fourth report, question 143; fifth report, question
    136.
    """

    id = "3.3.1"
    title = "Parties with national awareness and outreach programmes on biosafety"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art23.1.a",
        "BS-V/13",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
    )
    measure = PartiesReporting("count")
    recipes = {
        "nr2": Recipe(grade="B", strict=answer("S040").any("true")),
        "nr3": Recipe(grade="B", strict=answer("Q160").any("true")),
        "nr4": Recipe(grade="B", strict=answer("Q143").any("true")),
        "nr5": Recipe(grade="B", strict=answer("Q136").any("true")),
    }
    links = (Link("3.3.a", "partial"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "Asked in all four cycles in much the same words; the second cycle's answers "
            "come from the survey of 2014."
        ),
    )
    to_collect = (
        "OutreachProgramme: the Party, who runs it, the level, first and last day, so "
        "that programmes can be counted."
    )
    doubts = ("The indicator wants the number of programmes, which no format has asked.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
