"""Indicator 5.1.3: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.register_measure import UsageTotal


class Traffic(Indicator):
    """How much the Clearing-House is used.

    Visits in the twelve months up to the record date are added, from all countries.

    A visit is not a use: programs that visit by themselves inflate the number where they are not
    removed.

    Counts of use of the Clearing-House, by month and country. No question of a national report
    is read.
    """

    id = "5.1.3"
    title = "Visits to the Clearing-House"
    unit = "visits"
    direction = "up"
    legal_basis = (
        "cpb.art20.1",
        "BS-I/3",
        "BS-V/16",
    )
    sources = ("usage",)
    measure = UsageTotal(("visit",))
    recipes = {
        "nr2": Recipe(grade="C", note="Reports do not ask it."),
        "nr3": Recipe(grade="C", note="Reports do not ask it."),
        "nr4": Recipe(grade="C", note="Reports do not ask it."),
        "nr5": Recipe(grade="C", note="Reports do not ask it."),
    }
    links = (
        Link("5.1.a", "proxy"),
        Link("5.1.c", "partial"),
    )
    comparability = (
        ("Tools that count visits have changed; numbers of two tools must not be compared."),
    )
    to_collect = "UsageSample: the month, country, visits, users, pages, the tool and its method."
    doubts = ("Hits, visits or users: the plan fixes no unit; visits are used.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
