"""Time limits: 1.1.1 asks for laws and guidelines within six years of joining."""

import datetime as dt

from cartagena.engine.evaluate import Evaluator
from cartagena.engine.timeliness import classify_by_deadline
from tests.hand_made import make_facts

IN_PLACE = ["instrument.nationalBiosafetyLaws", "instrument.biosafetyGuidelines"]


def test_every_party_falls_into_one_class_of_time() -> None:
    # The third report (record date 2015-12-31) asks the year in Q015. Joined 2003-09-11: the limit
    # was 2009-09-11. Joined 2012-01-01: the limit is 2018-01-01, still ahead.
    #   KEN in place since 2008: in time          UGA in place since 2011: late
    #   TGO in place, year not given: unknown date  MEX not in place, limit passed
    #   NOR not in place, joined 2012: not yet due  CHN in place, joined 2012: in time
    #   CUB silent
    laws_only = ["instrument.nationalBiosafetyLaws"]
    answers = {
        ("nr3", "KEN"): {"Q016": IN_PLACE, "Q015": "2008"},
        ("nr3", "UGA"): {"Q016": IN_PLACE, "Q015": "2011"},
        ("nr3", "TGO"): {"Q016": IN_PLACE},
        ("nr3", "MEX"): {"Q016": laws_only},
        ("nr3", "NOR"): {"Q016": laws_only},
        ("nr3", "CHN"): {"Q016": IN_PLACE},
        ("nr3", "CUB"): {},
    }
    regions = dict.fromkeys(["KEN", "UGA", "TGO", "MEX", "NOR", "CHN", "CUB"], "AFR")
    joined = {"NOR": dt.date(2012, 1, 1), "CHN": dt.date(2012, 1, 1)}
    evaluator = Evaluator(make_facts(regions, answers, joined=joined))

    classes = classify_by_deadline(evaluator, "1.1.1", evaluator.point("midterm"))

    assert classes is not None
    assert {name: list(parties) for name, parties in classes.items()} == {
        "in_time": ["CHN", "KEN"],
        "late": ["UGA"],
        "date_unknown": ["TGO"],
        "not_in_place": ["MEX"],
        "not_yet_due": ["NOR"],
        "unknown": ["CUB"],
    }


def test_an_indicator_without_a_time_limit_has_no_classes() -> None:
    evaluator = Evaluator(make_facts({"KEN": "AFR"}, {("nr3", "KEN"): {"Q154": "true"}}))

    assert classify_by_deadline(evaluator, "1.2.4", evaluator.point("midterm")) is None
