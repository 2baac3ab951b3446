"""A decision in a real browser: drafted, returned, published, found, counted, withdrawn."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from cartagena.apps.accounts.api import Role, User, create_user
from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal import page_cache
from cartagena.apps.registry import api as registry
from cartagena.apps.search.follower import Follower
from cartagena.apps.search.index import get_index
from tests.apps.portal.records.published import make
from tests.journeys.browser import (
    DESKTOP,
    PASSWORD,
    SMALL_PHONE,
    list_faults,
    press,
    put,
    see,
    serve_portal,
    sign_in,
    sign_out,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AUTHOR, PUBLISHER = "amina@party.example", "felix@party.example"
TITLE = "Libération d’un maïs résistant à la pyrale"
FIRST_CONDITIONS, CONDITIONS = "Une distance.", "Une distance de 200 m avec tout autre maïs."
INTRODUCTION = {
    "isAmendment": "no",
    "authorities--0": "BCH-CNA-KE-105",
    "title--fr": TITLE,
    "date": "2024-06-03",
    "receiptDate": "2023-11-20",
    "modifiedOrganisms--0": "BCH-LMO-SCBD-104",
    "riskAssessments--0": "BCH-RA-KE-106",
    "documents--0--url": "https://example.org/decision.pdf",
    "documents--0--name": "Decision",
    "expires": "yes",
}
KINDS = ("E8C5A15C-A736-4fb7-A1B6-192412BE7E45", "A0F944AD-1578-47F4-BB71-A9805EC0EB7A")
WITH_CONDITIONS = {
    "addressesTransboundaryMovement": "yes",
    "exporters--0": "BCH-CON-SCBD-101",
    "importers--0": "BCH-CON-SCBD-101",
    "appliesToSubsequentIntroductions": "no",
    "decisionResult": "3EFF4792-A896-4DC7-9945-04FE9C8B5B4F",
}
REFERENCES = (
    "contact", "organism", "dnaSequence", "modifiedOrganism", "authority", "nationalRiskAssessment",
)  # fmt: skip


@pytest.fixture
def portal(tmp_path: Path, settings: Any) -> Iterator[str]:
    """A portal with two people of Kenya, and the records that a decision refers to."""
    settings.DATA_FOLDER = tmp_path
    page_cache.store.clear()
    now = dt.datetime.now(dt.UTC)
    registry.load_shipped(now=now)
    told = [make(name, document_id=101 + n) for n, name in enumerate(REFERENCES)]
    registry.publish_records(told, actor=None, reason="For a test.", now=now)
    for email, name, role in (
        (AUTHOR, "Amina Author", Role.AUTHORISED_USER),
        (PUBLISHER, "Felix Focal", Role.BCH_FOCAL_POINT),
    ):
        create_user(email=email, name=name, password=PASSWORD, now=now, role=role, party="KEN")
    follower = Follower(get_index())
    follower.start()
    with serve_portal() as address:
        yield address
    follower.stop()
    follower.join()


def write_draft(page: Page, *, scripts: bool) -> None:
    """From the work list to a draft that says everything; what the kind asks appears on the way."""
    press(page, "Start a record")
    page.check("#type-biosafetyDecision")
    page.select_option("#language", "fr")
    press(page, "Start the draft")
    put(page, INTRODUCTION)
    for kind in KINDS:
        put(page, {"decisionTypes": kind})
    if not scripts:
        press(page, "Save")
    put(page, WITH_CONDITIONS)
    if not scripts:
        press(page, "Save")
    put(page, {"conditions--fr": FIRST_CONDITIONS, "reasons--fr": "La distance évite le pollen."})
    press(page, "Save and check")
    see(page, "Nothing stands against publication.")


def request(page: Page, note: str = "") -> None:
    press(page, "Request publication")
    page.fill("#text", note)
    press(page, "Request publication of this record")
    see(page, "Publication was requested.")


def return_with_comment(page: Page) -> None:
    page.get_by_role("link", name=TITLE).first.click()
    see(page, "Please look.")
    row = page.locator("#f-conditions")
    row.get_by_text("Comment", exact=True).click()
    row.locator("textarea").fill("How many metres?")
    press(page, "Add all comments and return the draft")
    page.fill("#text", "See the conditions.")
    press(page, "Return this draft")


def correct(page: Page) -> None:
    see(page, "See the conditions.")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.locator("#f-conditions").get_by_text("How many metres?")).to_be_visible()
    put(page, {"conditions--fr": CONDITIONS})
    press(page, "Save and check")
    request(page)


def publish(page: Page, reason: str) -> None:
    press(page, "Publish this record")
    page.fill("#text", reason)
    press(page, "Publish this record")
    see(page, "The record is published.")


def find(page: Page, words: str, title: str) -> None:
    """Search until there is such a hit, and open it; the index follows within a second or so."""
    page.goto(f"/search?q={words}")
    hit = page.locator(".hit").get_by_role("link", name=title)
    for _look in range(50):
        if hit.count():
            hit.click()
            return
        page.reload()
    pytest.fail(f"{words} does not find {title}")


@pytest.mark.parametrize(
    ("scripts", "size"), [(True, DESKTOP), (False, SMALL_PHONE)], ids=["desktop", "phone-plain"]
)
def test_decision_lives_from_draft_to_withdrawal(
    browser: Browser, portal: str, scripts: bool, size: Any
) -> None:
    def enter(email: str = "") -> Page:
        context = browser.new_context(base_url=portal, java_script_enabled=scripts, viewport=size)
        context.set_default_timeout(20_000)
        page = context.new_page()
        if email:
            page.goto("/desk/")
            sign_in(page, email)
        return page

    counted = f"/indicators/5.1.7?point={dt.datetime.now(dt.UTC).date()}"
    author, publisher, reader = enter(AUTHOR), enter(PUBLISHER), enter()
    write_draft(author, scripts=scripts)
    request(author, "Please look.")
    publisher.goto("/desk/")
    return_with_comment(publisher)
    author.goto("/desk/")
    correct(author)
    sign_out(author)
    reader.goto(counted)
    expect(reader.locator("#counted")).to_have_count(0)
    publisher.goto("/desk/")
    publisher.get_by_role("link", name=TITLE).first.click()
    publish(publisher, "Décidé.")

    # Found by other forms of the words, on pages in another language.
    find(reader, "libérations maïs résistants", TITLE)
    see(reader, CONDITIONS)
    number = reader.url.rpartition("/")[2]
    reader.goto(counted)
    expect(reader.locator("#counted summary")).to_have_text("1 record is counted")
    reader.locator("#counted summary").click()
    reader.locator("#counted").get_by_role("link", name="KEN").click()
    see(reader, "1 record of this Party is counted:")
    expect(reader.get_by_role("link", name=TITLE)).to_be_visible()
    reader.goto("/parties/KEN")
    reader.locator("#counted + * tr").filter(has_text="5.1.7").get_by_role(
        "link", name="1", exact=True
    ).click()
    expect(reader.get_by_role("link", name=TITLE)).to_be_visible()
    assert list_counted(reader) == [number]

    press(publisher, "Amend this record")
    press(publisher, "Start the amendment")
    put(publisher, {"conditions--fr": f"{CONDITIONS} Contrôle annuel."})
    press(publisher, "Save and check")
    publish(publisher, "Un contrôle est ajouté.")
    reader.goto(f"/records/{number}/changes")
    see(reader, "1 field differs.")
    expect(reader.locator("dl.changes ins")).to_contain_text("Contrôle annuel")

    press(publisher, "Withdraw this record")
    publisher.fill("#text", "Remplacée.")
    press(publisher, "Withdraw this record")
    reader.goto(f"/records/{number}")
    see(reader, "Remplacée.")
    expect(reader.get_by_text(CONDITIONS)).to_have_count(0)
    reader.goto(counted)
    expect(reader.locator("#counted")).to_have_count(0)
    for page in (author, publisher, reader):
        page.context.close()


def list_counted(page: Page) -> list[str]:
    """The records of Kenya that the figure of decisions counts, as both calls of the API say."""
    today = dt.datetime.now(dt.UTC).date()
    why = page.request.get(f"/api/v1/indicators/5.1.7/why/KEN?point={today}").json()
    every = page.request.get(f"/api/v1/indicators/5.1.7/parties?point={today}").json()
    named = [record["number"] for record in why["reason"]["records"]]
    (kenya,) = [row for row in every["items"] if row["party"] == "KEN"]
    assert kenya["records"] == named
    return [number.rpartition("-")[0] for number in named]


PUBLIC_PAGES = (
    "/records/BCH-DEC-KE-110",
    "/records/BCH-DEC-KE-110/history",
    "/records/BCH-DEC-KE-110/changes",
    "/records/BCH-LMO-SCBD-104",
    "/search?q=ma%C3%AFs",
    "/parties/KEN",
    "/parties/KEN/records",
    "/indicators/5.1.7?point={today}",
    "/indicators/5.1.7/why/KEN?point={today}",
)


def prepare_drafts() -> dict[str, list[str]]:
    """The pages of the desk for each of two people: one writes, the other is asked to publish."""
    now = dt.datetime.now(dt.UTC)
    author = User.objects.get(email=AUTHOR)
    decision = make("biosafetyDecision", document_id=110)
    more = {**decision.body, "conditions": {"en": "<p>Two controls each year.</p>"}}
    later = replace(decision, body=more, published_at=now)
    registry.publish_records([decision], actor=None, reason="For a test.", now=now)
    registry.publish_records([later], actor=None, reason="For a test.", now=now)
    own, asked = (
        drafting.start_draft(
            "biosafetyDecision", actor=author, government="KEN", now=now, body=body
        )
        for body in (
            {"header": {"languages": ["en", "ar"]}},
            {**more, "header": {"languages": ["en"]}},
        )
    )
    drafting.add_comment(asked.pk, "title", "Is this right?", actor=author, now=now)
    drafting.request_publication(asked.pk, actor=author, revision=asked.revision, now=now)
    writing, reading = f"/desk/drafts/{own.pk}", f"/desk/drafts/{asked.pk}"
    return {
        AUTHOR: ["/desk/", "/desk/new", f"{writing}?check=1", f"{writing}/files"],
        PUBLISHER: ["/desk/", f"{reading}/review", f"/desk/records/{decision.identifier}"],
    }


@pytest.mark.parametrize(
    ("language", "size"), [("", DESKTOP), ("/ar", SMALL_PHONE)], ids=["en", "ar"]
)
def test_pages_keep_nobody_out(browser: Browser, portal: str, language: str, size: Any) -> None:
    today = dt.datetime.now(dt.UTC).date()
    pages = {**prepare_drafts(), "": [path.format(today=today) for path in PUBLIC_PAGES]}
    get_index().keep_up()
    faults = {}
    for email, paths in pages.items():
        context = browser.new_context(base_url=portal, viewport=size)
        page = context.new_page()
        if email:
            page.goto("/desk/")
            sign_in(page, email)
        for path in paths:
            page.goto(language + path)
            faults[email, path] = list_faults(page, colours=not language)
        context.close()
    assert {where: found for where, found in faults.items() if found} == {}
