"""A fresh process has its figures before the first reader comes."""

import pytest
from django.db import connection

from cartagena.apps.portal import source, warm_up
from tests.apps.portal.site.conftest import Site
from tests.apps.portal.site.sample import make_evaluator


def test_figures_are_loaded_ahead(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(source, "get_evaluator", lambda day: asked.append(day) or make_evaluator())

    warm_up.warm_up_in_background().join()

    assert asked == [None]


def test_a_failure_stops_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(day: object) -> None:
        raise OSError("no database")

    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(source, "get_evaluator", fail)

    warm_up.warm_up_in_background().join()

    assert "could not be loaded ahead" in caplog.text
