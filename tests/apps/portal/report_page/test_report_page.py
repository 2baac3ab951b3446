"""The page of a report: answers, changes, explanations, notes, receipt, versions, days."""

import datetime as dt
import gzip
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cartagena.apps.accounts.api import User
from cartagena.apps.portal import page_cache
from cartagena.apps.registry.api import get_version, withdraw_record
from tests.apps.portal.report_page.conftest import (
    ANSWERS,
    NOW,
    NR4_ON,
    PAGE,
    Reader,
    publish_explanation,
    publish_report,
)

pytestmark = pytest.mark.django_db


def read_question(page: str, key: str) -> str:
    """The part of the page about one question."""
    start = page.index(f'id="{key}"')
    ends = [page.find('<div class="question', start), page.find("</details>", start)]
    return page[start : min(end for end in ends if end > 0)]


def test_answers_are_shown_with_labels_and_words_in_all_their_languages(reader: Reader) -> None:
    page = reader.read(PAGE)
    assert "Measures fully in place" in read_question(page, "Q014") or "fully" in read_question(
        page, "Q014"
    )
    steps = read_question(page, "Q016")
    assert '<div class="words" lang="ar" dir="auto">' in steps
    assert "في خطة عام 2018" in steps
    assert "In the plan of 2018" in steps
    assert "Two ministries" in read_question(page, "stakeholders")


def test_what_people_wrote_is_never_markup(reader: Reader) -> None:
    words = read_question(reader.read(PAGE), "Q020")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; #more" in words


def test_questions_that_are_not_asked_are_left_out_and_gaps_are_marked(reader: Reader) -> None:
    page = reader.read(PAGE)
    assert 'id="Q019"' not in page
    gap = read_question(page, "Q021")
    assert "must be answered, and is not" in gap
    assert re.search(r"\d+ questions that must be answered are not", page)
    assert "must be answered, and is not" not in read_question(page, "Q017")


def test_answers_are_compared_only_where_the_crosswalk_allows(reader: Reader) -> None:
    page = reader.read(PAGE)
    assert "changed · question 14 there" in read_question(page, "Q014")
    assert "Before:" in read_question(page, "Q014")
    assert "unchanged · question 17 there" in read_question(page, "Q017")
    # The question on staff counts more than it did: nothing is concluded from yes and no.
    staff = read_question(page, "Q018")
    assert "not comparable with the report before (wider than before)" in staff
    assert re.search(r"unchanged: <strong[^>]*>1</strong>", page)
    assert re.search(r"[^n]changed: <strong[^>]*>1</strong>", page)


def test_first_report_says_that_nothing_is_compared(shipped: None) -> None:
    publish_report("nr4", ANSWERS, NR4_ON)
    page = Reader().read(PAGE)
    assert "no report of the cycle before" in page
    assert "unchanged" not in page


def test_explanation_of_the_version_stands_beside_its_question(reader: Reader) -> None:
    publish_explanation("nr4-report-ken", 1, "The law is in print <b>now</b>.")
    page_cache.store.clear()
    page = reader.read(PAGE)
    assert "The law is in print &lt;b&gt;now&lt;/b&gt;." in read_question(page, "Q014")
    # The explanation belongs to the first version; a second one says what it says itself.
    publish_report("nr4", {**ANSWERS, "Q017": "false"}, NR4_ON + dt.timedelta(days=9))
    assert "The law is in print" not in reader.read(PAGE)
    assert "The law is in print" in reader.read(f"{PAGE}?as_of=2019-09-02")


def test_notes_are_neutral_and_lead_to_the_question_and_the_rule(reader: Reader) -> None:
    page = reader.read(PAGE)
    notes = page[page.index('<details id="notes"') :]
    notes = notes[: notes.index("</details>")]
    assert "no law, regulation or guideline is published" in notes
    assert 'href="#Q014"' in notes
    assert "laws_in_place_are_published 1" in notes
    assert "/provisions/cpb.art20.3.a" in notes
    assert "not a judgement" in notes
    assert "mandatory" not in notes


def test_secretariat_is_seen_when_it_entered_the_report_and_nobody_is_named(
    shipped: None, secretary: User
) -> None:
    publish_report("nr4", ANSWERS, NR4_ON, actor=secretary)
    for address in (PAGE, f"{PAGE}/receipt"):
        page = Reader().read(address)
        assert "Secretariat on behalf of the Party" in page
        assert secretary.name not in page.replace("Secretariat", "")
        assert secretary.email not in page


def test_report_of_the_party_itself_is_not_called_entered_for_it(
    shipped: None, focal_point: User
) -> None:
    publish_report("nr4", ANSWERS, NR4_ON, actor=focal_point)
    assert "on behalf of the Party" not in Reader().read(PAGE)


def test_receipt_tells_number_time_hash_and_place_in_the_log(reader: Reader) -> None:
    page = reader.read(f"{PAGE}/receipt")
    version = get_version("nr4-report-ken")
    assert version.body_sha256 in page
    assert "1 September 2019" in page
    assert "08:30:00 UTC" in page
    assert "came in time" in page
    assert "part of the analysis of the cycle" in page
    publish_report("nr3", {}, dt.datetime(2017, 1, 1, tzinfo=dt.UTC), party="NOR")
    late = reader.read("/parties/NOR/reports/nr3/receipt")
    assert "came late; it fulfils the duty" in late
    assert "received after the analysis was closed" in late


def test_resubmission_shows_the_chain_and_the_earlier_day_shows_the_earlier_version(
    reader: Reader, secretary: User
) -> None:
    again = NR4_ON + dt.timedelta(days=30)
    publish_report("nr4", {**ANSWERS, "Q014": "implementation.none"}, again, actor=secretary)
    receipt = reader.read(f"{PAGE}/receipt")
    assert receipt.index("Version 2") < receipt.index("Version 1")
    assert "came in time" in receipt
    assert "fully" not in read_question(reader.read(PAGE), "Q014")
    assert "fully" in read_question(reader.read(f"{PAGE}?as_of=2019-09-02"), "Q014")
    withdraw_record("nr4-report-ken", actor=None, reason="Recalled.", now=NOW)
    page_cache.store.clear()
    assert "No report of this cycle" in reader.read(PAGE, 404)
    assert reader.read(f"{PAGE}?as_of=2019-12-01")


def test_page_of_a_day_before_the_report_before_compares_nothing(reader: Reader) -> None:
    assert reader.read(f"{PAGE}?as_of=2019-09-01")
    reader.read(f"{PAGE}?as_of=2019-08-31", 404)


def test_print_view_opens_every_section(reader: Reader) -> None:
    page = reader.read(f"{PAGE}?view=all")
    main = page[page.index("<main") :]
    assert "<details" in main
    assert not re.search(r"<details(?![^>]* open)", main)
    reader.read(f"{PAGE}?view=some", 400)


@pytest.mark.parametrize("language", ["", "/ar", "/zh", "/fr"])
def test_page_answers_in_each_language(reader: Reader, language: str) -> None:
    page = reader.read(language + PAGE)
    assert len(gzip.compress(page.encode())) < 40_000


def test_page_asks_the_database_few_times(
    reader: Reader, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    publish_explanation("nr4-report-ken", 1, "In print.")
    reader.read(PAGE)
    for address, most in ((PAGE, 16), (f"{PAGE}/receipt", 16)):
        page_cache.store.clear()
        with django_assert_max_num_queries(most):
            assert Client().get(address).status_code == 200
