"""Indicator 5.2.4: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.record_measure import RecordSelection, RecordTotal

INFORMATION_EXCHANGE = "AF59E45F-3AC2-4F71-889C-B42E83F75A8A"


class ParticipationCapacityActivities(Indicator):
    """Activities that help countries to take part in the Clearing-House openly, inclusively and
    fairly.

    Live records of capacity-building initiatives on information exchange and the Clearing-House
    are counted on the record date.

    The aim of an activity is a judgement: every initiative in this field counts.

    Records of the Biosafety Clearing-House. No question of a national report is read.
    """

    id = "5.2.4"
    title = "Capacity-building activities for open and fair participation in the Clearing-House"
    unit = "activities"
    direction = "up"
    legal_basis = (
        "cpb.art20.1.b",
        "cpb.art22.1",
        "BS-I/3",
        "BS-V/16",
    )
    sources = (
        "records",
        "register",
    )
    measure = RecordTotal(
        RecordSelection(
            ("capacityBuildingInitiative",), {"cpbThematicAreas": (INFORMATION_EXCHANGE,)}
        )
    )
    recipes = {
        "nr2": Recipe(
            grade="C", note='The field "information exchange" is a box to tick, not a number.'
        ),
        "nr3": Recipe(
            grade="C", note='The field "information exchange" is a box to tick, not a number.'
        ),
        "nr4": Recipe(
            grade="C", note='The field "information exchange" is a box to tick, not a number.'
        ),
        "nr5": Recipe(
            grade="C", note='The field "information exchange" is a box to tick, not a number.'
        ),
    }
    links = (
        Link("5.2.b", "partial"),
        Link("5.2.a", "partial"),
    )
    comparability = ("Not in any report: there the field is only a box to tick.",)
    to_collect = "A mark on initiatives whose aim is transparency, inclusiveness or fairness."
    doubts = (
        (
            "The term for the field is the one the report formats use; the list of the "
            "record type is not known to be the same."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
