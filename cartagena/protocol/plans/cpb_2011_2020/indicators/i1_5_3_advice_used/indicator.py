"""Indicator 1.5.3: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.register_measure import RegisterTotal


class AdviceUsed(Indicator):
    """Actions of Parties that rest on advice from the scientific and technical mechanisms.

    Reported uses in the register up to the day are counted, one entry for one action.

    Parties are not asked how they used advice. The reports only tell, up to the third cycle,
    whether experts were nominated to the roster.

    The register AdviceUse, kept by the Secretariat. Questions of reports shown beside it: second
    report, question 149; third report, question 156.
    """

    id = "1.5.3"
    title = "Actions in which Parties used the advice of these mechanisms"
    unit = "actions"
    direction = "up"
    legal_basis = (
        "cpb.art30",
        "BS-I/4",
        "BS-IV/4",
        "BS-V/16",
    )
    sources = (
        "register",
        "survey",
    )
    measure = RegisterTotal("AdviceUse")
    recipes = {
        "nr2": Recipe(
            grade="B",
            strict=answer("Q149").any("true"),
            note="Asks only about nominations to the roster of experts.",
        ),
        "nr3": Recipe(
            grade="B",
            strict=answer("Q156").any("true"),
            note="Asks only about nominations to the roster of experts.",
        ),
        "nr4": Recipe(grade="C", note="No question comes near it."),
        "nr5": Recipe(grade="C", note="No question comes near it."),
    }
    links = (Link("1.5.a", "partial"),)
    comparability = (
        "At least one cycle asks nothing: the series has a gap.",
        "What Parties reported is a distant proxy and ends with the third report.",
    )
    to_collect = "AdviceUse: the mechanism, the Party, the action and the date."
    doubts = (
        (
            "The Chinese text may mean advisory actions or actions taken on advice; the "
            "second is used."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
