"""An explanation tells the story of the figure, whatever the figure rests on."""

import datetime as dt

import pytest

from cartagena.engine.change import compare
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.explain import explain
from tests.hand_made import make_facts


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    """KEN and UGA reported in the fourth cycle, UGA a month late; NOR is silent; USA no Party.

    The reports also say something about treaty status and designations, which must not be told as
    the reason of figures that rest on the treaty's own dates or on records.
    """
    answers = {
        ("nr4", "KEN"): {"Q012_party": "false", "Q108": "false.noCna"},
        ("nr4", "UGA"): {"Q012_party": "true"},
    }
    return Evaluator(
        make_facts(
            {"KEN": "AFR", "UGA": "AFR", "NOR": "WEOG", "USA": "WEOG"},
            answers,
            joined={"USA": dt.date.max},
            published={("nr4", "UGA"): dt.date(2019, 11, 1)},
        )
    )


def test_treaty_status_is_explained_by_its_date_not_by_what_reports_say(
    evaluator: Evaluator,
) -> None:
    reason = explain(evaluator, "3.1.1", "KEN", evaluator.point("final"))

    assert (reason.operation, reason.outcome) == ("status", "yes")
    assert reason.date == dt.date(2003, 9, 11)


def test_a_report_received_late_is_a_no_by_the_strict_reading(evaluator: Evaluator) -> None:
    final = evaluator.point("final")

    strict = explain(evaluator, "4.1.7", "UGA", final)
    inclusive = explain(evaluator, "4.1.7", "UGA", final, "inclusive")

    assert (strict.operation, strict.outcome) == ("received", "no")
    assert strict.date == dt.date(2019, 11, 1)  # due on 1 October 2019
    assert inclusive.outcome == "yes"
    assert explain(evaluator, "4.1.7", "NOR", final).outcome == "no"


def test_the_verdict_counts_what_the_figure_counts(evaluator: Evaluator) -> None:
    final = evaluator.point("final")

    for identifier in evaluator.indicators:
        figure = evaluator.figure(identifier, final)
        verdict = evaluator.verdict(identifier, final)
        if verdict is not None and figure.status == "computed":
            assert (len(verdict.yes), len(verdict.no)) == (figure.yes, figure.no), identifier


def test_what_reports_say_beside_a_record_figure_is_kept_apart(evaluator: Evaluator) -> None:
    final = evaluator.point("final")

    beside = evaluator.reported_verdict("1.1.3", final)

    # KEN reports that it has no authority; no record is published, so the figure knows nothing.
    assert beside is not None
    assert list(beside.no) == ["KEN"]
    verdict = evaluator.verdict("1.1.3", final)
    assert verdict is not None
    assert len(verdict.yes) == len(verdict.no) == 0


def test_counts_of_records_do_not_move_with_what_reports_say(evaluator: Evaluator) -> None:
    change = compare(evaluator, "5.1.6", evaluator.point("midterm"), evaluator.point("final"))

    assert change.movements == ()


def test_a_number_of_records_is_explained_by_those_of_the_party() -> None:
    kind = "E8C5A15C-A736-4fb7-A1B6-192412BE7E45"
    said = {"version": 1, "type": "biosafetyDecision", "published_on": dt.date(2012, 1, 1),
            "first_published_on": dt.date(2012, 1, 1), "demonstration": False}  # fmt: skip
    parties = ("KEN", "NOR")
    records = [{**said, "record": f"D-{p}", "government": p, "title": f"Of {p}"} for p in parties]
    values = [
        {"record": f"D-{p}", "version": 1, "field": "decisionTypes", "value": kind} for p in parties
    ]
    facts = make_facts(
        {"KEN": "AFR", "UGA": "AFR", "NOR": "WEOG"},
        {},
        extra={"record": records, "record_value": values},
    )
    evaluator = Evaluator(facts)
    final = evaluator.point("final")

    kenya = explain(evaluator, "5.1.7", "KEN", final)

    assert (kenya.operation, kenya.outcome) == ("counted", "yes")
    assert [record.record for record in kenya.records] == ["D-KEN"]
    assert explain(evaluator, "5.1.7", "UGA", final).outcome == "no"
    assert len(evaluator.counted_records("5.1.7", final)) == 2
    assert evaluator.counted_records("3.1.1", final) == ()
    empty = Evaluator(make_facts({"KEN": "AFR"}, {}))
    assert explain(empty, "5.1.7", "KEN", empty.point("final")).outcome == "unknown"
