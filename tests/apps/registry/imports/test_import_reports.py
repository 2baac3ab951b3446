"""National reports out of good files: every form, again, interrupted, in each other's way."""

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest

from cartagena.apps.registry import api
from cartagena.apps.registry.imports import run as running
from cartagena.engine.answers import flatten_body
from cartagena.engine.questionnaire import load_format
from tests.apps.registry.imports.make import (
    IDENTIFIER,
    NOW,
    get_live,
    list_sentences,
    make_body,
    make_envelope,
    run,
    write,
)

pytestmark = pytest.mark.django_db

THREE = [make_envelope(f"TEST-{code}-00001", code) for code in ("ke", "no", "br")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", THREE),
        ("a.json", {"Count": 3, "Items": THREE}),
        ("a.json", {"items": THREE}),
        ("a.jsonl", "\n".join(map(json.dumps, THREE))),
        ("a.ndjson", "\ufeff" + "\r\n".join(map(json.dumps, THREE)) + "\r\n\r\n"),
        ("a.jsonl", json.dumps(THREE)),
    ],
    ids=["list", "Items", "items", "lines", "lines of Windows", "a list on a line"],
)
def test_every_form_gives_the_same_reports(tmp_path: Path, name: str, content: object) -> None:
    result = run(write(tmp_path / name, content))

    assert (result.read, result.published, result.errors) == (3, 3, 0)
    assert set(get_live()) == {"TEST-ke-00001", "TEST-no-00001", "TEST-br-00001"}


def test_folder_is_read_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    write(tmp_path / "1.json", THREE[0])
    write(tmp_path / "deeper" / "2.json", THREE[1])
    write(tmp_path / "notes.txt", "not a report")

    result = run(tmp_path)

    assert (result.files, result.published, result.errors) == (2, 2, 0)
    assert ".txt is not read" in list_sentences(result, "warning")


def test_envelope_keeps_its_numbers_and_dates(tmp_path: Path) -> None:
    envelope = make_envelope(
        revision=3, documentID=104567, submittedOn="2019-09-20T23:30:00-05:00",
    )  # fmt: skip

    run(write(tmp_path / "a.json", envelope))

    version = api.get_version(IDENTIFIER)
    assert (version.source_revision, version.record.document_id) == (3, 104567)
    # Half past eleven at night, five hours behind, is half past four of the next day in UTC.
    assert version.published_at == dt.datetime(2019, 9, 21, 4, 30, tzinfo=dt.UTC)
    assert version.record.government == "KEN"
    assert version.received_on == dt.date(2019, 9, 21)
    assert not version.demonstration


def test_bare_body_takes_the_day_that_the_user_names(tmp_path: Path) -> None:
    run(write(tmp_path / "a.json", make_body()), published_on=dt.date(2019, 10, 1))

    assert api.get_version(IDENTIFIER).published_at == dt.datetime(2019, 10, 1, tzinfo=dt.UTC)


def test_bare_body_without_a_date_counts_from_now_and_says_so(tmp_path: Path) -> None:
    result = run(write(tmp_path / "a.json", make_body()))

    assert api.get_version(IDENTIFIER).published_at == NOW
    assert any("nothing says when" in what for what in list_sentences(result, "warning"))


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", THREE)
    run(path)
    position = api.log_position()

    again = run(path)

    assert (again.unchanged, again.published, again.amended) == (3, 0, 0)
    assert api.log_position() == position


