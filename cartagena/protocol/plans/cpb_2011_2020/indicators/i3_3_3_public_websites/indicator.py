"""Indicator 3.3.3: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import all_of, answer, any_of
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class PublicWebsites(Indicator):
    """Parties with a national website on biosafety, or a national node of the Clearing-House,
    open to the public.

    A yes to having a website counts. In the fifth report strict wants a website and a link to
    the Clearing-House's information, inclusive either.

    Whether a site can be searched is never asked, and sites that have since gone dark count.

    National reports under Article 33. Questions read: second report, question 152; third report,
    question 162; fourth report, question 144; fifth report, questions 107, 137.
    """

    id = "3.3.3"
    title = "Parties with a national biosafety website that the public can reach and search"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art23.1",
        "cpb.art23.3",
        "cpb.art20.2",
        "BS-V/16",
    )
    sources = (
        "report",
        "records",
    )
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(grade="A", strict=answer("Q152").any("true")),
        "nr3": Recipe(
            grade="B",
            strict=answer("Q162").any("true"),
            note="Asks more widely, about archives, centres and libraries too.",
        ),
        "nr4": Recipe(grade="A", strict=answer("Q144").any("true")),
        "nr5": Recipe(
            grade="A",
            strict=all_of(answer("Q137").any("true"), answer("Q107").any("true")),
            inclusive=any_of(answer("Q137").any("true"), answer("Q107").any("true")),
        ),
    }
    links = (Link("3.3.a", "partial"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        ("The third report asks more widely about archives, resource centres and libraries too."),
        "The fifth report adds a second question: its strict value is narrower.",
    )
    to_collect = (
        "SiteCheck: the address, whether it answered, whether it can be searched, the date."
    )
    doubts = ("Searchable is read as reported with the site, since nothing asks it.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
