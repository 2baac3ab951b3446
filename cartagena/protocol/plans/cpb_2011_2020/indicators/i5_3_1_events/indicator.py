"""Indicator 5.3.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import BandTotal


class Events(Indicator):
    """Meetings, courses and other events on biosafety that countries organized.

    Each Party gives a band. Lower ends are added and so are upper ends; "25 or more" has no
    upper end.

    An event held by several countries is counted by each.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 36; third report, question 132; fourth report, question 118.
    """

    id = "5.3.1"
    title = "Events organized in relation to biosafety"
    unit = "events"
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
    measure = BandTotal("total", window_years=(("nr2", 2), ("nr3", 2), ("nr4", 4)))
    recipes = {
        "nr2": Recipe(grade="A", bands=("S036",), note="The last two years."),
        "nr3": Recipe(grade="A", bands=("Q132",), note="The last two years."),
        "nr4": Recipe(
            grade="A", bands=("Q118",), note="The reporting period; organized by the country."
        ),
        "nr5": Recipe(grade="C", note="The question was dropped."),
    }
    links = (Link("5.3.a", "partial"),)
    comparability = (
        (
            "The survey of 2014 and the third report look back two years, the fourth covers"
            " the reporting period of four: divide by the years before comparing."
        ),
        "The fifth report dropped the question.",
    )
    to_collect = "Event register: the title, place, date and organizer."
    doubts = (
        (
            "Whether events held elsewhere count is open; the fourth report says organized "
            "by the country."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
