"""Indicator 3.1.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import TreatyShare


class PartiesToTheConvention(Indicator):
    """How far the Protocol has reached the Parties to the Convention.

    States for which the Protocol is in force on the day are divided by those for which the
    Convention is; the European Union counts as one in both.

    Deposits run up to 90 days ahead of entry into force; published figures that count deposits
    are higher.

    Treaty status as notified by the Depositary. Questions of reports shown beside it: second
    report, question 12; third report, question 11; fourth report, question 11.
    """

    id = "3.1.1"
    title = "Parties to the Convention that are Parties to the Protocol"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art37.2",
        "cpb.art36",
        "cbd.art36",
        "BS-V/16",
    )
    sources = ("treaty",)
    measure = TreatyShare("cpb", "cbd")
    recipes = {
        "nr2": Recipe(
            grade="B", strict=answer("Q012").any("true"), note="The Party's own statement."
        ),
        "nr3": Recipe(grade="B", strict=answer("Q012_party").any("true")),
        "nr4": Recipe(grade="B", strict=answer("Q012_party").any("true")),
        "nr5": Recipe(grade="C", note="Not asked: taken from treaty status."),
    }
    links = (Link("3.1.a", "direct"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "Computed from the same status for every day: fully comparable, but the whole "
            "grows when States join the Convention."
        ),
        ("What Parties reported beside it is their own statement in the header of the report."),
    )
    to_collect = (
        "TreatyAction: signature, deposit and entry into force, as the Depositary notifies them."
    )
    doubts = ("By deposit or by entry into force: entry into force (Article 37.2).",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
