"""Hostile and broken files: each problem is told, and what is published stays as it was."""

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cartagena.apps.registry import api
from cartagena.apps.registry.imports import result as results
from cartagena.apps.registry.imports.limits import Limits
from tests.apps.registry.imports.make import (
    IDENTIFIER,
    get_live,
    list_sentences,
    make_body,
    make_envelope,
    run,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_moves(tmp_path: Path, db: None) -> Iterator[None]:
    """A report is public before each test, and nothing has changed after it."""
    run(write(tmp_path / "before.json", make_envelope("TEST-BEFORE-001", "no")))
    (tmp_path / "before.json").unlink()
    before = api.log_position(), get_live()
    assert before[1] == {"TEST-BEFORE-001": 1}
    yield
    assert (api.log_position(), get_live()) == before


def deep(levels: int) -> str:
    """A report nested so many levels."""
    return '{"header": ' + '{"a": ' * levels + "1" + "}" * levels + "}"


FILES: list[tuple[str, str, Any, str]] = [
    ("empty", "a.json", b"", "the file is empty"),
    ("spaces", "a.json", b"  \n ", "the file holds nothing but spaces"),
    ("truncated", "a.json", json.dumps(make_envelope())[:-40], "the JSON ends in the middle"),
    ("truncated text", "a.json", '{"header": {"identifier": "TEST', "the JSON ends in the middle"),
    ("truncated last line", "a.jsonl", '{"header": {', "the JSON ends in the middle"),
    ("no JSON", "a.json", "<html>Not found</html>", "it is no JSON"),
    ("two documents", "a.json", "{}\n{}\n", "a second document begins here"),
    ("UTF-16", "a.json", '{"header": 1}'.encode("utf-16"), "the file is in UTF-16"),
    ("Latin-1", "a.json", '{"a": "Côte"}'.encode("latin-1"), "byte 0xf4 is no UTF-8"),
    ("Latin-1 table", "a.csv", "party;cycle\nCôte".encode("latin-1"), "byte 0xf4 is no UTF-8"),
    ("NUL bytes", "a.json", b'{"header"\x00: 1}', "it holds the NUL character"),
    ("NUL escaped", "a.json", '{"header": {"identifier": "a\\u0000b"}}', "the NUL character"),
    ("half a character", "a.json", '{"header": {"x": "\\ud800"}}', "half a character"),
    ("not a number", "a.json", '{"header": {"x": NaN}}', "NaN is no number"),
    ("key twice", "a.json", '{"header": 1, "header": 2}', "the key 'header' stands twice"),
    ("nested deep", "a.json", deep(60), "nested more than 24 levels deep"),
    ("nested far too deep", "a.json", deep(90_000), "nested far too deeply"),
    ("huge number", "a.json", '{"header": ' + "9" * 5000 + "}", "it is no plain JSON"),
    ("a text", "a.json", '"hello"', "a report is needed, found a text"),
    ("list of numbers", "a.json", "[1]", "a report is needed, found a number"),
    ("no report", "a.json", '{"name": "x"}', "it is no report"),
    ("packed", "a.json.bz2", b"BZh9", "the file is packed"),
    ("cut-packed", "a.json.gz", b"\x1f\x8b\x08", "damaged or was cut off"),
    ("old workbook", "a.xls", b"\xd0\xcf", ".xls is not read"),
    ("macros", "a.xlsm", b"PK", ".xlsm is not read"),
    ("other kind", "a.pdf", b"%PDF", ".pdf is not read"),
    ("no workbook", "a.xlsx", b"PK\x03\x04 and then nothing", "it is no .xlsx workbook"),
    ("columns missing", "a.csv", "land,cycle\nKEN,nr4\n", "there is no column 'party'"),
    ("column twice", "a.csv", "party,party,cycle,question\n", "the column 'party' stands twice"),
    ("open quote", "a.csv", 'party,cycle,question\n"KEN,nr4,Q014\n', "cannot be read from here on"),
    ("too many cells", "a.csv", "party,cycle,question\nKEN,nr4,Q014,x,y\n", "5 cells under 3"),
    ("header only", "a.csv", "\n\n", "the table is empty"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), [f[1:] for f in FILES],
                         ids=[f[0] for f in FILES])  # fmt: skip
def test_broken_file_is_told_and_changes_nothing(
    tmp_path: Path, name: str, content: Any, sentence: str
) -> None:
    result = run(write(tmp_path / name, content))

    assert any(sentence in what for what in list_sentences(result)), list_sentences(result)
    assert all(problem.remedy.endswith(".") for problem in result.problems)
    assert result.published == result.amended == 0


Change = Callable[[dict[str, Any]], object]


def in_body(**fields: Any) -> Change:
    """Set fields of the body."""
    return lambda envelope: envelope["body"].update(fields)


def in_header(**fields: Any) -> Change:
    """Set fields of the header."""
    return lambda envelope: envelope["body"]["header"].update(fields)


def in_envelope(**fields: Any) -> Change:
    """Set fields of the envelope."""
    return lambda envelope: envelope.update(fields)


REPORTS: list[tuple[str, Change, str, str]] = [
    ("unknown question", in_body(Q999={"value": "true"}), "Q999", "nr4 has no question Q999"),
    ("unknown option", in_body(Q014={"value": "perhaps"}), "Q014", "unknown option 'perhaps'"),
    ("switched off", in_body(Q018={"value": "false"}), "Q019", "the question is not asked"),
    ("wrong type", in_body(Q014={"value": 7.5}), "Q014", "an option code is needed"),
    ("text for an option", in_body(Q020=[1]), "Q020", "a text is needed"),
    ("two answers", in_body(Q018=[{"value": "true"}, {"value": "false"}]), "Q018", "one answer"),
    ("unknown country", in_body(government={"identifier": "zz"}), "government", "no country has"),
    ("no country", in_body(government=None), "government", "names no government"),
    ("other country", in_envelope(metadata={"government": "no"}), "government", "the envelope"),
    ("no report schema", in_header(schema="biosafetyLaw"), "header.schema", "no national report"),
    ("old schema", in_header(schema="cpbNationalReport1"), "header.schema", "from before the plan"),
    ("schema a list", in_header(schema=["x"]), "header.schema", "no national report"),
    ("two identifiers", in_envelope(identifier="OTHER-000001"), "header.identifier", "envelope"),
    ("short identifier", in_header(identifier="A"), "header.identifier", "identifies no record"),
    ("future", in_envelope(submittedOn="2031-01-01T00:00:00Z"), "submittedOn", "in the future"),
    ("no moment", in_envelope(submittedOn="yesterday"), "submittedOn", "is no moment"),
    ("edge of time", in_envelope(submittedOn="0001-01-01T00:00:00+23:00"), "submittedOn", "is no"),
    ("revision", in_envelope(revision=0), "revision", "no number from 1 up"),
    ("document number", in_envelope(documentID=10**30), "documentID", "no number from 1 up"),
    ("unknown language", in_body(Q020={"xx": "words"}), "Q020.xx", "unknown language 'xx'"),
]


@pytest.mark.parametrize(("change", "question", "sentence"), [r[1:] for r in REPORTS],
                         ids=[r[0] for r in REPORTS])  # fmt: skip
def test_bad_report_is_refused_with_its_place(
    tmp_path: Path, change: Change, question: str, sentence: str
) -> None:
    envelope = make_envelope()
    change(envelope)

    result = run(write(tmp_path / "a.json", [envelope]))

    assert result.refused == 1
    told = [(p.place, p.question) for p in result.problems if sentence in p.what]
    assert ("$[0]", question) in told, result.problems


def test_all_problems_of_a_report_are_listed_together(tmp_path: Path) -> None:
    body = make_body(Q999={"value": "x"}, Q014={"value": "y"}, government={"identifier": "zz"})

    result = run(write(tmp_path / "a.json", body), published_on=None)

    assert {p.question for p in result.problems if p.severity == "error"} == {
        "Q999", "Q014", "government",
    }  # fmt: skip


def test_report_with_thousands_of_errors_lists_the_first(tmp_path: Path) -> None:
    many = {f"Q{n}": {"value": "x"} for n in range(300, 900)}

    result = run(write(tmp_path / "a.json", make_body(**many)))

    # 600 unknown questions: 200 are listed, and one line speaks of the other 400.
    assert len(list_sentences(result)) == 201
    assert "400 further errors are not listed" in list_sentences(result)


def test_file_above_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with path.open("wb") as stream:
        stream.truncate(2 << 30)  # two gigabytes that take no room on the disk

    result = run(path)

    (problem,) = result.problems
    assert problem.what == "the file has 2,048 MB; one JSON document may have 64 MB"
    assert ".jsonl" in problem.remedy


def test_table_above_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as stream:
        stream.truncate(2 << 30)

    assert list_sentences(run(path)) == ["the table has 2,048 MB; 64 MB are read"]


def test_line_above_the_limit_keeps_only_itself_out(tmp_path: Path) -> None:
    lines = ['"' + "x" * 5000 + '"', "", "17"]

    result = run(write(tmp_path / "a.jsonl", "\n".join(lines)), limits=Limits(line=1000))

    assert [(p.place, p.what) for p in result.problems] == [
        ("line 1", "the line is longer than 1,000 bytes"),
        ("line 3", "a report is needed, found a number"),
    ]


def test_long_text_is_refused(tmp_path: Path) -> None:
    result = run(write(tmp_path / "a.json", make_body(Q020={"en": "x" * 300_000})))

    (problem,) = result.problems
    assert problem.question == "Q020"
    assert problem.what == "a text of 300,000 characters; 200,000 are allowed"


def test_endless_problems_do_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "MOST_LISTED", 10)

    result = run(write(tmp_path / "a.jsonl", "1\n" * 500))

    assert (result.errors, len(result.problems)) == (500, 10)


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(600):
            part.write(b" " * (1 << 20))

    (sentence,) = list_sentences(run(path))

    # 600 MB of spaces in a file of less than one
    assert path.stat().st_size < 1 << 20
    assert sentence == "the workbook would unpack to 600 MB in 1 parts; 512 MB are read"


