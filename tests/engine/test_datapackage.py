"""Facts as open data: complete, described, the same every time."""

import csv
import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from cartagena.engine.datapackage import write_datapackage
from cartagena.engine.declaration import DeclarationError
from cartagena.engine.facts import TABLES, Facts, read_facts, schema_of
from cartagena.engine.freeze import cut_facts, facts_hash
from cartagena.engine.parties import countries_table, memberships_table, treaty_table

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def make_facts(answers: list[dict[str, Any]] | None = None) -> Facts:
    report = {
        "party": "KEN", "cycle": "nr4", "record": "R-1", "version": 1,
        "published_on": dt.date(2019, 6, 1), "demonstration": True, "number": "BCH-NR4-KE-1-1",
    }  # fmt: skip
    later = {**report, "record": "R-2", "party": "UGA", "published_on": dt.date(2020, 6, 1)}
    rows = answers or [
        make_answer("R-1", option="true"),
        make_answer("R-1", question="Q017", text='a "word",\r\nthen more'),
        make_answer("R-1", question="Q018", text=""),
        make_answer("R-2", option="false"),
    ]
    return Facts(
        {
            "party": countries_table(),
            "treaty": treaty_table(),
            "membership": memberships_table(),
            "report": pa.Table.from_pylist([report, later], schema_of("report")),
            "answer": pa.Table.from_pylist(rows, schema_of("answer")),
        }
    )


def make_answer(record: str, question: str = "Q016", **cells: str) -> dict[str, Any]:
    party = {"R-1": "KEN", "R-2": "UGA"}[record]
    return {
        "record": record, "version": 1, "party": party, "cycle": "nr4", "question": question,
        **cells,
    }  # fmt: skip


def write(folder: Path, facts: Facts | None = None) -> dict[str, Any]:
    return write_datapackage(facts or make_facts(), folder, title="Facts", created=NOW)


def test_every_table_has_both_files_and_every_column_a_meaning(tmp_path: Path) -> None:
    descriptor = write(tmp_path / "facts")

    assert json.loads((tmp_path / "facts/datapackage.json").read_text()) == descriptor
    paths = {resource["path"] for resource in descriptor["resources"]}
    assert paths == {f"{name}.{form}" for name in TABLES for form in ("csv", "parquet")}
    for resource in descriptor["resources"]:
        content = (tmp_path / "facts" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_demonstration_is_marked_in_the_descriptor_and_in_words(tmp_path: Path) -> None:
    assert write(tmp_path / "facts")["demonstration"] is True
    assert "made-up demonstration data" in (tmp_path / "facts/README.md").read_text()


def test_facts_read_back_are_the_same_facts(tmp_path: Path) -> None:
    write(tmp_path / "facts")

    assert facts_hash(read_facts(tmp_path / "facts")) == facts_hash(make_facts())


def test_csv_keeps_quotes_line_ends_and_tells_empty_from_missing(tmp_path: Path) -> None:
    write(tmp_path / "facts")

    path = tmp_path / "facts/answer.csv"
    with path.open(newline="", encoding="utf-8") as stream:
        rows = {row["question"] + row["record"]: row for row in csv.DictReader(stream)}
    assert rows["Q017R-1"]["text"] == 'a "word",\r\nthen more'
    lines = path.read_text(encoding="utf-8")
    assert 'Q018,,""' in lines  # an empty text; a missing option beside it


def test_same_facts_in_another_order_give_the_same_bytes_and_hash(tmp_path: Path) -> None:
    answers = make_facts()["answer"].to_pylist()
    turned = make_facts(list(reversed(answers)))

    write(tmp_path / "a")
    write(tmp_path / "b", turned)

    assert facts_hash(turned) == facts_hash(make_facts())
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


@pytest.mark.parametrize("change", [{"option": "false"}, {"text": "true"}, {"question": "Q099"}])
def test_any_change_of_an_answer_changes_the_hash(change: dict[str, str]) -> None:
    answers = make_facts()["answer"].to_pylist()
    answers[0] = {**answers[0], **change}

    assert facts_hash(make_facts(answers)) != facts_hash(make_facts())


def test_newer_export_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    write(tmp_path / "facts")
    write(tmp_path / "facts", Facts({"party": countries_table()}))

    assert read_facts(tmp_path / "facts")["report"].num_rows == 0
    assert [path.name for path in tmp_path.iterdir()] == ["facts"]


def test_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Party")

    with pytest.raises(FileExistsError, match="something else"):
        write(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_facts_as_of_a_day_hold_nothing_later() -> None:
    cut = cut_facts(make_facts(), dt.date(2010, 6, 30))
    assert cut["report"].num_rows == 0
    assert max(day for day in cut["treaty"].column("deposited_on").to_pylist() if day) <= dt.date(
        2010, 6, 30
    )

    later = cut_facts(make_facts(), dt.date(2019, 12, 31))
    assert later["report"].column("record").to_pylist() == ["R-1"]
    assert set(later["answer"].column("record").to_pylist()) == {"R-1"}


def test_folder_that_is_no_facts_says_why(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError) as missing:
        read_facts(tmp_path / "nowhere")
    assert [problem.what for problem in missing.value.problems] == ["There is no such folder."]
    (tmp_path / "answer.csv").write_text("record\n")
    with pytest.raises(DeclarationError) as found:
        read_facts(tmp_path)
    assert len(found.value.problems) == len(TABLES)
    remedies = {problem.remedy for problem in found.value.problems if "answer" in problem.place}
    assert remedies == {"The .csv beside it is not read: take the .parquet of the same download."}
    assert ".." not in str(found.value)
