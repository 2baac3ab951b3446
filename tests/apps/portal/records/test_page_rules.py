"""The pages of records keep the rules of all pages: budget, queries, links, the day."""

import datetime as dt
import gzip
import hashlib
import re
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from cartagena.apps import portal
from cartagena.apps.portal import page_cache
from cartagena.engine.countries import load_countries
from tests.apps.portal.records.conftest import Reader
from tests.apps.portal.records.published import make, publish
from tests.apps.portal.site.test_portal_pages import BUDGET, REQUESTS, Page

STATIC = Path(portal.__file__).parent / "static" / "portal"
QUERIES = 20
PAGES = (
    "/records/{modifiedOrganism}",
    "/records/{biosafetyDecision}",
    "/records/{biosafetyDecision}-1",
    "/records/{biosafetyLaw}",
    "/records/{nationalRiskAssessment}",
    "/records/{authority}",
    "/records/{laboratoryDetection}",
    "/records/{biosafetyLaw}/history",
    "/records/{biosafetyLaw}/changes",
    "/parties/KEN/records",
    "/parties/AUT/records",
    "/new",
    "/statistics",
    "/registries",
    "/registries/modifiedOrganism",
    "/registries/laboratoryDetection",
    "/registries/biosafetyDecision",
)


@pytest.fixture
def busy(reader: Reader) -> Reader:
    """A portal in which one LMO has 200 decisions of 40 governments, with titles of their own, and
    20 risk assessments and laboratories; and one law has many versions."""
    governments = sorted(country.code for country in load_countries() if country.iso2)[:40]
    publish(*(make("biosafetyDecision", number=2000 + n, document_id=2000 + n,
                   government=governments[n % 40], amendedRecords=None, authorities=None,
                   title={"en": f"Decision {n} on {hash_of(n)}", "fr": f"Avis {hash_of(n + 500)}"})
              for n in range(200)))  # fmt: skip
    publish(*(make(name, number=3000 + 100 * place + n, document_id=3000 + 100 * place + n)
              for place, name in enumerate(("nationalRiskAssessment", "laboratoryDetection"))
              for n in range(20)))  # fmt: skip
    for n in range(1, 4):
        publish(make("biosafetyLaw", on=dt.date(2024, 7 + n, 1), title={"en": f"Act {n}"}))
    page_cache.store.clear()
    return reader


def hash_of(number: int) -> str:
    """Words that do not repeat, so that they cannot be compressed away."""
    return hashlib.sha256(str(number).encode()).hexdigest()[:24]


def addresses(reader: Reader) -> list[str]:
    return [address.format(**reader.numbers) for address in PAGES]


def test_no_page_asks_the_database_more_than_twenty_times(
    busy: Reader, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address in addresses(busy):
        busy.read(address)
        page_cache.store.clear()
        with django_assert_max_num_queries(QUERIES):
            busy.read(address)


def test_pages_are_whole_and_within_their_budget(busy: Reader) -> None:
    for address in addresses(busy):
        text = busy.read(address)
        page = Page(text)
        size = len(gzip.compress(text.encode())) + sum(
            len(gzip.compress((STATIC / Path(file).name).read_bytes())) for file in page.loads
        )
        assert size <= BUDGET, address
        assert 1 + len(page.loads) <= REQUESTS, address
        assert page.inline == [], address
        assert page.tags.count("h1") == 1, address
        assert len(page.ids) == len(set(page.ids)), address
        assert '<link rel="canonical"' in text
        inside = {link[1:] for link in page.links if link.startswith("#")}
        assert inside <= set(page.ids), address


def test_links_lead_somewhere_and_keep_the_day(busy: Reader) -> None:
    found: set[str] = set()
    for address in addresses(busy):
        found |= Page(busy.read(f"{address}?as_of=2026-06-01")).links
    ours = {
        link.split("#")[0] for link in found if re.match(r"/(records|parties|new|reg|st)", link)
    }
    today = re.compile(r"\?(?!.*as_of=)|^[^?]*$")

    # Only the way back to today and a page's own address in its citation have another day.
    own = set(addresses(busy))
    lost = sorted(link for link in ours if today.search(link) and link.split("?")[0] not in own)
    broken = [link for link in sorted(ours)[::4] if busy.get(link).status_code != 200]

    assert lost == []
    assert broken == []


def test_pages_are_kept_until_the_log_moves(
    busy: Reader, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = f"/records/{busy.numbers['biosafetyLaw']}"
    busy.read(address)
    with django_assert_num_queries(1):
        busy.read(address)
    publish(make("biosafetyLaw", on=dt.date(2025, 3, 1), title={"en": "The newest Act"}))
    assert "The newest Act" in busy.read(address)


def test_pages_can_only_be_read(busy: Reader) -> None:
    for address in ("/new", "/new.atom", f"/records/{busy.numbers['biosafetyLaw']}.json"):
        assert busy.client.post(address).status_code == 405
