"""Every worked case of every indicator, one test each, and the reader of cases itself."""

import textwrap
from pathlib import Path

import pytest

from cartagena.engine.cases import Case, facts_of, list_case_folders, load_cases, run_case
from cartagena.engine.declaration import DeclarationError

CASES = [case for folder in list_case_folders() for case in load_cases(folder)]


@pytest.mark.parametrize("case", CASES, ids=[f"{c.indicator}: {c.name}" for c in CASES])
def test_engine_agrees_with_the_case_worked_out_by_hand(case: Case) -> None:
    assert run_case(case) == []


def test_names_of_cases_differ_within_an_indicator() -> None:
    names = [(case.indicator, case.name) for case in CASES]

    assert len(set(names)) == len(names)


def write_cases(folder: Path, text: str) -> Path:
    place = folder / "i1_2_2_capacity_action_plan"
    place.mkdir()
    (place / "cases.yaml").write_text(textwrap.dedent(text))
    return place


GOOD = """
    - name: one yes
      cycle: nr2
      parties: |
        party | in_force_from
        KEN   | 2003-09-11
      answers: |
        party | question | option
        KEN   | Q148     | true
      expect: {yes: [KEN], headline: 1/1}
"""


def test_case_reads_as_it_is_written(tmp_path: Path) -> None:
    (case,) = load_cases(write_cases(tmp_path, GOOD))

    assert case.indicator == "1.2.2"
    assert facts_of(case)["answer"].column("option").to_pylist() == ["true"]
    assert run_case(case) == []


def test_wrong_expectation_is_told_with_both_values(tmp_path: Path) -> None:
    wrong = GOOD.replace("yes: [KEN], headline: 1/1", "no: [KEN], headline: 0/1, floor: 1/1")

    (case,) = load_cases(write_cases(tmp_path, wrong))

    assert run_case(case) == [
        "no: the case says ['KEN'], the engine []",
        "headline: the case says 0, the engine 1",
    ]


def test_every_unknown_key_of_a_case_is_named_at_once(tmp_path: Path) -> None:
    folder = write_cases(
        tmp_path,
        GOOD.replace("headline:", "hedline:")
        .replace("option\n", "opinion\n")
        .replace("cycle: nr2", "cycle: nr9"),
    )
    with pytest.raises(DeclarationError) as first:
        load_cases(folder)
    assert "nr9" in str(first.value)

    (folder / "cases.yaml").write_text(
        (folder / "cases.yaml").read_text().replace("nr9", "nr2") + "\n"
    )
    with pytest.raises(DeclarationError) as second:
        load_cases(folder)

    assert "hedline" in str(second.value)
    assert "opinion" in str(second.value)


def test_row_with_too_few_cells_is_refused(tmp_path: Path) -> None:
    folder = write_cases(tmp_path, GOOD.replace("KEN   | Q148     | true", "KEN | Q148"))

    with pytest.raises(DeclarationError, match="2 cells"):
        load_cases(folder)
