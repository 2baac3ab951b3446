"""Indicator 2.4.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class PublicInformed(Indicator):
    """Parties that inform their public about the ways in which it can take part in decisions.

    Strict: a plain yes. Inclusive: also "to some extent", from the third report on.

    Which ways are used is asked elsewhere and is not part of the figure.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 30; third report, question 167; fourth report, question 148; fifth report, question
    130.
    """

    id = "2.4.2"
    title = "Parties that tell their public how it can take part"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art23.1.a",
        "cpb.art23.2",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
    )
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(grade="A", strict=answer("S030").any("true")),
        "nr3": Recipe(
            grade="A",
            strict=answer("Q167").any("true"),
            inclusive=answer("Q167").any("true", "true.some"),
        ),
        "nr4": Recipe(
            grade="A",
            strict=answer("Q148").any("true"),
            inclusive=answer("Q148").any("true", "true.some"),
        ),
        "nr5": Recipe(
            grade="A",
            strict=answer("Q130").any("true"),
            inclusive=answer("Q130").any("true", "true.some"),
        ),
    }
    links = (Link("2.4.b", "partial"),)
    comparability = (
        (
            "The survey of 2014 knows only yes and no; part of the strict change to the "
            "third report may come from the new middle answer."
        ),
    )
    to_collect = ""
    doubts = ("Telling the public once and doing so always give the same answer.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
