"""Indicator 2.6.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import BandTotal


class TrainingMaterials(Indicator):
    """Training materials and online courses on biosafety that are available.

    Each Party gives a band. Lower ends are added and so are upper ends; the top band has no
    upper end.

    Materials that several countries share are counted by each of them.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 34; third report, question 172; fourth report, question 146.
    """

    id = "2.6.2"
    title = "Biosafety training materials and online modules available"
    unit = "materials"
    direction = "up"
    legal_basis = (
        "cpb.art22.1",
        "cpb.art23.1.a",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
        "records",
    )
    measure = BandTotal("total")
    recipes = {
        "nr2": Recipe(grade="A", bands=("S034",)),
        "nr3": Recipe(
            grade="B",
            bands=("Q172",),
            note="One question for what the survey asked in S034 and S043.",
        ),
        "nr4": Recipe(grade="B", bands=("Q146",), note="As in the third report."),
        "nr5": Recipe(grade="C", note="The question was dropped."),
    }
    links = (
        Link("2.6.b", "partial"),
        Link("2.6.c", "proxy"),
    )
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "From the third report on one question covers training materials and materials "
            "for the public, which the survey of 2014 asked apart."
        ),
    )
    to_collect = (
        "Library records of a training type in the Clearing-House, to count each material once."
    )
    doubts = ("Materials in a country and materials of the world are not told apart.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
