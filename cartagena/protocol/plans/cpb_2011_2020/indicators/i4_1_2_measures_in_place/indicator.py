"""Indicator 4.1.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class MeasuresInPlace(Indicator):
    """Parties whose legal, administrative and other measures to carry out the Protocol are
    approved and work.

    Strict: measures fully in place. Inclusive: also partly in place.

    "Functional" would also need money and staff, which are asked elsewhere and are not part of
    the figure.

    National reports under Article 33. Questions read: second report, question 15; third report,
    question 14; fourth report, question 14; fifth report, question 7.
    """

    id = "4.1.2"
    title = "Parties with national measures to carry out the Protocol fully in place"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art2.1",
        "BS-V/16",
    )
    sources = ("report",)
    measure = PartiesReporting("count")
    recipes = {
        "nr2": Recipe(
            grade="A",
            strict=answer("Q015").any("implementation.fullFramwork"),
            inclusive=answer("Q015").any(
                "implementation.fullFramwork", "implementation.partialFramwork"
            ),
            note='A test for "functional" would add yes to Q017 and Q018.',
        ),
        "nr3": Recipe(
            grade="A",
            strict=answer("Q014").any("implementation.fullFramwork"),
            inclusive=answer("Q014").any(
                "implementation.fullFramwork", "implementation.partialFramwork"
            ),
        ),
        "nr4": Recipe(
            grade="A",
            strict=answer("Q014").any("implementation.fullInPlace"),
            inclusive=answer("Q014").any(
                "implementation.fullInPlace", "implementation.partiallyInPlace"
            ),
        ),
        "nr5": Recipe(
            grade="A",
            strict=answer("Q007").any("implementation.fullInPlace"),
            inclusive=answer("Q007").any(
                "implementation.fullInPlace", "implementation.partiallyInPlace"
            ),
        ),
    }
    links = (
        Link("4.1.a", "partial"),
        Link("4.1.c", "proxy"),
    )
    comparability = (
        (
            "The same question in all four cycles; the fourth reworded the answers without "
            "changing their order."
        ),
    )
    to_collect = ""
    doubts = (
        ("Approved and functional is read as fully in place; the indicator overlaps with 1.1.1."),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
