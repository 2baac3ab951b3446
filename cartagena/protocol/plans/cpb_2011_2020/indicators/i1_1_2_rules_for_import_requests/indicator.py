"""Indicator 1.1.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import all_of, answer, any_of
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class RulesForImportRequests(Indicator):
    """Parties with administrative rules and procedures to handle notifications and requests to
    import living modified organisms in three cases: for food or feed or processing, for
    contained use, and for introduction into the environment.

    All three parts must be in place; each part is also shown alone. Strict takes a plain yes for
    every part; inclusive accepts nearby questions and, where a middle answer exists, "to some
    extent".

    One missing answer among three leaves a Party unknown unless another part is a no. From the
    fourth report on nothing asks about the environment part: a framework fully in place stands
    for it.

    National reports under Article 33. Questions read: second report, questions 26, 29, 30, 31,
    51, 54; third report, questions 26, 29, 30, 47, 50; fourth report, questions 14, 24, 39, 42,
    62; fifth report, questions 7, 17, 31, 34, 53 (a).
    """

    id = "1.1.2"
    title = (
        "Parties with rules for notifications and import requests: food and feed, "
        "contained use, introduction"
    )
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art2.1",
        "cpb.art6.2",
        "cpb.art8",
        "cpb.art10",
        "cpb.art11.4",
        "BS-V/16",
    )
    sources = ("report",)
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(
            grade="A",
            strict=all_of(
                answer("Q054").any("true"),
                answer("Q026").any("true"),
                any_of(answer("Q029").any("true"), answer("Q030").any("true")),
                answer("Q031").any("true"),
            ),
            inclusive=all_of(
                any_of(answer("Q054").any("true"), answer("Q051").any("true")),
                answer("Q026").any("true"),
                any_of(
                    answer("Q029").any("true"),
                    answer("Q030").any("true"),
                    answer("Q031").any("true"),
                ),
            ),
            note=(
                "Food, feed or processing: Q054 (or Q051); contained use: Q026; "
                "environment: Q029, Q030, Q031."
            ),
        ),
        "nr3": Recipe(
            grade="A",
            strict=all_of(
                answer("Q050").any("true"),
                answer("Q026").any("true"),
                answer("Q029").any("true"),
                answer("Q030").any("true"),
            ),
            inclusive=all_of(
                any_of(answer("Q050").any("true"), answer("Q047").any("true")),
                answer("Q026").any("true"),
                any_of(answer("Q029").any("true"), answer("Q030").any("true", "true.some")),
            ),
            note="Q029 joins what the second report asked in Q029 and Q030.",
        ),
        "nr4": Recipe(
            grade="B",
            strict=all_of(
                answer("Q042").any("true"),
                answer("Q024").any("true"),
                answer("Q014").any("implementation.fullInPlace"),
            ),
            inclusive=all_of(
                any_of(answer("Q042").any("true"), answer("Q039").any("true")),
                answer("Q024").any("true"),
                any_of(
                    answer("Q062")
                    .any("014054D1-2B72-7ABD-E615-D0A374590A95")
                    .no_if(answer("Q061").any("false")),
                    answer("Q014").any(
                        "implementation.fullInPlace", "implementation.partiallyInPlace"
                    ),
                ),
            ),
            note=(
                "The environment part is no longer asked: Q014 (measures in place) "
                "or Q062 (risk assessment required for such imports) stand for it."
            ),
        ),
        "nr5": Recipe(
            grade="B",
            strict=all_of(
                answer("Q034").any("true"),
                answer("Q017").any("true"),
                answer("Q007").any("implementation.fullInPlace"),
            ),
            inclusive=all_of(
                any_of(
                    answer("Q034").any("true", "true.some"), answer("Q031").any("true", "true.some")
                ),
                answer("Q017").any("true", "true.some"),
                any_of(
                    answer("Q053_a")
                    .any("014054D1-2B72-7ABD-E615-D0A374590A95")
                    .no_if(answer("Q053").any("false")),
                    answer("Q007").any(
                        "implementation.fullInPlace", "implementation.partiallyInPlace"
                    ),
                ),
            ),
            note=("The environment part is not asked here either: Q007 or Q053 stand for it."),
        ),
    }
    links = (Link("1.1.a", "direct"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "The environment part is a proxy in the fourth and fifth reports: measures "
            "fully in place (strict), or a risk assessment required for such imports "
            "(inclusive)."
        ),
        (
            "The second reports know only yes and no in these questions; a partial answer "
            "of later cycles was a yes there."
        ),
    )
    to_collect = ""
    doubts = (
        "One joint figure or three: the three parts together are the figure.",
        (
            'The text leaves out "or for processing", which indicator 1.6.1 has; it is read'
            " as included."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
    components = {
        "food, feed or processing": {
            "nr2": answer("Q054").any("true"),
            "nr3": answer("Q050").any("true"),
            "nr4": answer("Q042").any("true"),
            "nr5": answer("Q034").any("true"),
        },
        "contained use": {
            "nr2": answer("Q026").any("true"),
            "nr3": answer("Q026").any("true"),
            "nr4": answer("Q024").any("true"),
            "nr5": answer("Q017").any("true"),
        },
        "introduction into the environment": {
            "nr2": all_of(
                any_of(answer("Q029").any("true"), answer("Q030").any("true")),
                answer("Q031").any("true"),
            ),
            "nr3": all_of(answer("Q029").any("true"), answer("Q030").any("true")),
            "nr4": answer("Q014").any("implementation.fullInPlace"),
            "nr5": answer("Q007").any("implementation.fullInPlace"),
        },
    }
