"""Indicator 5.1.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.record_measure import RecordRatio, RecordSelection

# Introduction into the environment, and food, feed or processing, each with its narrower terms.
AIA_AND_DOMESTIC = (
    "E8C5A15C-A736-4fb7-A1B6-192412BE7E45",
    "A0F944AD-1578-47F4-BB71-A9805EC0EB7A",
    "47B66371-7016-4F28-B33A-0DBFF43581CA",
    "BE64016A-C3BD-4C61-9620-C3FEF96B2A24",
    "0D0BEEF4-54E4-44C1-ABB2-B89DC145E0B3",
    "C15E5CD8-B6F9-41AE-A09C-7EF5F73B0507",
)


class RiskAssessmentsPerDecisionAgain(Indicator):
    """How many summaries of risk assessments there are for each decision; the same ratio as
    indicator 2.1.1, here as a sign of how well the Clearing-House works.

    Computed as 2.1.1: live risk assessment records divided by live decisions on introduction
    into the environment and on food, feed or processing.

    As 2.1.1: the ratio can exceed one, and one assessment may serve many decisions.

    Records of the Biosafety Clearing-House. Questions of reports shown beside it: second report,
    question 89; third report, question 91; fourth report, question 112 (q); fifth report,
    question 102 (q).
    """

    id = "5.1.1"
    title = "Risk assessment summaries for each decision on living modified organisms"
    unit = "ratio"
    direction = "up"
    legal_basis = (
        "cpb.art20.3.c",
        "cpb.art20.3.d",
        "cpb.art15",
        "BS-V/16",
    )
    sources = ("records",)
    measure = RecordRatio(
        part=RecordSelection(("nationalRiskAssessment",)),
        whole=RecordSelection(("biosafetyDecision",), {"decisionTypes": AIA_AND_DOMESTIC}),
    )
    recipes = {
        "nr2": Recipe(
            grade="B",
            strict=answer("Q089").any("true"),
            inclusive=answer("Q089").any("true", "true.some"),
        ),
        "nr3": Recipe(
            grade="B",
            strict=answer("Q091").any("true"),
            inclusive=answer("Q091").any("true", "true.some"),
        ),
        "nr4": Recipe(grade="B", strict=answer("Q112_q").any("true.availableOnBch")),
        "nr5": Recipe(grade="B", strict=answer("Q102_q").any("true.availableOnBch")),
    }
    links = (
        Link("5.1.d", "partial"),
        Link("5.1.b", "proxy"),
    )
    comparability = ("As 2.1.1.",)
    to_collect = ""
    doubts = ('The text leaves out "in the Clearing-House"; nothing else could be counted.',)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
    same_as = "2.1.1"
