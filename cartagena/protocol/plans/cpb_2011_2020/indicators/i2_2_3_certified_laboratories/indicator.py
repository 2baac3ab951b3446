"""Indicator 2.2.3: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import BandTotal


class CertifiedLaboratories(Indicator):
    """Laboratories certified as able to detect living modified organisms.

    Each Party gives a band. Lower ends are added and so are upper ends; "50 or more" has no
    upper end.

    A regional laboratory is counted by no Party or by several. The kind of certificate is not
    asked.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 26; third report, question 120; fourth report, question 105; fifth report, question
    95.
    """

    id = "2.2.3"
    title = "National and regional laboratories certified to detect living modified organisms"
    unit = "laboratories"
    direction = "up"
    legal_basis = (
        "cpb.art18.2",
        "cpb.art22.1",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
        "records",
    )
    measure = BandTotal("total")
    recipes = {
        "nr2": Recipe(grade="A", bands=("S026",)),
        "nr3": Recipe(grade="A", bands=("Q120",)),
        "nr4": Recipe(grade="A", bands=("Q105",)),
        "nr5": Recipe(grade="A", bands=("Q095",)),
    }
    links = (Link("2.2.b", "partial"),)
    comparability = ("The same bands in all four cycles.",)
    to_collect = (
        "Certificates in the Clearing-House's laboratory records, to count laboratories"
        " instead of answers."
    )
    doubts = ("No certification scheme is named; any counts.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
