"""Indicator 1.2.8: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class NeedsMet(Indicator):
    """Parties that said they have no capacity-building needs left.

    The question is turned round: "no" to still having needs counts as yes here. Inclusive also
    takes Parties that still have a few needs, where that answer exists.

    A Party may have no needs because they were met or because it never had any.

    National reports under Article 33. Questions read: second report, question 146; third report,
    question 151; fourth report, question 134; fifth report, question 122.
    """

    id = "1.2.8"
    title = "Parties that report their capacity-building needs as met"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art22.2",
        "cpb.art28.3",
        "BS-V/16",
    )
    sources = ("report",)
    measure = PartiesReporting("count")
    recipes = {
        "nr2": Recipe(
            grade="A",
            strict=answer("Q146").any("false"),
            inclusive=answer("Q146").any("false", "true.some"),
        ),
        "nr3": Recipe(
            grade="A",
            strict=answer("Q151").any("false"),
            inclusive=answer("Q151").any("false", "true.some"),
        ),
        "nr4": Recipe(grade="A", strict=answer("Q134").any("false")),
        "nr5": Recipe(grade="A", strict=answer("Q122").any("false")),
    }
    links = (
        Link("1.2.a", "proxy"),
        Link("1.2.c", "partial"),
    )
    comparability = (
        (
            'The answer "yes, a few" exists in the second and third reports only; the '
            "inclusive value has no counterpart later."
        ),
    )
    to_collect = ""
    doubts = (
        ("Developed Parties answer too and raise the number without any need having been met."),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
