"""Indicator 5.1.5: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.record_measure import RecordSelection, RecordTotal


class CountriesWithFocalPoints(Indicator):
    """Countries, Parties or not, that have a focal point in the Clearing-House.

    Strict: governments with a live focal point for the Clearing-House. Inclusive: with a focal
    point of any kind. Each government counts once.

    A name that is no longer right counts until the record is changed.

    Records of the Biosafety Clearing-House. Questions of reports shown beside it: second report,
    question 117; fourth report, question 112 (d); fifth report, question 102 (d).
    """

    id = "5.1.5"
    title = "Countries with focal points registered in the Clearing-House"
    unit = "governments"
    direction = "up"
    legal_basis = (
        "cpb.art19.1",
        "BS-I/3.annex",
        "BS-V/16",
    )
    sources = ("records",)
    measure = RecordTotal(
        RecordSelection(("focalPoint",), {"categories": ("BCH-FP",)}),
        of="governments",
        inclusive=(RecordSelection(("focalPoint",)),),
    )
    recipes = {
        "nr2": Recipe(grade="B", strict=answer("Q117").any("true")),
        "nr3": Recipe(grade="C", note="No question asks it."),
        "nr4": Recipe(grade="B", strict=answer("Q112_d").any("true.availableOnBch")),
        "nr5": Recipe(grade="B", strict=answer("Q102_d").any("true.availableOnBch")),
    }
    links = (Link("5.1.c", "partial"),)
    comparability = (
        "At least one cycle asks nothing: the series has a gap.",
        (
            "The third reports do not ask it; the second asks about a focal point, the "
            "fourth and fifth whether contacts are published."
        ),
    )
    to_collect = "FocalPointHistory: designations with first and last day of validity."
    doubts = ("Countries, not Parties: other governments are counted too.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
