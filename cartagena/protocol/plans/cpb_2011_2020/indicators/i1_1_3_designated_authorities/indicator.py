"""Indicator 1.1.3: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import all_of, answer, published
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesPublishing


class DesignatedAuthorities(Indicator):
    """Parties whose designations stand in the Clearing-House: the focal point for the Protocol,
    the focal point for the Clearing-House and at least one competent national authority.

    Live records on the record date are counted among all Parties. Strict wants all three;
    inclusive follows Article 19 alone and wants the Protocol's focal point and one authority.

    One authority is enough, although a Party may need several. A name that is no longer right
    counts until the record is changed.

    Records of the Biosafety Clearing-House. Questions of reports shown beside it: second report,
    questions 116, 117, 118; fourth report, questions 108, 112 (d); fifth report, questions 98,
    102 (d).
    """

    id = "1.1.3"
    title = (
        "Parties with a focal point, a Clearing-House focal point and a competent "
        "national authority"
    )
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art19.1",
        "cpb.art19.2",
        "BS-I/3.annex",
        "BS-V/16",
    )
    sources = (
        "records",
        "report",
    )
    measure = PartiesPublishing(
        strict=all_of(
            published("focalPoint", categories="CPB-FP1"),
            published("focalPoint", categories="BCH-FP"),
            published("authority"),
        ),
        inclusive=all_of(published("focalPoint", categories="CPB-FP1"), published("authority")),
        as_="share",
    )
    recipes = {
        "nr2": Recipe(
            grade="A",
            strict=all_of(
                answer("Q116").any("true"),
                answer("Q117").any("true"),
                answer("Q118").any("1", "1+"),
            ),
            inclusive=all_of(answer("Q116").any("true"), answer("Q118").any("1", "1+")),
        ),
        "nr3": Recipe(grade="C", note="No question asks about designations."),
        "nr4": Recipe(
            grade="B",
            strict=all_of(
                answer("Q108").other_than("false.noCna"),
                answer("Q112_d").any("true.availableOnBch"),
            ),
            note=(
                "One answer of Q108 reveals that there is no authority; Q112 (d) "
                "says whether contacts are in the Clearing-House."
            ),
        ),
        "nr5": Recipe(
            grade="B",
            strict=all_of(
                answer("Q098").other_than("false.noCna"),
                answer("Q102_d").any("true.availableOnBch"),
            ),
        ),
    }
    links = (Link("1.1.a", "proxy"),)
    comparability = (
        "At least one cycle asks nothing: the series has a gap.",
        (
            "The third reports do not ask about designations; what Parties reported can be "
            "followed from the second to the fourth report only, and with other questions."
        ),
        (
            "State on a past day needs the history of publication; where only today's "
            "records were imported, the past is understated."
        ),
    )
    to_collect = (
        "FocalPointHistory: designations with first and last day of validity, for dates"
        " before the publication history begins."
    )
    doubts = (
        "Which focal points are meant is open: strict and inclusive show both readings.",
        "One authority or all that are needed; one is taken.",
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
