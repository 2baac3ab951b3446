"""Indicator 4.1.7: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.report_measure import ReportsReceived


class NationalReportsReceived(Indicator):
    """National reports that the Secretariat received from the Parties obliged to report in the
    cycle.

    Strict: reports received by the day they were due. Inclusive: reports received by now, or by
    the day you look from. Parties for which the Protocol was in force on the due day are
    obliged.

    A report that came and was withdrawn does not count. Reports of non-Parties are welcome and
    not counted here.

    National reports received under Article 33. Questions of reports shown beside it: second
    report, question 182; third report, question 205.
    """

    id = "4.1.7"
    title = "National reports received in the reporting cycle"
    unit = "reports"
    direction = "up"
    legal_basis = (
        "cpb.art33",
        "BS-I/9.5",
        "BS-V/14",
        "BS-VI/14",
        "BS-VII/14",
        "BS-V/16",
    )
    sources = (
        "records",
        "register",
    )
    measure = ReportsReceived()
    recipes = {
        "nr2": Recipe(
            grade="B",
            strict=answer("Q182").any("true"),
            note="The Party's own statement about earlier reports.",
        ),
        "nr3": Recipe(grade="B", strict=answer("Q205").any("true")),
        "nr4": Recipe(grade="C", note="Not asked: reports received are counted."),
        "nr5": Recipe(grade="C", note="Not asked: reports received are counted."),
    }
    links = (Link("4.1.b", "direct"),)
    comparability = (
        "At least one cycle asks nothing: the series has a gap.",
        ("Due days: 30 September 2011, 31 October 2015, 1 October 2019, 28 February 2026."),
        (
            "What Parties reported beside it is about earlier reports, in the second and "
            "third cycles only."
        ),
    )
    to_collect = "The obligation to report, by Party and cycle."
    doubts = (
        ('The Chinese text says "early" reporting cycle, the adopted plan "each": each is used.'),
    )
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
