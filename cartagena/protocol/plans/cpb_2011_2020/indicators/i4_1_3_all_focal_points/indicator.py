"""Indicator 4.1.3: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import all_of, answer, published
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesPublishing


class AllFocalPoints(Indicator):
    """Parties that named all three: the focal point for the Protocol, the one for the Clearing-
    House and the contact for emergencies under Article 17.

    Live records on the record date are counted among all Parties. Strict wants all three,
    inclusive leaves the emergency contact out.

    One record may hold several roles; a name that is no longer right counts until the record is
    changed.

    Records of the Biosafety Clearing-House. Questions of reports shown beside it: second report,
    questions 100, 116, 117; fourth report, question 112 (d); fifth report, question 102 (d).
    """

    id = "4.1.3"
    title = "Parties that designated all national focal points"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art19.1",
        "cpb.art17.2",
        "BS-I/3.annex",
        "BS-V/16",
    )
    sources = ("records",)
    measure = PartiesPublishing(
        strict=all_of(
            published("focalPoint", categories="CPB-FP1"),
            published("focalPoint", categories="BCH-FP"),
            published("focalPoint", categories="CPB-A17-FP"),
        ),
        inclusive=all_of(
            published("focalPoint", categories="CPB-FP1"),
            published("focalPoint", categories="BCH-FP"),
        ),
        as_="share",
    )
    recipes = {
        "nr2": Recipe(
            grade="A",
            strict=all_of(
                answer("Q116").any("true"), answer("Q117").any("true"), answer("Q100").any("true")
            ),
        ),
        "nr3": Recipe(grade="C", note="No question asks about designations."),
        "nr4": Recipe(grade="B", strict=answer("Q112_d").any("true.availableOnBch")),
        "nr5": Recipe(grade="B", strict=answer("Q102_d").any("true.availableOnBch")),
    }
    links = (Link("4.1.a", "partial"),)
    comparability = (
        "At least one cycle asks nothing: the series has a gap.",
        (
            "The third reports do not ask it; the fourth and fifth ask whether contacts are"
            " in the Clearing-House."
        ),
    )
    to_collect = "FocalPointHistory: designations with first and last day of validity."
    doubts = (
        (
            "Whether the emergency contact is a focal point is open: the inclusive reading "
            "leaves it out."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
