"""Indicator 1.2.7: declaration. The docstring of the class is its public method page."""

from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.register_measure import RegisterTotal


class EffectiveUseOfResources(Indicator):
    """Parties that looked at how well resources were used and what this added to the Action Plan
    for building capacities.

    Parties with at least one dated evaluation in the register of the Secretariat are counted,
    each once.

    No report format asks it. Until evaluations are entered there is no figure, which is neither
    zero nor no.

    The register ResourceUseEvaluation, kept by the Secretariat. No question of a national report
    is read.
    """

    id = "1.2.7"
    title = "Parties that use resources effectively and assess what they add to the Action Plan"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art28",
        "BS-III/3",
        "BS-VI/3",
        "BS-V/16",
    )
    sources = (
        "survey",
        "register",
    )
    measure = RegisterTotal("ResourceUseEvaluation", of="parties")
    recipes = {
        "nr2": Recipe(grade="C", note="No question comes near it."),
        "nr3": Recipe(grade="C", note="No question comes near it."),
        "nr4": Recipe(grade="C", note="No question comes near it."),
        "nr5": Recipe(grade="C", note="No question comes near it."),
    }
    links = (Link("1.2.e", "direct"),)
    comparability = ("Not in any report: there is nothing to compare between cycles.",)
    to_collect = (
        "ResourceUseEvaluation: the Party, the period, the plan, the finding "
        "(effective, partly, not), the day of evaluation and the document."
    )
    doubts = (
        '"Effectively" has no test: an evaluation counts whatever it found.',
        (
            '"Action Plan" is read as the updated Action Plan for Building Capacities, '
            "later replaced by decision BS-VI/3."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
