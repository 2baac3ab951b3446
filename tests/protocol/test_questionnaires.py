"""The report formats hold what was adopted: counts, codes, conditions, labels, faults."""

import shutil

import pytest

from cartagena.engine.declaration import DeclarationError, Problems
from cartagena.engine.questionnaire import Format, list_cycles, load_all_formats, load_format
from cartagena.engine.questionnaire_schema import (
    ROOT,
    FormatDeclaration,
    LabelsDeclaration,
    compute_lock,
    read_declaration,
)

CYCLES = ("nr2", "survey2014", "nr3", "nr4", "nr5")
COUNTS = {
    # sections, questions, headings, closed, texts, options, multiple, mandatory, controls
    "nr2": (25, 191, 0, 166, 25, 509, 6, 0, 0),
    "survey2014": (1, 48, 0, 46, 2, 166, 2, 0, 0),
    "nr3": (25, 221, 0, 195, 26, 657, 9, 0, 0),
    "nr4": (25, 220, 9, 186, 25, 606, 14, 136, 64),
    "nr5": (25, 237, 16, 193, 27, 601, 15, 158, 61),
}
BANDED = {
    # Every question whose bands an indicator adds up.
    "survey2014": "S006 S019_a S019_b S019_c S023 S024 S026 S027 S033 S034 S036 S037 S039",
    "nr3": "Q203 Q079_a Q079_b Q079_c Q116 Q118 Q120 Q121 Q171 Q172 Q163 Q132 Q133",
    "nr4": "Q167 Q065_a Q065_b Q065_c Q101 Q103 Q105 Q106 Q145 Q146 Q118 Q119",
    "nr5": "Q153 Q070_a Q070_b Q070_c Q088 Q093 Q095 Q096",
}


def _count(form: Format) -> tuple[int, ...]:
    questions = form.questions
    return (
        len(form.sections),
        len(questions),
        sum(question.is_structural for question in questions),
        sum(question.is_closed for question in questions),
        sum(question.is_text for question in questions),
        sum(len(question.options) for question in questions),
        sum(question.multiple for question in questions),
        sum(question.mandatory is True for question in questions),
        sum(len(condition.any_of) for q in questions for condition in q.conditions),
    )


def test_cycles_are_found_oldest_first() -> None:
    assert list_cycles() == CYCLES


@pytest.mark.parametrize("cycle", CYCLES)
def test_format_has_the_adopted_counts(cycle: str) -> None:
    assert _count(load_format(cycle)) == COUNTS[cycle]


def test_second_report_and_survey_make_the_document_of_239_questions() -> None:
    # 191 + 48 = 239 questions, 509 + 166 = 675 options
    form = load_format("nr2")

    assert [carried.cycle for carried in form.carried] == ["survey2014"]
    assert len(form.in_document) == 239
    assert sum(len(question.options) for question in form.in_document.values()) == 675


@pytest.mark.parametrize("cycle", CYCLES)
def test_adopted_content_matches_its_lock(cycle: str) -> None:
    lock = (ROOT / cycle / "lock").read_text().strip()

    assert compute_lock(cycle) == lock, "An opened cycle never changes. Undo the change."


def test_schemas_and_deadlines_are_those_of_the_clearing_house() -> None:
    found = {c: (f.schema, str(f.deadline), f.document) for c, f in load_all_formats().items()}

    assert found == {
        "nr2": ("cpbNationalReport2", "2011-09-30", "nr2"),
        "survey2014": ("cpbNationalReport2", "None", "nr2"),
        "nr3": ("cpbNationalReport3", "2015-10-31", "nr3"),
        "nr4": ("cpbNationalReport4", "2019-10-01", "nr4"),
        "nr5": ("cpbNationalReport5", "2026-02-28", "nr5"),
    }


def test_question_keeps_key_number_options_and_articles() -> None:
    question = load_format("nr4").question("Q065_b_adq")

    assert question.parent == "Q065"
    assert question.section == "Article15_16"
    assert question.declared_section == "Article2"
    assert [option.code for option in question.options] == ["true", "false"]
    assert question.conditions[0].rule == "@hasValuesExcept"
    assert question.conditions[0].effect == "visible"


def test_header_questions_of_the_fifth_report_are_found_by_key() -> None:
    form = load_format("nr5")

    assert form.question("Q005").section is None
    assert form.question("Q006").is_text
    assert len(form.questions) == 237


@pytest.mark.parametrize("cycle", CYCLES)
def test_every_section_question_and_option_has_a_short_label(cycle: str) -> None:
    form = load_format(cycle)
    keys = {q.key.lower() for q in form.questions} | {q.concept for q in form.questions}

    for section in form.sections:
        assert section.label.get("en")
    for question in form.questions:
        label = question.label.get("en")
        assert label not in keys
        assert 10 < len(label) <= 120, (question.key, label)
        for option in question.options:
            assert 0 < len(option.label.get("en")) <= 80, (question.key, option.code)


