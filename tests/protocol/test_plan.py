"""The Strategic Plan as declared: its numbers, its texts, and what a damaged copy is told."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cartagena.engine.declaration import DeclarationError
from cartagena.engine.plan import (
    PLANS,
    Plan,
    list_plans,
    load_plan,
    missing_translations,
    read_plan,
)

INDICATORS_PER_OBJECTIVE = {
    **{"1.1": 3, "1.2": 8, "1.3": 2, "1.4": 1, "1.5": 3, "1.6": 2, "1.7": 2, "1.8": 3, "1.9": 3},
    **{"2.1": 4, "2.2": 4, "2.3": 2, "2.4": 3, "2.5": 2, "2.6": 2},
    **{"3.1": 1, "3.2": 1, "3.3": 4, "4.1": 7, "4.2": 2, "5.1": 7, "5.2": 4, "5.3": 2},
}
CopyPlan = Callable[..., Path]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan()


@pytest.fixture
def copy_plan(tmp_path: Path) -> CopyPlan:
    """A copy of the plan in which a sentence of one file was replaced."""

    def copy(name: str, old: str, new: str) -> Path:
        folder = tmp_path / "plan"
        if not folder.exists():
            ignore = shutil.ignore_patterns("indicators", "__pycache__")
            shutil.copytree(PLANS / "cpb_2011_2020", folder, ignore=ignore)
        path = folder / name
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")
        return folder

    return copy


def list_problems(folder: Path) -> list[str]:
    with pytest.raises(DeclarationError) as caught:
        read_plan(folder)
    return [f"{problem.place}: {problem.what}" for problem in caught.value.problems]


def test_plan_has_the_numbers_of_the_document(plan: Plan) -> None:
    assert len(plan.focal_areas) == 5
    assert [len(area.impacts) for area in plan.focal_areas] == [2, 5, 2, 1, 4]
    assert len(plan.impacts) == 14
    assert [len(area.objectives) for area in plan.focal_areas] == [9, 6, 3, 2, 3]
    assert len(plan.objectives) == 23
    assert len(plan.outcomes) == 60
    assert len(plan.indicators) == 72


def test_each_objective_has_its_number_of_indicators(plan: Plan) -> None:
    counted = {objective.id: len(objective.indicators) for objective in plan.objectives}
    assert counted == INDICATORS_PER_OBJECTIVE


def test_ids_are_unique_and_found_again(plan: Plan) -> None:
    assert len(set(plan.logframe.ids)) == len(plan.logframe.ids) == 5 + 14 + 23 + 60 + 72
    assert plan.focal_area("5").id == "5"
    assert plan.impact("1.i2").id == "1.i2"
    assert plan.objective("1.1").outcomes[0] == plan.outcome("1.1.a")
    assert plan.objective_of("1.1.a") == plan.objective_of("1.1.1") == plan.objective("1.1")
    assert plan.focal_area_of("4.1.7").title.get("en") == "Compliance and review"


def test_unknown_ids_are_refused_with_what_there_is(plan: Plan) -> None:
    with pytest.raises(LookupError, match=r"no objective '1\.1\.a'. It has 1\.1 to 5\.3"):
        plan.objective("1.1.a")
    with pytest.raises(LookupError, match="no evaluation point 'end'"):
        plan.point("end")
    with pytest.raises(LookupError, match="Meeting 11"):
        plan.meeting(11)


def test_chinese_is_the_original_and_english_the_translation(plan: Plan) -> None:
    title = plan.indicator("1.1.3").title
    assert title.original == "zh"
    assert title.get("zh") == "指定国家联络点和国家主管当局的缔约方所占百分比"
    assert title.get("en").startswith("Percentage of Parties that have designated")
    assert plan.vision.get("zh") == "充分保护生物多样性，使其免受改性活生物体的任何不利影响。"


def test_restored_character_is_marked(plan: Plan) -> None:
    restored = {key for key, text in plan.texts.items() if "[最]" in text.get("zh")}
    assert restored == {"2.3.2", "5.1.a", "note.par18", "cbdsp.2.3"}
    assert not [
        key
        for key in plan.texts
        if "最" in plan.texts[key].get("zh").replace("[最]", "")
        and plan.texts[key].original == "zh"
    ]


def test_english_is_complete() -> None:
    assert missing_translations("en") == ()


def test_missing_language_falls_back_to_english(plan: Plan) -> None:
    assert plan.objective("1.1").title.get("sw") == "National biosafety frameworks"
    assert len(plan.missing_translations("sw")) == len(plan.texts)


def test_a_language_is_added_by_adding_a_file(copy_plan: CopyPlan) -> None:
    folder = copy_plan("translations/fr.yaml", "", "1.1.title: Cadres nationaux\n")
    plan = read_plan(folder)
    assert plan.objective("1.1").title.get("fr") == "Cadres nationaux"
    assert plan.objective("1.2").title.get("fr") == "Coordination and support"
    assert len(plan.missing_translations("fr")) == len(plan.texts) - 1


def test_unknown_translation_key_is_refused(copy_plan: CopyPlan) -> None:
    folder = copy_plan("translations/fr.yaml", "", "1.1.heading: Cadres nationaux\n")
    assert list_problems(folder) == [f"{folder}/translations/fr.yaml: 1.1.heading: unknown key"]


def test_translation_of_the_original_is_refused(copy_plan: CopyPlan) -> None:
    folder = copy_plan("translations/zh.yaml", "", "1.1.title: 别的\n")
    assert list_problems(folder) == [
        f"{folder}/translations/zh.yaml: 1.1.title: translates the original"
    ]


def test_missing_translation_is_named(copy_plan: CopyPlan) -> None:
    line = "1.1.title: National biosafety frameworks\n"
    plan = read_plan(copy_plan("translations/en.yaml", line, ""))
    assert plan.missing_translations("en") == ("1.1.title",)
    assert plan.objective("1.1").title.get("en") == "国家生物技术安全框架"


def test_unknown_key_in_a_declaration_is_refused(copy_plan: CopyPlan) -> None:
    folder = copy_plan("logframe.yaml", "    outcomes:", "    outcome:")
    assert list_problems(folder) == [
        "logframe.yaml.focal_areas[0].objectives[0]: unknown key 'outcome'",
        "logframe.yaml.focal_areas[0].objectives[0]: missing key 'outcomes'",
    ]


def test_id_that_does_not_fit_its_place_is_refused(copy_plan: CopyPlan) -> None:
    folder = copy_plan("logframe.yaml", "- {id: 2.i5, text", "- {id: 2.i6, text")
    assert "logframe.yaml: 2.i6: the id does not fit its place" in list_problems(folder)


def test_lost_indicator_is_noticed_by_the_counts(copy_plan: CopyPlan) -> None:
    line = '    - {id: 5.3.2, title: "共享与生物技术安全有关的出版物数量"}\n'
    folder = copy_plan("logframe.yaml", line, "")
    of_the_plan = [each for each in list_problems(folder) if "/translations/" not in each]
    assert of_the_plan == [
        "plan.yaml: shape: 71 indicators, expected 72",
        "plan.yaml: shape: 1 indicators of 5.3, expected 2",
    ]


def test_problems_of_several_files_are_reported_together(copy_plan: CopyPlan) -> None:
    copy_plan("meetings.yaml", "place: Bonn", "city: Bonn")
    folder = copy_plan("points.yaml", "cycle: nr3", "cycle: 3")
    assert list_problems(folder) == [
        "meetings.yaml.meetings[3].sessions[0]: unknown key 'city'",
        "meetings.yaml.meetings[3].sessions[0]: missing key 'place'",
        "points.yaml.points[1].cycle: text is needed, found 3",
    ]


def test_unknown_plan_is_refused_with_the_known_ones() -> None:
    assert "cpb_2011_2020" in list_plans()
    with pytest.raises(DeclarationError, match="no plan is called 'cpb_2030'"):
        load_plan("cpb_2030")


def test_meetings_have_their_dates(plan: Plan) -> None:
    assert [meeting.number for meeting in plan.meetings] == list(range(1, 11))
    assert plan.meeting(5).closes_on == date(2010, 10, 15) == plan.about.adopted_on
    assert plan.meeting(7).opens_on == date(2014, 9, 29)


def test_tenth_meeting_sat_in_two_parts(plan: Plan) -> None:
    assert len(plan.meeting(10).sessions) == 2
    assert plan.meeting(10).sessions[1].opens_on == date(2022, 12, 7)
    assert plan.meeting(10).closes_on == date(2022, 12, 19)


def test_evaluation_points_name_cycle_sources_date_and_meeting(plan: Plan) -> None:
    rows = {p.id: (p.cycle, p.sources, p.record_date, p.meeting) for p in plan.points}
    assert rows == {
        "baseline": ("nr2", ("nr2", "survey2014"), date(2011, 12, 31), 6),
        "midterm": ("nr3", ("nr3",), date(2015, 12, 31), 8),
        "final": ("nr4", ("nr4",), date(2019, 12, 31), 10),
        "after": ("nr5", ("nr5",), date(2025, 12, 31), None),
    }
    assert {point.record_date_status for point in plan.points} == {"proposal"}


def test_faults_are_listed_with_what_we_do(plan: Plan) -> None:
    assert {"letter-b-missing", "lost-character", "decision-arabic-one"} <= {
        fault.id for fault in plan.faults
    }
    assert all(fault.we_do.get("en") and fault.what.get("en") for fault in plan.faults)
    assert [fault.id for fault in plan.faults_about("5.1.a")] == ["lost-character"]


def test_fault_about_an_unknown_thing_is_refused(copy_plan: CopyPlan) -> None:
    folder = copy_plan("faults.yaml", "concerns: [note.par15]", "concerns: [note.par20]")
    assert list_problems(folder) == ["faults.yaml: decision-arabic-one: no such id as 'note.par20'"]


def test_citation_that_leads_nowhere_is_refused(copy_plan: CopyPlan) -> None:
    folder = copy_plan("programme_of_work.yaml", "[cpb.art16.5]", "[cpb.art16.55]")
    copy_plan("points.yaml", "[cpb.art33]", "[cpb.art333]")
    assert list_problems(folder) == [
        "programme_of_work.yaml: mop7.a: no provision 'cpb.art16.55' to cite",
        "points.yaml: after: no provision 'cpb.art333' to cite",
    ]


def test_crosswalk_moves_the_last_three_focal_areas(plan: Plan) -> None:
    adopted = {area.id: plan.find_adopted(area.id) for area in plan.focal_areas}
    numbers = {draft: row.adopted for draft, row in adopted.items() if row}
    assert numbers == {"1": "1", "2": "2", "3": "5", "4": "3", "5": "4"}


def test_crosswalk_has_every_objective_and_drops_scientific_advice(plan: Plan) -> None:
    rows = [plan.find_adopted(objective.id) for objective in plan.objectives]
    adopted = [row.adopted for row in rows if row and row.adopted]
    assert len(rows) == 23
    assert len(set(adopted)) == len(adopted) == 22
    assert plan.find_adopted("9.9") is None
