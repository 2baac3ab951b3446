"""Named freezes: what they hold, and that they never change."""

import datetime as dt

import pytest
from django.db import IntegrityError

from cartagena.apps.monitoring import api as monitoring
from cartagena.apps.registry import api as registry
from tests.apps.monitoring.test_facts import NOW, make_report, publish
from tests.apps.registry.test_constraints import run

pytestmark = pytest.mark.django_db

CUT_OFF = dt.date(2019, 12, 31)
YES, NO = {"Q016": ["true"]}, {"Q016": ["false"]}


@pytest.fixture(autouse=True)
def _published() -> None:
    registry.load_shipped(now=NOW)
    publish(
        make_report("KEN", "ke", "nr4", "2019-06-01", YES),
        make_report("UGA", "ug", "nr4", "2019-07-01", YES),
        make_report("NOR", "no", "nr4", "2020-02-01", YES),
    )


def test_freeze_holds_what_was_public_and_says_why_the_rest_is_left_out() -> None:
    freeze = monitoring.create_freeze(
        "review-2020", cut_off=CUT_OFF, now=NOW, exclude={"REPORT-UGA-nr4": "Withdrawn by letter."}
    )

    facts = monitoring.freeze_facts("review-2020")
    assert facts["report"].column("party").to_pylist() == ["KEN"]
    assert facts["treaty"].num_rows > 300
    assert {
        (item.version.record.identifier, item.reason)
        for item in monitoring.list_left_out(freeze)
        # What is shipped beside treaty status was published after the cut-off too.
        if item.version.record.identifier.startswith("REPORT-")
    } == {
        ("REPORT-UGA-nr4", "Withdrawn by letter."),
        ("REPORT-NOR-nr4", "Published after the cut-off."),
    }


def test_freeze_stays_as_it_was_when_its_reports_are_amended_or_taken_back() -> None:
    monitoring.create_freeze("review-2020", cut_off=CUT_OFF, now=NOW)
    before = monitoring.freeze_facts("review-2020")["answer"].to_pylist()

    publish(make_report("KEN", "ke", "nr4", "2019-09-01", NO))
    registry.annul_records(["REPORT-UGA-nr4"], actor=None, reason="Demo.", now=NOW)

    assert monitoring.freeze_facts("review-2020")["answer"].to_pylist() == before
    assert monitoring.verify_freeze("review-2020").is_intact


def test_freeze_is_evaluated_from_its_cut_off() -> None:
    monitoring.create_freeze("review-2020", cut_off=CUT_OFF, now=NOW)

    figure = monitoring.freeze_evaluator("review-2020").figure(
        "3.1.1", monitoring.freeze_evaluator("review-2020").point("2015-12-31")
    )

    assert (figure.numerator, figure.denominator) == (170, 196)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE monitoring_freeze SET cut_off = '2020-12-31'",
        "DELETE FROM monitoring_freezeitem",
        "UPDATE monitoring_freezeitem SET included = false, reason = 'x'",
        """INSERT INTO monitoring_freezeitem (freeze_id, version_id, included, reason)
           SELECT f.id, (SELECT max(id) FROM registry_recordversion), true, ''
             FROM monitoring_freeze f""",
    ],
)
def test_freeze_cannot_be_changed(sql: str) -> None:
    monitoring.create_freeze("review-2020", cut_off=CUT_OFF, now=NOW)
    publish(make_report("SWE", "se", "nr4", "2020-03-01", YES))

    with pytest.raises(IntegrityError, match="never changes"):
        run(f"SET CONSTRAINTS ALL IMMEDIATE; {sql}")


def test_freeze_that_cannot_be_made_lists_every_problem() -> None:
    with pytest.raises(monitoring.FreezeRefusedError) as caught:
        monitoring.create_freeze(
            "No Name!", cut_off=dt.date(2030, 1, 1), now=NOW, exclude={"REPORT-X": " "}
        )

    for words in ("is no name", "in the future", "REPORT-X was not public", "Say why REPORT-X"):
        assert words in str(caught.value)


def test_unknown_freeze_names_those_that_are() -> None:
    monitoring.create_freeze("review-2020", cut_off=CUT_OFF, now=NOW)

    with pytest.raises(monitoring.FreezeNotFoundError, match="review-2020"):
        monitoring.get_freeze("review-2021")
