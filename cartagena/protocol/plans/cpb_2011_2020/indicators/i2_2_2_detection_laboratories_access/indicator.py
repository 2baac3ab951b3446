"""Indicator 2.2.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class DetectionLaboratoriesAccess(Indicator):
    """Parties that have set up laboratories to detect living modified organisms, or can rely on
    those of others.

    A yes counts, a no does not; there is no middle answer.

    A laboratory of one's own and access to one abroad give the same answer.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 25; third report, question 119; fourth report, question 104; fifth report, question
    94 (a).
    """

    id = "2.2.2"
    title = "Parties with detection laboratories of their own or reliable access to one"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art18.2",
        "cpb.art22.1",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
    )
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(grade="A", strict=answer("S025").any("true")),
        "nr3": Recipe(grade="A", strict=answer("Q119").any("true")),
        "nr4": Recipe(grade="A", strict=answer("Q104").any("true")),
        "nr5": Recipe(grade="A", strict=answer("Q094_a").any("true")),
    }
    links = (Link("2.2.b", "partial"),)
    comparability = (
        (
            "The second to fourth cycles ask the same; the fifth asks about infrastructure "
            "for detection, which is close to it."
        ),
    )
    to_collect = ""
    doubts = ("What is reliable access is each Party's own judgement.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
