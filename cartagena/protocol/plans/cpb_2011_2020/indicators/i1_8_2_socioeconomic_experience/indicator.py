"""Indicator 1.8.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer, any_of
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class SocioeconomicExperience(Indicator):
    """Parties that took socio-economic considerations into account in at least some of their
    decisions on import.

    Strict: in all or in some decisions. Inclusive: also Parties that wrote about their
    experience. A Party for which the question does not apply, because it took no decision,
    leaves the universe.

    Text is counted by its presence, not by what it says, and an empty box is silence: text can
    never be a no.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 17; second report, question 176; third report, questions 193, 195; fourth report,
    questions 163, 166; fifth report, questions 151, 152.
    """

    id = "1.8.2"
    title = "Parties reporting experience with socio-economic considerations in import decisions"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art26.1",
        "cpb.art10",
        "BS-V/16",
    )
    sources = (
        "report",
        "survey",
    )
    measure = PartiesReporting("count")
    recipes = {
        "nr2": Recipe(
            grade="A",
            strict=answer("Q176").any("true", "true.some"),
            inclusive=any_of(answer("Q176").any("true", "true.some"), answer("S017").written),
            not_applicable=answer("Q176").any("n/a"),
        ),
        "nr3": Recipe(
            grade="A",
            strict=answer("Q193").any("true", "true.some"),
            inclusive=any_of(answer("Q193").any("true", "true.some"), answer("Q195").written),
            not_applicable=answer("Q193").any("n/a"),
        ),
        "nr4": Recipe(
            grade="A",
            strict=answer("Q163").any("true", "true.some"),
            inclusive=any_of(answer("Q163").any("true", "true.some"), answer("Q166").written),
            not_applicable=answer("Q163").any("false.na"),
        ),
        "nr5": Recipe(
            grade="A",
            strict=answer("Q151").any("true", "true.some"),
            inclusive=any_of(answer("Q151").any("true", "true.some"), answer("Q152").written),
            not_applicable=answer("Q151").any("false.na"),
        ),
    }
    links = (Link("1.8.b", "direct"),)
    comparability = (
        (
            "The second and third reports ask about decisions ever taken, the fourth and "
            'fifth about the reporting period, and these no longer say "on import".'
        ),
    )
    to_collect = ""
    doubts = ("Two readings: took them into account, or wrote an account of it.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
