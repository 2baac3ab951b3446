"""Indicator 5.3.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import BandTotal


class PublicationsShared(Indicator):
    """Publications on biosafety that countries made available.

    Each Party gives a band. Lower ends are added and so are upper ends; "100 or more" has no
    upper end.

    What counts as a publication, and sharing the same one twice, is left to the Party.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 37; third report, question 133; fourth report, question 119.
    """

    id = "5.3.2"
    title = "Biosafety publications shared"
    unit = "publications"
    direction = "up"
    legal_basis = (
        "cpb.art20.1.a",
        "cpb.art23.1.a",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
    )
    measure = BandTotal("total", window_years=(("nr2", 1), ("nr3", 1), ("nr4", 4)))
    recipes = {
        "nr2": Recipe(grade="A", bands=("S037",), note="The last year."),
        "nr3": Recipe(grade="A", bands=("Q133",), note="The last year."),
        "nr4": Recipe(
            grade="B", bands=("Q119",), note="Published by the country in the reporting period."
        ),
        "nr5": Recipe(grade="C", note="The question was dropped."),
    }
    links = (Link("5.3.b", "partial"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "The survey of 2014 and the third report look back one year, the fourth covers "
            "the reporting period of four: divide by the years before comparing."
        ),
        (
            "The fourth report asks for publications of the country, the earlier ones for "
            "those made available; the fifth dropped the question."
        ),
    )
    to_collect = "Library records of the Clearing-House by country and year."
    doubts = ("Made available or published: the wording changed.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
