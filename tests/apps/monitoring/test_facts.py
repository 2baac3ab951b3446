"""From published versions to facts."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from cartagena.apps.monitoring.api import current_evaluator, current_facts
from cartagena.apps.monitoring.evaluators import CurrentState
from cartagena.apps.registry import api
from cartagena.engine.answers import build_body
from cartagena.engine.flatten import fact_rows_body
from cartagena.engine.questionnaire import load_format

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def make_report(party: str, iso2: str, cycle: str, on: str, answers: Any, **other: Any) -> Any:
    """A report of a Party for a cycle, published on a day or at a moment."""
    shape = load_format(cycle)
    identifier = f"REPORT-{party}-{cycle}"
    header = {"identifier": identifier, "languages": ["en"], "government": iso2}
    moment = dt.datetime.fromisoformat(on).replace(tzinfo=dt.UTC)
    return api.Publication(
        identifier=identifier,
        type=shape.schema,
        government=party,
        body=build_body(shape, answers, header),
        published_at=moment,
        **other,
    )


def publish(*publications: api.Publication) -> None:
    outcomes = api.publish_records(publications, actor=None, reason="Test.", now=NOW)
    assert [o.reason for o in outcomes if o.action == "refused"] == []


def rows(table: str, *columns: str) -> list[tuple[Any, ...]]:
    found = current_facts()[table].select(list(columns)).to_pylist()
    return sorted(tuple(row[name] for name in columns) for row in found)


def test_report_becomes_a_report_row_and_answer_rows() -> None:
    publish(make_report("KEN", "ke", "nr3", "2015-06-01", {"Q012": ["true"]}))

    assert rows("report", "party", "cycle", "version", "published_on", "until_on") == [
        ("KEN", "nr3", 1, dt.date(2015, 6, 1), None)
    ]
    assert rows("answer", "party", "cycle", "question", "option") == [
        ("KEN", "nr3", "Q012", "true")
    ]
    number = current_facts()["report"].column("number")[0].as_py()
    assert number.startswith("BCH-NR3-KE-")


def test_second_report_splits_into_report_and_survey() -> None:
    nr2 = load_format("nr2")
    survey = next(q for q in nr2.carried[0].questions if q.is_closed)
    own = next(q for q in nr2.questions if q.is_closed)
    publish(
        make_report(
            "KEN", "ke", "nr2", "2014-01-01",
            {own.key: [own.options[0].code], survey.key: [survey.options[0].code]},
        ),
        make_report("UGA", "ug", "nr2", "2011-09-01", {own.key: [own.options[0].code]}),
    )  # fmt: skip

    assert rows("report", "party", "cycle") == [
        ("KEN", "nr2"), ("KEN", "survey2014"), ("UGA", "nr2"),
    ]  # fmt: skip


def test_report_without_answers_still_counts_as_a_report() -> None:
    publish(make_report("KEN", "ke", "nr4", "2019-06-01", {}))

    assert rows("report", "party", "cycle") == [("KEN", "nr4")]


def test_amended_report_has_both_versions_with_their_days() -> None:
    publish(make_report("KEN", "ke", "nr3", "2015-06-01", {"Q012": ["true"]}))
    publish(make_report("KEN", "ke", "nr3", "2016-06-01", {"Q012": ["false"]}))

    assert rows("report", "version", "published_on", "until_on") == [
        (1, dt.date(2015, 6, 1), dt.date(2016, 6, 1)),
        (2, dt.date(2016, 6, 1), None),
    ]
    assert rows("answer", "version", "option") == [(1, "true"), (2, "false")]


def test_version_replaced_on_its_own_day_is_not_in_the_facts() -> None:
    publish(make_report("KEN", "ke", "nr3", "2015-06-01T09:00", {"Q012": ["true"]}))
    publish(make_report("KEN", "ke", "nr3", "2015-06-01T17:00", {"Q012": ["false"]}))

    assert rows("report", "version") == [(2,)]
    assert rows("answer", "version") == [(2,)]


def test_record_gives_closed_values_and_never_free_text_or_notes() -> None:
    body = {
        "header": {"identifier": "DEC-0000000001", "schema": "biosafetyDecision"},
        "title": {"en": "Maize X"},
        "notes": "E8C5A15C-A736-4fb7-A1B6-192412BE7E45",
        "reasons": {"en": "secret"},
        "date": "2015-02-03",
        "expires": False,
        "decisionTypes": [{"identifier": "D698B5F7", "customValue": {"en": "words"}}],
        "modifiedOrganisms": [{"identifier": "LMO-1@3"}],
        "documents": [{"url": "https://example.org"}],
    }
    publish(
        api.Publication(
            identifier="DEC-0000000001", type="biosafetyDecision", government="KEN", body=body,
            published_at=NOW,
        )
    )  # fmt: skip

    assert rows("record_value", "field", "value") == [
        ("date", "2015-02-03"),
        ("decisionTypes", "D698B5F7"),
        ("expires", "false"),
        ("modifiedOrganisms", "LMO-1"),
    ]
    assert rows("record", "type", "government", "title") == [
        ("biosafetyDecision", "KEN", "Maize X")
    ]


def test_register_and_usage_records_become_rows() -> None:
    entry = {"register": "AdviceMechanism", "from_on": dt.date(2012, 1, 1), "quantity": 2.5}
    months = [{"month": "2020-01-01", "country": "KEN", "kind": "visit", "quantity": 7}]

    def one(record_type: str, identifier: str, of: list[dict[str, Any]]) -> api.Publication:
        return api.Publication(
            identifier=identifier, type=record_type, government=None,
            body=fact_rows_body(record_type, identifier, of), published_at=NOW,
        )  # fmt: skip

    publish(one("registerEntry", "ENTRY-1", [entry]), one("usageMonth", "USE-2020-01", months))

    assert rows("register", "register", "entry", "version", "from_on", "quantity") == [
        ("AdviceMechanism", "ENTRY-1", 1, dt.date(2012, 1, 1), 2.5)
    ]
    assert rows("usage", "month", "country", "quantity") == [(dt.date(2020, 1, 1), "KEN", 7)]


def test_row_that_cannot_be_read_back_is_refused_at_publication() -> None:
    body = {"rows": [{"month": "January", "kind": "visit", "quantity": "many", "hits": 1}]}
    publication = api.Publication(
        identifier="USE-2020-01", type="usageMonth", government=None, body=body, published_at=NOW
    )

    (outcome,) = api.publish_records([publication], actor=None, reason="Test.", now=NOW)

    assert outcome.action == "refused"
    for words in ("'January' is no day", "'many' is no whole number", "unknown column hits"):
        assert words in outcome.reason


def test_annulled_demonstration_leaves_no_trace_in_the_facts() -> None:
    publish(make_report("KEN", "ke", "nr3", "2015-06-01", {"Q012": ["true"]}, demonstration=True))
    assert current_facts().demonstration

    api.annul_records(["REPORT-KEN-nr3"], actor=None, reason="Demo.", now=NOW)

    assert rows("report", "party") == []
    assert rows("answer", "party") == []


def test_kept_facts_equal_facts_read_from_scratch_after_every_change() -> None:
    state = CurrentState()
    steps = [
        make_report("KEN", "ke", "nr3", "2015-06-01", {"Q012": ["true"]}),
        make_report("UGA", "ug", "nr3", "2015-07-01", {"Q012": ["true"]}),
        make_report("KEN", "ke", "nr3", "2016-06-01", {"Q012": ["false"]}),
    ]
    for step in steps:
        publish(step)
        kept, fresh = state.facts(), CurrentState().facts()
        for table in ("report", "answer"):
            assert kept[table].to_pylist() == fresh[table].to_pylist()
    api.withdraw_record("REPORT-UGA-nr3", actor=None, reason="Test.", now=NOW)
    assert state.facts()["report"].to_pylist() == CurrentState().facts()["report"].to_pylist()


def test_evaluator_is_kept_while_nothing_is_published(django_assert_num_queries: Any) -> None:
    api.load_shipped(now=NOW)
    first = current_evaluator()

    with django_assert_num_queries(1):
        assert current_evaluator() is first

    publish(make_report("KEN", "ke", "nr3", "2015-06-01", {"Q012": ["true"]}))
    assert current_evaluator() is not first


def test_rows_of_older_rules_are_flattened_anew_at_the_next_start() -> None:
    publish(make_report("KEN", "ke", "nr3", "2015-06-01", {"Q012": ["true"]}))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_flattenedversion SET flattening = 0, rows = '', row_count = 0"
        )

    api.load_shipped(now=NOW)

    facts = CurrentState().facts()
    assert facts["answer"].column("question").to_pylist() == ["Q012"]
