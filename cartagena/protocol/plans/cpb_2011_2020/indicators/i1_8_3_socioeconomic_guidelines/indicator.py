"""Indicator 1.8.3: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class SocioeconomicGuidelines(Indicator):
    """Parties that use guidelines when they take socio-economic considerations into account.

    No format asks it. Counted instead are Parties that used at least one peer-reviewed or other
    resource material.

    Reading research is not using guidelines. No agreed guidelines existed before 2018, so the
    true earlier value is zero or has no meaning.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 16; third report, question 194; fourth report, question 164; fifth report, question
    150.
    """

    id = "1.8.3"
    title = "Parties that use guidelines on socio-economic considerations"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art26.1",
        "cpb.art26.2",
        "BS-V/16",
    )
    sources = ("survey",)
    measure = PartiesReporting("count")
    recipes = {
        "nr2": Recipe(grade="B", strict=answer("S016").other_than("0")),
        "nr3": Recipe(grade="B", strict=answer("Q194").other_than("0")),
        "nr4": Recipe(grade="B", strict=answer("Q164").other_than("0")),
        "nr5": Recipe(grade="B", strict=answer("Q150").any("true")),
    }
    links = (Link("1.8.a", "partial"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "Up to the fourth report the proxy is a band of publications, in the fifth a "
            "plain yes or no."
        ),
    )
    to_collect = "GuidanceUse: the Party, the guidance, what it is used for and since when."
    doubts = ("Whether the guidance taken note of in 2018 is the one meant is open.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
