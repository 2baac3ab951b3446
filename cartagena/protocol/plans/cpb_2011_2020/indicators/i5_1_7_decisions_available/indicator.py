"""Indicator 5.1.7: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.record_measure import RecordSelection, RecordTotal

# Introduction into the environment, and food, feed or processing, each with its narrower terms.
AIA_AND_DOMESTIC = (
    "E8C5A15C-A736-4fb7-A1B6-192412BE7E45",
    "A0F944AD-1578-47F4-BB71-A9805EC0EB7A",
    "47B66371-7016-4F28-B33A-0DBFF43581CA",
    "BE64016A-C3BD-4C61-9620-C3FEF96B2A24",
    "0D0BEEF4-54E4-44C1-ABB2-B89DC145E0B3",
    "C15E5CD8-B6F9-41AE-A09C-7EF5F73B0507",
)

# Simplified procedure, transit, contained use.
OTHER_DECISIONS = (
    "8979219B-330B-424F-A52C-209D4B4B65C0",
    "1B6F702C-0C68-4B53-BCA4-1DA4A25E23A8",
    "D698B5F7-A434-49E2-A7FF-FE869AFBEE8D",
)


class DecisionsAvailable(Indicator):
    """Decisions on living modified organisms that anyone can find in the Clearing-House.

    Strict: live decisions on introduction into the environment and on food, feed or processing,
    under the Protocol's procedure or domestic law. Inclusive: also simplified procedure, transit
    and contained use. Notices are not decisions.

    Amended decisions are records of their own. Which procedure was followed is not always coded.

    Records of the Biosafety Clearing-House. Questions of reports shown beside it: second report,
    question 124 (i); third report, question 126 (i); fourth report, question 112 (i); fifth
    report, question 102 (i).
    """

    id = "5.1.7"
    title = "Decisions under advance informed agreement or domestic law in the Clearing-House"
    unit = "records"
    direction = "up"
    legal_basis = (
        "cpb.art10.3",
        "cpb.art11.1",
        "cpb.art20.3.d",
        "BS-V/16",
    )
    sources = ("records",)
    measure = RecordTotal(
        RecordSelection(("biosafetyDecision",), {"decisionTypes": AIA_AND_DOMESTIC}),
        inclusive=(RecordSelection(("biosafetyDecision",), {"decisionTypes": OTHER_DECISIONS}),),
    )
    recipes = {
        "nr2": Recipe(grade="B", strict=answer("Q124_i").any("true.availableOnBch")),
        "nr3": Recipe(grade="B", strict=answer("Q126_i").any("true.availableOnBch")),
        "nr4": Recipe(grade="B", strict=answer("Q112_i").any("true.availableOnBch")),
        "nr5": Recipe(grade="B", strict=answer("Q102_i").any("true.availableOnBch")),
    }
    links = (
        Link("5.1.b", "partial"),
        Link("5.1.c", "partial"),
    )
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "What Parties reported beside it is whether their decisions are in the "
            "Clearing-House, in all four cycles."
        ),
    )
    to_collect = ""
    doubts = ("Advance informed agreement or domestic law: both are counted together.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
