"""Indicator 3.3.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Deadline, Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class CommunicationStrategy(Indicator):
    """Parties with a strategy for communicating on biosafety, in place within three years of
    adopting a biosafety law.

    A yes to having a strategy counts. The three years would run from the first law's entry into
    force in the Clearing-House to the day of the strategy.

    No format asks for the day of the strategy, so the three years are not tested; Parties
    without any law stay in the universe.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 42; third report, question 159; fourth report, question 142; fifth report, question
    135.
    """

    id = "3.3.2"
    title = (
        "Parties with a national communication strategy within three years of their "
        "first biosafety law"
    )
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art23.1.a",
        "BS-V/13",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
        "records",
    )
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(
            grade="B",
            strict=answer("S042").any("true"),
            note="The strategy is asked, the date is not.",
        ),
        "nr3": Recipe(grade="B", strict=answer("Q159").any("true")),
        "nr4": Recipe(grade="B", strict=answer("Q142").any("true")),
        "nr5": Recipe(grade="B", strict=answer("Q135").any("true")),
    }
    links = (Link("3.3.b", "direct"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "The second and third cycles ask whether a strategy was designed or carried "
            "out, the fourth whether it is in place."
        ),
    )
    to_collect = "MechanismMilestone: the Party, the kind (communication strategy) and since when."
    doubts = ("Parties without a biosafety law: their three years have not begun.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
    deadline = Deadline(years=3, after="first_law")
