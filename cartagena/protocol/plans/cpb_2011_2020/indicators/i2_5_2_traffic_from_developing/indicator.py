"""Indicator 2.5.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.register_measure import UsageTotal


class TrafficFromDeveloping(Indicator):
    """How often people in developing countries and economies in transition visit the Clearing-
    House.

    Visits in the twelve months up to the record date whose country belongs to one of the two
    groups are added.

    The country is guessed from the network address, and programs that visit by themselves
    inflate the number where they are not removed.

    Counts of use of the Clearing-House, by month and country. No question of a national report
    is read.
    """

    id = "2.5.2"
    title = "Visits to the Clearing-House from developing countries and economies in transition"
    unit = "visits"
    direction = "up"
    legal_basis = (
        "cpb.art20.1.b",
        "cpb.art22.2",
        "BS-V/16",
    )
    sources = ("usage",)
    measure = UsageTotal(("visit",), groups=("DEVELOPING", "EIT"))
    recipes = {
        "nr2": Recipe(grade="C", note="Reports do not ask it."),
        "nr3": Recipe(grade="C", note="Reports do not ask it."),
        "nr4": Recipe(grade="C", note="Reports do not ask it."),
        "nr5": Recipe(grade="C", note="Reports do not ask it."),
    }
    links = (
        Link("2.5.a", "partial"),
        Link("2.5.c", "proxy"),
    )
    comparability = (
        ("Tools that count visits have changed; numbers of two tools must not be compared."),
    )
    to_collect = "UsageSample: the month, country, visits, users, pages, the tool and its method."
    doubts = ("Traffic may mean visits, users or pages; visits are used.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
