"""Pages over made-up reports, without a database."""

import datetime as dt

import pytest
from django.http import HttpResponse
from django.test import Client

from cartagena.apps.portal import page_cache, source
from cartagena.apps.registry.api import LogHead
from cartagena.engine.questionnaire import load_format
from tests.apps.portal.site.sample import load_sample_report, make_evaluator


class Site:
    """The portal over the sample; `reports` says whether any report is published, `head` where the
    publication log stands."""

    def __init__(self) -> None:
        self.reports = True
        self.head = LogHead(4213, "a" * 64, None)
        self.client = Client()

    def get(self, address: str, **headers: str) -> HttpResponse:
        """The answer to a reader who is not signed in."""
        response = self.client.get(address, headers=headers)
        assert isinstance(response, HttpResponse)
        return response


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    """The portal as a reader sees it, with the sample in place of stored data."""
    made = Site()
    page_cache.store.clear()

    def evaluator(as_of: dt.date | None) -> object:
        return make_evaluator(as_of, reports=made.reports)

    monkeypatch.setattr(source, "get_evaluator", evaluator)
    monkeypatch.setattr(source, "get_format", load_format)
    monkeypatch.setattr(source, "get_log_head", lambda: made.head)
    monkeypatch.setattr(source.reports, "load_report", load_sample_report)
    monkeypatch.setattr("cartagena.apps.monitoring.api.list_freezes", lambda: ())
    return made
