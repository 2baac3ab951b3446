"""Official wording that was imported stands over ours wherever a question is shown."""

import datetime as dt
import json
from pathlib import Path

import pytest
from django.test import Client

from cartagena.apps.monitoring.evaluators import CurrentState
from cartagena.apps.registry.api import import_labels, withdraw_record
from cartagena.engine.questionnaire import load_format

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def import_official_wording(folder: Path) -> None:
    form = load_format("nr5")
    keys = {section.label_key for section in form.sections}
    keys |= {question.label_key for question in form.questions}
    keys |= {option.label_key for q in form.questions for option in q.options}
    words = {key: {"en": f"Official {key}", "fr": f"Officiel {key}"} for key in keys}
    path = folder / "labels.json"
    path.write_text(json.dumps({"NR5": words}))
    assert import_labels(path, now=NOW).errors == 0


def test_imported_wording_is_shown_until_it_is_withdrawn(tmp_path: Path) -> None:
    ours = load_format("nr5").question("Q007").label
    state = CurrentState()
    state.evaluator(None)
    assert state.format("nr5").question("Q007").label == ours

    import_official_wording(tmp_path)
    state.evaluator(None)
    theirs = state.format("nr5").question("Q007").label
    assert theirs.get("en").startswith("Official ")
    assert theirs.get("fr").startswith("Officiel ")
    assert state.format("nr4").question("Q014").label == load_format("nr4").question("Q014").label

    withdraw_record("officialLabels-nr5", actor=None, reason="A test", now=NOW)
    state.evaluator(None)
    assert state.format("nr5").question("Q007").label == ours


def test_pages_and_api_show_the_imported_wording(tmp_path: Path) -> None:
    import_official_wording(tmp_path)
    label = f"Officiel {load_format('nr5').question('Q007').label_key}"
    client = Client()

    assert label in client.get("/fr/questionnaires/nr5").content.decode()
    assert label in client.get("/fr/indicators/4.1.2").content.decode()
    assert label in client.get("/api/v1/questionnaires/nr5?limit=500").content.decode()
