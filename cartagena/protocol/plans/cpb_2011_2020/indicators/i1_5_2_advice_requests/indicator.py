"""Indicator 1.5.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.register_measure import RegisterTotal


class AdviceRequests(Indicator):
    """Requests for advice made to the mechanisms of indicator 1.5.1.

    Dated entries of the register up to the day are counted; the kind tells a request of the
    meeting of the Parties from one of a single Party.

    More requests may mean more trust or more problems: the number has no good direction.

    The register AdviceRequest, kept by the Secretariat. No question of a national report is
    read.
    """

    id = "1.5.2"
    title = "Requests for advice put to the scientific and technical mechanisms"
    unit = "requests"
    direction = "neutral"
    legal_basis = (
        "cpb.art30",
        "BS-I/4",
        "BS-V/16",
    )
    sources = (
        "register",
        "records",
    )
    measure = RegisterTotal("AdviceRequest")
    recipes = {
        "nr2": Recipe(grade="C", note="No question comes near it."),
        "nr3": Recipe(grade="C", note="No question comes near it."),
        "nr4": Recipe(grade="C", note="No question comes near it."),
        "nr5": Recipe(grade="C", note="No question comes near it."),
    }
    links = (Link("1.5.a", "proxy"),)
    comparability = ("Not a matter of national reports.",)
    to_collect = (
        "AdviceRequest: the mechanism, who asked, the subject and the date. Expert "
        "missions of the roster are known to the Clearing-House but can no longer be "
        "entered there."
    )
    doubts = (
        ("Requests by the meeting and by Parties are counted together; the kind keeps them apart."),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