def test_interrupted_import_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, THREE)))
    monkeypatch.setattr(running, "BATCH", 1)
    real, calls = running.publish_records, []

    def break_down_at_the_third(*arguments: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "publish_records", break_down_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        run(path)
    assert len(get_live()) == 2

    monkeypatch.setattr(running, "publish_records", real)
    again = run(path)

    assert (again.unchanged, again.published) == (2, 1)


def test_bad_report_does_not_stop_the_others(tmp_path: Path) -> None:
    bad = make_envelope("TEST-BAD-00001", "se", Q014={"value": "perhaps"})

    result = run(write(tmp_path / "a.json", [THREE[0], bad, "x", THREE[1]]))

    assert (result.read, result.published, result.refused) == (4, 2, 2)
    assert {(p.place, p.question) for p in result.problems if p.severity == "error"} == {
        ("$[1]", "Q014"),
        ("$[2]", ""),
    }


def test_higher_revision_amends(tmp_path: Path) -> None:
    first = make_envelope(revision=1)
    second = make_envelope(revision=2, submittedOn="2020-02-02T00:00:00Z", Q018={"value": "false"},
                           Q019=None)  # fmt: skip

    result = run(write(tmp_path / "a.json", [first, second]))

    assert (result.published, result.amended) == (1, 1)
    assert get_live() == {IDENTIFIER: 2}


def test_same_report_twice_is_read_once(tmp_path: Path) -> None:
    result = run(write(tmp_path / "a.json", [make_envelope(), make_envelope()]))

    assert (result.published, result.errors, get_live()) == (1, 0, {IDENTIFIER: 1})
    assert any("stands in" in what for what in list_sentences(result, "warning"))


def test_same_identifier_that_says_otherwise_is_refused(tmp_path: Path) -> None:
    other = make_envelope(Q014={"value": "implementation.none"})

    result = run(write(tmp_path / "a.json", [make_envelope(), other]))

    assert (result.published, result.refused) == (1, 1)
    assert "says otherwise" in list_sentences(result)[0]


def test_second_report_of_a_party_is_for_the_user_to_decide(tmp_path: Path) -> None:
    newer = make_envelope("TEST-REPORT-0002", submittedOn="2020-05-05T00:00:00Z")
    run(write(tmp_path / "a.json", make_envelope()))
    path = write(tmp_path / "b.json", newer)

    refused = run(path)
    assert "KEN has a report for nr4 already" in list_sentences(refused)[0]
    assert "--if-second" in refused.problems[-1].remedy

    kept = run(path, if_second="keep")
    assert (kept.errors, set(get_live())) == (0, {IDENTIFIER})

    replaced = run(path, if_second="newer")
    assert (replaced.published, replaced.replaced) == (1, [IDENTIFIER])
    assert set(get_live()) == {"TEST-REPORT-0002"}
    # The older was public until now; two were never public at once.
    assert api.get_version("TEST-REPORT-0002").published_at == NOW


def test_older_report_never_replaces_a_newer(tmp_path: Path) -> None:
    run(write(tmp_path / "a.json", make_envelope()))
    older = make_envelope("TEST-REPORT-0002", submittedOn="2018-05-05T00:00:00Z")

    result = run(write(tmp_path / "b.json", older), if_second="newer")

    assert (result.published, result.errors, set(get_live())) == (0, 0, {IDENTIFIER})


def test_two_reports_of_a_party_in_one_file_are_for_the_user_to_decide(tmp_path: Path) -> None:
    result = run(write(tmp_path / "a.json", [make_envelope(), make_envelope("TEST-REPORT-0002")]))

    assert (result.published, result.refused) == (1, 1)


def test_real_report_takes_the_place_of_a_made_up_one(tmp_path: Path) -> None:
    body = make_body("DEMO-NR4-KEN")
    made_up = api.Publication(
        identifier="DEMO-NR4-KEN", type="cpbNationalReport4", government="KEN", body=body,
        published_at=dt.datetime(2019, 9, 1, tzinfo=dt.UTC), demonstration=True,
    )  # fmt: skip
    api.publish_records([made_up], actor=None, reason="Test.", now=NOW)

    result = run(write(tmp_path / "a.json", make_envelope()))

    assert (result.published, result.errors, result.replaced) == (1, 0, ["DEMO-NR4-KEN"])
    assert set(get_live()) == {IDENTIFIER}
    # It was public on its own day, as if there had been no other.
    assert api.get_version(IDENTIFIER).published_at.year == 2019


def test_report_of_a_country_that_was_no_party_is_published_with_a_warning(tmp_path: Path) -> None:
    result = run(write(tmp_path / "a.json", make_envelope("TEST-US-000001", "us")))

    assert result.published == 1
    assert "USA was not a Party on 2019-09-20" in list_sentences(result, "warning")


HEADER = "Party;Cycle;Question;Option;Value\n"
ROWS = """Kenya;NR4;Q014;implementation.fullInPlace;
KEN;nr4;Q015;instrument.nationalBiosafetyLaws;
KEN;nr4;Q015;instrument.biosafetyGuidelines;
ke;4;Q020;;A remark; with "words"
Norway;cpbNationalReport4;Q014;;IMPLEMENTATION.NONE
KEN;survey2014;S005;true;
KEN;nr2;Q017;false;
"""


def test_table_gives_a_report_for_each_party_and_cycle(tmp_path: Path) -> None:
    rows = ROWS.replace("A remark; with", "A remark with").replace('"words"', "words")

    result = run(write(tmp_path / "a.csv", "\ufeff" + HEADER + rows))

    assert list_sentences(result) == []
    assert set(get_live()) == {"TABLE-NR4-KEN", "TABLE-NR4-NOR", "TABLE-NR2-KEN"}
    body = api.get_version("TABLE-NR4-KEN").body
    answers = flatten_body(load_format("nr4"), body)
    assert [(answer.question, answer.option or answer.text) for answer in answers] == [
        ("Q014", "implementation.fullInPlace"),
        ("Q015", "instrument.nationalBiosafetyLaws"),
        ("Q015", "instrument.biosafetyGuidelines"),
        ("Q020", "A remark with words"),
    ]  # fmt: skip
    # The survey travels with the second report.
    second = api.get_version("TABLE-NR2-KEN").body
    assert {row.question for row in flatten_body(load_format("nr2"), second)} == {"S005", "Q017"}


def test_workbook_is_read_like_a_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["question", "party", "cycle", "value", "published_on"])
    sheet.append(["Q014", "KEN", "nr4", "implementation.none", dt.datetime(2019, 9, 1)])
    sheet.append(["Q018", "KEN", "nr4", True, None])
    sheet.append([None, None, None, None, None])
    book.save(tmp_path / "a.xlsx")

    result = run(tmp_path / "a.xlsx")

    assert (result.published, result.errors) == (1, 0)
    version = api.get_version("TABLE-NR4-KEN")
    assert version.published_at.date() == dt.date(2019, 9, 1)
    assert version.body["Q018"] == {"value": "true"}


def test_bad_row_keeps_its_report_out_and_no_other(tmp_path: Path) -> None:
    rows = (
        "KEN,nr4,Q014,implementation.none,\n"
        "KEN,nr4,Q014,implementation.none,\n"
        "NOR,nr4,Q014,implementation.none,\n"
        "SWE,nr4,Q099x,true,\n"
        "Atlantis,nr4,Q014,implementation.none,\n"
        "FIN,nr9,Q014,implementation.none,\n"
    )

    result = run(write(tmp_path / "a.csv", "party,cycle,question,option,value\n" + rows))

    assert set(get_live()) == {"TABLE-NR4-NOR"}
    assert [(p.place, p.question, p.what) for p in result.problems if p.severity == "error"] == [
        ("line 6", "party", "no country is named 'Atlantis'"),
        ("line 7", "cycle", "there is no reporting cycle 'nr9'"),
        ("line 3", "Q014", "the option implementation.none is chosen twice"),
        ("line 5", "Q099x", "nr4 has no question 'Q099x'"),
    ]
