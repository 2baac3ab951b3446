"""Indicator 1.2.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import all_of, answer
from cartagena.engine.indicator import Deadline, Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class NeedsAssessment(Indicator):
    """Parties that assessed what they need in training and institutions, and told the Clearing-
    House within three years of joining the Protocol.

    Parties that reported an assessment are counted. Only the third report also asks whether the
    result went to the Clearing-House; strict then wants both, inclusive the assessment alone.

    No report asks for a date, so the three years are not tested. Most Parties joined before
    2008: their three years ended before the plan began and the true value cannot rise for them.

    National reports under Article 33. Questions read: second report, question 145; third report,
    questions 149, 150; fourth report, question 133; fifth report, question 121.
    """

    id = "1.2.1"
    title = (
        "Parties that assessed their capacity-building needs and sent the result to the"
        " Clearing-House"
    )
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art22.1",
        "BS-I/5",
        "BS-III/3",
        "BS-V/16",
    )
    sources = (
        "records",
        "report",
        "treaty",
    )
    measure = PartiesReporting("count")
    recipes = {
        "nr2": Recipe(
            grade="B",
            strict=answer("Q145").any("true"),
            note=(
                "An assessment in the reporting period; whether it went to the "
                "Clearing-House is not asked."
            ),
        ),
        "nr3": Recipe(
            grade="B",
            strict=all_of(answer("Q149").any("true"), answer("Q150").any("true")),
            inclusive=answer("Q149").any("true"),
            note="No date: only that it happened in the reporting period.",
        ),
        "nr4": Recipe(
            grade="B",
            strict=answer("Q133").any("true"),
            note="Whether it went to the Clearing-House is no longer asked.",
        ),
        "nr5": Recipe(grade="B", strict=answer("Q121").any("true")),
    }
    links = (Link("1.2.a", "direct"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "Only the third report asks about submission to the Clearing-House: its strict "
            "value is lower for that reason alone."
        ),
    )
    to_collect = (
        "CapacityNeedsAssessment: the Party, the areas, training and institutional "
        "needs, the date and the day of publication. The record type of the old "
        "Clearing-House no longer exists."
    )
    doubts = (
        ("Three years after the deposit or after entry into force; entry into force is used."),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
    deadline = Deadline(years=3)
