"""Indicator 4.1.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.register_measure import RegisterTotal


class NoncomplianceAddressed(Indicator):
    """Parties whose issues of non-compliance were both found and settled.

    Parties with at least one entry of the register that was closed by the day are counted, each
    once.

    Few issues may mean good compliance or little looking. Open issues do not count.

    The register ComplianceIssue, kept by the Secretariat. No question of a national report is
    read.
    """

    id = "4.1.1"
    title = "Parties that identified and addressed an issue of non-compliance"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art34",
        "BS-I/7.annex",
        "BS-V/16",
    )
    sources = ("register",)
    measure = RegisterTotal("ComplianceIssue", of="parties", ended=True)
    recipes = {
        "nr2": Recipe(
            grade="C",
            note=("Not asked: late reports and empty mandatory items are the only trace."),
        ),
        "nr3": Recipe(
            grade="C",
            note=("Not asked: late reports and empty mandatory items are the only trace."),
        ),
        "nr4": Recipe(
            grade="C",
            note=("Not asked: late reports and empty mandatory items are the only trace."),
        ),
        "nr5": Recipe(
            grade="C",
            note=("Not asked: late reports and empty mandatory items are the only trace."),
        ),
    }
    links = (
        Link("4.1.a", "partial"),
        Link("4.1.f", "proxy"),
    )
    comparability = (
        ("Not in any report: late reports and empty mandatory items are the only trace there."),
    )
    to_collect = (
        "ComplianceIssue: the Party, the obligation, the day it was raised and by whom,"
        " the action plan and the day it was closed, from reports of the Compliance "
        "Committee."
    )
    doubts = (
        (
            "Found by whom, and whether only cases under Article 34 count, is open; every "
            "entry says its source."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
