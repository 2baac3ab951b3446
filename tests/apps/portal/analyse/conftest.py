"""The analyser's pages, files and call over made-up reports, without a database."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client

from cartagena.apps.portal import page_cache, source
from cartagena.apps.registry.api import LogHead
from cartagena.engine.questionnaire import load_format
from tests.apps.portal.site.sample import make_evaluator

LANGUAGES = {
    "en": "The competent authority assesses risks.",
    "fr": "L'autorité compétente évalue les risques.",
    "es": "La autoridad competente evalúa los riesgos.",
    "ru": "Компетентный орган проводит оценку рисков.",
    "ar": "تتولى السلطة المختصة تقييم المخاطر.",
    "zh": "国家主管部门负责风险评估。",
}


def tell_words(versions: Sequence[tuple[str, int]], question: str) -> dict[Any, Any]:
    """The first reports by name are each in a language, one in two; the words of others are those
    of the facts."""
    said = [*((pair,) for pair in LANGUAGES.items()), (("ar", "نص"), ("fr", "Du texte <b>"))]
    return dict(zip(sorted(versions), said, strict=False))


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, tmp_path: Any, settings: Any) -> Client:
    """A reader of the portal, with the sample in place of stored data."""
    settings.DATA_FOLDER = tmp_path
    page_cache.store.clear()

    def evaluator(as_of: dt.date | None) -> object:
        return make_evaluator(as_of)

    def freeze(name: str) -> object:
        if name != "final":
            raise LookupError(name)
        return make_evaluator(dt.date(2019, 12, 31))

    monkeypatch.setattr(source, "get_evaluator", evaluator)
    monkeypatch.setattr(source, "get_freeze_evaluator", freeze)
    monkeypatch.setattr(source, "get_format", load_format)
    monkeypatch.setattr(source, "list_written", tell_words)
    monkeypatch.setattr(source, "get_log_head", lambda: LogHead(4213, "a" * 64, None))
    return Client(SERVER_NAME="localhost")
