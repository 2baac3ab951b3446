"""Indicator 1.7.1: declaration. The docstring of the class is its public method page."""

from datetime import date

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import Milestone


class LiabilityRulesInForce(Indicator):
    """Whether the Nagoya - Kuala Lumpur Supplementary Protocol on Liability and Redress entered
    into force before the seventh meeting of the Parties opened on 29 September 2014.

    It enters into force on the 90th day after the 40th State's instrument; the instrument of the
    European Union is not counted on top. The number of instruments is shown against 40.

    Entry into force says nothing about rules in national law; indicator 1.7.2 does.

    Treaty status as notified by the Depositary. Questions of reports shown beside it: second
    report, question 180; third report, question 198; fourth report, question 169; fifth report,
    question 159.
    """

    id = "1.7.1"
    title = (
        "International rules on liability and redress in force before the seventh "
        "meeting of the Parties"
    )
    unit = "date"
    direction = "yes"
    legal_basis = (
        "cpb.art27",
        "nklsp.art18.1",
        "nklsp.art18.3",
        "BS-V/11",
        "BS-V/16",
    )
    sources = ("treaty",)
    measure = Milestone("nklsp", 40, before=date(2014, 9, 29))
    recipes = {
        "nr2": Recipe(
            grade="B",
            strict=answer("Q180").any("true"),
            note="Parties taking steps to become bound; signature is asked in Q179.",
        ),
        "nr3": Recipe(
            grade="B", strict=answer("Q198").any("true"), note="Parties that say they ratified."
        ),
        "nr4": Recipe(grade="B", strict=answer("Q169").any("true")),
        "nr5": Recipe(grade="B", strict=answer("Q159").any("true")),
    }
    links = (Link("1.7.a", "proxy"),)
    comparability = (
        "Not every cycle asks it directly: compare cycles with care.",
        "A date, not a series: it was reached on 5 March 2018, after the target day.",
        (
            "What Parties reported beside it changes its sense from taking steps (second "
            "report) to having ratified (later)."
        ),
    )
    to_collect = (
        "TreatyAction: signature, deposit and entry into force of each Party, as the "
        "Depositary notifies them."
    )
    doubts = (
        (
            "The draft was written before the Supplementary Protocol was adopted on 15 "
            "October 2010; it is taken to be the rules meant."
        ),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
