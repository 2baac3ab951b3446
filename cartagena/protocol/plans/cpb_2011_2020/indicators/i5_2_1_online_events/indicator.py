"""Indicator 5.2.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.register_measure import RegisterTotal


class OnlineEvents(Indicator):
    """Online discussions and real-time conferences held on the Clearing-House and brought to an
    end.

    Entries of the register that were closed by the day are counted, each discussion once.

    The number says nothing about who took part or what came of it.

    The register ForumEvent, kept by the Secretariat. No question of a national report is read.
    """

    id = "5.2.1"
    title = "Online discussions and conferences completed on the Clearing-House"
    unit = "events"
    direction = "up"
    legal_basis = (
        "cpb.art20.1.a",
        "BS-I/3",
        "BS-IV/2",
        "BS-V/16",
    )
    sources = ("forum",)
    measure = RegisterTotal("ForumEvent", ended=True)
    recipes = {
        "nr2": Recipe(grade="C", note="Reports do not ask it."),
        "nr3": Recipe(grade="C", note="Reports do not ask it."),
        "nr4": Recipe(grade="C", note="Reports do not ask it."),
        "nr5": Recipe(grade="C", note="Reports do not ask it."),
    }
    links = (Link("5.2.c", "partial"),)
    comparability = ("Not in any report.",)
    to_collect = "ForumEvent: the topic, the kind, the days it opened and closed, the mandate."
    doubts = ("Threads within a discussion are not counted apart.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
