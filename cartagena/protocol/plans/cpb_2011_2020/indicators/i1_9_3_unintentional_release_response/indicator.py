"""Indicator 1.9.3: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import all_of, answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class UnintentionalReleaseResponse(Indicator):
    """Parties that use guidance to detect unintentional releases of living modified organisms
    and are able to respond to them.

    Only the second half is asked: the capacity to respond. From the third report on strict adds
    procedures for sampling and detection as a stand-in for the first half; inclusive does not.

    Use of guidance is never asked, so both readings say less than the indicator.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 18; third report, questions 100, 117; fourth report, questions 88, 102; fifth
    report, questions 77, 89.
    """

    id = "1.9.3"
    title = "Parties that use guidance to detect unintentional releases and can respond"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art16.3",
        "cpb.art17.1",
        "CP-VIII/16",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
    )
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(
            grade="B",
            strict=answer("S018").any("true"),
            note="A mechanism is asked in Q101, detection procedures in Q114.",
        ),
        "nr3": Recipe(
            grade="B",
            strict=all_of(answer("Q100").any("true"), answer("Q117").any("true", "true.some")),
            inclusive=answer("Q100").any("true"),
        ),
        "nr4": Recipe(
            grade="B",
            strict=all_of(answer("Q088").any("true"), answer("Q102").any("true", "true.some")),
            inclusive=answer("Q088").any("true"),
        ),
        "nr5": Recipe(
            grade="B",
            strict=all_of(answer("Q077").any("true"), answer("Q089").any("true", "true.some")),
            inclusive=answer("Q077").any("true"),
        ),
    }
    links = (Link("1.9.b", "partial"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        ("Strict has one condition in the second cycle and two later: the two are not the same."),
    )
    to_collect = "GuidanceUse: the Party, the guidance, what it is used for and since when."
    doubts = ("Two conditions stand in one sentence; both must hold.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
