"""Indicator 2.3.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import all_of, answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class LiabilitySupportReceived(Indicator):
    """Parties entitled to support that received help to build capacity on liability and redress.

    Strict in the second cycle: help received and eligible for the financial mechanism;
    inclusive: help received. Later cycles no longer ask about eligibility; the fourth and fifth
    take Parties with activities in this field that also received support of some kind.

    From the fourth report on the field of the activities is asked, not that of the support.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 28; second report, question 139; third report, question 200; fourth report,
    questions 125, 132; fifth report, questions 113, 119.
    """

    id = "2.3.1"
    title = "Eligible Parties that received capacity-building support on liability and redress"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art27",
        "cpb.art22",
        "nklsp",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
        "records",
    )
    measure = PartiesReporting("count")
    recipes = {
        "nr2": Recipe(
            grade="A",
            strict=all_of(answer("S028").any("true"), answer("Q139").any("true")),
            inclusive=answer("S028").any("true"),
            note=("Q139 asks whether the Party is eligible for the financial mechanism."),
        ),
        "nr3": Recipe(
            grade="A", strict=answer("Q200").any("true"), note="Eligibility is no longer asked."
        ),
        "nr4": Recipe(
            grade="B",
            strict=all_of(
                answer("Q125").any("true", "true.some"),
                answer("Q132")
                .any("667CD9B1-4571-4C2A-A459-F78E004D7D96")
                .no_if(answer("Q131").any("false")),
            ),
            inclusive=answer("Q132")
            .any("667CD9B1-4571-4C2A-A459-F78E004D7D96")
            .no_if(answer("Q131").any("false")),
            note="The field is that of activities, not of the support received.",
        ),
        "nr5": Recipe(
            grade="B",
            strict=all_of(
                answer("Q113").any("true", "true.some"),
                answer("Q119")
                .any("667CD9B1-4571-4C2A-A459-F78E004D7D96")
                .no_if(answer("Q118").any("false")),
            ),
        ),
    }
    links = (Link("2.3.a", "proxy"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        "Direct in the second and third cycles, a proxy after them.",
    )
    to_collect = "The list of eligible Parties by date, and capacity-building records by field."
    doubts = (
        (
            "Who is eligible is open: developing countries, economies in transition, or all"
            " that the financial mechanism serves."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
