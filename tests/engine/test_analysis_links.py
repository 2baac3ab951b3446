"""Other cycles are set beside a question through declared links only, and losses are shown."""

from functools import cache

import pytest

from cartagena.engine.analysis_links import list_counterparts
from cartagena.engine.analysis_query import QuestionRef, list_askable, list_main_cycles
from cartagena.engine.crosswalk import Link, load_crosswalk
from cartagena.engine.questionnaire import load_format

STEPS = (("nr3", "nr2", 4), ("nr4", "nr3", 15), ("nr5", "nr4", 7))


@cache
def links_of(cycle: str) -> dict[str, tuple[Link, ...]]:
    """The Clearing-House's links of a cycle by new question, read from the declaration itself."""
    found: dict[str, tuple[Link, ...]] = {}
    for link in load_crosswalk(cycle).links:
        if not link.proposed:
            for key in link.new:
                found[key] = (*found.get(key, ()), link)
    return found


def follow(key: str, steps: tuple[str, ...]) -> str | None:
    """One key back through the declared links, step by step."""
    for cycle in steps:
        links = links_of(cycle).get(key)
        if not links:
            return None
        ((key,),) = (link.old for link in links)
    return key


@pytest.mark.parametrize("steps", [("nr5",), ("nr5", "nr4"), ("nr5", "nr4", "nr3")])
def test_composition_names_the_right_question_for_every_key(steps: tuple[str, ...]) -> None:
    target = {1: "nr4", 2: "nr3", 3: "nr2"}[len(steps)]
    mapped = 0
    for ref in list_askable("nr5"):
        (found,) = list_counterparts(ref, target)
        expected = follow(ref.key, steps)
        assert (found.ref.key if found.ref else None) == expected, ref
        assert (found.standing == "unmapped") == (expected is None)
        mapped += expected is not None
    assert mapped == {1: 179, 2: 141, 3: 116}[len(steps)]


def test_the_fault_of_the_peer_is_not_repeated() -> None:
    # It sets NR5 Q014 (pharmaceuticals) against NR3 Q014 (legal measures) in place of NR3 Q022.
    ref = QuestionRef("nr5", "Q014")
    found = [list_counterparts(ref, cycle)[0].ref for cycle in ("nr4", "nr3", "nr2")]

    assert list(map(str, found)) == ["nr4.Q021", "nr3.Q022", "nr2.Q022"]


def test_going_forward_is_the_inverse_of_going_back() -> None:
    for older, newer in (("nr2", "nr5"), ("nr3", "nr5"), ("nr2", "nr3"), ("nr3", "nr4")):
        back = {
            (ref, each.ref)
            for ref in list_askable(newer)
            for each in list_counterparts(ref, older)
            if each.ref
        }
        forward = {
            (each.ref, ref)
            for source in (older, *(s.cycle for s in load_format(older).carried))
            for ref in list_askable(source)
            for each in list_counterparts(ref, newer)
            if each.ref
        }
        # Two numbers of the fifth report stand in its head and are no questions of the analyser.
        assert {pair for pair in forward if pair[0].question.section} == back


@pytest.mark.parametrize(("newer", "older", "lossy"), STEPS)
def test_every_lossy_step_is_marked_and_its_losses_listed(
    newer: str, older: str, lossy: int
) -> None:
    found = {
        ref.key: each.losses
        for ref in list_askable(newer)
        for each in list_counterparts(ref, older)
        if each.losses
    }
    declared = {link.new[0]: link.losses for link in load_crosswalk(newer).lossy}

    assert len(found) == lossy
    assert {key: tuple(x.option for x in losses) for key, losses in found.items()} == declared


def test_losses_of_early_steps_stay_in_longer_comparisons() -> None:
    (found,) = list_counterparts(QuestionRef("nr5", "Q047"), "nr2")

    assert {(loss.old_cycle, loss.option) for loss in found.losses} == {
        ("nr3", "5-"), ("nr4", "0"),
    }  # fmt: skip
    assert found.meaning is not None
    assert {code for code, meaning in found.meaning.items() if not meaning} == {"0", "5-"}


def test_answers_are_carried_through_the_steps_in_their_order() -> None:
    (found,) = list_counterparts(QuestionRef("nr5", "Q131"), "nr2")
    assert found.meaning is not None

    # "0" stays "0" up to the fourth report and is "none" in the fifth; "5-" is "1+" in the fourth.
    assert (found.meaning["0"], found.meaning["5-"]) == ({"none"}, {"1+"})


def test_bands_that_do_not_nest_mean_nothing_in_the_other_cycle() -> None:
    (found,) = list_counterparts(QuestionRef("nr4", "Q019"), "nr3")

    assert found.standing == "rescaled"
    assert found.meaning is not None
    assert {code: set(meaning) for code, meaning in found.meaning.items()} == {
        "1": set(), "5-": set(), "10-": set(), "10+": {"10+"},
    }  # fmt: skip


def test_one_code_with_two_meanings_is_not_compared_as_the_same_answer() -> None:
    # 68250AA6 meant training in the third report and mainstreaming in the fourth.
    (found,) = list_counterparts(QuestionRef("nr4", "Q132"), "nr3")
    assert found.meaning is not None

    code = "68250AA6-75F1-470D-A8E7-85ECDF703D00"
    assert code not in found.meaning[code]


def test_divided_and_joined_questions_are_shown_without_comparing_answers() -> None:
    several = [
        each
        for cycle in list_main_cycles()
        for ref in list_askable("nr4")
        for each in list_counterparts(ref, cycle, proposed=True)
        if each.standing == "several"
    ]

    assert several
    assert not any(each.is_comparable for each in several)
    assert all(each.is_proposed for each in several)


def test_unmapped_questions_say_where_the_trail_ends() -> None:
    (back,) = list_counterparts(QuestionRef("nr5", "Q159"), "nr2")
    (forward,) = list_counterparts(QuestionRef("nr2", "Q014"), "nr5")

    assert (back.ref, back.ends_in) == (None, "nr4")
    assert (forward.ref, forward.ends_in) == (None, "nr3")


def test_own_links_are_followed_only_on_wish() -> None:
    ref = QuestionRef("nr5", "Q159")
    (found,) = list_counterparts(ref, "nr4", proposed=True)

    assert list_counterparts(ref, "nr4")[0].standing == "unmapped"
    assert str(found.ref) == "nr4.Q169"
    assert found.is_proposed


def test_survey_questions_belong_to_the_second_cycle() -> None:
    (found,) = list_counterparts(QuestionRef("survey2014", "S003"), "nr3")

    assert QuestionRef("survey2014", "S003").cycle == "nr2"
    assert found.ref is not None
    (back,) = list_counterparts(found.ref, "nr2")
    assert str(back.ref) == "survey2014.S003"