def test_no_label_is_left_over() -> None:
    problems = Problems()
    labels = read_declaration(LabelsDeclaration, ROOT / "labels" / "en.yaml", problems)
    questions = [
        question
        for form in load_all_formats().values()
        for question in (*form.questions, *form.header_questions)
    ]
    concepts = {question.concept for question in questions}
    codes = {
        (name, option.code)
        for question in questions
        for option in question.options
        for name in (question.concept, f"{question.cycle}.{question.key.lower()}")
    }

    assert labels is not None
    assert set(labels.questions) == concepts
    assert set(labels.question_help) <= concepts
    assert set(labels.options) == {code for _, code in codes}
    for group in (labels.question_options, labels.prompts):
        assert {(name, code) for name, words in group.items() for code in words} <= codes


def test_one_concept_has_one_label_in_all_cycles() -> None:
    labels: dict[str, set[str]] = {}
    for form in load_all_formats().values():
        for question in form.questions:
            labels.setdefault(question.concept, set()).add(question.label.get("en"))

    assert len(labels) == 459
    assert all(len(found) == 1 for found in labels.values())


def test_same_code_with_another_meaning_has_another_label() -> None:
    code = "68250AA6-75F1-470D-A8E7-85ECDF703D00"

    before = load_format("nr3").question("Q148").option(code)
    after = load_format("nr4").question("Q132").option(code)

    assert "training" in before.label.get("en")
    assert "Mainstreaming" in after.label.get("en")


@pytest.mark.parametrize("cycle", BANDED)
def test_bands_that_indicators_add_up_have_bounds(cycle: str) -> None:
    form = load_format(cycle)

    for key in BANDED[cycle].split():
        question = form.question(key)
        assert question.unit in ("count", "usd")
        assert all(option.bounds for option in question.options), key


@pytest.mark.parametrize("cycle", CYCLES)
def test_bands_overlap_only_where_a_fault_says_so(cycle: str) -> None:
    for question in load_format(cycle).questions:
        bounds = sorted(option.bounds for option in question.options if option.bounds)
        overlaps = [
            (low, high)
            for low, high in zip(bounds, bounds[1:], strict=False)
            if low[1] is None or low[1] >= high[0]
        ]
        # "less than 1 per year" reaches up to 1
        known = {"overlap-at-five"} & {fault.id for fault in question.faults}
        assert not overlaps or known or question.unit == "per_year", question.key


def test_bounds_mean_what_the_option_says() -> None:
    nr2, nr4 = load_format("nr2"), load_format("nr4")

    # None, 1 to 4, 5 to 9, more than 10: no place for ten
    assert [o.bounds for o in nr2.question("Q041").options] == [(0, 0), (1, 4), (5, 9), (11, None)]
    assert nr4.question("Q103").option("100+").bounds == (100, None)
    assert nr4.question("Q167").option("USD5000-49999").bounds == (5000, 49999)
    assert nr4.question("Q150").option("na").bounds is None


def test_known_faults_are_told_at_their_questions() -> None:
    at = {
        ("nr2", "Q041"): "gap-at-ten",
        ("nr2", "Q067"): "gap-at-five",
        ("nr2", "Q124_a"): "lost-stem",
        ("survey2014", "S003"): "framework-in-chinese",
        ("nr3", "Q015"): "year-label",
        ("nr3", "Q012_party"): "key-and-number",
        ("nr3", "Q090"): "release-code",
        ("nr4", "Q051"): "wrong-section",
        ("nr4", "Q064"): "closed-to-partial",
        ("nr4", "Q126"): "open-to-partial",
        ("nr4", "Q055"): "overlap-at-five",
        ("nr4", "Q172"): "single-choice",
        ("nr4", "Q132"): "training-code",
        ("nr5", "Q026_adq"): "wrong-section",
        ("nr5", "Q096"): "open-to-none",
        ("nr5", "Q047"): "overlap-at-five",
    }

    for (cycle, key), fault in at.items():
        assert fault in {found.id for found in load_format(cycle).question(key).faults}, key


@pytest.mark.parametrize("cycle", CYCLES)
def test_conditions_only_look_back(cycle: str) -> None:
    seen: set[str] = set()

    for question in load_format(cycle).questions:
        for condition in question.conditions:
            for requirement in condition.any_of:
                assert requirement.question in seen
        assert question.parent is None or question.parent in seen
        seen.add(question.key)


def test_declaration_reports_every_problem_with_its_place(tmp_path) -> None:
    folder = tmp_path / "nr9"
    shutil.copytree(ROOT / "nr4", folder)
    path = folder / "format.yaml"
    text = path.read_text()
    text = text.replace("answer_shape: value\n", "answer_shape: guess\n")
    text = text.replace('        number: "14"\n', '        nummber: "14"\n')
    path.write_text(text)
    problems = Problems()

    read = read_declaration(FormatDeclaration, path, problems, rename={"schema": "schema_id"})

    places = [problem.place for problem in problems]
    assert read is None
    assert len(places) == 3
    assert any(place.endswith("answer_shape") for place in places)
    assert any(place.endswith("sections.1.questions.0.number") for place in places)
    assert any(place.endswith("sections.1.questions.0.nummber") for place in places)


def test_unknown_cycle_is_refused() -> None:
    with pytest.raises(DeclarationError):
        load_format("nr9")
