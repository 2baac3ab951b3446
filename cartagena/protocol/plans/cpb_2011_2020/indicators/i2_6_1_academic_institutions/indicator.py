"""Indicator 2.6.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import BandTotal


class AcademicInstitutions(Indicator):
    """Universities and other institutions that teach biosafety, for the world and for each
    region.

    Each Party gives a band. Lower ends are added and so are upper ends; the figure for a region
    adds the Parties of the region.

    "10 or more" has no upper end, so large countries leave the total open.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 33; third report, question 171; fourth report, question 145.
    """

    id = "2.6.1"
    title = "Academic institutions that offer biosafety courses and programmes, by region"
    unit = "institutions"
    direction = "up"
    legal_basis = (
        "cpb.art22.1",
        "cpb.art23.1.a",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
    )
    measure = BandTotal("total")
    recipes = {
        "nr2": Recipe(grade="A", bands=("S033",)),
        "nr3": Recipe(grade="A", bands=("Q171",)),
        "nr4": Recipe(
            grade="A",
            bands=("Q145",),
            note=(
                'The third report\'s band "3 or more" has no counterpart: it falls '
                'within "1 or more".'
            ),
        ),
        "nr5": Recipe(grade="C", note="Q134 takes only yes or no."),
    }
    links = (
        Link("2.6.a", "proxy"),
        Link("2.6.b", "partial"),
    )
    comparability = (
        (
            'The third report\'s bands "1 or more" and "3 or more" are one band, 1 to 4, in '
            "the fourth."
        ),
        "The fifth report asks only yes or no: the series ends with the fourth.",
    )
    to_collect = "AcademicProgramme: the institution, country, level and topic."
    doubts = ("Courses that touch biosafety and programmes on it count alike.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
