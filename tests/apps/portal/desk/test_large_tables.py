"""Long tables of records: looked at and carried out in the background, stopped and gone on with."""

import csv
import datetime as dt
import io
import threading
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from cartagena.apps.accounts.api import Role, User
from cartagena.apps.drafting import api as drafting
from cartagena.apps.drafting.models import Draft
from cartagena.apps.portal import tasks
from cartagena.apps.portal.desk import bulk_read, bulk_work
from cartagena.apps.portal.desk.bulk_work import work_on
from cartagena.apps.portal.desk.views import bulk
from cartagena.apps.registry.api import live_versions
from tests.apps.portal.desk.conftest import browse
from tests.apps.portal.desk.test_bulk import HEAD, accept, upload, write_csv

ROWS = 130
FLAWED = 10
"""So many rows at the end have no title."""


class KilledError(BaseException):
    """Stands for a process that ends at this very place: nothing catches it."""


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages do one batch of a table, as with a table that is too long for a page."""
    monkeypatch.setattr(bulk, "_SECONDS", 0)


def make_table() -> list[list[str]]:
    complete = [
        ["", f"Database {n}", "Text", f"https://db-{n}.example"] for n in range(ROWS - FLAWED)
    ]
    return [HEAD, *complete, *(["", "", f"No title {n}", ""] for n in range(FLAWED))]


def find_table(address: str) -> drafting.SentTable:
    table = drafting.find_table(address.rpartition("/")[2])
    assert table is not None
    return table


def run_jobs(address: str) -> int:
    """What the worker does, batch by batch; how many times it took."""
    for times in range(1, 100):
        if work_on(find_table(address), seconds=0):
            return times
    raise AssertionError("never done")


def list_titles() -> list[str]:
    found = live_versions().filter(record__type="database").values_list("title", flat=True)
    return sorted(found)


def complete_titles() -> list[str]:
    return sorted(f"Database {n}" for n in range(ROWS - FLAWED))


@pytest.mark.usefixtures("slow")
def test_long_table_goes_through_in_the_background(focal_point: User) -> None:
    address = upload(focal_point, write_csv(make_table()))["Location"]
    key = address.rpartition("/")[2]
    waiting = ProcrastinateJob.objects.filter(task_name="portal.work_on_table", args={"key": key})
    assert waiting.count() == 1
    assert "were looked at" in browse(focal_point).get(address).content.decode()
    browse(focal_point).post(address, {"desk-do": "publish"})  # too early: nothing is accepted
    assert find_table(address).wish == ""
    assert run_jobs(address) > 3
    page = browse(focal_point).get(address).content.decode()
    assert f"Publish {ROWS - FLAWED} complete rows now" in page

    accept(focal_point, address, "publish")
    assert "were carried out" in browse(focal_point).get(address).content.decode()
    run_jobs(address)

    assert list_titles() == complete_titles()
    assert Draft.objects.filter(state="draft", type="database").count() == FLAWED
    page = browse(focal_point).get(address).content.decode()
    assert f"{ROWS - FLAWED} records were published" in page


def test_pages_lead_through_every_row_and_its_problems(focal_point: User) -> None:
    address = upload(focal_point, write_csv(make_table()))["Location"]
    run_jobs(address)
    client = browse(focal_point)

    seen = "".join(client.get(address, {"page": n}).content.decode() for n in (1, 2, 3))

    assert all(f">Database {n}<" in seen for n in range(ROWS - FLAWED))
    flawed = client.get(address, {"show": "flawed"}).content.decode()
    assert flawed.count('role="rowheader"') == FLAWED
    assert "Page 3 of 3" in client.get(address, {"page": "99"}).content.decode()
    assert client.get(address, {"show": "nonsense", "page": "-1"}).status_code == 200


def read_problems(client: Any, address: str, form: str) -> list[list[str]]:
    content = client.get(f"{address}/problems.{form}").content
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_list_of_problems_can_be_corrected_and_sent_again(form: str, focal_point: User) -> None:
    rows = [HEAD, ["", "Good", "Text", "https://x.example"], ["", "", "=1+1", "https://y.example"]]
    address = upload(focal_point, write_csv(rows))["Location"]
    client = browse(focal_point)

    told = read_problems(client, address, form)

    assert [len(row) for row in told] == [6, 6]
    assert told[1][0] == "line 3"
    assert told[1][1].startswith("Name of the website or database: not filled in yet.")
    told[1][3] = "Corrected"
    again = upload(focal_point, write_csv(told))["Location"]
    page = client.get(again).content.decode()
    assert "Nothing reads the column" not in page
    accept(focal_point, again, "publish")
    (version,) = live_versions().filter(record__type="database")
    assert version.title == "Corrected"
    assert version.body["description"] == {"en": "<p>=1+1</p>"}


def test_same_file_sent_twice_is_one_table(focal_point: User) -> None:
    first = upload(focal_point, write_csv(make_table()))["Location"]
    assert upload(focal_point, write_csv(make_table()))["Location"] == first

    run_jobs(first)
    accept(focal_point, first, "publish")
    run_jobs(first)
    again = upload(focal_point, write_csv(make_table()))["Location"]

    assert again != first
    assert "was carried out already" in browse(focal_point).get(again).content.decode()


@pytest.fixture
def killed_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rows after whose publication, before it is stored, the process ends."""
    places: list[int] = []
    count = 0
    publish = drafting.publish_draft

    def publish_and_die(*args: Any, **kwargs: Any) -> Any:
        nonlocal count
        outcome = publish(*args, **kwargs)
        count += 1
        if count in places:
            raise KilledError
        return outcome

    monkeypatch.setattr(bulk_work.drafting, "publish_draft", publish_and_die)
    return places


