"""Indicator 4.1.4: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import all_of, answer, any_of
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class SystemForRequests(Indicator):
    """Parties that can handle a request under the advance informed agreement procedure.

    Strict: legal measures for the procedure and a mechanism to decide. Inclusive: either of
    them.

    From the fourth report on nothing asks about the procedure: measures fully in place stand for
    it, and inclusive adds Parties that took such decisions.

    National reports under Article 33. Questions read: second report, questions 29, 30, 31; third
    report, questions 29, 30; fourth report, questions 14, 33; fifth report, questions 7, 26.
    """

    id = "4.1.4"
    title = "Parties with a system to handle requests, including advance informed agreement"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art7",
        "cpb.art8",
        "cpb.art10",
        "cpb.art9.2.c",
        "BS-V/16",
    )
    sources = ("report",)
    measure = PartiesReporting("count")
    recipes = {
        "nr2": Recipe(
            grade="A",
            strict=all_of(
                answer("Q031").any("true"),
                any_of(answer("Q029").any("true"), answer("Q030").any("true")),
            ),
            inclusive=any_of(
                answer("Q029").any("true"), answer("Q030").any("true"), answer("Q031").any("true")
            ),
        ),
        "nr3": Recipe(
            grade="A",
            strict=all_of(answer("Q029").any("true"), answer("Q030").any("true")),
            inclusive=any_of(answer("Q029").any("true"), answer("Q030").any("true", "true.some")),
        ),
        "nr4": Recipe(
            grade="B",
            strict=answer("Q014").any("implementation.fullInPlace"),
            inclusive=any_of(
                answer("Q014").any("implementation.fullInPlace"), answer("Q033").any("true")
            ),
            note="Nothing asks about the procedure any more.",
        ),
        "nr5": Recipe(
            grade="B",
            strict=answer("Q007").any("implementation.fullInPlace"),
            inclusive=any_of(
                answer("Q007").any("implementation.fullInPlace"), answer("Q026").any("true")
            ),
        ),
    }
    links = (Link("4.1.a", "partial"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        "Direct in the second and third cycles, a proxy after them.",
        (
            "The third report gave the question on decision mechanisms a middle answer, "
            "which the inclusive reading takes."
        ),
    )
    to_collect = ""
    doubts = ("Overlaps with indicator 1.1.2.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
