"""Indicator 2.3.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer, any_of
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.register_measure import RegisterTotal


class LiabilityInstruments(Indicator):
    """Laws and administrative instruments found, amended or newly made that serve the aim of the
    international rules on liability and redress.

    Instruments entered in the register by the day are counted, one entry for one instrument.

    Reports tell only which Parties have at least one, which is shown beside the figure.

    The register LegalInstrument, kept by the Secretariat. Questions of reports shown beside it:
    survey of 2014, question 29; third report, question 201; fourth report, questions 172, 173
    (a), 173 (b); fifth report, questions 161, 162 (a), 162 (b).
    """

    id = "2.3.2"
    title = (
        "Domestic instruments that meet the aim of the international rules on liability and redress"
    )
    unit = "instruments"
    direction = "up"
    legal_basis = (
        "cpb.art27",
        "nklsp.art5",
        "nklsp.art12",
        "BS-V/16",
    )
    sources = (
        "records",
        "report",
        "survey",
    )
    measure = RegisterTotal("LegalInstrument")
    recipes = {
        "nr2": Recipe(grade="B", strict=answer("S029").any("true")),
        "nr3": Recipe(grade="B", strict=answer("Q201").any("true")),
        "nr4": Recipe(
            grade="B",
            strict=any_of(answer("Q173_a").any("true"), answer("Q173_b").any("true")),
            inclusive=any_of(
                answer("Q173_a").any("true"),
                answer("Q173_b").any("true"),
                answer("Q172")
                .other_than("9067DB5B-E33B-655D-83A3-32D4D562618F")
                .no_if(answer("Q171").any("C9B01C6D-6B40-1A67-B5A0-DDB7FF6B9CE9")),
            ),
            note="Q172 lists kinds of instrument but takes a single answer.",
        ),
        "nr5": Recipe(
            grade="B",
            strict=any_of(answer("Q162_a").any("true"), answer("Q162_b").any("true")),
            inclusive=any_of(
                answer("Q162_a").any("true"),
                answer("Q162_b").any("true"),
                answer("Q161").other_than("9067DB5B-E33B-655D-83A3-32D4D562618F"),
            ),
            note="Q161 takes several answers.",
        ),
    }
    links = (Link("2.3.a", "partial"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "The fourth report lists kinds of instrument as a single choice, the fifth as "
            "several: neither gives a number."
        ),
    )
    to_collect = (
        "LegalInstrument: the Party, title, kind, whether it amends, the date and the "
        "record in the Clearing-House."
    )
    doubts = (
        'The text lost a character in "recently enacted"; it is read so.',
        (
            "Laws in the Clearing-House cannot be picked by this field until its list of "
            "subjects is known."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
