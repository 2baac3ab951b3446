"""Indicator 2.1.4: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import all_of, answer, any_of
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import PartiesReporting


class MonitoringInfrastructure(Indicator):
    """Parties that have infrastructure, including laboratories, to monitor, manage and control
    living modified organisms.

    A yes counts. In the fifth report strict wants infrastructure for detection and for
    identification, inclusive either of them.

    The question says "monitoring or managing" and does not name control.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    question 20; third report, question 96; fourth report, question 83; fifth report, questions
    94 (a), 94 (b).
    """

    id = "2.1.4"
    title = "Parties with infrastructure, such as laboratories, to monitor and manage organisms"
    unit = "Parties"
    direction = "up"
    legal_basis = (
        "cpb.art16.1",
        "cpb.art22.1",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
    )
    measure = PartiesReporting("count")
    recipes = {
        "nr2": Recipe(grade="A", strict=answer("S020").any("true")),
        "nr3": Recipe(grade="A", strict=answer("Q096").any("true")),
        "nr4": Recipe(grade="A", strict=answer("Q083").any("true")),
        "nr5": Recipe(
            grade="B",
            strict=all_of(answer("Q094_a").any("true"), answer("Q094_b").any("true")),
            inclusive=any_of(answer("Q094_a").any("true"), answer("Q094_b").any("true")),
            note="About infrastructure for detection and identification.",
        ),
    }
    links = (Link("2.1.c", "direct"),)
    comparability = (
        (
            "The fifth report asks about detection and identification instead: a proxy, not"
            " a continuation."
        ),
    )
    to_collect = ""
    doubts = ("What infrastructure is enough is each Party's own judgement.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
