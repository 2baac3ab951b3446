"""Counting everything at once gives the same as asking for one figure after another."""

import random

from cartagena.engine.evaluate import Evaluator
from cartagena.engine.questionnaire import load_format
from cartagena.engine.tally import BandTally, PlanTally
from tests.hand_made import make_facts

CAST = {
    "KEN": "AFR", "UGA": "AFR", "CHN": "AP", "IND": "AP", "UKR": "CEE", "MEX": "GRULAC",
    "CUB": "GRULAC", "NOR": "WEOG", "CHE": "WEOG",
}  # fmt: skip
GROUPS = ("AFR", "AP", "CEE", "GRULAC", "WEOG")


def random_answers(seed: int) -> dict[tuple[str, str], dict[str, str | list[str]]]:
    """Any answers the forms know: conditions between questions do not matter here."""
    chance = random.Random(seed)  # noqa: S311 - test data
    found = {}
    for source in ("nr2", "survey2014", "nr3", "nr4", "nr5"):
        questions = [q for q in load_format(source).questions if q.options]
        for party in CAST:
            if chance.random() < 0.8:
                found[source, party] = {
                    q.key: chance.choice(q.options).code for q in questions if chance.random() < 0.7
                }
    return found


def test_the_tally_equals_the_figures() -> None:
    evaluator = Evaluator(make_facts(CAST, random_answers(7)))
    tally = PlanTally(evaluator, groups=GROUPS)

    results = tally.count()

    assert len(results) == len(tally) > 200
    for result in results:
        point = evaluator.point(result.point)
        declared = evaluator.indicator(result.indicator)
        if not declared.measure.reads_reports:
            continue
        for position, group in enumerate((None, *GROUPS)):
            if isinstance(result, BandTally):
                figure = evaluator.figure(result.indicator, point, group=group)
                if figure.status == "computed":
                    assert figure.lower == result.lower[position]
                    assert figure.upper == result.upper[position]
                continue
            figure = evaluator.figure(result.indicator, point, variant=result.variant, group=group)
            assert figure.yes == result.yes[position]
            assert figure.no == result.no[position]
