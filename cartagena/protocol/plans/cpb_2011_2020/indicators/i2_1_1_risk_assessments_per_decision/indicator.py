"""Indicator 2.1.1: declaration. The docstring of the class is its public method page."""

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


class RiskAssessmentsPerDecision(Indicator):
    """How many summaries of risk assessments stand in the Clearing-House for each decision on
    living modified organisms.

    Live risk assessment records of governments are divided by live decisions on introduction
    into the environment and on food, feed or processing. Notices, transit, contained use and
    simplified procedures are left out.

    The ratio can exceed one. One assessment may serve many decisions, and amended decisions are
    records of their own. The store holds records of non-Parties too.

    Records of the Biosafety Clearing-House. Questions of reports shown beside it: second report,
    question 89; third report, question 91; fourth report, question 112 (q); fifth report,
    question 102 (q).
    """

    id = "2.1.1"
    title = (
        "Risk assessment summaries for each decision on living modified organisms in "
        "the Clearing-House"
    )
    unit = "ratio"
    direction = "up"
    legal_basis = (
        "cpb.art15",
        "cpb.art20.3.c",
        "cpb.art20.3.d",
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
            note="Parties that say they submit summaries.",
        ),
        "nr3": Recipe(
            grade="B",
            strict=answer("Q091").any("true"),
            inclusive=answer("Q091").any("true", "true.some"),
        ),
        "nr4": Recipe(grade="B", strict=answer("Q112_q").any("true.availableOnBch")),
        "nr5": Recipe(grade="B", strict=answer("Q102_q").any("true.availableOnBch")),
    }
    links = (Link("2.1.a", "proxy"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "What Parties reported beside it first asks whether summaries are submitted, "
            "from the fourth report on whether they are in the Clearing-House."
        ),
    )
    to_collect = ""
    doubts = (
        ("A better second view, decisions that name at least one assessment, is not computed yet."),
        "Decisions of the European Union are one record for many States.",
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
