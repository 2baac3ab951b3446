"""Indicator 1.2.3: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import all_of, answer, any_of
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class TrainingProgrammes(Indicator):
    """Parties where people who work on biosafety are trained regularly, in courses or academic
    programmes.

    Strict: at least one programme or course a year. Inclusive: also less than one a year. In the
    fourth and fifth reports other questions stand in for the one that was dropped.

    Short courses for staff and long training of professionals are two things; the reports ask
    for one number of both.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 4; third report, question 155; fourth report, questions 131, 132, 145; fifth report,
    question 134.
    """

    id = "1.2.3"
    title = (
        "Parties with training programmes for biosafety staff and long-term training of"
        " professionals"
    )
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art22.1",
        "cpb.art22.2",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
    )
    measure = PartiesReporting("share")
    recipes = {
        "nr2": Recipe(
            grade="A",
            strict=answer("S004").any("1+", "5+", "10+"),
            inclusive=answer("S004").any("1-", "1+", "5+", "10+"),
            note="Only Parties that answered the survey of 2014.",
        ),
        "nr3": Recipe(
            grade="A",
            strict=answer("Q155").any("1+", "5+", "10+"),
            inclusive=answer("Q155").any("1-", "1+", "5+", "10+"),
        ),
        "nr4": Recipe(
            grade="B",
            strict=answer("Q145").other_than("0"),
            inclusive=any_of(
                answer("Q145").other_than("0"),
                all_of(
                    answer("Q131").any("true", "true.some"),
                    answer("Q132").any("BB3CA716-E122-4445-9FAD-9F6B440363BD"),
                ),
            ),
            note=(
                "The question was dropped: institutions that offer courses (Q145), "
                "or activities on human resources (Q132), stand for it."
            ),
        ),
        "nr5": Recipe(
            grade="B",
            strict=answer("Q134").any("true"),
            note=("Asks whether biosafety is part of education and training programmes."),
        ),
    }
    links = (Link("1.2.c", "proxy"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        (
            "The fourth report asks for academic institutions that offer courses, or for "
            "activities on human resources; the fifth whether biosafety is part of "
            "education programmes. Neither continues the earlier series."
        ),
        ("The values of the second cycle come from Parties that answered the survey of 2014."),
    )
    to_collect = (
        "TrainingProgramme: the Party, the kind (short, academic, in service), the "
        "audience and the number each year."
    )
    doubts = ("Staff training and professional training are counted together.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
