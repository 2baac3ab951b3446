"""Import and export of records: nothing is lost, and nobody's name is kept."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cartagena.apps.exchange.api import export_records
from cartagena.apps.registry.api import list_versions, verify_log
from tests.apps.exchange.world import (
    GUID,
    emptied_afterwards,
    load,
    make_example,
    make_random,
    publish,
    read_export,
    write_lines,
)
from tests.record_bodies import TYPES_WITH_FIELDS

pytestmark = pytest.mark.django_db


@given(seed=st.integers(0, 2**32))
@settings(
    max_examples=8, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_export_and_import_give_equal_files_for_bodies_of_all_types(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    documents = [make_random(name, n, chance) for n, name in enumerate(TYPES_WITH_FIELDS, 1)]
    given_file = write_lines(tmp_path / "given.jsonl", documents)
    with emptied_afterwards():
        assert load(given_file).published == len(documents)
        export_records(tmp_path / "one.jsonl", all_versions=True)
    with emptied_afterwards():
        load(tmp_path / "one.jsonl")
        export_records(tmp_path / "two.jsonl", all_versions=True)

    exported = (tmp_path / "one.jsonl").read_bytes()
    assert exported == (tmp_path / "two.jsonl").read_bytes()
    bodies = {d["identifier"]: d["body"] for d in map(json.loads, exported.splitlines())}
    assert bodies == {d["identifier"]: d["body"] for d in documents}


def test_envelope_comes_back_as_it_was_without_people(tmp_path: Path) -> None:
    document = make_example("biosafetyDecision", mark="of our own", size=12)
    publish(tmp_path, document)

    (found,) = read_export(tmp_path / "out.jsonl")

    lost = {"owner", "createdBy", "submittedBy", "updatedBy", "workingDocumentID"}
    kept = {name: value for name, value in document.items() if name not in lost}
    assert {name: found[name] for name in kept} == {
        **kept,
        "latestRevision": 1,
        "metadata": {"government": "ke", "schema": "biosafetyDecision"},
    }
    assert "example.org" not in json.dumps({**found, "body": {}})


def test_unknown_fields_and_terms_are_kept_and_told(tmp_path: Path) -> None:
    document = make_example("biosafetyDecision")
    document["body"]["newerField"] = {"a": [1, 2.5, None, "x"]}
    document["body"]["decisionResult"] = {"identifier": "not-a-term"}

    result = publish(tmp_path, document)

    assert (result.published, result.refused, result.errors) == (1, 0, 0)
    told = {problem.question: problem.what for problem in result.problems}
    assert "unknown field 'newerField'" in told["newerField"]
    assert "not-a-term" in told["decisionResult.identifier"]
    (found,) = read_export(tmp_path / "out.jsonl")
    assert found["body"] == document["body"]


def test_all_versions_and_a_withdrawal_come_back(tmp_path: Path) -> None:
    first = make_example("biosafetyLaw", submittedOn="2018-01-02T00:00:00.000Z")
    second = make_example(
        "biosafetyLaw", revision=2, submittedOn="2019-01-02T00:00:00.000Z",
        deletedOn="2021-06-07T08:09:10.000Z",
    )  # fmt: skip
    second["body"]["title"] = {"en": "Another title"}
    with emptied_afterwards():
        result = publish(tmp_path, second, first)  # in any order
        assert (result.published, result.amended) == (1, 1)
        assert read_export(tmp_path / "live.jsonl") == []
        found = read_export(tmp_path / "one.jsonl", all_versions=True)
        assert not verify_log().findings
    with emptied_afterwards():
        load(tmp_path / "one.jsonl")
        again = read_export(tmp_path / "two.jsonl", all_versions=True)
        assert not verify_log().findings

    assert [d["revision"] for d in found] == [1, 2]
    assert [d["latestRevision"] for d in found] == [2, 2]
    assert found[1]["deletedOn"] == "2021-06-07T08:09:10.000Z"
    assert "deletedOn" not in found[0]
    assert again == found


def test_withdrawal_elsewhere_is_followed(tmp_path: Path) -> None:
    publish(tmp_path, make_example("authority"))

    gone = make_example("authority", deletedOn="2022-01-01T00:00:00Z")
    result = publish(tmp_path, gone)

    assert (result.withdrawn, result.unchanged) == (1, 0)
    version = list_versions(GUID.format(1)).get()
    assert (version.ending, version.ends_at.year) == ("withdrawn", 2022)
    assert publish(tmp_path, gone).unchanged == 1


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    documents = [make_example(name, n) for n, name in enumerate(TYPES_WITH_FIELDS, 1)]
    publish(tmp_path, *documents)
    before = verify_log().head

    result = publish(tmp_path, *documents)

    assert (result.unchanged, result.published) == (len(documents), 0)
    assert verify_log().head == before


def test_demonstration_stays_demonstration(tmp_path: Path) -> None:
    publish(tmp_path, make_example("authority", demonstration=True))

    assert list_versions(GUID.format(1)).get().demonstration
    (found,) = read_export(tmp_path / "out.jsonl")
    assert found["demonstration"] is True


def test_notes_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    document = make_example("authority")
    document["body"]["notes"] = "between us"
    publish(tmp_path, document)

    (public,) = read_export(tmp_path / "public.jsonl")
    (whole,) = read_export(tmp_path / "whole.jsonl", with_notes=True)

    assert "notes" not in public["body"]
    assert whole["body"]["notes"] == "between us"


@pytest.mark.parametrize(
    "name", ["one.json", "list.json", "items.json", "apart.json", "l.jsonl.gz"]
)
def test_every_way_to_hand_records_over_is_read(tmp_path: Path, name: str) -> None:
    document = make_example("authority")
    body = document.pop("body")
    forms: dict[str, Any] = {
        "one.json": body,
        "list.json": [{**document, "body": body}],
        "items.json": {"Count": 1, "Items": [{**document, "body": body}]},
        "apart.json": {"info": document, "body": body},
    }
    path = tmp_path / name
    if name.endswith(".gz"):
        import gzip

        path.write_bytes(gzip.compress(json.dumps({**document, "body": body}).encode() + b"\n"))
    else:
        path.write_text(json.dumps(forms[name]))

    result = load(path)

    assert (result.published, result.refused) == (1, 0), result.problems


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"identifier": "other-identifier"}, "the envelope says"),
        ({"type": "biosafetyLaw"}, "the envelope says"),
        ({"metadata": {"government": "no"}}, "the envelope names"),
        ({"submittedOn": "2999-01-01T00:00:00Z"}, "in the future"),
        ({"submittedOn": "soon"}, "is no moment"),
        ({"deletedOn": "never"}, "is no moment"),
        ({"revision": 0}, "is no number from 1 up"),
        ({"documentID": "7"}, "is no number from 1 up"),
    ],
)
def test_what_contradicts_itself_is_refused(
    tmp_path: Path, change: dict[str, Any], sentence: str
) -> None:
    result = publish(tmp_path, make_example("biosafetyDecision") | change)

    assert (result.published, result.refused) == (0, 1)
    assert any(sentence in problem.what for problem in result.problems), result.problems


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({"body": {"header": {"schema": "authority"}}}, "names no identifier"),
        ({"body": {"header": {"identifier": "x", "schema": "authority"}}}, "identifies no record"),
        ({"body": {"header": {"identifier": GUID, "schema": "absPermit"}}}, "identifies no record"),
        ({"body": {"header": {"identifier": "A" * 20, "schema": "absPermit"}}}, "no record type"),
        ({"body": {"header": {"identifier": "A" * 20, "schema": "treatyStatus"}}}, "tables of"),
        ({"body": {"header": {"identifier": "A" * 20, "schema": "authority"}}}, "belongs to a gov"),
        ({"identifier_s": "A" * 20, "schema_s": "authority"}, "an answer of the index"),
        ({"a": 1}, "it is no record"),
    ],
)
def test_what_cannot_be_identified_is_refused(
    tmp_path: Path, document: dict[str, Any], sentence: str
) -> None:
    result = publish(tmp_path, document, make_example("authority", 2))

    assert (result.published, result.refused) == (1, 1)
    assert any(sentence in problem.what for problem in result.problems), result.problems


def test_dry_run_publishes_nothing_and_says_what_would_be(tmp_path: Path) -> None:
    result = publish(tmp_path, make_example("authority"), dry_run=True)

    assert result.published == 1
    assert not list_versions(GUID.format(1)).exists()
    assert "dry run" in result.describe()


def test_folder_gets_a_file_for_each_type_that_has_records(tmp_path: Path) -> None:
    publish(tmp_path, make_example("authority"), make_example("organism", 2))

    counts = export_records(tmp_path / "out")

    assert counts == {"authority": 1, "organism": 1}
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "authority.jsonl", "organism.jsonl",
    ]  # fmt: skip


def test_packed_export_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    publish(tmp_path, make_example("authority"))

    for name in ("one.jsonl.gz", "two.jsonl.gz"):
        export_records(tmp_path / name)

    assert (tmp_path / "one.jsonl.gz").read_bytes() == (tmp_path / "two.jsonl.gz").read_bytes()
