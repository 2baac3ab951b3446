"""Indicator 5.2.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.register_measure import PartiesInRegister


class PartiesInOnlineEvents(Indicator):
    """Parties with at least one participant in an online discussion or conference of the
    Clearing-House.

    Parties named in the register of participation by the day are divided by all Parties. Who is
    not in it did not take part.

    Being registered and having spoken are kept apart only if the entries do.

    The register ForumParticipation, kept by the Secretariat. No question of a national report is
    read.
    """

    id = "5.2.2"
    title = "Parties that took part in online discussions and conferences"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art20.1.a",
        "BS-I/3",
        "BS-IV/2",
        "BS-V/16",
    )
    sources = ("forum",)
    measure = PartiesInRegister("ForumParticipation")
    recipes = {
        "nr2": Recipe(grade="C", note="Reports do not ask it."),
        "nr3": Recipe(grade="C", note="Reports do not ask it."),
        "nr4": Recipe(grade="C", note="Reports do not ask it."),
        "nr5": Recipe(grade="C", note="Reports do not ask it."),
    }
    links = (
        Link("5.2.b", "partial"),
        Link("5.2.c", "proxy"),
    )
    comparability = ("Not in any report.",)
    to_collect = (
        "ForumParticipation: the event, the Party or observer, the number of "
        "participants and of contributions; no names."
    )
    doubts = ("Nominees of governments or any national: the register decides and says so.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
