"""Indicator 1.2.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class CapacityActionPlan(Indicator):
    """Parties that reported a national strategy or action plan for building the capacity to
    carry out the Protocol.

    A yes to the question counts, a no does not. There is no middle answer, so strict and
    inclusive are the same.

    A plan is reported, not judged: its age, content and use are unknown.

    National reports under Article 33. Questions read: second report, question 148; third report,
    question 153; fourth report, question 136.
    """

    id = "1.2.2"
    title = "Parties with a national action plan for building biosafety capacity"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art22.1",
        "BS-III/3",
        "BS-V/16",
    )
    sources = ("report",)
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(grade="A", strict=answer("Q148").any("true")),
        "nr3": Recipe(grade="A", strict=answer("Q153").any("true")),
        "nr4": Recipe(grade="A", strict=answer("Q136").any("true")),
        "nr5": Recipe(
            grade="C",
            note=(
                "Q124 asks which needs have priority, not for a plan; the published"
                " crosswalk ties it to Q136 all the same."
            ),
        ),
    }
    links = (Link("1.2.d", "direct"),)
    comparability = (
        (
            "The fifth report asks which needs have priority, not whether there is a plan: "
            "the series ends with the fourth."
        ),
    )
    to_collect = ""
    doubts = (
        ('The reports ask for a "strategy or action plan", the indicator for an action plan.'),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
