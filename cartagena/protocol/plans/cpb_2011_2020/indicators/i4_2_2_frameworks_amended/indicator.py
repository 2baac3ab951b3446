"""Indicator 4.2.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import NotApplicable


class FrameworksAmended(Indicator):
    """Parties that changed their national framework because the Protocol itself had been amended
    to meet new challenges.

    There is nothing to count: no amendment of the Protocol was adopted between 2011 and 2020.
    The figure does not apply, which is neither zero nor unknown.

    The Supplementary Protocol is a treaty of its own and not an amendment.

    Decisions of the meetings of the Parties.
    """

    id = "4.2.2"
    title = "Parties that changed their frameworks to match amendments of the Protocol"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art35",
        "cpb.art2.1",
        "BS-V/16",
    )
    sources = (
        "treaty",
        "records",
    )
    measure = NotApplicable(
        "No amendment of the Protocol was adopted from 2011 to 2020, "
        "so no framework could be changed to match one."
    )
    recipes = {
        "nr2": Recipe(grade="C", note="No question comes near it."),
        "nr3": Recipe(grade="C", note="No question comes near it."),
        "nr4": Recipe(grade="C", note="No question comes near it."),
        "nr5": Recipe(grade="C", note="No question comes near it."),
    }
    links = (Link("4.2.b", "proxy"),)
    comparability = ("No value in any cycle.",)
    to_collect = (
        "Amendment register: amendments of the Protocol with the day of adoption; laws "
        "that amend others are known to the Clearing-House."
    )
    doubts = ("Whether the Supplementary Protocol should count is open; it does not here.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
