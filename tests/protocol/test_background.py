"""What the document says around the plan, as data."""

from datetime import date

import pytest

from cartagena.engine.background import Background
from cartagena.engine.plan import load_plan


@pytest.fixture(scope="module")
def background() -> Background:
    return load_plan().background


def test_consultation_counts_twenty_one_submissions_of_eighteen_submitters(
    background: Background,
) -> None:
    consultation = background.consultation
    # 4 by the second deadline, 6 new and 3 again on the draft, 7 and Canada after the launch
    assert [len(each.submitters) for each in consultation.rounds] == [4, 6 + 3, 7 + 1]
    assert len(consultation.submission_events) == 21
    assert len(consultation.submitters) == 18
    assert len(consultation.submitting_parties) == 17
    assert consultation.non_parties == ("CAN",)


def test_those_who_wrote_twice_count_once(background: Background) -> None:
    countries = [country for _, country in background.consultation.submission_events]
    twice = {country for country in countries if countries.count(country) == 2}
    assert twice == {"JPN", "NOR", "EUR"}


def test_draft_was_put_to_seven_events(background: Background) -> None:
    kinds = [event.kind for event in background.consultation.events]
    assert kinds == ["meeting"] * 5 + ["nairobi"] * 2


def test_date_that_cannot_be_right_is_kept_as_printed(background: Background) -> None:
    call = next(each for each in background.consultation.calls if each.id == "call.bureau2009")
    first = background.consultation.events[0]
    assert call.on == "2009-11-08"
    assert first.opens_on == date(2009, 10, 19)
    assert call.note is not None


def test_deadline_was_extended_and_the_first_one_is_kept(background: Background) -> None:
    call = background.consultation.calls[0]
    assert (call.deadline, call.extended_to) == (date(2008, 12, 31), date(2009, 3, 31))


def test_paragraphs_are_complete(background: Background) -> None:
    ids = [paragraph.id for paragraph in background.paragraphs]
    note = [f"note.par{number}" for number in range(1, 20)]
    annex = [f"plan.par{number}" for number in range(1, 16)]
    assert ids == note + annex


def test_sections_of_the_annex_hold_their_paragraphs(background: Background) -> None:
    assert [each.id for each in background.context] == [f"plan.par{n}" for n in range(1, 7)]
    assert [each.id for each in background.interpretation] == [f"plan.par{n}" for n in range(7, 12)]
    assert [each.id for each in background.assumptions] == ["plan.par12", "plan.par13"]
    assert len(background.paragraph("plan.par12").points) == 4


def test_draft_decision_has_elements_a_to_f(background: Background) -> None:
    assert [each.printed for each in background.draft_decision] == [
        *("(a)", "(b)", "(c)", "(d)", "(e)", "(f)")
    ]


def test_goals_of_the_convention_have_ids_of_their_own(background: Background) -> None:
    targets = [target.id for goal in background.goals for target in goal.targets]
    assert targets == ["cbdsp.1.4", "cbdsp.2.3", "cbdsp.2.4", "cbdsp.3.2", "cbdsp.4.2"]
    assert all(target.progress for goal in background.goals for target in goal.targets)


def test_goal_on_implementation_reports_159_parties(background: Background) -> None:
    progress = background.goals[0].targets[0].progress
    assert "159" in progress[1].get("zh")
    assert "159" in progress[1].get("en")


def test_secretariat_would_have_six_posts(background: Background) -> None:
    # 1 principal officer + 3 programme officers + 2 programme assistants
    posts = [(post.title.get("en"), post.count) for post in background.resources.posts]
    assert posts == [
        ("Principal Officer", 1),
        *([("Programme Officer", 1)] * 3),
        ("Programme Assistant", 2),
    ]
    assert background.resources.staff == 6


def test_fund_is_fed_by_voluntary_contributions(background: Background) -> None:
    fund = background.resources.fund
    assert fund.fed_by.get("en") == "voluntary contributions"
    assert fund.managed_by.get("en") == "Global Environment Facility"


def test_words_that_end_a_wrapped_line_are_joined_without_blanks(background: Background) -> None:
    paragraph = background.paragraph("note.par14").text.get("zh")
    assert (
        "不同磋商阶段收到的所有呈件全文载入资料文件（UNEP/CBD/BS/COP-MOP/5/INF/21）中" in paragraph
    )


def test_decision_with_an_arabic_one_is_kept_as_printed(background: Background) -> None:
    assert "第 BS-1/5 号决定" in background.paragraph("note.par15").text.get("zh")
