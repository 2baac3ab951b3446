"""Indicator 4.2.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.register_measure import RegisterTotal


class AssessmentsPublished(Indicator):
    """Documents of the regular assessment and review of the Protocol.

    Assessment reports and reviews in the register by the day are counted; the kind tells them
    apart.

    The Protocol asks for a review at least every five years: more documents are not better than
    the schedule.

    The register AssessmentDocument, kept by the Secretariat. No question of a national report is
    read.
    """

    id = "4.2.1"
    title = "Assessment reports submitted and reviews published"
    unit = "reports"
    direction = "up"
    legal_basis = (
        "cpb.art35",
        "BS-IV/15",
        "CP-VIII/15",
        "CP-9/6",
        "BS-V/16",
    )
    sources = ("register",)
    measure = RegisterTotal("AssessmentDocument")
    recipes = {
        "nr2": Recipe(
            grade="C", note="It is no matter of single Parties, so reports do not ask it."
        ),
        "nr3": Recipe(
            grade="C", note="It is no matter of single Parties, so reports do not ask it."
        ),
        "nr4": Recipe(
            grade="C", note="It is no matter of single Parties, so reports do not ask it."
        ),
        "nr5": Recipe(
            grade="C", note="It is no matter of single Parties, so reports do not ask it."
        ),
    }
    links = (Link("4.2.a", "direct"),)
    comparability = ("Not a matter of national reports.",)
    to_collect = "AssessmentDocument: the cycle, the symbol, the kind and the date."
    doubts = ("Assessment reports are those under Article 35, not risk assessments.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
