"""The search page, its files, its feed, its suggestions."""

import csv
import gzip
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cartagena.apps import portal
from cartagena.apps.portal import page_cache
from cartagena.apps.search.index import SearchIndex, get_index
from tests.apps.search.made_up import GUID, make_law, make_record, publish

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def index(tmp_path: Path, settings: Any) -> SearchIndex:
    """An index of its own, over a few records."""
    settings.DATA_FOLDER = tmp_path
    page_cache.store.clear()
    publish(
        make_law(1, {"en": "Act on maize <b>", "fr": "Loi sur le maïs"}),
        make_law(2, {"es": "Ley del maíz"}, on="2021-05-06", government="BRA"),
        make_law(3, {"zh": "转基因玉米条例"}, on="2022-05-06", government="CHN"),
        make_record(
            "modifiedOrganism", 4, identity={"en": "=Herbicide tolerant cotton"},
            uniqueIdentification="MON-Ø1445-2",
        ),
    )  # fmt: skip
    return get_index()


def read(client: Client, address: str, status: int = 200) -> str:
    """The text of a page."""
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_page_shows_hits_with_marks_facets_and_ways_on(client: Client) -> None:
    page = read(client, "/search?q=maize")

    assert "Act on <mark>maize</mark> &lt;b&gt;" in page
    assert "/records/BCH-LAW-KE-" in page
    assert "Herbicide tolerant" not in page
    assert "/downloads/search.csv?q=maize&amp;lang=en" in page
    assert "/search.atom?q=maize" in page
    assert "/search/saved?q=maize" in page


@pytest.mark.parametrize(
    ("address", "first", "named", "exactly"),
    [
        ("/search?q=maize", "Act on", "<bdi>corn</bdi>", "/search?q=%22maize%22"),
        ("/es/search?q=OGM&year=2022", "转基因", "<bdi>organismo vivo modificado</bdi>",
         "/es/search?q=%22OGM%22&amp;year=2022"),
        ("/zh/search?q=corn", "条例", "<bdi>玉米</bdi>", "/zh/search?q=%22corn%22"),
        ("/ar/search?q=ذرة+-maíz", "条例", "<bdi>ذرة صفراء</bdi>",
         "/ar/search?q=%22%D8%B0%D8%B1%D8%A9%22+-ma%C3%ADz"),
    ],
)  # fmt: skip
def test_the_page_says_what_was_also_looked_for_and_leads_to_the_words_alone(
    client: Client, address: str, first: str, named: str, exactly: str
) -> None:
    page = read(client, address)

    assert first in page
    assert named in page
    assert f'href="{exactly}"' in page
    alone = read(client, exactly.replace("&amp;", "&"))
    assert named not in alone, "words in quotes are looked for alone"


def test_facets_toggle_and_the_address_can_be_shared(client: Client) -> None:
    page = read(client, "/search")
    assert '/search?government=KEN"' in page
    page = read(client, "/search?government=KEN&government=BRA")
    assert "Ley del" in page
    assert '/search?government=KEN"' in page, "choosing Brazil again leaves it out"
    assert "government=KEN&amp;government=BRA&amp;government=CHN" in page
    assert "转基因" not in page


def test_a_public_number_typed_anyhow_leads_to_its_record(client: Client) -> None:
    publish(make_law(9, {"en": "Act that names MON-Ø1445-2"}))

    page = read(client, "/search?q=mon+01445+2")

    first, second = page.index("Herbicide tolerant cotton"), page.index("Act that names")
    assert first < second


def test_when_nothing_fits_the_page_says_what_to_do(client: Client) -> None:
    page = read(client, "/search?q=cottn")

    assert "No record fits." in page
    assert "/search?q=cotton" in page
    assert "=Herbicide tolerant cotton" in page


@pytest.mark.parametrize("address", ["/search?page=0", "/search?page=x", "/search?sort=y"])
def test_what_cannot_be_asked_is_explained(client: Client, address: str) -> None:
    assert "Use one of the choices" in read(client, address, 400)


def test_a_page_far_behind_the_last_is_empty_and_leads_back(client: Client) -> None:
    assert "There are not so many pages." in read(client, "/search?page=99")


def test_as_of_a_day_only_what_was_public_then_is_found(client: Client) -> None:
    page = read(client, "/search?as_of=2020-12-31")
    assert "Act on maize" in page
    assert "Ley del" not in page


