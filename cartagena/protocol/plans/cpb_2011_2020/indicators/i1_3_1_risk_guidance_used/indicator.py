"""Indicator 1.3.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import all_of, answer, any_of
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class RiskGuidanceUsed(Indicator):
    """Parties that adopted or used guidance documents for assessing risks and for managing them.

    Strict: yes for risk assessment and yes for risk management. Inclusive: yes for either; in
    the second cycle also guidance to evaluate the reports of notifiers, or guidelines
    established.

    The questions say adopted or used, the indicator says adopted and used. Which guidance is
    meant is not asked here.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    questions 9 (a), 9 (b), 10; second report, question 83; third report, questions 85 (a), 85
    (b); fourth report, questions 71 (a), 71 (b); fifth report, questions 66 (a), 66 (b).
    """

    id = "1.3.1"
    title = "Parties that use guidance on risk assessment and on risk management"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art15.1",
        "cpb.art16.1",
        "cpb.annex3",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
    )
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(
            grade="A",
            strict=all_of(answer("S009_a").any("true"), answer("S009_b").any("true")),
            inclusive=any_of(
                answer("S009_a").any("true"),
                answer("S009_b").any("true"),
                answer("S010").any("true"),
                answer("Q083").any("true"),
            ),
            note=(
                "S010 is about evaluating the reports of notifiers; Q083, "
                "guidelines established, was put to every Party that reported."
            ),
        ),
        "nr3": Recipe(
            grade="A",
            strict=all_of(answer("Q085_a").any("true"), answer("Q085_b").any("true")),
            inclusive=any_of(answer("Q085_a").any("true"), answer("Q085_b").any("true")),
        ),
        "nr4": Recipe(
            grade="A",
            strict=all_of(answer("Q071_a").any("true"), answer("Q071_b").any("true")),
            inclusive=any_of(answer("Q071_a").any("true"), answer("Q071_b").any("true")),
        ),
        "nr5": Recipe(
            grade="B",
            strict=all_of(answer("Q066_a").any("true"), answer("Q066_b").any("true")),
            inclusive=any_of(answer("Q066_a").any("true"), answer("Q066_b").any("true")),
            note="Asks for access to, or use of, any resource materials.",
        ),
    }
    links = (Link("1.3.a", "partial"),)
    comparability = (
        (
            "The fifth report asks whether the Party had access to or used any resource "
            "material, which is wider."
        ),
        (
            "In the second cycle the strict value rests on the survey of 2014; the "
            "inclusive one also on the reports themselves."
        ),
    )
    to_collect = ""
    doubts = (
        ("The guidance of the expert group has questions of its own and is not counted apart."),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
    components = {
        "risk assessment": {
            "nr2": answer("S009_a").any("true"),
            "nr3": answer("Q085_a").any("true"),
            "nr4": answer("Q071_a").any("true"),
            "nr5": answer("Q066_a").any("true"),
        },
        "risk management": {
            "nr2": answer("S009_b").any("true"),
            "nr3": answer("Q085_b").any("true"),
            "nr4": answer("Q071_b").any("true"),
            "nr5": answer("Q066_b").any("true"),
        },
    }
