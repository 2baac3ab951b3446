"""The check-list of Article 20: declared strictly, compared with records."""

from pathlib import Path

import pytest

from cartagena.engine.declaration import DeclarationError
from cartagena.engine.mandatory_information import list_findings, list_labels, load_categories
from cartagena.engine.questionnaire import load_format

FOCAL_POINTS = ("CPB-FP1", "BCH-FP", "CPB-A17-FP")


def find(category: str, *records: tuple[str, dict[str, object]]) -> object:
    found = list_findings([(kind, body, n) for n, (kind, body) in enumerate(records)])
    return next(f for f in found if f.category.id == category)


@pytest.mark.parametrize(
    ("cycle", "question", "letters"),
    [("nr2", "Q124", 17), ("nr3", "Q126", 17), ("nr4", "Q112", 17), ("nr5", "Q102", 17)],
)
def test_every_letter_of_a_cycle_belongs_to_one_category(
    cycle: str, question: str, letters: int
) -> None:
    keys = {q.key for q in load_format(cycle).questions if q.key.startswith(f"{question}_")}
    asked = [c.asked[cycle] for c in load_categories() if cycle in c.asked]
    assert sorted(asked) == sorted(keys)
    assert len(asked) == letters


def test_the_mandatory_letters_are_those_of_the_indicator() -> None:
    mandatory = [c for c in load_categories() if c.mandatory]
    nr4 = sorted(c.asked["nr4"][-1] for c in mandatory if "nr4" in c.asked)
    nr2 = sorted(c.asked["nr2"][-1] for c in mandatory)
    assert "".join(nr4) == "abcdghiklopq"
    assert "".join(nr2) == "abcdeghiklopq"


def test_a_law_is_there_or_missing() -> None:
    assert find("laws").standing == "missing"
    assert find("laws", ("biosafetyLaw", {})).standing == "there"


def test_nothing_published_is_not_missing_where_nothing_may_have_happened() -> None:
    assert find("illegal").standing == "none_published"


def test_contacts_need_every_entry() -> None:
    points = [("focalPoint", {"categories": [code]}) for code in FOCAL_POINTS]
    partly = find("contacts", *points)
    assert partly.standing == "partly"
    assert [entry.type for entry in partly.lacking] == ["authority"]
    assert find("contacts", *points, ("authority", {})).standing == "there"


def test_the_kind_of_a_decision_decides_where_it_counts() -> None:
    transit = {"decisionTypes": [{"identifier": "1B6F702C-0C68-4B53-BCA4-1DA4A25E23A8"}]}
    assert find("transit", ("biosafetyDecision", transit)).records == (0,)
    assert find("introduction", ("biosafetyDecision", transit)).records == ()


def test_truth_values_count_by_their_word() -> None:
    assert find("exempt", ("biosafetyDecision", {"exemptedFromAIA": True})).standing == "there"
    assert find("exempt", ("biosafetyDecision", {"exemptedFromAIA": False})).records == ()


def test_what_records_do_not_tell_is_said_so() -> None:
    assert find("laws_ffp", ("biosafetyLaw", {})).standing == "unreadable"


def test_all_problems_of_a_list_are_reported_together(tmp_path: Path) -> None:
    text = """
categories:
- {id: a, title: A, cites: [cpb.art999], needed: always, mandatory: true, asked: {nr4: Q999},
   entries: [{title: T, type: nothing}]}
- {id: a, title: B, cites: [cpb.art20], needed: seldom, mandatory: true, asked: {}}
- {id: c, title: C, cites: [cpb.art20], needed: if_any, mandatory: false, asked: {},
   within_days: cpb.no_limit,
   entries: [{title: T, type: focalPoint, where: {categories: [NO-FP], colour: [red]}}]}
- {id: c, title: D, cites: [cpb.art20], needed: if_any, mandatory: false, asked: {}}
"""
    path = tmp_path / "list.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(DeclarationError) as caught:
        load_categories(path)

    said = str(caught.value)
    for part in (
        "cpb.art999", "Q999", "nothing", "seldom", "cpb.no_limit", "NO-FP", "colour",
        "stands twice", "either entries or a reason",
    ):  # fmt: skip
        assert part in said


def test_everything_people_read_is_there_in_six_languages() -> None:
    words = list_labels()
    assert {category.id for category in load_categories()} <= set(words)
    assert all(len(dict(text.pairs)) == 6 for text in words.values())
    assert words["contacts.3"].get("fr") == "Point de contact pour les urgences (article 17)"
    assert find("contacts").lacking_numbers == (1, 2, 3, 4)
