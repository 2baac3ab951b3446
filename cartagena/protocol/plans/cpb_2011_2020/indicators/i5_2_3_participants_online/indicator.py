"""Indicator 5.2.3: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.register_measure import RegisterTotal


class ParticipantsOnline(Indicator):
    """People who took part in online discussions and conferences, with the groups they came
    from.

    The numbers of participants in the entries of the register up to the day are added; the kind
    of an entry is the background (government, organization, industry, academia).

    A person in several discussions is counted in each. Personal data stay out of the register:
    only numbers are entered.

    The register ForumParticipation, kept by the Secretariat. No question of a national report is
    read.
    """

    id = "5.2.3"
    title = "Participants in online discussions and conferences"
    unit = "participants"
    direction = "up"
    legal_basis = (
        "cpb.art20.1.a",
        "cpb.art23.1",
        "BS-IV/2",
        "BS-V/16",
    )
    sources = ("forum",)
    measure = RegisterTotal("ForumParticipation", of="quantity")
    recipes = {
        "nr2": Recipe(grade="C", note="Reports do not ask it."),
        "nr3": Recipe(grade="C", note="Reports do not ask it."),
        "nr4": Recipe(grade="C", note="Reports do not ask it."),
        "nr5": Recipe(grade="C", note="Reports do not ask it."),
    }
    links = (
        Link("5.2.b", "partial"),
        Link("5.2.d", "proxy"),
    )
    comparability = ("Not in any report.",)
    to_collect = (
        "ForumParticipation: the event, the Party or observer, the background and the "
        "number of participants, by gender where given."
    )
    doubts = (
        ("Diversity has no single measure; the shares of regions and backgrounds are shown."),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
