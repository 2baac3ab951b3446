"""Declarations are read strictly, and all their problems are reported together."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from cartagena.engine.declaration import DeclarationError, Problems, build, read_yaml
from cartagena.engine.text import EnglishText, Text


@dataclass(frozen=True)
class Step:
    id: str
    days: int


@dataclass(frozen=True)
class Procedure:
    title: Text
    kind: Literal["first", "second"]
    since: date
    steps: tuple[Step, ...]
    note: EnglishText | None = None
    share: float = 0.5


GOOD = {
    "title": "议定书",
    "kind": "first",
    "since": date(2003, 9, 11),
    "steps": [{"id": "a", "days": 90}],
}


def write(folder: Path, text: str) -> Path:
    path = folder / "some.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def list_problems(raw: object) -> list[str]:
    problems = Problems()
    assert build(Procedure, raw, "some.yaml", problems, language="zh") is None
    return [f"{problem.place}: {problem.what}" for problem in problems]


def test_duplicate_key_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "a: 1\nb: 2\na: 3\n")
    with pytest.raises(DeclarationError, match=r"some\.yaml:3:1: the key 'a' stands twice"):
        read_yaml(path)


def test_missing_file_is_a_problem_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="cannot be read"):
        read_yaml(tmp_path / "none.yaml")


def test_broken_yaml_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match=r"some\.yaml:2:"):
        read_yaml(write(tmp_path, "a: [1,\nb: }\n"))


def test_norway_is_not_false_and_a_time_is_not_a_number(tmp_path: Path) -> None:
    path = write(tmp_path, "iso2: NO\nanswer: no\nopen: 12:30\nkept: true\ncount: 12\n")
    expected = {"iso2": "NO", "answer": "no", "open": "12:30", "kept": True, "count": 12}
    assert read_yaml(path) == expected


def test_changed_file_is_read_again(tmp_path: Path) -> None:
    assert read_yaml(write(tmp_path, "a: 1\n")) == {"a": 1}
    assert read_yaml(write(tmp_path, "a: 1\nb: 2\n")) == {"a": 1, "b": 2}


def test_python_objects_are_not_constructed(tmp_path: Path) -> None:
    path = write(tmp_path, "a: !!python/object/apply:os.getcwd []\n")
    with pytest.raises(DeclarationError, match="could not determine a constructor"):
        read_yaml(path)


def test_mapping_becomes_a_dataclass_of_the_declared_types() -> None:
    built = build(Procedure, {**GOOD, "note": "ours", "share": 1}, "x", Problems(), language="zh")
    assert built is not None
    assert built.title == Text.of({"zh": "议定书"}, original="zh")
    assert built.note == Text.of({"en": "ours"}, original="en")
    assert built.steps == (Step("a", 90),)
    assert built.share == 1.0


def test_unknown_and_missing_keys_are_both_reported() -> None:
    raw = {key: value for key, value in GOOD.items() if key != "kind"} | {"knid": "first"}
    assert list_problems(raw) == [
        "some.yaml: unknown key 'knid'",
        "some.yaml: missing key 'kind'",
    ]


def test_all_problems_are_reported_together_with_their_places() -> None:
    raw = {"title": 1.1, "kind": "third", "since": "2003", "steps": [{"id": "a", "days": True}]}
    assert list_problems(raw) == [
        "some.yaml.title: text is needed, found 1.1",
        "some.yaml.kind: 'third' is not allowed",
        "some.yaml.since: a date (YYYY-MM-DD) is needed, found '2003'",
        "some.yaml.steps[0].days: a whole number is needed, found True",
    ]


def test_a_list_is_not_a_mapping() -> None:
    assert list_problems([1])[0] == "some.yaml: a mapping is needed, found a list"


def test_error_says_how_many_problems_and_what_to_do() -> None:
    problems = Problems()
    problems.add("a.yaml", "one thing", "Do this.")
    problems.add("b.yaml", "another", "Do that.")
    with pytest.raises(DeclarationError) as caught:
        problems.raise_if_any()
    assert str(caught.value).splitlines() == [
        "2 problems in the declarations:",
        "  - a.yaml: one thing. Do this.",
        "  - b.yaml: another. Do that.",
    ]
    assert len(caught.value.problems) == 2
