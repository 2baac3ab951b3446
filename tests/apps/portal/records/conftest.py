"""A database with records, and a reader."""

from collections.abc import Mapping

import pytest
from django.http import HttpResponse
from django.test import Client

from cartagena.apps.portal import page_cache
from tests.apps.portal.records.published import publish_decisions, publish_examples


class Reader:
    """Somebody who is not signed in; `numbers` are the public numbers of the examples."""

    def __init__(self, numbers: Mapping[str, str]) -> None:
        self.numbers = numbers
        self.client = Client()

    def get(self, address: str) -> HttpResponse:
        """The answer to an address."""
        response = self.client.get(address)
        assert isinstance(response, HttpResponse)
        return response

    def read(self, address: str) -> str:
        """The text of a page that must be there."""
        response = self.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        return response.content.decode()


@pytest.fixture
def reader(db: None) -> Reader:
    """A reader of a portal in which every type has a record, the LMO some decisions."""
    page_cache.store.clear()
    numbers = publish_examples()
    publish_decisions()
    return Reader(numbers)
