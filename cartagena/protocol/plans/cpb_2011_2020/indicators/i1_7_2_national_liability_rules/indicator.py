"""Indicator 1.7.2: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer, any_of
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class NationalLiabilityRules(Indicator):
    """Parties whose administrative or legal framework has rules on liability and redress for
    damage from living modified organisms.

    Strict: yes to measures that require response to damage. Inclusive, from the fourth report
    on: also measures for likely damage, measures for the Supplementary Protocol at least partly
    in place, or civil liability rules that address such damage.

    The strict question is about response to damage to biodiversity; civil liability is reached
    only by the inclusive reading.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 29; third report, question 201; fourth report, questions 171, 173 (a), 173 (b), 182;
    fifth report, questions 160, 162 (a), 162 (b), 171.
    """

    id = "1.7.2"
    title = "Parties whose national framework has rules on liability and redress for damage"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art27",
        "nklsp.art5",
        "nklsp.art12",
        "BS-V/16",
    )
    sources = (
        "report",
        "records",
        "survey",
    )
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(grade="A", strict=answer("S029").any("true")),
        "nr3": Recipe(grade="A", strict=answer("Q201").any("true")),
        "nr4": Recipe(
            grade="A",
            strict=answer("Q173_a").any("true"),
            inclusive=any_of(
                answer("Q173_a").any("true"),
                answer("Q173_b").any("true"),
                answer("Q171").any(
                    "74B17D51-786F-3D68-3B76-A50121842925", "FAA03A2A-F79E-1347-22E3-0EB4815DF05B"
                ),
                answer("Q182").any("878DF5F5-0B5E-48E1-6A42-80867A101675", "true"),
            ),
            note=("Damage and likely damage are asked apart; civil liability is asked in Q182."),
        ),
        "nr5": Recipe(
            grade="A",
            strict=answer("Q162_a").any("true"),
            inclusive=any_of(
                answer("Q162_a").any("true"),
                answer("Q162_b").any("true"),
                answer("Q160").any(
                    "74B17D51-786F-3D68-3B76-A50121842925", "FAA03A2A-F79E-1347-22E3-0EB4815DF05B"
                ),
                answer("Q171").any("878DF5F5-0B5E-48E1-6A42-80867A101675", "true"),
            ),
        ),
    }
    links = (Link("1.7.a", "direct"),)
    comparability = (
        (
            "The fourth report split one question into several (damage, likely damage, "
            "civil liability): its inclusive value has no counterpart before."
        ),
    )
    to_collect = ""
    doubts = (
        (
            "The sentence is garbled: Parties to which instrument? All Parties to the "
            "Protocol are the universe; those to the Supplementary Protocol can be looked "
            "at apart."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
