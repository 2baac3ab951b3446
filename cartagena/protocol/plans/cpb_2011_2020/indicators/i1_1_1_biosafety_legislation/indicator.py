"""Indicator 1.1.1: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import all_of, answer, any_of
from cartagena.engine.indicator import Deadline, Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class BiosafetyLegislation(Indicator):
    """Parties that reported both a biosafety law or regulation and guidelines to carry it out,
    with a look at whether they were in place within six years of joining the Protocol.

    Strict: the Party ticked a national law or regulation and also guidelines. Inclusive: a law
    or regulation, or a framework fully in place, is enough. The year in which the framework
    became operational is compared with the Party's entry into force plus six years; the classes
    are met, not met, not yet due, and in place with the date unknown.

    The instruments are what a Party said it has, not what was read. The fourth and fifth reports
    ask for no year, so the six years can then be tested only against the dates of laws in the
    Clearing-House.

    National reports under Article 33. Questions read: second report, questions 15, 16; third
    report, questions 14, 16; fourth report, questions 14, 15; fifth report, questions 7, 8.
    """

    id = "1.1.1"
    title = "Parties with biosafety legislation and guidelines in place within six years of joining"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art2.1",
        "cpb.art37.2",
        "BS-V/16",
    )
    sources = (
        "report",
        "records",
        "treaty",
        "survey",
    )
    measure = PartiesReporting("count")
    recipes = {
        "nr2": Recipe(
            grade="A",
            strict=all_of(
                answer("Q016").any(
                    "instrument.nationalBiosafetyLaws", "instrument.nationalBiosafetyRegulations"
                ),
                answer("Q016").any("instrument.biosafetyGuidelines"),
            ),
            inclusive=any_of(
                answer("Q015").any("implementation.fullFramwork"),
                answer("Q016").any(
                    "instrument.nationalBiosafetyLaws", "instrument.nationalBiosafetyRegulations"
                ),
            ),
            note=(
                "The year it became operational comes from S003 of the survey; "
                '"2001" means 2001 or earlier.'
            ),
        ),
        "nr3": Recipe(
            grade="A",
            strict=all_of(
                answer("Q016").any(
                    "instrument.nationalBiosafetyLaws", "instrument.nationalBiosafetyRegulations"
                ),
                answer("Q016").any("instrument.biosafetyGuidelines"),
            ),
            inclusive=any_of(
                answer("Q014").any("implementation.fullFramwork"),
                answer("Q016").any(
                    "instrument.nationalBiosafetyLaws", "instrument.nationalBiosafetyRegulations"
                ),
            ),
            note=(
                'The year comes from Q015; its option 2007 is labelled "2006" in '
                "English, and there is none after 2014."
            ),
        ),
        "nr4": Recipe(
            grade="B",
            strict=all_of(
                answer("Q015").any(
                    "instrument.nationalBiosafetyLaws", "instrument.nationalBiosafetyRegulations"
                ),
                answer("Q015").any("instrument.biosafetyGuidelines"),
            ),
            inclusive=any_of(
                answer("Q014").any("implementation.fullInPlace"),
                answer("Q015").any(
                    "instrument.nationalBiosafetyLaws", "instrument.nationalBiosafetyRegulations"
                ),
            ),
            note=(
                "No question asks for the year; it would have to come from laws in "
                "the Clearing-House."
            ),
        ),
        "nr5": Recipe(
            grade="B",
            strict=all_of(
                answer("Q008").any(
                    "instrument.nationalBiosafetyLaws", "instrument.nationalBiosafetyRegulations"
                ),
                answer("Q008").any("instrument.biosafetyGuidelines"),
            ),
            inclusive=any_of(
                answer("Q007").any("implementation.fullInPlace"),
                answer("Q008").any(
                    "instrument.nationalBiosafetyLaws", "instrument.nationalBiosafetyRegulations"
                ),
            ),
            note="No question asks for the year.",
        ),
    }
    links = (
        Link("1.1.a", "partial"),
        Link("1.1.b", "proxy"),
    )
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "The year comes from the survey of 2014 and the third report only; neither "
            'offers a year after 2014, and "2001" means 2001 or earlier.'
        ),
        "A first-time reporter in the third cycle has no answer in the survey of 2014.",
    )
    to_collect = (
        "FrameworkMilestone: the Party, the kind (law, regulation, guideline, "
        "operational), the date and its source."
    )
    doubts = (
        (
            "The clock may start at the deposit of the instrument or at entry into force, "
            "90 days later; entry into force is used."
        ),
        (
            '"Legislation and implementing guidelines" is read as both; the inclusive '
            "reading takes the law alone."
        ),
        "Whether indirect laws count is open; they are not counted.",
        "Laws of the European Union are not credited to its member States.",
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
    deadline = Deadline(years=6, year_question={"nr2": "S003", "nr3": "Q015"})