def test_the_page_asks_the_database_seldom(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    read(client, "/search")
    page_cache.store.clear()
    with django_assert_max_num_queries(8):
        read(client, "/search?q=maize&government=KEN&language=fr")


def test_a_page_from_an_index_that_is_behind_is_not_kept(
    client: Client, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(client, "/search?q=maize")
    with monkeypatch.context() as behind:
        behind.setattr(SearchIndex, "keep_up", lambda _self: False)
        publish(make_law(5, {"en": "Another act on maize"}))
        assert "Another act" not in read(client, "/search?q=maize")
    assert "Another act" in read(client, "/search?q=maize")
    before = len(page_cache.store)
    read(client, "/search?q=maize")
    assert len(page_cache.store) == before, "now it was kept"


def test_while_the_index_is_built_the_page_says_so(
    client: Client, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SearchIndex, "keep_up", lambda _self: False)
    assert "is being built" in read(client, "/search?q=maize", 503)
    assert client.get("/search.atom").status_code == 503
    assert client.get("/downloads/search.csv").status_code == 503
    assert client.get("/search/suggest?q=maize").json() == {"suggestions": []}


def test_files_hold_all_hits(client: Client) -> None:
    def body(ending: str, query: str = "sort=oldest") -> bytes:
        answer = client.get(f"/downloads/search.{ending}?{query}")
        assert answer.status_code == 200
        assert f".{ending}" in answer["Content-Disposition"]
        assert answer.streaming
        return b"".join(answer)  # type: ignore[arg-type]

    rows = list(csv.DictReader(io.StringIO(body("csv").decode())))
    assert [row["identifier"] for row in rows] == [GUID.format(n) for n in (4, 1, 2, 3)]
    assert rows[0]["title"] == "'=Herbicide tolerant cotton"
    assert rows[1]["government_name"] == "Kenya"
    found = json.loads(body("json", "q=maïs&lang=fr"))
    titles = [row["title"] for row in found["rows"]]
    assert titles == ["Loi sur le maïs", "Ley del maíz", "转基因玉米条例"]
    book = openpyxl.load_workbook(io.BytesIO(body("xlsx")))
    assert book.worksheets[0].max_row == 5
    assert json.loads(body("json", "q=nothing"))["rows"] == []
    assert client.get("/downloads/search.csv?nonsense=1").status_code == 400
    assert client.get("/downloads/search.pdf").status_code == 404
    assert client.get("/downloads/search.csv?sort=y").status_code == 400


def test_the_feed_holds_the_newest_hits(client: Client) -> None:
    answer = client.get("/search.atom?language=es&language=zh")

    feed = ElementTree.fromstring(answer.content)
    assert answer["Content-Type"].startswith("application/atom+xml")
    titles = [str(entry.findtext(f"{ATOM}title")) for entry in feed.iter(f"{ATOM}entry")]
    assert [title.partition(" (")[0] for title in titles] == ["转基因玉米条例", "Ley del maíz"]


def test_suggestions_are_names(client: Client) -> None:
    found = client.get("/fr/search/suggest?q=bresi").json()["suggestions"]
    assert found[0]["text"].startswith("Brésil")


@pytest.mark.parametrize("text", ["<script>", "%00", '"', "%F0%9F%8C%BD", "a" * 3_000, "-", "OR"])
def test_whatever_is_typed_gives_a_page(client: Client, text: str) -> None:
    page = read(client, f"/search?q={text}&government={text[:40]}&lmo={text[:40]}")
    assert "<script>" not in page


def test_the_page_is_within_its_budget(client: Client) -> None:
    publish(
        *(make_law(n, {"en": f"Act {n} on seeds and " + "safety " * 20}) for n in range(20, 60))
    )
    page = read(client, "/search?q=seeds")
    static = Path(portal.__file__).parent / "static" / "portal"
    files = [static / name for name in re.findall(r"/static/portal/([\w.]+)", page)]
    whole = [page.encode(), *(file.read_bytes() for file in files)]

    assert len(whole) <= 6
    assert sum(len(gzip.compress(part)) for part in whole) <= 60 * 1024


def test_every_page_has_the_box(client: Client) -> None:
    assert 'action="/search"' in read(client, "/plan")
    assert 'action="/ar/search"' in read(client, "/ar/plan")


def test_the_newest_come_first_when_no_words_are_asked_for(client: Client) -> None:
    page = read(client, "/zh/search")
    assert page.index("转基因玉米条例") < page.index("Ley del")
