"""Indicator 2.5.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.record_measure import RecordSelection, RecordTotal


class SubmissionsFromDeveloping(Indicator):
    """What developing countries and countries with economies in transition have made available
    in the Clearing-House.

    Live national records of governments in the two groups are counted on the record date: focal
    points, authorities, laws, decisions, risk assessments, experts and databases. National
    reports are counted by indicator 4.1.7.

    The number standing on a day is shown, not the flow in a period; updates do not count again.

    Records of the Biosafety Clearing-House. No question of a national report is read.
    """

    id = "2.5.1"
    title = "Records in the Clearing-House from developing countries and economies in transition"
    unit = "records"
    direction = "up"
    legal_basis = (
        "cpb.art20.1.b",
        "cpb.art20.3",
        "cpb.art22.2",
        "BS-V/16",
    )
    sources = ("records",)
    measure = RecordTotal(
        RecordSelection(
            (
                "focalPoint",
                "authority",
                "supplementaryAuthority",
                "biosafetyLaw",
                "biosafetyDecision",
                "nationalRiskAssessment",
                "biosafetyExpert",
                "database",
            ),
            groups=("DEVELOPING", "EIT"),
        )
    )
    recipes = {
        "nr2": Recipe(grade="C", note="Reports do not ask it."),
        "nr3": Recipe(grade="C", note="Reports do not ask it."),
        "nr4": Recipe(grade="C", note="Reports do not ask it."),
        "nr5": Recipe(grade="C", note="Reports do not ask it."),
    }
    links = (Link("2.5.a", "partial"),)
    comparability = (
        "The move to the new platform in 2019 to 2021 rewrote some days of publication.",
    )
    to_collect = (
        "Membership of the groups by date, and the first day of publication from before the move."
    )
    doubts = (
        ("New records and updates should be told apart; only the first publication is counted."),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
