"""Indicator 1.4.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer, any_of
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.record_measure import RecordSelection, RecordTotal

PROHIBITION = "6DD1B161-4CDB-4900-BD31-DBB97E86B2AE"

UNINTENTIONAL_MOVEMENT = "83C0DBFB-AD5C-4B88-8ECE-5365991F2956"


class ReportsOnAdverseTraits(Indicator):
    """Published records that say of an organism or a trait that it may harm biodiversity.

    There is no record type for this. Strict: decisions that prohibit, and notices of
    unintentional movements. Inclusive: also risk assessments that describe adverse effects and
    an overall risk. A record counts once.

    A prohibition may have other reasons than risk, and an assessment may describe an effect only
    to rule it out. More records mean better information, not less safety.

    Records of the Biosafety Clearing-House. Questions of reports shown beside it: second report,
    questions 97, 98; third report, question 88; fourth report, question 74; fifth report,
    questions 65, 155 (b).
    """

    id = "1.4.1"
    title = (
        "Records in the Clearing-House that identify organisms or traits with possible "
        "adverse effects"
    )
    unit = "records"
    direction = "neutral"
    legal_basis = (
        "cpb.art16.5",
        "cpb.art17.1",
        "cpb.art20.3",
        "BS-V/16",
    )
    sources = ("records",)
    measure = RecordTotal(
        RecordSelection(("biosafetyDecision",), {"decisionResult": (PROHIBITION,)}),
        also=(
            RecordSelection(("biosafetyDecision",), {"decisionTypes": (UNINTENTIONAL_MOVEMENT,)}),
        ),
        inclusive=(
            RecordSelection(
                ("nationalRiskAssessment", "independentRiskAssessment"),
                filled=("adverseEffects", "adverseEffectsOverallRisk"),
            ),
        ),
    )
    recipes = {
        "nr2": Recipe(
            grade="B",
            strict=any_of(answer("Q097").any("true"), answer("Q098").any("true")),
            note=(
                "Asks about cooperation to identify such organisms: counts Parties,"
                " not records. Capacity is asked in S013."
            ),
        ),
        "nr3": Recipe(
            grade="B",
            strict=answer("Q088").any("true"),
            note="About cooperation; capacity is asked in Q084.",
        ),
        "nr4": Recipe(
            grade="B",
            strict=answer("Q074").any("true"),
            note="About cooperation; capacity is asked in Q070.",
        ),
        "nr5": Recipe(
            grade="B",
            strict=any_of(answer("Q065").any("true"), answer("Q155_b").any("true")),
            note="About cooperation; capacity is asked in Q069.",
        ),
    }
    links = (Link("1.4.b", "proxy"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "What Parties reported beside it is about cooperation to identify such "
            "organisms: Parties, not records."
        ),
    )
    to_collect = (
        "AdverseTraitReport: the government, the organism or trait, the effect, the "
        "evidence under Article 16.5 and the date."
    )
    doubts = (
        (
            "From which risk on an assessment is such a report is open; only the inclusive "
            "reading counts assessments."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
