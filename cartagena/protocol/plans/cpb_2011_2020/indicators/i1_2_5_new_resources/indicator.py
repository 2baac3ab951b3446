"""Indicator 1.2.5: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import BandTotal


class NewResources(Indicator):
    """Money beyond the regular national budget that was mobilized to carry out the Protocol, in
    United States dollars.

    Each Party chooses a band. The lower ends of all bands are added, and so are the upper ends:
    the true sum lies between them. One answer in the open top band leaves the sum without an
    upper end.

    Parties report it themselves; donors and recipients may report the same money. Bands are
    wide, and silent Parties add nothing to either end.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 6; third report, question 203; fourth report, question 167; fifth report, question
    153.
    """

    id = "1.2.5"
    title = "New and additional money mobilized to carry out the Protocol"
    unit = "USD"
    direction = "up"
    legal_basis = (
        "cpb.art28",
        "cbd.art20",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
        "register",
    )
    measure = BandTotal("amount", window_years=(("nr2", 4), ("nr3", 4), ("nr4", 4), ("nr5", 4)))
    recipes = {
        "nr2": Recipe(
            grade="A",
            bands=("S006",),
            note=(
                'The last four years; the lowest answer is "less than 5,000 US '
                'dollars", there is no zero.'
            ),
        ),
        "nr3": Recipe(
            grade="A", bands=("Q203",), note="The last four years; the same bands, no zero."
        ),
        "nr4": Recipe(
            grade="A",
            bands=("Q167",),
            note=(
                "The reporting period; there is a zero; the top band is 500,000 or "
                "more, which takes in the two highest of the third report."
            ),
        ),
        "nr5": Recipe(grade="A", bands=("Q153",)),
    }
    links = (Link("1.2.c", "partial"),)
    comparability = (
        (
            "The survey and the third report look back four years and have no zero; their "
            'lowest band is "less than 5,000".'
        ),
        (
            "The fourth and fifth reports have a zero and cover the reporting period; their"
            " top band is 500,000 or more, where earlier cycles went on to 5,000,000 or "
            "more."
        ),
        "The fourth report's band that starts at 100,000 ends at 499,000 by its code.",
    )
    to_collect = (
        "FundingRecord: the Party or fund, source, amount, currency, period and "
        "purpose, so that the financial mechanism, trust funds and bilateral help can "
        "be added without double counting."
    )
    doubts = ('What is "new and additional" is each Party\'s judgement.',)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
