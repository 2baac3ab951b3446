"""Indicator 2.1.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.record_measure import RecordSelection, RecordTotal


class CompleteRiskAssessments(Indicator):
    """Risk assessment summaries in the Clearing-House that follow the steps of Annex III.

    A record counts if every step is filled in: the organism, a date (or a statement that none is
    known), the scope, adverse effects, their likelihood and consequence, the overall risk, the
    recommendation, management, the receiving environment and detection.

    Complete is not good: what is written is not judged. An attached document may hold what the
    form leaves empty.

    Records of the Biosafety Clearing-House. No question of a national report is read.
    """

    id = "2.1.2"
    title = "Risk assessment summaries in the Clearing-House that are complete under the Protocol"
    unit = "records"
    direction = "up"
    legal_basis = (
        "cpb.art15.1",
        "cpb.annex3.8",
        "cpb.art20.3.c",
        "BS-V/16",
    )
    sources = ("records",)
    measure = RecordTotal(
        RecordSelection(
            ("nationalRiskAssessment",),
            filled=(
                "modifiedOrganisms",
                ("date", "dateOfRaNotAvailable"),
                "scopes",
                "adverseEffects",
                "adverseEffectsLikelihood",
                "adverseEffectsConsequence",
                "adverseEffectsOverallRisk",
                "adverseEffectsRecommendation",
                "riskManagementStrategies",
                "receivingEnvironment",
                "detectionMethod",
            ),
        )
    )
    recipes = {
        "nr2": Recipe(grade="C", note="No question judges whether an assessment complies."),
        "nr3": Recipe(grade="C", note="No question judges whether an assessment complies."),
        "nr4": Recipe(grade="C", note="No question judges whether an assessment complies."),
        "nr5": Recipe(grade="C", note="No question judges whether an assessment complies."),
    }
    links = (Link("2.1.a", "proxy"),)
    comparability = ("Not in any report: no question judges whether an assessment complies.",)
    to_collect = (
        "AssessmentReview: the record, the version of the rules, what passed and what "
        "failed, for a review by people beside this count."
    )
    doubts = (("Which steps must be filled is a proposal; no decision of the Parties lists them."),)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
