"""Indicator 5.1.4: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.register_measure import UsageTotal


class Queries(Indicator):
    """How often people look something up in the Clearing-House.

    Searches in the twelve months up to the record date are added.

    Searches made through other programs and by search engines from outside are not seen.

    Counts of use of the Clearing-House, by month and country. Questions of reports shown beside
    it: second report, question 127; third report, question 129; fourth report, question 116;
    fifth report, question 105.
    """

    id = "5.1.4"
    title = "Searches made in the Clearing-House"
    unit = "searches"
    direction = "up"
    legal_basis = (
        "cpb.art20.1",
        "BS-I/3",
        "BS-V/16",
    )
    sources = ("usage",)
    measure = UsageTotal(("search",))
    recipes = {
        "nr2": Recipe(
            grade="B",
            strict=answer("Q127").any("true"),
            inclusive=answer("Q127").any("true", "true.some"),
            note="Asks about the use of its information in decisions.",
        ),
        "nr3": Recipe(
            grade="B",
            strict=answer("Q129").any("true"),
            inclusive=answer("Q129").any("true", "true.some"),
        ),
        "nr4": Recipe(
            grade="B",
            strict=answer("Q116").any("true"),
            inclusive=answer("Q116").any("true", "true.some"),
            not_applicable=answer("Q116").any("false.na"),
        ),
        "nr5": Recipe(
            grade="B",
            strict=answer("Q105").any("true"),
            inclusive=answer("Q105").any("true", "true.some"),
            not_applicable=answer("Q105").any("false.na"),
        ),
    }
    links = (Link("5.1.c", "partial"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "What Parties reported beside it is whether they used its information in "
            "decisions; the fifth report asks about the reporting period only."
        ),
    )
    to_collect = (
        "UsageSample with searches by month; ReferrerSample with the sites that refer "
        "to the Clearing-House and their number of links."
    )
    doubts = (
        ("The Chinese text says queries, the adopted English references: searches are counted."),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
