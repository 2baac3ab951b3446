"""Indicator 3.3.4: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class AwarenessMaterials(Indicator):
    """Parties where materials on biosafety and the Protocol are available and accessible to the
    public.

    A Party counts if it chose any band other than "none".

    How diverse the materials are, which the indicator also asks, has no measure in any report.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 43; third report, question 172; fourth report, question 146.
    """

    id = "3.3.4"
    title = "Parties with awareness and educational materials open to the public"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art23.1.a",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
        "records",
    )
    measure = PartiesReporting("count")
    recipes = {
        "nr2": Recipe(grade="A", strict=answer("S043").other_than("0")),
        "nr3": Recipe(grade="A", strict=answer("Q172").other_than("0")),
        "nr4": Recipe(grade="A", strict=answer("Q146").other_than("0")),
        "nr5": Recipe(grade="C", note="The question was dropped."),
    }
    links = (
        Link("3.3.a", "partial"),
        Link("3.3.b", "proxy"),
    )
    comparability = (
        "From the third report on the question also covers training materials.",
        "The fifth report dropped it: the series ends with the fourth.",
    )
    to_collect = "Kinds and languages of materials, from library records, to show their diversity."
    doubts = ("Diversity could be kinds times languages; it is not computed.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
