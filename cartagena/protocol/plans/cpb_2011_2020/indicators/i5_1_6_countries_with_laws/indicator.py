"""Indicator 5.1.6: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.record_measure import RecordSelection, RecordTotal


class CountriesWithLaws(Indicator):
    """Countries and regional bodies whose biosafety laws can be found in the Clearing-House.

    Governments with at least one live record of a law, regulation, guideline or agreement are
    counted once each.

    The record type also holds guidelines and agreements, which cannot be told apart until the
    list of types is known.

    Records of the Biosafety Clearing-House. Questions of reports shown beside it: second report,
    question 20; third report, question 20; fourth report, question 112 (a); fifth report,
    question 102 (a).
    """

    id = "5.1.6"
    title = "Countries that published biosafety laws or regulations in the Clearing-House"
    unit = "governments"
    direction = "up"
    legal_basis = (
        "cpb.art20.3.a",
        "cpb.art11.5",
        "BS-V/16",
    )
    sources = ("records",)
    measure = RecordTotal(RecordSelection(("biosafetyLaw",)), of="governments")
    recipes = {
        "nr2": Recipe(
            grade="B",
            strict=answer("Q020").any("true"),
            inclusive=answer("Q020").any("true", "true.some"),
        ),
        "nr3": Recipe(
            grade="B",
            strict=answer("Q020").any("true"),
            inclusive=answer("Q020").any("true", "true.some"),
        ),
        "nr4": Recipe(grade="B", strict=answer("Q112_a").any("true.availableOnBch")),
        "nr5": Recipe(grade="B", strict=answer("Q102_a").any("true.availableOnBch")),
    }
    links = (
        Link("5.1.c", "partial"),
        Link("5.1.b", "proxy"),
    )
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "What Parties reported beside it is first whether they submitted laws, later "
            "whether these are in the Clearing-House."
        ),
    )
    to_collect = "The list of types of legislation, to count laws and regulations only."
    doubts = (
        (
            'The Chinese word order makes "regulations in the Clearing-House" into '
            "regulations about it; the first is used."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
