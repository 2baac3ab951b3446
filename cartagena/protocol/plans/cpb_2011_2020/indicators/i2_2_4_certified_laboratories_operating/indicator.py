"""Indicator 2.2.4: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import BandTotal


class CertifiedLaboratoriesOperating(Indicator):
    """Certified laboratories that are at work detecting living modified organisms.

    Each Party gives a band. Lower ends are added and so are upper ends. The number is meant to
    be no larger than that of indicator 2.2.3 for the same Party.

    How much a laboratory works is not asked: one sample a year is operation.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 27; third report, question 121; fourth report, question 106; fifth report, question
    96.
    """

    id = "2.2.4"
    title = "Certified laboratories in operation"
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
    )
    measure = BandTotal("total")
    recipes = {
        "nr2": Recipe(grade="A", bands=("S027",)),
        "nr3": Recipe(grade="A", bands=("Q121",)),
        "nr4": Recipe(grade="A", bands=("Q106",)),
        "nr5": Recipe(
            grade="A", bands=("Q096",), note='Asked whatever the answer to Q095, also after "none".'
        ),
    }
    links = (Link("2.2.b", "partial"),)
    comparability = (
        (
            "The fourth report asks only Parties with certified laboratories; the fifth "
            "asks whatever the answer before."
        ),
    )
    to_collect = ""
    doubts = (
        (
            "A Party with no certified laboratory is silent here and adds nothing, which is"
            " the same as its true zero."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
