"""Indicator 2.2.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import BandTotal


class CustomsAndLaboratoryStaffTrained(Indicator):
    """Customs officers and laboratory staff trained in handling, identifying and detecting
    living modified organisms.

    Each Party gives a band for customs officers and one for laboratory staff. Lower ends are
    added and so are upper ends, over both groups: the true total lies between.

    One answer of "100 or more" leaves the total without an upper end. People who have left are
    counted by some and not by others.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    questions 23, 24; third report, questions 116, 118; fourth report, questions 101, 103; fifth
    report, questions 88, 93.
    """

    id = "2.2.1"
    title = "Customs officers and laboratory staff trained"
    unit = "people"
    direction = "up"
    legal_basis = (
        "cpb.art18",
        "cpb.art22.2",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
    )
    measure = BandTotal("total")
    recipes = {
        "nr2": Recipe(
            grade="A",
            bands=(
                "S023",
                "S024",
            ),
        ),
        "nr3": Recipe(
            grade="A",
            bands=(
                "Q116",
                "Q118",
            ),
        ),
        "nr4": Recipe(
            grade="A",
            bands=(
                "Q101",
                "Q103",
            ),
        ),
        "nr5": Recipe(
            grade="A",
            bands=(
                "Q088",
                "Q093",
            ),
            note=("Customs officers: in the reporting period; laboratory staff: so far in all."),
        ),
    }
    links = (
        Link("2.2.a", "partial"),
        Link("2.2.b", "partial"),
    )
    comparability = (
        (
            "In the fifth report customs officers are those trained in the reporting "
            "period, laboratory staff all so far; before, both are all so far."
        ),
    )
    to_collect = "TrainingEvent: the country, the topic, the number of participants and the date."
    doubts = ("The two groups are added, since a person is rarely in both.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
