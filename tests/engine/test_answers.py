"""Reports in the Clearing-House's form are read in every shape, and every problem is named."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartagena.engine.answers import (
    AnswerRow,
    build_body,
    collect_answers,
    flatten_body,
    read_value,
    split_sources,
    switched_off,
    validate_body,
)
from cartagena.engine.questionnaire import Format, Question, load_format

HEADER = {
    "identifier": "4D5A9D1E-0000-4000-8000-000000000001",
    "languages": ["en", "fr"],
    "government": "ke",
}
FULL = {
    "nr2": {},
    "nr3": {},
    "nr4": {
        "contact": {"identifier": "ABCDEF0123456789"},
        "stakeholders": {"en": "Universities"},
        "reportPeriodStartDate": "2016-01-01",
        "reportPeriodEndDate": "2019-09-30",
    },
    "nr5": {
        "contact": {"identifier": "ABCDEF0123456789"},
        "stakeholders": {"en": "Universities"},
        "date": "2026-02-01",
        "reportPeriodStartDate": "2019-10-01",
        "reportPeriodEndDate": "2025-12-31",
    },
}


def _build(cycle: str, **answers):
    return build_body(load_format(cycle), answers, {**HEADER, **FULL[cycle]})


def _errors(cycle: str, body) -> list[tuple[str, str]]:
    problems = validate_body(load_format(cycle), body)
    return [(p.place, p.what) for p in problems if p.severity == "error"]


def _warnings(cycle: str, body) -> list[str]:
    return [p.place for p in validate_body(load_format(cycle), body) if p.severity == "warning"]


@pytest.mark.parametrize(
    "raw",
    [
        True,
        "true",
        {"identifier": "true"},
        {"value": "true"},
        {"value": True},
        {"options": [{"identifier": "true"}]},
        [{"value": "true"}],
    ],
)
def test_yes_is_read_in_every_shape(raw) -> None:
    choices = read_value(load_format("nr2").question("Q012"), raw)

    assert [choice.option for choice in choices] == ["true"]


def test_option_is_found_in_any_letter_case() -> None:
    question = load_format("nr3").question("Q168")

    (choice,) = read_value(question, [{"identifier": "6400C117-0D9A-4E5D-A0DF-AC696F7C0611"}])

    assert choice.option == "6400c117-0d9a-4e5d-a0df-ac696f7c0611"


@pytest.mark.parametrize("raw", [None, "", {"value": None}, [], {"options": []}])
def test_nothing_answered_is_no_answer(raw) -> None:
    assert read_value(load_format("nr4").question("Q014"), raw) == ()


def test_unreadable_value_is_refused_with_its_reason() -> None:
    with pytest.raises(ValueError, match="unknown option 'maybe'"):
        read_value(load_format("nr4").question("Q014"), {"value": "maybe"})


def test_rows_of_a_fourth_report() -> None:
    body = _build("nr4")
    body["Q015"] = [
        {"value": "instrument.nationalBiosafetyLaws"},
        {"value": "instrument.biosafetyGuidelines"},
    ]
    body["Q016"] = {"value": "true", "additionalInformation": {"fr": "Plan national"}}
    body["Q020"] = {"fr": "Texte", "en": "Text"}

    assert flatten_body(load_format("nr4"), body) == [
        AnswerRow("Q015", "instrument.nationalBiosafetyLaws"),
        AnswerRow("Q015", "instrument.biosafetyGuidelines"),
        AnswerRow("Q016", "true", "Plan national", "fr"),
        AnswerRow("Q020", None, "Text", "en"),
    ]


def test_details_of_a_whole_list_stay_with_its_first_option() -> None:
    raw = {
        "options": [{"identifier": "channels.bilateral"}, {"identifier": "channels.regional"}],
        "details": {"en": "With two neighbours"},
    }

    choices = read_value(load_format("nr2").question("Q136"), raw)

    assert [choice.text for choice in choices] == ["With two neighbours", None]


def test_rows_of_a_fifth_report_unwrap_texts_and_numbers() -> None:
    body = _build("nr5", Q022=["true"], Q026=["true"])
    body["Q026_adq"] = {"value": 12}
    body["Q013"] = {"value": {"en": "More"}}

    rows = {row.question: row for row in flatten_body(load_format("nr5"), body)}

    assert rows["Q026_adq"] == AnswerRow("Q026_adq", None, "12")
    assert rows["Q013"] == AnswerRow("Q013", None, "More", "en")
    assert _errors("nr5", body) == []


def test_survey_rows_of_a_second_report_are_split_off() -> None:
    body = _build("nr2", Q012=["true"], S006=["USD5000+"])
    form = load_format("nr2")
    rows = flatten_body(form, body)

    expected = {
        "nr2": [AnswerRow("Q012", "true")],
        "survey2014": [AnswerRow("S006", "USD5000+")],
    }
    assert split_sources(rows) == expected
    assert split_sources(rows, form) == expected


def test_built_bodies_have_the_shape_of_their_cycle() -> None:
    nr3 = _build("nr3", Q016=["instrument.none"], Q014=["implementation.none"], Q021="Words")
    nr4 = _build("nr4", Q015=["instrument.none"], Q014=["implementation.none"], Q020="Words")
    nr5 = _build("nr5", Q008=["instrument.none"], Q013="Words")

    assert nr3["Q016"] == {"options": [{"identifier": "instrument.none"}]}
    assert nr3["Q014"] == {"identifier": "implementation.none"}
    assert nr3["Q021"] == {"en": "Words"}
    assert nr4["Q015"] == [{"value": "instrument.none"}]
    assert nr4["Q014"] == {"value": "implementation.none"}
    assert nr5["Q013"] == {"value": {"en": "Words"}}
    assert nr5["header"]["schema"] == "cpbNationalReport5"
    assert nr5["government"] == {"identifier": "ke"}


def test_unknown_question_and_option_cannot_be_built() -> None:
    with pytest.raises(KeyError, match="no question Q999"):
        _build("nr4", Q999=["true"])
    with pytest.raises(KeyError, match="no option 'maybe'"):
        _build("nr4", Q014=["maybe"])


def test_every_problem_of_a_body_is_named_at_once() -> None:
    body = _build("nr4", Q012_party=["true"], Q030=["true"])
    body["header"]["schema"] = "cpbNationalReport5"
    body["header"]["languages"] = ["en", "de"]
    body["government"] = {"identifier": "KEN"}
    body["reportPeriodEndDate"] = "2015-13-01"
    body["Q999"] = {"value": "true"}
    body["colour"] = "green"
    body["Q014"] = {"value": "maybe"}
    body["Q017"] = [{"value": "true"}, {"value": "false"}]
    body["Q018"] = {"answer": "true"}
    body["Q020"] = {"de": "Text"}
    body["Q032"] = {"value": "true"}

    assert _errors("nr4", body) == [
        ("header.schema", "the schema is 'cpbNationalReport5', not 'cpbNationalReport4'"),
        ("header.languages", "unknown language 'de'"),
        ("government", "'KEN' names no government"),
        ("reportPeriodEndDate", "'2015-13-01' is no date"),
        ("Q999", "nr4 has no question Q999"),
        ("colour", "unknown field"),
        ("Q014", "unknown option 'maybe'"),
        ("Q018", "an option is needed, found other keys"),
        ("Q020.de", "unknown language 'de'"),
        ("Q032", "a heading takes no answer"),
        ("Q017", "one answer is allowed, found 2: true, false"),
        ("Q030", "the question is not asked: asked only if Q029 is true"),
    ]


def test_every_problem_says_what_to_do() -> None:
    problems = validate_body(load_format("nr4"), {"Q014": {"value": "maybe"}})

    assert all(problem.remedy.endswith(".") for problem in problems)


@pytest.mark.parametrize("body", [None, [], "text", 7])
def test_what_is_no_object_is_one_problem(body) -> None:
    assert len(validate_body(load_format("nr4"), body)) == 1


def test_period_that_ends_before_it_begins_is_refused() -> None:
    body = _build("nr4")
    body["reportPeriodEndDate"] = "2015-12-31"

    assert ("reportPeriodEndDate", "the reporting period ends before it begins") in _errors(
        "nr4", body
    )


def test_exclusive_option_stands_alone() -> None:
    body = _build("nr5", Q008=["instrument.none", "instrument.biosafetyGuidelines"])

    assert _errors("nr5", body) == [("Q008", "instrument.none cannot go with other options")]


def test_option_twice_is_refused() -> None:
    body = _build("nr4", Q015=["instrument.none", "instrument.none"])

    assert _errors("nr4", body) == [("Q015", "an option is chosen twice")]


def test_missing_mandatory_answers_are_warnings_only_where_asked() -> None:
    warnings = _warnings("nr4", _build("nr4"))

    assert _errors("nr4", _build("nr4")) == []
    assert "Q014" in warnings
    assert "Q030" not in warnings  # asked only after a yes to Q029


def test_old_reports_without_mandatory_marks_give_no_warning() -> None:
    assert validate_body(load_format("nr3"), _build("nr3", Q014=["implementation.none"])) == []


def test_empty_text_is_a_warning_and_no_answer() -> None:
    body = _build("nr4")
    body["Q020"] = {"en": " ", "fr": "Texte"}

    assert "Q020.en" in _warnings("nr4", body)
    assert flatten_body(load_format("nr4"), body) == [AnswerRow("Q020", None, "Texte", "fr")]


def test_percentage_must_be_a_number() -> None:
    code = "3B9ECE67-B35C-40FF-8C06-4EA5FF762899"
    body = _build("nr4", Q029=["true"], Q033=["true"], Q036=[(code, "40")])

    assert body["Q036"] == [{"value": code, "additionalInformation": 40}]
    assert _errors("nr4", body) == []
    body["Q036"][0]["additionalInformation"] = "some"
    assert _errors("nr4", body) == [("Q036[0]", "'some' is no whole number")]


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, False),
        ({"Q071_a": ["false"]}, False),
        ({"Q071_a": ["true"]}, True),
        ({"Q071_b": ["true"]}, True),
    ],
)
def test_either_of_two_answers_opens_the_next_question(answers, asked) -> None:
    assert ("Q072" not in switched_off(load_format("nr4"), answers)) is asked


@pytest.mark.parametrize(("code", "asked"), [("0", False), ("1+", True), (None, False)])
def test_any_other_value_opens_the_next_question(code, asked) -> None:
    answers = {} if code is None else {"Q086": [code]}

    assert ("Q087" not in switched_off(load_format("nr4"), answers)) is asked


def test_figure_beside_an_option_opens_the_next_question() -> None:
    form = load_format("nr4")
    opened = {"Q029": ["true"], "Q033": ["true"]}
    code = "3EFF4792-A896-4DC7-9945-04FE9C8B5B4F"

    assert "Q037" in switched_off(form, {**opened, "Q036": [code]})
    assert "Q037" not in switched_off(form, {**opened, "Q036": [(code, "10")]})


def test_any_answer_at_all_opens_the_fifth_reports_question_on_operating_laboratories() -> None:
    form = load_format("nr5")

    assert "Q096" in switched_off(form, {})
    assert "Q096" not in switched_off(form, {"Q095": ["0"]})


def test_answer_that_is_switched_off_opens_nothing() -> None:
    # NR4: Q019 is asked after a yes to Q018, Q019_adq after any answer to Q019.
    form = load_format("nr4")
    assert "Q019_adq" not in switched_off(form, {"Q018": ["true"], "Q019": ["1+"]})

    off = switched_off(form, {"Q018": ["false"], "Q019": ["1+"]})

    assert "Q019" in off
    assert "Q019_adq" in off


def test_heading_that_is_off_switches_off_what_is_below() -> None:
    off = switched_off(load_format("nr5"), {"Q042": ["false"]})

    assert {"Q043", "Q043_a", "Q043_b"} <= set(off)
    assert off["Q043_a"] == "asked only if Q042 is true"


WORDS = ("Yes", "非常", "один", "ça va", "نعم", "0", "a  b", '"quoted"')


def _make_choice(rng: random.Random, question: Question, code: str):
    free_text = question.option(code).free_text
    if free_text is None or rng.random() < 0.5:
        return code
    return code, str(rng.randint(0, 100)) if free_text == "int" else rng.choice(WORDS)


def _make_answer(rng: random.Random, question: Question):
    if question.is_text:
        return rng.choice(WORDS)
    if question.type == "int":
        return str(rng.randint(0, 10_000))
    codes = [option.code for option in question.options]
    chosen = rng.sample(codes, rng.randint(1, len(codes)) if question.multiple else 1)
    alone = [code for code in chosen if question.option(code).exclusive]
    return [_make_choice(rng, question, code) for code in alone[:1] or chosen]


def _make_valid_answers(form: Format, seed: int, share: float):
    """Answers that respect the conditions: a share of what is asked is answered, in order."""
    rng = random.Random(seed)  # noqa: S311 - test data
    answers = {}
    for key, question in form.in_document.items():
        if question.is_structural or rng.random() > share:
            continue
        if key not in switched_off(form, answers):
            answers[key] = _make_answer(rng, question)
    return answers


@pytest.mark.parametrize("cycle", ["nr2", "nr3", "nr4", "nr5"])
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), share=st.floats(0, 1))
def test_built_report_is_valid_and_comes_back_as_it_was(cycle, seed, share) -> None:
    form = load_format(cycle)
    answers = _make_valid_answers(form, seed, share)

    body = json.loads(json.dumps(build_body(form, answers, {**HEADER, **FULL[cycle]})))

    assert _errors(cycle, body) == []
    assert collect_answers(flatten_body(form, body)) == answers


@pytest.mark.parametrize("cycle", ["nr4", "nr5"])
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_answer_to_a_question_that_is_not_asked_is_always_found(cycle, seed) -> None:
    form = load_format(cycle)
    answers = _make_valid_answers(form, seed, 0.5)
    off = sorted(key for key in switched_off(form, answers) if not form.question(key).is_structural)
    rng = random.Random(seed)  # noqa: S311 - test data
    stray = rng.choice(off)
    answers[stray] = _make_answer(rng, form.question(stray))

    found = _errors(cycle, build_body(form, answers, {**HEADER, **FULL[cycle]}))

    assert stray in [place for place, _ in found]