@pytest.mark.usefixtures("slow")
def test_killed_work_goes_on_with_nothing_lost_and_nothing_twice(
    focal_point: User, killed_at: list[int]
) -> None:
    address = upload(focal_point, write_csv(make_table()))["Location"]
    run_jobs(address)
    killed_at += [37, 90]
    accept(focal_point, address, "publish")

    kills = 0
    while True:
        try:
            run_jobs(address)
            break
        except KilledError:
            kills += 1

    assert kills == 2
    assert list_titles() == complete_titles()
    assert Draft.objects.filter(type="database").count() == ROWS


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("slow")
def test_two_workers_at_one_table_do_each_row_once(focal_point: User) -> None:
    address = upload(focal_point, write_csv(make_table()))["Location"]
    run_jobs(address)
    accept(focal_point, address, "publish")
    failures: list[BaseException] = []

    def work() -> None:
        try:
            run_jobs(address)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run_jobs(address)

    assert failures == []
    assert list_titles() == complete_titles()


@pytest.mark.usefixtures("slow")
def test_stopped_table_is_taken_up_again_and_an_old_one_forgotten(focal_point: User) -> None:
    address = upload(focal_point, write_csv(make_table()))["Location"]
    table = find_table(address)
    now = timezone.now()
    assert drafting.list_stopped_tables(now) == []
    assert drafting.list_stopped_tables(now + dt.timedelta(minutes=2)) == [table]
    tasks.defer_table(table.pk)  # one waits already: no second

    jobs = ProcrastinateJob.objects.filter(args={"key": str(table.pk)})
    assert jobs.count() == 1
    tasks.work_on_table(str(table.pk))
    assert drafting.list_stopped_tables(now + dt.timedelta(minutes=2)) == []
    assert drafting.forget_old_tables(now) == 0
    assert drafting.forget_old_tables(now + dt.timedelta(days=15)) == 1
    assert browse(focal_point).get(address).status_code == 404


def test_closed_account_carries_nothing_out(focal_point: User) -> None:
    address = upload(focal_point, write_csv(make_table()))["Location"]
    run_jobs(address)
    table = find_table(address)
    assert drafting.accept_table(table, "publish", timezone.now())
    focal_point.is_active = False
    focal_point.save()

    assert work_on(find_table(address), seconds=60)

    assert list_titles() == []


def test_rights_lost_while_a_table_is_carried_out_are_not_used(focal_point: User) -> None:
    address = upload(focal_point, write_csv(make_table()))["Location"]
    run_jobs(address)
    assert drafting.accept_table(find_table(address), "publish", timezone.now())
    table = find_table(address)
    assert not work_on(table, seconds=0)  # a batch
    before = list_titles()
    assert before
    User.objects.filter(pk=focal_point.pk).update(role=Role.READER, party=None)

    assert work_on(table, seconds=60)  # the same job, with the author it has read before

    assert list_titles() == before
    assert Draft.objects.count() == len(before)


def test_one_text_in_very_many_cells_is_refused(
    focal_point: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_read, "_CHARACTERS", 100_000)
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    for _ in range(30):
        book.active.append(["", "One title", "long " * 900, ""])
    file = io.BytesIO()
    book.save(file)
    assert len(file.getvalue()) < 10_000  # the text is stored once

    sent = upload(focal_point, SimpleUploadedFile("t.xlsx", file.getvalue()))

    assert sent.status_code == 400
    assert "more than 100,000 characters" in sent.content.decode()
    assert drafting.list_tables(focal_point, timezone.now()) == []


def test_list_of_problems_is_for_its_author_alone(focal_point: User, stranger: User) -> None:
    address = upload(focal_point, SimpleUploadedFile("t.csv", b"title.en\nA\n"))["Location"]

    assert browse(stranger).get(f"{address}/problems.csv").status_code == 404
    assert browse(focal_point).get(f"{address}/problems.pdf").status_code == 404
