"""Indicator 1.5.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.register_measure import RegisterTotal


class AdviceMechanisms(Indicator):
    """Bodies and arrangements that advise the Parties on science and technology under a mandate
    of their meeting: expert groups, the roster, subsidiary bodies, liaison groups, advisory
    committees.

    Entries of the register whose mandate had begun and not ended on the day are counted.

    A mechanism counts alike whether it met often or never.

    The register AdviceMechanism, kept by the Secretariat. No question of a national report is
    read.
    """

    id = "1.5.1"
    title = "Mechanisms in force that give scientific and technical advice"
    unit = "mechanisms"
    direction = "up"
    legal_basis = (
        "cpb.art29.4",
        "cpb.art30",
        "BS-I/4",
        "BS-IV/13",
        "BS-V/16",
    )
    sources = ("register",)
    measure = RegisterTotal("AdviceMechanism", in_force=True)
    recipes = {
        "nr2": Recipe(
            grade="C", note="It is no matter of single Parties, so reports do not ask it."
        ),
        "nr3": Recipe(
            grade="C", note="It is no matter of single Parties, so reports do not ask it."
        ),
        "nr4": Recipe(
            grade="C", note="It is no matter of single Parties, so reports do not ask it."
        ),
        "nr5": Recipe(
            grade="C", note="It is no matter of single Parties, so reports do not ask it."
        ),
    }
    links = (Link("1.5.a", "direct"),)
    comparability = ("Not a matter of national reports: no report can confirm it.",)
    to_collect = (
        "AdviceMechanism: the name, the decision that gave the mandate, the kind, first"
        " and last day."
    )
    doubts = (
        (
            "What counts as a mechanism is decided entry by entry and must be stated with "
            "the source."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
