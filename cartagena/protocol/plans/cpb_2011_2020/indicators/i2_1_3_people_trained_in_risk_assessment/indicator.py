"""Indicator 2.1.3: declaration. The docstring of the class is its public method page."""

from cartagena.engine.condition import answer
from cartagena.engine.indicator import Indicator, Link, Recipe
from cartagena.engine.measure import BandTotal


class PeopleTrainedInRiskAssessment(Indicator):
    """People trained in assessing risks and in monitoring, managing and controlling living
    modified organisms.

    Each Party gives a band for each of three fields. The same people may be trained in several,
    so a Party's lower end is its largest field and its upper end the sum of the three; lower and
    upper ends are then added over Parties. Parties with ten or more people are shown for each
    field.

    One answer of "100 or more" leaves the total without an upper end. Bands say nothing about
    the depth of the training.

    National reports under Article 33 and the survey of 2014. Questions read: survey of 2014,
    questions 19 (a), 19 (b), 19 (c); third report, questions 79 (a), 79 (b), 79 (c); fourth
    report, questions 65 (a), 65 (b), 65 (c); fifth report, questions 70 (a), 70 (b), 70 (c).
    """

    id = "2.1.3"
    title = (
        "People trained in risk assessment and in managing, controlling and monitoring organisms"
    )
    unit = "people"
    direction = "up"
    legal_basis = (
        "cpb.art15",
        "cpb.art16",
        "cpb.art22.2",
        "BS-V/16",
    )
    sources = (
        "survey",
        "report",
    )
    measure = BandTotal("total", same_people=True)
    recipes = {
        "nr2": Recipe(
            grade="A",
            bands=(
                "S019_a",
                "S019_c",
                "S019_b",
            ),
        ),
        "nr3": Recipe(
            grade="A",
            bands=(
                "Q079_a",
                "Q079_b",
                "Q079_c",
            ),
        ),
        "nr4": Recipe(
            grade="A",
            bands=(
                "Q065_a",
                "Q065_b",
                "Q065_c",
            ),
            note="Whether the number is enough is asked beside each field.",
        ),
        "nr5": Recipe(
            grade="A",
            bands=(
                "Q070_a",
                "Q070_b",
                "Q070_c",
            ),
            note="People trained in the reporting period, not so far in all.",
        ),
    }
    links = (
        Link("2.1.a", "partial"),
        Link("2.1.b", "proxy"),
    )
    comparability = (
        (
            "Letters (b) and (c) change places between the survey and the third report; the"
            " fields are matched by meaning."
        ),
        (
            "The fifth report counts people trained in the reporting period, the earlier "
            "ones all people."
        ),
    )
    to_collect = "TrainingEvent: the country, the topic, the number of participants and the date."
    doubts = ("People trained in several fields cannot be told apart from the reports.",)
    authored_by = "Cartagena"
    checked_by = "worked cases in cases.yaml"
    next_review = "2027-11-30"
    components = {
        "risk assessment, ten people or more": {
            "nr2": answer("S019_a").any("10+", "50+", "100+"),
            "nr3": answer("Q079_a").any("10+", "50+", "100+"),
            "nr4": answer("Q065_a").any("10+", "50+", "100+"),
            "nr5": answer("Q070_a").any("10+", "50+", "100+"),
        },
        "management and control, ten people or more": {
            "nr2": answer("S019_c").any("10+", "50+", "100+"),
            "nr3": answer("Q079_b").any("10+", "50+", "100+"),
            "nr4": answer("Q065_b").any("10+", "50+", "100+"),
            "nr5": answer("Q070_b").any("10+", "50+", "100+"),
        },
        "monitoring, ten people or more": {
            "nr2": answer("S019_b").any("10+", "50+", "100+"),
            "nr3": answer("Q079_c").any("10+", "50+", "100+"),
            "nr4": answer("Q065_c").any("10+", "50+", "100+"),
            "nr5": answer("Q070_c").any("10+", "50+", "100+"),
        },
    }
