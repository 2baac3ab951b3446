"""Cells of a report: whatever a body holds comes back, and what was typed is understood."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartagena.engine.answer_sheet import (
    find_option,
    list_header_fields,
    parse_key,
    read_cells,
    write_cells,
)
from cartagena.engine.answers import validate_body
from cartagena.engine.questionnaire import LANGUAGES, Format, Question, list_cycles, load_format

CYCLES = [cycle for cycle in list_cycles() if cycle != "survey2014"]
WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=30
).map(str.strip).filter(bool)  # fmt: skip


def make_empty(shape: Format, languages: list[str]) -> dict[str, Any]:
    header = {"identifier": "EXAMPLE-REPORT-1", "schema": shape.schema, "languages": languages}
    return {"header": header, "government": {"identifier": "ke"}}


@st.composite
def texts(draw: st.DrawFn, languages: list[str]) -> dict[str, str]:
    chosen = draw(st.lists(st.sampled_from(languages), min_size=1, unique=True))
    return {language: draw(WORDS) for language in sorted(chosen)}


@st.composite
def answers(draw: st.DrawFn, shape: Format, question: Question, languages: list[str]) -> Any:
    """One answer as the format writes it, with words and figures beside its options."""
    if question.is_text:
        words = draw(texts(languages))
        return {"value": words} if shape.answer_shape == "wrapped" else words
    if question.type == "int":
        return {"value": draw(st.integers(0, 10**6))}
    old = shape.answer_shape == "identifier"
    most = len(question.options) if question.multiple else 1
    chosen = draw(st.sets(st.sampled_from(range(len(question.options))), min_size=1, max_size=most))
    items = []
    for option in (question.options[n] for n in sorted(chosen)):
        item: dict[str, Any] = {"identifier" if old else "value": option.code}
        name = (
            ("customValue" if question.multiple else "details") if old else "additionalInformation"
        )
        if option.free_text == "int" and draw(st.booleans()):
            item[name] = draw(st.integers(1, 100))
        elif option.free_text == "lstring" and draw(st.booleans()):
            item[name] = draw(texts(languages))
        items.append(item)
    if not question.multiple:
        return items[0]
    return {"options": items} if old else items


@st.composite
def bodies(draw: st.DrawFn) -> tuple[Format, dict[str, Any]]:
    shape = load_format(draw(st.sampled_from(CYCLES)))
    languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True))
    body = make_empty(shape, languages)
    for field in list_header_fields(shape):
        if field.type == "lstring" and draw(st.booleans()):
            body[field.field] = draw(texts(languages))
        elif field.type == "date" and draw(st.booleans()):
            body[field.field] = draw(st.dates()).isoformat()
    questions = [q for q in shape.in_document.values() if not q.is_structural]
    for question in draw(
        st.lists(st.sampled_from(questions), max_size=25, unique_by=lambda q: q.key)
    ):
        body[question.key] = draw(answers(shape, question, languages))
    return shape, body


@given(case=bodies())
@settings(max_examples=150, deadline=None)
def test_report_comes_back_identical_through_cells(case: tuple[Format, dict[str, Any]]) -> None:
    shape, body = case
    cells = write_cells(shape, body)
    assert read_cells(shape, body, cells) == ({}, [])
    empty = make_empty(shape, body["header"]["languages"])
    changes, problems = read_cells(shape, empty, cells)
    assert problems == []
    assert {**empty, **changes} == body


@given(case=bodies(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_clearing_the_cells_of_a_question_changes_that_question_alone(
    case: tuple[Format, dict[str, Any]], data: st.DataObject
) -> None:
    shape, body = case
    cells = write_cells(shape, body)
    fields = sorted({parse_key(name).field for name in cells})
    if not fields:
        return
    field = data.draw(st.sampled_from(fields))
    cleared = {name: "" for name in cells if parse_key(name).field == field}
    assert read_cells(shape, body, cleared) == ({field: None}, [])


@given(cells=st.dictionaries(st.text(max_size=20) | st.sampled_from(["Q014", "Q036#n", "Q020#en"]),
                             st.text(max_size=20), max_size=8))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_no_cell_is_ever_a_reason_to_fail(cells: dict[str, str]) -> None:
    shape = load_format("nr4")
    changes, problems = read_cells(shape, make_empty(shape, ["en"]), cells)
    validate_body(shape, {**make_empty(shape, ["en"]), **changes})
    assert all(problem.remedy for problem in problems)


@pytest.mark.parametrize("typed", ["true", "TRUE", "Yes", "yes ", "1. Yes", "2) yes", "Ｙｅｓ"])
def test_option_is_found_by_code_or_label_however_it_is_typed(typed: str) -> None:
    assert find_option(load_format("nr4").question("Q018"), typed) == "true"


@pytest.mark.parametrize("typed", ["N/A", "5", "Yes and no", "да нет"])
def test_what_names_no_option_is_told_with_what_to_choose(typed: str) -> None:
    shape = load_format("nr4")
    changes, [problem] = read_cells(shape, make_empty(shape, ["en"]), {"Q018": typed})
    assert changes == {}
    assert problem.place == "Q018"
    assert f"“{typed}” is none of the options" in problem.what
    assert "Yes; No" in problem.remedy


def test_figures_are_read_in_the_digits_of_any_script() -> None:
    shape = load_format("nr4")
    approval = "3B9ECE67-B35C-40FF-8C06-4EA5FF762899"
    cells = {f"Q036/{approval}": "x", f"Q036/{approval}#n": "٤٠"}
    changes, problems = read_cells(shape, make_empty(shape, ["ar"]), cells)
    assert problems == []
    assert changes == {"Q036": [{"value": approval, "additionalInformation": 40}]}


def test_figure_that_is_none_is_kept_as_typed_for_the_check_to_tell() -> None:
    shape = load_format("nr4")
    approval = "3B9ECE67-B35C-40FF-8C06-4EA5FF762899"
    cells = {f"Q036/{approval}": "x", f"Q036/{approval}#n": "about 40"}
    changes, _ = read_cells(shape, make_empty(shape, ["en"]), cells)
    body = {**make_empty(shape, ["en"]), **changes}
    assert write_cells(shape, body)[f"Q036/{approval}#n"] == "about 40"
    assert any("about 40" in problem.what for problem in validate_body(shape, body))


def test_question_of_another_form_is_named() -> None:
    shape = load_format("nr4")
    _, problems = read_cells(shape, make_empty(shape, ["en"]), {"Q999": "true", "Q014/odd": "x"})
    assert [problem.place for problem in problems] == ["Q999", "Q014/odd"]
