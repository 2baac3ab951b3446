"""The board of a cycle: for everybody, and for the Secretariat with what is prepared."""

import csv
import datetime as dt
import io
import re

import pytest
from django.test import Client

from cartagena.apps.accounts.api import User
from cartagena.apps.reports.api import save_cells, start_report
from tests.apps.portal.report_page.conftest import ANSWERS, NOW, NR4_ON, publish_report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
BOARD, DESK = "/reports/nr4", "/desk/reports/nr4"
LATE = dt.datetime(2019, 11, 5, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def two_reports(shipped: None) -> None:
    """Kenya's came in time, Norway's five weeks late."""
    publish_report("nr4", ANSWERS, NR4_ON)
    publish_report("nr4", ANSWERS, LATE, party="NOR")


def sign_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def read_rows(page: str) -> list[str]:
    """The names of the Parties in the table, in its order."""
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    return [re.sub(r"<[^>]+>", "", head).strip() for head in
            re.findall(r'<th scope="row">(.*?)</th>', table, re.S)]  # fmt: skip


@pytest.mark.usefixtures("two_reports")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=in_time", ["Kenya"]),
        ("state=late", ["Norway"]),
        ("state=late&region=AFR", []),
        ("state=gaps&region=AFR", ["Kenya"]),
        ("state=gaps&sort=received", ["Kenya", "Norway"]),
    ],
)
def test_board_is_filtered_by_its_address(query: str, found: list[str]) -> None:
    assert read_rows(Client().get(f"{BOARD}?{query}").content.decode()) == found


@pytest.mark.usefixtures("two_reports")
def test_rows_are_sorted_by_receipt_or_name_and_what_is_missing_comes_last() -> None:
    by_name = read_rows(Client().get(BOARD).content.decode())
    assert by_name == sorted(by_name)
    by_receipt = read_rows(Client().get(f"{BOARD}?sort=received").content.decode())
    assert by_receipt[:2] == ["Kenya", "Norway"]
    assert sorted(by_receipt) == sorted(by_name)


def test_unknown_state_is_answered_with_what_there_is() -> None:
    answer = Client().get(f"{BOARD}?state=lost")
    assert answer.status_code == 400


@pytest.mark.usefixtures("two_reports")
def test_download_holds_the_chosen_rows_with_their_gaps() -> None:
    answer = Client().get(f"{BOARD}.csv?state=late")
    assert answer["Content-Type"].startswith("text/csv")
    [row] = csv.DictReader(io.StringIO(answer.content.decode()))
    assert (row["party"], row["state"], row["received_on"]) == ("NOR", "late", "2019-11-05")
    assert (row["complete"], row["enters_analysis"]) == ("false", "true")
    assert "Q021" in row["gaps"].split()
    everybody = list(csv.DictReader(io.StringIO(Client().get(f"{BOARD}.csv").content.decode())))
    assert sum(row["state"] == "missing" for row in everybody) == len(everybody) - 2


def test_secretariat_sees_who_prepares_a_report_and_nobody_else_does(
    focal_point: User, secretary: User
) -> None:
    start_report("nr4", "KEN", actor=focal_point, now=NOW)
    assert read_rows(sign_in(secretary).get(f"{DESK}?state=draft").content.decode()) == ["Kenya"]
    assert read_rows(Client().get(f"{BOARD}?state=draft").content.decode()) == []
    assert sign_in(focal_point).get(DESK).status_code == 403
    assert "KEN,Kenya,AFR,true,draft" in sign_in(secretary).get(f"{DESK}.csv").content.decode()


def test_board_names_its_cycle_in_the_language_of_the_reader() -> None:
    assert "التقرير الوطني الرابع" in Client().get(f"/ar{BOARD}").content.decode()


def test_secretariat_enters_a_report_on_behalf_of_a_party_and_is_told_so(secretary: User) -> None:
    desk = sign_in(secretary)
    assert "You enter this report on behalf of Kenya" in desk.get(f"{DESK}/KEN").content.decode()
    assert desk.post(f"{DESK}/KEN").status_code == 302
    draft = start_report("nr4", "KEN", actor=secretary, now=NOW)
    save_cells(draft.key, {"Q018": "true"}, actor=secretary, revision=0, now=NOW)
    assert "1 questions answered" in desk.get(f"{DESK}/KEN").content.decode()


def test_secretariat_starts_no_second_report_beside_that_of_the_party(
    focal_point: User, secretary: User
) -> None:
    mine = start_report("nr4", "KEN", actor=focal_point, now=NOW)
    desk = sign_in(secretary)
    page = desk.get(f"{DESK}/KEN").content.decode()
    assert "The Party is preparing this report itself" in page
    assert "Start this report" not in page
    assert desk.post(f"{DESK}/KEN").status_code == 409
    assert start_report("nr4", "KEN", actor=focal_point, now=NOW).key == mine.key
