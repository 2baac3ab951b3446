"""Indicator 2.4.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Deadline, Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class PublicParticipation(Indicator):
    """Parties that have a way for the public to take part in decisions on living modified
    organisms, in place within six years of joining.

    Strict: a plain yes. Inclusive: also limited or "to some extent". A Party whose six years end
    after its report met the limit; for others the day is unknown.

    No format asks since when the mechanism exists, so for most Parties the six years cannot be
    tested.

    National reports under Article 33. Questions read: second report, question 154; third report,
    question 165; fourth report, question 147; fifth report, question 129.
    """

    id = "2.4.1"
    title = (
        "Parties with a mechanism for public participation in decisions within six years of joining"
    )
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art23.2",
        "BS-V/16",
    )
    sources = (
        "report",
        "treaty",
    )
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(
            grade="B",
            strict=answer("Q154").any("true"),
            inclusive=answer("Q154").any("true", "true.limited"),
            note="The mechanism is asked, the date is not.",
        ),
        "nr3": Recipe(
            grade="B",
            strict=answer("Q165").any("true"),
            inclusive=answer("Q165").any("true", "true.some"),
        ),
        "nr4": Recipe(
            grade="B",
            strict=answer("Q147").any("true"),
            inclusive=answer("Q147").any("true", "true.some"),
        ),
        "nr5": Recipe(
            grade="B",
            strict=answer("Q129").any("true"),
            inclusive=answer("Q129").any("true", "true.some"),
        ),
    }
    links = (Link("2.4.b", "partial"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            'The middle answer is "limited" in the second reports and "to some extent" '
            "after them; both count as inclusive."
        ),
    )
    to_collect = "MechanismMilestone: the Party, the kind (public participation) and since when."
    doubts = (
        ("The question asks about consulting the public, the indicator about participation."),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
    deadline = Deadline(years=6)
