"""Files and the call of the analyser hold the numbers of its pages."""

import csv
import io
import json
from typing import Any
from urllib.parse import unquote_plus

import openpyxl
import pytest
from django.test import Client

from cartagena.engine.analysis import Analysis, analyse, list_cells
from cartagena.engine.analysis_query import read_query
from cartagena.engine.questionnaire import load_format
from tests.apps.portal.site.sample import make_evaluator

QUERY = "q=nr4.Q014&q=nr4.Q055&cycle=nr3&group=AFR&group=East:KEN,UGA"


def expect() -> Analysis:
    evaluator = make_evaluator()
    values: dict[str, list[str]] = {}
    for pair in QUERY.split("&"):
        name, _equals, value = pair.partition("=")
        values.setdefault(name, []).append(value)
    query = read_query(values, evaluator.status.groups, evaluator.facts.roll.codes)
    return analyse(evaluator, query)


def get(web: Client, address: str) -> Any:
    response = web.get(address)
    assert response.status_code == 200, response.content
    return response


def test_csv_holds_every_count(web: Client) -> None:
    text = get(web, f"/downloads/analysis.csv?{QUERY}").getvalue().decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    cells = list(list_cells(expect()))

    assert len(rows) == len(cells) > 20
    for row, (_question, column, option, group, cell) in zip(rows, cells, strict=True):
        assert (row["question"], row["option"]) == (str(column.ref), option)
        assert row["group"] == group.name
        assert int(row["yes"]) == len(cell.yes)
        assert int(row["size"]) == cell.size
        assert float(row["headline"] or -1) == float(-1 if cell.headline is None else cell.headline)


def test_csv_explains_itself_row_by_row(web: Client) -> None:
    text = get(web, f"/downloads/analysis.csv?{QUERY}&as_of=2026-01-31").getvalue().decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    (words, day), *others = {
        (row["wording"], row["day"]) for row in rows if row["question"] == "nr3.Q014"
    }

    assert others == []
    assert words == load_format("nr3").question("Q014").label.get("en")
    assert day == "2015-12-31"
    assert {row["origin"] for row in rows} == {
        "Cartagena, localhost, as of 2026-01-31, publication log 4213"
    }


def test_file_says_its_method_what_was_chosen_and_how_it_is_cited(web: Client) -> None:
    asked = f"{QUERY}&universe=panel&timing=in_time&cutoff=2025-12-31&where=nr4.Q016:true"
    about = json.loads(get(web, f"/downloads/analysis.json?{asked}").getvalue())["about"]

    cited = unquote_plus(about["How to cite"])
    assert all(pair in cited for pair in asked.split("&"))
    assert "as_of=" in cited
    assert "floor = yes / size" in about["Shares"]
    assert about["Parties counted"] == "Parties that reported in every cycle chosen"
    assert about["Reports counted"] == "received by the due day, until 2025-12-31"
    assert about["Only Parties that answered"] == "nr4.Q016:true"
    assert about["Group East"] == "KEN, UGA"
    assert "due 2015-10-31" in about["Reports nr3"]
    assert about["Question nr3.Q014"].startswith("Third national report, 14: ")


def test_file_holds_what_each_party_wrote(web: Client) -> None:
    body = json.loads(get(web, "/downloads/analysis.json?q=nr4.Q013").getvalue())
    wrote = [row for row in body["tables"]["parties"]["rows"] if row["state"] == "answered"]

    assert wrote
    assert {row["words"] for row in wrote} == {"Details in words."}


def test_workbook_holds_all_tables_with_method_and_citation(web: Client) -> None:
    data = get(web, f"/downloads/analysis.xlsx?{QUERY}").getvalue()
    book = openpyxl.load_workbook(io.BytesIO(data))

    assert book.sheetnames == ["answers", "comparison", "reports", "losses", "parties", "about"]
    about = {row[0].value: row[1].value for row in book["about"].iter_rows()}
    assert "DEMONSTRATION" in about
    assert "analysis.xlsx?as_of=" in str(about["How to cite"])
    assert any(str(name).startswith("Question nr4.Q014") for name in about)
    assert book["losses"].max_row == 1 + 1  # "less than 5" of NR3 Q070


def test_json_holds_the_parties_behind_the_counts(web: Client) -> None:
    body = json.loads(get(web, f"/downloads/analysis.json?{QUERY}").getvalue())
    rows = [r for r in body["tables"]["parties"]["rows"] if r["question"] == "nr4.Q014"]
    own = expect().questions[0].own

    first = own.own_options[0]
    assert {r["party"] for r in rows if r["options"] == first} == set(own.own_cell(first).yes)
    assert {r["party"] for r in rows if r["state"] == "no_report"} == set(own.without_report())


def test_call_answers_the_same_counts_in_parts(web: Client) -> None:
    body = get(web, f"/api/v1/analysis?{QUERY}&limit=5").json()
    cells = list(list_cells(expect()))

    assert body["total"] == len(cells)
    assert len(body["items"]) == 5
    assert body["demonstration"] is True
    for row, (*_rest, cell) in zip(body["items"], cells, strict=False):
        assert (row["yes"], row["no"], row["unknown"]) == (
            len(cell.yes), len(cell.no), len(cell.unknown),
        )  # fmt: skip
    after = get(web, body["next"]).json()
    assert after["offset"] == 5
    assert after["total"] == body["total"]


def test_call_names_counterparts_losses_and_who_is_missing(web: Client) -> None:
    body = get(web, f"/api/v1/analysis?{QUERY}&view=comparison").json()
    lossy = body["questions"][1]["cycles"][0]

    assert lossy["question"] == "nr3.Q070"
    assert lossy["standing"] == "rescaled"
    assert lossy["losses"] == [{"old": "nr3.Q070", "option": "5-", "new": "nr4.Q055"}]
    closed = [row for row in body["items"] if row["comparison"] == "not_comparable"]
    assert closed
    assert all(row["yes"] is None for row in closed)
    assert body["reports"][-1]["named"]["missing"]


@pytest.mark.parametrize(
    "query",
    ["", "q=zz", "q=nr4.Q014&group=XX", "q=nr4.Q014&where=x", "q=nr4.Q014&cutoff=x",
     "q=nr4.Q014&view=all", "q=nr4.Q014&nonsense=1", "q=nr4.Q014&universe=x"],
)  # fmt: skip
def test_call_explains_what_it_cannot_read(web: Client, query: str) -> None:
    response = web.get(f"/api/v1/analysis?{query}")

    assert response.status_code == 400
    assert response.json()["error"]
    assert response.json()["what_to_do"]


def test_file_explains_what_it_cannot_read(web: Client) -> None:
    assert web.get("/downloads/analysis.csv?q=zz").status_code == 400
    assert web.get("/downloads/analysis.doc?q=nr4.Q014").status_code == 404
    assert web.get("/downloads/analysis.csv?q=nr4.Q014&freeze=none").status_code == 404


def test_call_and_file_read_a_freeze(web: Client) -> None:
    body = get(web, "/api/v1/analysis?q=nr4.Q014&freeze=final").json()

    assert body["items"]
    assert get(web, "/downloads/analysis.csv?q=nr4.Q014&freeze=final").getvalue()
