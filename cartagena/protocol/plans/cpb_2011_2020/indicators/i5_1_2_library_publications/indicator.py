"""Indicator 5.1.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.record_measure import RecordSelection, RecordTotal


class LibraryPublications(Indicator):
    """Publications on biosafety held in the library of the Clearing-House.

    Live library records on the record date are counted.

    Quality, language and age of the publications are not weighed.

    Records of the Biosafety Clearing-House. No question of a national report is read.
    """

    id = "5.1.2"
    title = "Publications in the Biosafety Information Resource Centre"
    unit = "publications"
    direction = "up"
    legal_basis = (
        "cpb.art20.2",
        "BS-IV/2",
        "BS-V/16",
    )
    sources = ("records",)
    measure = RecordTotal(RecordSelection(("resource",)))
    recipes = {
        "nr2": Recipe(grade="C", note="Reports do not ask it."),
        "nr3": Recipe(grade="C", note="Reports do not ask it."),
        "nr4": Recipe(grade="C", note="Reports do not ask it."),
        "nr5": Recipe(grade="C", note="Reports do not ask it."),
    }
    links = (Link("5.1.e", "direct"),)
    comparability = (
        (
            "The resource centre became part of a virtual library shared with other "
            "clearing-houses; only its biosafety records should be imported."
        ),
    )
    to_collect = ""
    doubts = ("Whether records of the shared library that only touch biosafety count is open.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
