"""Pages over the real stores: what the product ships, and how often the database is asked."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cartagena.apps.portal import page_cache
from cartagena.apps.registry.api import load_shipped
from tests.apps.portal.site.pages import PAGES

QUERIES = 20


@pytest.mark.django_db
def test_no_page_asks_the_database_more_than_twenty_times(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page_cache.store.clear()
    load_shipped(now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    for address in PAGES:
        with django_assert_max_num_queries(QUERIES):
            assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_status_that_is_real_is_shown_without_a_demonstration_banner(client: Client) -> None:
    page_cache.store.clear()
    load_shipped(now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    text = client.get("/indicators/3.1.1?point=2010-06-30").content.decode()
    assert "158 of 193 Parties" in text
    assert 'class="demo"' not in text


@pytest.mark.django_db
def test_pages_of_an_empty_database_answer(client: Client) -> None:
    page_cache.store.clear()
    for address in ("/", "/parties", "/indicators/1.1.1", "/compare", "/data"):
        assert client.get(address).status_code == 200
