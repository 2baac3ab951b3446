"""Exact caching: kept until the log moves, never for those who are signed in."""

from dataclasses import replace

import pytest

from cartagena.apps.portal import page_cache
from cartagena.apps.portal.page_cache import Kept, PageStore
from tests.apps.portal.site.conftest import Site


def test_page_is_kept_and_confirmed_by_its_tag(site: Site) -> None:
    first = site.get("/plan")
    assert len(page_cache.store) == 1
    again = site.get("/plan", if_none_match=first["ETag"])
    assert again.status_code == 304
    assert not again.content


def test_page_is_rendered_anew_when_the_log_moves(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = site.get("/plan").content.decode()
    assert "publication log at 4,213" in first
    site.head = replace(site.head, position=4214, hash="b" * 64)
    assert "publication log at 4,214" in site.get("/plan").content.decode()


def test_order_of_the_query_does_not_matter(site: Site) -> None:
    site.get("/compare?from=baseline&to=final")
    site.get("/compare?to=final&from=baseline")
    assert len(page_cache.store) == 1


def test_languages_and_days_are_kept_apart(site: Site) -> None:
    for address in ("/plan", "/zh/plan", "/plan?as_of=2015-01-01"):
        site.get(address)
    assert len(page_cache.store) == 3


def test_readers_without_gzip_get_the_same_page(site: Site) -> None:
    zipped = site.get("/plan", accept_encoding="gzip")
    plain = site.get("/plan")
    assert zipped["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert zipped["ETag"] != plain["ETag"]
    assert int(zipped["Content-Length"]) < int(plain["Content-Length"])


def test_nothing_is_kept_for_those_who_are_signed_in(site: Site) -> None:
    site.client.cookies["sessionid"] = "x"
    response = site.get("/plan")
    assert "ETag" not in response
    assert response["Cache-Control"] == "private, no-cache"
    assert len(page_cache.store) == 0


def test_problem_pages_are_not_kept(site: Site) -> None:
    site.get("/indicators/9.9.9")
    assert len(page_cache.store) == 0


def test_store_forgets_the_page_used_longest_ago() -> None:
    # Each page weighs 100 bytes and 512 for its place: two fit into 1300, three do not.
    store = PageStore(limit=1300)
    page = Kept(b"x" * 100, "tag", "text/html", "en")
    store.keep("a", page)
    store.keep("b", page)
    store.find("a")
    store.keep("c", page)
    assert store.find("b") is None
    assert store.find("a") == page
    assert store.find("c") == page
