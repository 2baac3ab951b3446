"""Downloads: read again, they say what the API says, and that is what the engine says."""

import csv
import io
import json
import threading
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from django.test import Client
from django.utils import timezone

from cartagena.apps.portal import kept_files
from cartagena.apps.portal.open_data.files import guard_text, write_csv, write_xlsx
from cartagena.apps.portal.open_data.table import Table, make_table
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.facts import TABLES, read_facts
from tests.apps.portal.open_data.world import World

COUNTS = ("yes", "no", "unknown", "numerator", "denominator")
Row = dict[str, Any]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_FOLDER = tmp_path
    return tmp_path


def fetch(web: Client, address: str, status: int = 200) -> bytes:
    response = web.get(f"/downloads/{address}")
    assert response.status_code == status
    return response.getvalue()


def read_csv(body: bytes) -> list[Row]:
    assert not body.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(body.decode("utf-8"), newline="")))


def read_xlsx(body: bytes, sheet: str) -> list[Row]:
    book = openpyxl.load_workbook(io.BytesIO(body), read_only=False)
    assert book[sheet].freeze_panes == "A2"
    header, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def read_parquet(body: bytes) -> list[Row]:
    return pq.read_table(io.BytesIO(body)).to_pylist()


def text_of(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_figures_are_the_same_in_all_formats_in_the_api_and_in_the_engine(
    web: Client, world: World
) -> None:
    address = "indicators/1.2.4"
    in_json = json.loads(fetch(web, f"{address}.json"))["tables"]["figures"]["rows"]
    in_parquet = read_parquet(fetch(web, f"{address}.parquet"))
    in_xlsx = read_xlsx(fetch(web, f"{address}.xlsx"), "figures")
    in_csv = read_csv(fetch(web, f"{address}.csv"))
    in_api = web.get("/api/v1/indicators/1.2.4/figures?limit=500").json()["items"]

    assert len(in_json) == len(in_parquet) == len(in_xlsx) == len(in_csv) == len(in_api) == 48
    for row, arrow, cell, line, answer in zip(
        in_json, in_parquet, in_xlsx, in_csv, in_api, strict=True
    ):
        figure = world.evaluator().figure(
            "1.2.4",
            world.evaluator().point(row["point"]),
            variant=row["variant"],
            group=row["group"],
        )
        share = figure.headline
        for name in COUNTS:
            expected = getattr(figure, name)
            assert row[name] == arrow[name] == cell[name] == answer[name] == expected
            assert line[name] == text_of(expected)
        for found in (row, arrow, cell):
            assert found["headline"] == (None if share is None else pytest.approx(float(share)))
            assert found["demonstration"] is figure.demonstration
        assert line["demonstration"] == text_of(answer["demonstration"])
        assert answer["status"] == row["status"] == figure.status


def test_verdicts_are_the_same_in_all_formats_and_in_the_api(web: Client) -> None:
    in_xlsx = read_xlsx(fetch(web, "indicators/1.2.4.xlsx"), "parties")
    in_csv = read_csv(fetch(web, "indicators/1.2.4.csv?table=parties"))
    in_parquet = read_parquet(fetch(web, "indicators/1.2.4.parquet?table=parties"))
    in_api = web.get("/api/v1/indicators/1.2.4/parties?point=final").json()["items"]

    def final(rows: list[Row]) -> list[tuple[str, ...]]:
        return [
            (row["party"], text_of(row["outcome"]), text_of(row["answers"]))
            for row in rows
            if (row["point"], row["variant"]) == ("final", "strict")
        ]

    assert final(in_xlsx) == final(in_csv) == final(in_parquet)
    assert [(party, outcome) for party, outcome, _ in final(in_csv)] == [
        (row["party"], row["outcome"]) for row in in_api
    ]
    assert ("KEN", "yes", "Q137=true") in final(in_csv)
    assert ("NOR", "unknown", "") in final(in_csv)


def test_all_figures_come_in_one_file(web: Client, world: World) -> None:
    rows = read_parquet(fetch(web, "figures.parquet"))

    # 72 indicators x 4 points x 2 readings x (all Parties + 5 regions with members)
    assert len(rows) == len(world.evaluator().indicators) * 4 * 2 * 6
    assert {row["indicator"] for row in rows} == set(world.evaluator().indicators)


def test_files_with_made_up_data_say_so(web: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(fetch(web, "indicators/1.2.4.xlsx")))
    about = {name: text for name, text in book["about"].iter_rows(values_only=True) if name}
    treaty = json.loads(fetch(web, "programme.json"))["about"]

    assert "made-up" in about["DEMONSTRATION"]
    assert "1.2.4" in about["Indicator"]
    assert about["Method"]
    assert "?as_of=" in about["How to cite"]
    assert "DEMONSTRATION" not in treaty


def test_comparison_equals_the_api(web: Client) -> None:
    rows = read_csv(fetch(web, "compare.csv?from=midterm&to=final"))
    answer = web.get("/api/v1/indicators/1.2.4/change?from=midterm&to=final").json()

    (row,) = [each for each in rows if each["indicator"] == "1.2.4"]
    assert float(row["cross_section_change"]) == pytest.approx(answer["cross_section_change"])
    assert float(row["panel_change"]) == pytest.approx(answer["panel_change"])
    assert {cause: int(row[cause]) for cause in answer["causes"]} == answer["causes"]
    movements = read_csv(fetch(web, "compare.csv?from=midterm&to=final&table=movements"))
    assert [m["party"] for m in movements if m["indicator"] == "1.2.4"] == [
        m["party"] for m in answer["movements"]
    ]


def test_parties_and_one_party(web: Client) -> None:
    parties = {row["party"]: row for row in read_csv(fetch(web, "parties.csv"))}
    kenya = read_csv(fetch(web, "parties/KEN.csv"))

    assert parties["RUS"]["is_party"] == "false"
    assert parties["KEN"]["cpb_in_force_on"] == "2003-09-11"
    assert parties["KEN"]["nr4_published_on"] == "2019-10-01"
    assert parties["GHA"]["demonstration"] == "true"
    assert {row["party"] for row in kenya} == {"KEN"}


def test_programme_and_indicators_have_all_rows(web: Client, world: World) -> None:
    programme = world.evaluator().plan.programme

    assert len(read_csv(fetch(web, "programme.csv"))) == len(programme.all_items)
    assert len(read_xlsx(fetch(web, "programme.xlsx"), "references")) == len(programme.references)
    assert len(read_csv(fetch(web, "indicators.csv"))) == len(world.evaluator().indicators)


def test_facts_evaluate_to_the_same_figures(web: Client, world: World, tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    with zipfile.ZipFile(io.BytesIO(fetch(web, "facts.zip"))) as archive:
        archive.extractall(folder)

    again = Evaluator(read_facts(folder))

    assert (folder / "datapackage.json").exists()
    for point in again.points:
        assert again.figure("1.2.4", point) == world.evaluator().figure("1.2.4", point)


def test_tables_of_facts_hold_what_was_published(web: Client, world: World) -> None:
    for table in TABLES:
        rows = read_parquet(fetch(web, f"facts/{table}.parquet"))
        lines = read_csv(fetch(web, f"facts/{table}.csv"))
        assert rows == world.whole[table].to_pylist()
        assert len(lines) == len(rows)
    texts = [line["text"] for line in read_csv(fetch(web, "facts/answer.csv"))]
    assert "'=1+1" in texts
    assert "=1+1" not in texts


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx"])
def test_text_that_a_spreadsheet_would_run_is_guarded(text: str, tmp_path: Path) -> None:
    table = make_table("t", "T", [("said", "free text", "")], [{"said": text}])
    as_csv, as_xlsx = tmp_path / "t.csv", tmp_path / "t.xlsx"

    write_csv(as_csv, [table], [])
    write_xlsx(as_xlsx, [table], [])

    assert read_csv(as_csv.read_bytes())[0]["said"] == f"'{text}"
    cell = openpyxl.load_workbook(as_xlsx)["t"]["A2"]
    assert cell.data_type == "s"  # a string, never a formula


@pytest.mark.parametrize("text", ["-5", "+3.5", "plain", "", "a=b", "12"])
def test_numbers_and_plain_texts_are_left_alone(text: str) -> None:
    assert guard_text(text) == text


def test_file_names_tell_what_and_when(web: Client) -> None:
    today = timezone.now().date().isoformat()

    assert name_of(web, "indicators/1.6.1.csv") == f"cartagena-1.6.1-as-of-{today}.csv"
    assert name_of(web, "facts.zip?as_of=2016-01-01") == "cartagena-facts-as-of-2016-01-01.zip"


def name_of(web: Client, address: str) -> str:
    response = web.get(f"/downloads/{address}")
    response.getvalue()
    return response.headers["Content-Disposition"].partition('filename="')[2].rstrip('"')


def test_reader_that_holds_the_file_gets_304(web: Client, world: World) -> None:
    first = web.get("/downloads/figures.csv")
    first.getvalue()
    tag = first.headers["ETag"]

    again = web.get("/downloads/figures.csv", headers={"If-None-Match": tag})
    head = web.head("/downloads/figures.csv")

    assert again.status_code == 304
    assert head.status_code == 200
    head.getvalue()


@pytest.mark.parametrize(
    ("address", "status", "known"),
    [
        ("figures.doc", 404, "csv"),
        ("indicators/9.9.9.csv", 404, "1.1.1"),
        ("parties/XXX.csv", 404, "KEN"),
        ("facts/nothing.csv", 404, "answer"),
        ("facts/answer.xlsx", 404, "parquet"),
        ("nothing", 404, "facts.zip"),
        ("compare.csv?from=never", 400, "baseline"),
        ("compare.csv?variant=loose", 400, "strict"),
        ("indicators/1.2.4.csv?table=nothing", 400, "figures"),
        ("figures.csv?group=AFR", 400, "as_of"),
    ],
)
def test_errors_name_what_exists(web: Client, address: str, status: int, known: str) -> None:
    answer = json.loads(fetch(web, address, status))

    assert known in answer["known"]


def test_refused_file_leaves_nothing_behind(web: Client, own_folder: Path) -> None:
    fetch(web, "indicators/1.2.4.csv?table=nothing", 400)

    left = [path for path in own_folder.rglob("*") if path.is_file() and path.suffix != ".lock"]
    assert left == []


def test_file_asked_for_by_many_is_made_once(own_folder: Path) -> None:
    made: list[Path] = []
    together = threading.Barrier(5)

    def make(path: Path) -> None:
        made.append(path)
        path.write_text("whole")

    def ask() -> None:
        together.wait()
        assert kept_files.get_kept_file("same.txt", make).read_text() == "whole"

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 1
    assert [path.name for path in made[0].parent.parent.glob("making-*")] == []


def test_failed_making_leaves_nothing_and_is_tried_again(own_folder: Path) -> None:
    def fail(path: Path) -> None:
        path.write_text("half")
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        kept_files.get_kept_file("file.txt", fail)
    kept = kept_files.get_kept_file("file.txt", lambda path: path.write_text("whole") and None)

    assert kept.read_text() == "whole"
    assert sorted(path.name for path in kept.parent.iterdir() if path.suffix != ".lock") == [
        "file.txt"
    ]


def test_only_so_many_files_are_kept(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_files, "FILES_KEPT", 3)

    for number in range(6):
        kept_files.get_kept_file(f"{number}.txt", lambda path: path.write_text("x") and None)

    left = {path.name for path in kept_files.get_folder().glob("*.txt")}
    assert len(left) == 3
    assert "5.txt" in left


def test_empty_table_is_still_a_file(tmp_path: Path) -> None:
    table: Table = make_table("t", "T", [("a", "text", "A")], [])

    write_csv(tmp_path / "t.csv", [table], [])

    assert (tmp_path / "t.csv").read_text().strip() == "a"
