"""Indicator 2.4.3: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class EducationalResourcesOnline(Indicator):
    """Parties with a place where educational materials on biosafety can be found: a searchable
    website, an archive, a resource centre or a library section.

    A yes counts. Only the third report asks about all four kinds; the others ask about a
    website.

    Whether the site is searchable, or holds educational material at all, is not asked.

    National reports under Article 33. Questions read: second report, question 152; third report,
    question 162; fourth report, question 144; fifth report, question 137.
    """

    id = "2.4.3"
    title = (
        "Parties with a website, archive, resource centre or library section on biosafety education"
    )
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art23.1.a",
        "BS-V/16",
    )
    sources = (
        "report",
        "records",
    )
    measure = PartiesReporting("count")
    recipes = {
        "nr2": Recipe(
            grade="B", strict=answer("Q152").any("true"), note="Asks about a website only."
        ),
        "nr3": Recipe(grade="A", strict=answer("Q162").any("true")),
        "nr4": Recipe(
            grade="B",
            strict=answer("Q144").any("true"),
            note="Asks about a website only again: a break with the third report.",
        ),
        "nr5": Recipe(grade="B", strict=answer("Q137").any("true")),
    }
    links = (
        Link("2.4.a", "proxy"),
        Link("2.4.b", "partial"),
    )
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "Website only in the second, fourth and fifth reports, four kinds in the third:"
            " the third cycle stands apart."
        ),
    )
    to_collect = "Links of national databases in the Clearing-House, checked by date."
    doubts = ("All four kinds or any of them: any.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
