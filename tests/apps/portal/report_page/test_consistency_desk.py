"""The consistency desk: for the Secretariat alone, every finding, at little cost."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cartagena.apps.accounts.api import User
from cartagena.apps.registry.api import Publication, live_versions, publish_records
from cartagena.apps.reports.api import check_published, read_rules_edition
from cartagena.engine.report_rules import load_report_rules
from tests.apps.portal.report_page.conftest import ANSWERS, NOW, NR4_ON, Reader, publish_report

pytestmark = pytest.mark.django_db
DESK = "/desk/consistency"
LAWS = "laws_in_place_are_published"


@pytest.fixture
def officer(secretary: User) -> Client:
    client = Client()
    client.force_login(secretary)
    return client


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def publish_law(at: dt.datetime) -> None:
    body = {
        "header": {"identifier": "law-of-kenya-1", "schema": "biosafetyLaw", "languages": ["en"]},
        "government": {"identifier": "ke"},
        "title": {"en": "Biosafety Act"},
    }
    law = Publication(identifier="law-of-kenya-1", type="biosafetyLaw", government="KEN",
                      body=body, published_at=at)  # fmt: skip
    publish_records([law], actor=None, reason="", now=NOW)


def test_desk_is_for_the_secretariat_alone(reader: Reader, focal_point: User) -> None:
    assert Client().get(DESK).status_code == 302
    client = Client()
    client.force_login(focal_point)
    for address in (DESK, f"{DESK}.csv"):
        assert client.get(address).status_code == 403


def test_desk_counts_findings_by_kind_and_leads_to_the_report(
    reader: Reader, officer: Client
) -> None:
    page = read(officer, f"{DESK}?cycle=nr4")
    assert "1 of 1 received reports" in page
    assert 'href="/parties/KEN/reports/nr4"' in page
    assert read_rules_edition().mark in page


def test_rules_can_be_run_again_beside_the_records_of_today(
    reader: Reader, officer: Client
) -> None:
    publish_law(dt.datetime(2021, 1, 1, tzinfo=dt.UTC))
    then = read(officer, f"{DESK}?cycle=nr4&rule={LAWS}&beside=received")
    now = read(officer, f"{DESK}?cycle=nr4&rule={LAWS}&beside=today")
    said = "no law, regulation or guideline is published"
    assert said in then
    assert said not in now
    assert "no longer so today" in reader.read("/parties/KEN/reports/nr4")


def test_file_has_every_finding_with_the_rule_that_made_it(reader: Reader, officer: Client) -> None:
    answer = officer.get(f"{DESK}.csv?cycle=nr4&rule={LAWS}")
    [row] = csv.DictReader(io.StringIO(answer.content.decode()))
    assert (row["party"], row["question"], row["rule"], row["rule_version"]) == (
        "KEN", "Q014", LAWS, "1",
    )  # fmt: skip
    assert row["rules_edition"] == read_rules_edition().mark
    every = officer.get(f"{DESK}.csv?cycle=nr4").content.decode()
    assert len(every.splitlines()) > 2
    assert "advice" not in {r["level"] for r in csv.DictReader(io.StringIO(every))}


def test_each_rule_can_be_chosen_and_unknown_values_fall_back(
    reader: Reader, officer: Client
) -> None:
    for rule in load_report_rules():
        read(officer, f"{DESK}?cycle=nr4&rule={rule.name}")
    assert "received reports" in read(officer, f"{DESK}?cycle=nr99&rule=none&beside=never")


def test_number_of_queries_does_not_grow_with_the_reports(
    reader: Reader, officer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    read(officer, f"{DESK}?cycle=nr4")
    publish_report("nr4", ANSWERS, NR4_ON, party="NOR")
    publish_report("nr3", {}, NR4_ON - dt.timedelta(days=400), party="NOR")
    read(officer, "/desk/")  # the facts are read once for a position of the log
    version = list(live_versions().filter(record__type="cpbNationalReport4").defer("body"))
    assert len(version) == 2
    asked = [(each, dt.date(2020, 1, 1)) for each in version]
    check_published(asked)
    with django_assert_num_queries(1):  # where the log stands
        again = check_published(asked)
    assert all(again)
    others = [(each, dt.date(2020, 2, 1)) for each in version]
    with django_assert_num_queries(4):  # the log twice, the bodies, the reports before
        check_published(others)
