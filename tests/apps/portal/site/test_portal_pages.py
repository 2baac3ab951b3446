"""Every page answers, in every language, with and without reports, within its budget."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cartagena.apps import portal
from cartagena.engine.timeliness import classify_by_deadline
from tests.apps.portal.site.conftest import Site
from tests.apps.portal.site.pages import PAGES, REPORT
from tests.apps.portal.site.sample import make_evaluator

STATIC = Path(portal.__file__).parent / "static" / "portal"
BUDGET = 60 * 1024
RECORDS = re.compile(
    r"/(account|downloads|records|registries|reports|search)\b|^/parties/[A-Z]{3}/records\b"
)
"""Pages and files of stored records, which have tests of their own."""
REQUESTS = 6


class Page(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loads: list[str] = []
        self.inline: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        self.tags.append(tag)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "a":
            self.links.add(str(values.get("href")))
        if tag == "link" and values.get("rel") in ("stylesheet", "icon"):
            self.loads.append(str(values["href"]))
        if tag in ("script", "img", "iframe"):
            self.loads.append(str(values.get("src")))
        if tag == "style" or "style" in values or (tag == "script" and not values.get("src")):
            self.inline.append(tag)
        self.inline += [name for name in values if name.startswith("on")]


@pytest.mark.parametrize("prefix", ["", "/zh", "/ar", "/fr"])
@pytest.mark.parametrize("address", [*PAGES, REPORT])
def test_page_answers_in_each_language(site: Site, address: str, prefix: str) -> None:
    response = site.get(prefix + address)
    assert response.status_code == 200
    assert f'lang="{prefix.strip("/") or "en"}"' in response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_page_answers_without_any_report(site: Site, address: str) -> None:
    site.reports = False
    assert site.get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_page_answers_seen_from_an_early_day(site: Site, address: str) -> None:
    joined = f"{address}{'&' if '?' in address else '?'}as_of=2005-01-01"
    assert site.get(joined).status_code == 200


@pytest.mark.parametrize("address", [*PAGES, REPORT])
def test_page_is_whole_and_within_its_budget(site: Site, address: str) -> None:
    response = site.get(address)
    page = Page(response.content.decode())
    size = len(gzip.compress(response.content)) + sum(
        len(gzip.compress((STATIC / Path(file).name).read_bytes())) for file in page.loads
    )
    assert size <= BUDGET
    assert 1 + len(page.loads) <= REQUESTS
    assert page.inline == []
    assert page.tags.count("h1") == 1
    assert {"title", "meta", "main"} <= set(page.tags)
    assert len(page.ids) == len(set(page.ids))
    assert '<link rel="canonical"' in response.content.decode()


def test_links_of_all_pages_lead_somewhere(site: Site) -> None:
    found: set[str] = set()
    for address in (*PAGES, REPORT):
        found |= Page(site.get(address).content.decode()).links
    ours = {
        link.split("#")[0] for link in found if link.startswith("/") and not RECORDS.search(link)
    }
    # One of each kind is enough of the many pages that tell why.
    why = sorted(link for link in ours if "/why/" in link)
    broken = [
        link
        for link in sorted((ours - set(why)) | set(why[::97]) - {""})
        if link and site.get(link).status_code != 200
    ]
    assert broken == []


def test_anchors_exist_on_the_page_they_lead_to(site: Site) -> None:
    for address in PAGES:
        page = Page(site.get(address).content.decode())
        inside = {link[1:] for link in page.links if link.startswith("#")}
        assert inside <= set(page.ids), address


def test_links_keep_the_day(site: Site) -> None:
    page = Page(site.get("/indicators/1.1.1?as_of=2016-01-01").content.decode())
    ours = [
        link
        for link in page.links
        if link.startswith("/") and "/why/" in link or re.match(r"/(parties|plan|compare)\b", link)
    ]
    assert ours
    assert all("as_of=2016-01-01" in link for link in ours)


def test_original_keeps_its_language(site: Site) -> None:
    text = site.get("/plan?original=1").content.decode()
    assert '<span class="soft" lang="zh" dir="ltr">充分保护生物多样性' in text


def test_arabic_reads_from_the_right(site: Site) -> None:
    assert 'dir="rtl"' in site.get("/ar/").content.decode()[:200]


def test_each_part_of_an_indicator_is_shown_alone(site: Site) -> None:
    text = site.get("/indicators/1.6.1").content.decode()
    evaluator = make_evaluator()

    parts = evaluator.part_figures("1.6.1", evaluator.point("final"))

    assert len(parts) == 2
    for figure in parts.values():
        assert f"{figure.numerator} / {figure.denominator}" in text


def test_the_time_limit_puts_every_party_in_one_class(site: Site) -> None:
    text = site.get("/indicators/1.1.1?point=midterm").content.decode()
    evaluator = make_evaluator()
    point = evaluator.point("midterm")

    classes = classify_by_deadline(evaluator, "1.1.1", point)

    assert classes is not None
    assert sum(map(len, classes.values())) == len(evaluator.parties(point))
    missed = len(classes["not_in_place"])
    assert missed > 1
    assert f"Not in place, the limit has passed: {missed} Parties" in text
    assert 'id="time-limit"' not in site.get("/indicators/1.6.1").content.decode()
