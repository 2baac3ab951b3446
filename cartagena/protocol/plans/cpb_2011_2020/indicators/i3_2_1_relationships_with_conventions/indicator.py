"""Indicator 3.2.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.register_measure import RegisterTotal


class RelationshipsWithConventions(Indicator):
    """Other conventions and organizations with which the Protocol works together in more than
    name.

    Each partner with at least one dated joint activity in the register by the day counts once.

    An agreement without an activity does not count; how much an activity mattered is not
    weighed.

    The register JointActivity, kept by the Secretariat. Questions of reports shown beside it:
    survey of 2014, question 39; third report, question 163; fifth report, question 156.
    """

    id = "3.2.1"
    title = "Relationships with other conventions that show in joint activities"
    unit = "relationships"
    direction = "up"
    legal_basis = (
        "cpb.art2.5",
        "cpb.art29.4",
        "cpb.art31",
        "BS-V/16",
    )
    sources = (
        "register",
        "survey",
    )
    measure = RegisterTotal("JointActivity", of="kinds")
    recipes = {
        "nr2": Recipe(
            grade="B", bands=("S039",), note="National initiatives of the last four years."
        ),
        "nr3": Recipe(grade="B", bands=("Q163",), note="National initiatives."),
        "nr4": Recipe(grade="C", note="The question was dropped."),
        "nr5": Recipe(grade="B", strict=answer("Q156").any("true")),
    }
    links = (Link("3.2.a", "direct"),)
    comparability = (
        "At least one cycle asks nothing: the series has a gap.",
        (
            "The survey of 2014 and the third report ask for national initiatives in bands,"
            " the fifth yes or no, the fourth nothing: no series."
        ),
    )
    to_collect = (
        "JointActivity: the partner (as the kind of the entry), the activity, the date "
        "and the mandate; also the status as observer in the two committees of the "
        "World Trade Organization."
    )
    doubts = ("Relationships of the Secretariat or of countries: those of the Secretariat.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
