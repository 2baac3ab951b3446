"""What was answered in the cycle before, beside the questions of today."""

from typing import Any

from hypothesis import given, settings

from cartagena.engine.answer_sheet import read_cells, write_cells
from cartagena.engine.questionnaire import Format, load_format
from cartagena.engine.report_carry import list_carried
from tests.made_up_reports import bodies, make_empty


def test_answer_is_shown_with_its_question_of_then_and_can_be_confirmed() -> None:
    # In the third report the option was written implementation.fullFramwork.
    carried = list_carried("nr4", {"Q014": "implementation.fullFramwork"})["Q014"]
    assert carried.question.cycle == "nr3"
    assert [label.get("en") for label in carried.options] != []
    assert carried.cells == {"Q014": "implementation.fullInPlace"}


def test_texts_are_taken_over_in_their_languages() -> None:
    carried = list_carried("nr5", {"Q020#en": "A law", "Q020#fr": "Une loi"})
    [found] = [c for c in carried.values() if c.question.key == "Q020"]
    assert dict(found.texts) == {"en": "A law", "fr": "Une loi"}
    if found.link.verdict == "equivalent":
        assert sorted(found.cells.values()) == ["A law", "Une loi"]


def test_question_that_changed_its_meaning_is_shown_but_not_taken_over() -> None:
    narrower = [
        carried
        for cycle, previous in (("nr3", "nr2"), ("nr4", "nr3"), ("nr5", "nr4"))
        for carried in list_carried(
            cycle,
            {q.key: q.options[0].code for q in load_format(previous).questions if q.options},
        ).values()
        if carried.link.verdict != "equivalent"
    ]
    assert narrower
    assert all(carried.cells == {} for carried in narrower)
    assert any(carried.options for carried in narrower)


@given(case=bodies())
@settings(max_examples=60, deadline=None)
def test_what_can_be_confirmed_is_accepted_by_the_form_of_today(
    case: tuple[Format, dict[str, Any]],
) -> None:
    shape, body = case
    following = {"nr2": "nr3", "nr3": "nr4", "nr4": "nr5"}.get(shape.cycle)
    if following is None:
        return
    today = load_format(following)
    for carried in list_carried(following, write_cells(shape, body)).values():
        _changes, problems = read_cells(today, make_empty(today, ["en"]), carried.cells)
        assert problems == []
