"""Rules for national reports: each is shown by its own two examples, and none ever fails to run."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartagena.engine.answers import NOT_ANSWERED, Answers, build_body
from cartagena.engine.crosswalk import find_previous, load_crosswalk
from cartagena.engine.questionnaire import Format, Question, list_cycles, load_format
from cartagena.engine.report_check import check_report, list_open
from cartagena.engine.report_published import Published, PublishedRecord
from cartagena.engine.report_rules import (
    Example,
    Report,
    ReportRule,
    load_report_rules,
    run_rules,
)
from cartagena.engine.treaty import load_provisions

DAY = dt.date(2026, 1, 31)
CYCLES = [cycle for cycle in list_cycles() if cycle != "survey2014"]
CASES = [
    pytest.param(rule, cycle, id=f"{rule.name}-{cycle}")
    for rule in load_report_rules()
    for cycle in CYCLES
    if rule.applies_to(load_format(cycle))
]


def make_body(shape: Format, answers: Answers, **header: object) -> dict[str, object]:
    return build_body(
        shape,
        answers,
        {"identifier": "EXAMPLE-REPORT-1", "languages": ["en"], "government": "ke", **header},
    )


def load_format_of(cycle: str, old_key: str) -> Question:
    walk = load_crosswalk(cycle)
    return load_format(walk.find_source(old_key)).question(old_key)


def make_report(cycle: str, example: Example) -> Report | None:
    """The example in a cycle; None where the cycle does not ask what it answers."""
    shape = load_format(cycle)
    keys = {question.concept: key for key, question in shape.in_document.items()}
    if not set(example.answers) <= set(keys):
        return None
    answers = {}
    for concept, items in example.answers.items():
        question = shape.in_document[keys[concept]]
        codes = {option.code for option in question.options}
        if question.is_text:
            answers[keys[concept]] = items[0][1]
        elif all((item if isinstance(item, str) else item[0]) in codes for item in items):
            answers[keys[concept]] = items
        else:
            return None
    previous = None
    if example.before is not None:
        previous = {}
        for concept, codes_before in example.before.items():
            link = find_previous(cycle, keys[concept])
            if link is None or link.verdict != "equivalent":
                return None
            options = [o.code for o in load_format_of(cycle, link.old[0]).options]
            chosen = [code for code in options if link.map_option(code) in codes_before]
            if not chosen:
                return None
            previous[link.old[0]] = chosen
    return Report(shape, make_body(shape, answers), "KEN", DAY, example.published, previous)


@pytest.mark.parametrize(("rule", "cycle"), CASES)
def test_passing_example_of_a_rule_passes(rule: ReportRule, cycle: str) -> None:
    report = make_report(cycle, rule.passes)
    if report is not None:
        assert list(rule.run(report)) == []


@pytest.mark.parametrize("rule", load_report_rules(), ids=lambda rule: rule.name)
def test_failing_example_of_a_rule_is_found_in_some_cycle(rule: ReportRule) -> None:
    reports = [
        make_report(cycle, rule.fails) for cycle in CYCLES if rule.applies_to(load_format(cycle))
    ]
    found = [list(rule.run(report)) for report in reports if report]
    assert found
    assert all(found)
    for finding in (item for items in found for item in items):
        assert (finding.rule, finding.version) == (rule.name, rule.version)
        assert finding.what
        assert finding.remedy.endswith(".")


@pytest.mark.parametrize("rule", load_report_rules(), ids=lambda rule: rule.name)
def test_passing_example_of_a_rule_fits_some_cycle(rule: ReportRule) -> None:
    assert any(make_report(cycle, rule.passes) for cycle in CYCLES)


@pytest.mark.parametrize("rule", load_report_rules(), ids=lambda rule: rule.name)
def test_rule_says_why_and_cites_what_exists(rule: ReportRule) -> None:
    assert rule.reason.endswith(".")
    assert set(rule.basis) <= set(load_provisions())


def test_contradiction_with_published_records_names_them() -> None:
    law = PublishedRecord("EXAMPLE-LAW-7", "biosafetyLaw", "BCH-LAW-KE-7-1")
    shape = load_format("nr4")
    body = make_body(shape, {"Q014": ["implementation.none"]})
    found = run_rules(Report(shape, body, "KEN", DAY, Published((law,))))
    [finding] = [item for item in found if item.rule == "published_laws_are_in_place"]
    assert finding.records == ("EXAMPLE-LAW-7",)
    assert "BCH-LAW-KE-7-1" in finding.what
    assert finding.questions == ("Q014",)


def test_missing_mandatory_answer_is_answered_by_an_explanation() -> None:
    shape = load_format("nr4")
    findings = check_report(Report(shape, make_body(shape, {}), "KEN", DAY))
    missing = [finding for finding in findings if finding.what == NOT_ANSWERED]
    assert missing
    assert {finding.level for finding in missing} == {"error"}
    explained = {finding.key for finding in missing}
    assert [item for item in list_open(findings, set()) if item in missing] == missing
    assert not [item for item in list_open(findings, explained) if item in missing]


def test_what_cannot_be_read_must_be_corrected() -> None:
    shape = load_format("nr4")
    body = make_body(shape, {}) | {"Q014": {"value": "perhaps"}}
    [blocker] = [f for f in check_report(Report(shape, body, "KEN", DAY)) if f.level == "blocker"]
    assert blocker.questions == ("Q014",)
    assert list_open([blocker], {blocker.key}) == [blocker]


def test_answer_that_is_switched_off_contradicts_nothing() -> None:
    # Q036 is asked only if Q033 is true: its shares of 120 per cent are not published.
    shape = load_format("nr4")
    approval = "3B9ECE67-B35C-40FF-8C06-4EA5FF762899"
    body = make_body(shape, {"Q033": ["false"], "Q036": [(approval, "120")]})
    found = check_report(Report(shape, body, "KEN", DAY))
    assert "shares_make_one_hundred" not in {finding.rule for finding in found}
    assert [f.level for f in found if f.questions == ("Q036",)] == ["advice"]


@st.composite
def answered_reports(draw: st.DrawFn) -> Report:
    shape = load_format(draw(st.sampled_from(CYCLES)))
    questions = [q for q in shape.in_document.values() if not q.is_structural and q.section]
    answers: dict[str, object] = {}
    for question in draw(
        st.lists(st.sampled_from(questions), max_size=40, unique_by=lambda q: q.key)
    ):
        if question.is_text:
            answers[question.key] = draw(st.text(min_size=1, max_size=20))
        elif question.options:
            options = st.sampled_from([option.code for option in question.options])
            most = len(question.options) if question.multiple else 1
            answers[question.key] = draw(st.lists(options, min_size=1, max_size=most, unique=True))
    types = st.sampled_from(["biosafetyLaw", "authority", "biosafetyDecision", "database"])
    records = draw(
        st.lists(st.builds(PublishedRecord, st.just("EXAMPLE-RECORD"), types), max_size=4)
    )
    previous = draw(st.none() | st.just(answers))
    return Report(shape, make_body(shape, answers), "KEN", DAY, Published(tuple(records)), previous)  # type: ignore[arg-type]


@given(report=answered_reports())
@settings(max_examples=60, deadline=None)
def test_every_report_is_checked_to_the_end(report: Report) -> None:
    for finding in check_report(report):
        assert finding.what
        assert set(finding.questions) <= {*report.shape.in_document, *report.body, *(
            field.field for field in report.shape.header)}  # fmt: skip