def test_damaged_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook>")

    assert list_sentences(run(path)) == ["the workbook cannot be read (KeyError)"]


def test_formula_is_never_worked_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["party", "cycle", "question", "option"])
    sheet.append(['=HYPERLINK("https://example.org","KEN")', "nr4", "Q014", "=1+1"])
    book.save(tmp_path / "a.xlsx")

    result = run(tmp_path / "a.xlsx")

    # A formula that no program has worked out yet has no value saved with it.
    assert list_sentences(result, "warning") == [
        "the workbook holds formulas; the values saved with them are read"
    ]
    assert list_sentences(result) == ["no country is named ''"]


def test_device_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.json")  # opening it would wait for ever

    assert list_sentences(run(tmp_path / "a.json", Path("/dev/null"))) == [
        "it is a device, a pipe or a socket, and no file",
        "it is a device, a pipe or a socket, and no file",
    ]


def test_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    outside = write(tmp_path / "outside.json", make_envelope())
    (inside / "a.json").symlink_to(outside)
    (inside / "round").symlink_to(inside)

    result = run(inside)

    assert result.read == 0
    assert len(list_sentences(result, "warning")) == 1


def test_file_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    write(tmp_path / "a.json", "{}")
    monkeypatch.setattr(Path, "open", refuse)

    assert list_sentences(run(tmp_path / "a.json", tmp_path / "none.json")) == [
        "it cannot be read (Permission denied)",
        "it cannot be read (No such file or directory)",
    ]


def test_folder_without_files_is_told(tmp_path: Path) -> None:
    assert list_sentences(run(tmp_path)) == ["the folder holds no file"]


def test_identifier_of_another_record_is_not_overwritten(tmp_path: Path) -> None:
    taken = make_envelope("TEST-BEFORE-001", "ke")

    result = run(write(tmp_path / "a.json", taken))

    assert result.refused == 1
    assert "belongs to a cpbNationalReport4 of NOR" in list_sentences(result)[0]


def test_dry_run_publishes_nothing(tmp_path: Path) -> None:
    result = run(write(tmp_path / "a.json", make_envelope()), dry_run=True)

    assert (result.published, result.refused) == (1, 0)
    assert IDENTIFIER not in get_live()
