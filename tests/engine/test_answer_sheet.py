"""Cells of a report: whatever a body holds comes back, and what was typed is understood."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartagena.engine.answer_sheet import find_option, parse_key, read_cells, write_cells
from cartagena.engine.answers import validate_body
from cartagena.engine.questionnaire import Format, load_format
from tests.made_up_reports import bodies, make_empty


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
