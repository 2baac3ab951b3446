"""Filled files as people send them, read by upload and by command: what is told, what taken."""

import html
import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting.api import Draft, DraftSave
from cartagena.apps.reports.api import ReportUpload, save_cells, start_report
from cartagena.cli import filled
from cartagena.cli.main import cli
from cartagena.engine.declaration import read_yaml
from cartagena.engine.questionnaire import load_format
from tests.apps.reports.bad_files.make import CELLS, FOLDER
from tests.apps.reports.conftest import NOW

pytestmark = pytest.mark.django_db
MANIFEST: dict[str, Any] = read_yaml(FOLDER.parent / "manifest.yaml")
HOME = "/desk/reports/nr4/KEN"
ELSEWHERE = ("other-cycle.xlsx", "other-cycle.docx", "other-party.xlsx")
"""Files of other reports: the desk refuses them here, the command looks for the report of each."""


@pytest.fixture
def draft(focal_point: User) -> Draft:
    """Kenya's report as it was when the files were made."""
    draft = start_report("nr4", "KEN", actor=focal_point, now=NOW, languages=("en", "fr"))
    return save_cells(draft.key, CELLS, actor=focal_point, revision=0, now=NOW).draft


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A runner of commands on the database of the test."""
    monkeypatch.setattr(filled, "with_django", nullcontext)
    return CliRunner()


def read_state() -> tuple[Any, ...]:
    bodies = list(Draft.objects.values_list("key", "revision", "body"))
    return bodies, DraftSave.objects.count()


def test_folder_and_manifest_name_the_same_files_and_stay_small() -> None:
    files = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    assert files.keys() == MANIFEST.keys()
    assert sum(files.values()) < 1_000_000


def test_every_sentence_says_what_is_wrong_and_what_to_do() -> None:
    for name, expected in MANIFEST.items():
        for told in expected["told"]:
            assert told.count(". ") >= 1, name
            assert told.endswith("."), name
        assert len(set(expected["told"])) == len(expected["told"]), name


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_file_is_answered_on_the_desk_and_changes_nothing(
    name: str, draft: Draft, focal_point: User
) -> None:
    browser = Client()
    browser.force_login(focal_point)
    before = read_state()
    sent = SimpleUploadedFile(name, (FOLDER / name).read_bytes())
    answer = browser.post(f"{HOME}/files", {"file": sent})
    is_refused = answer.status_code == 400
    assert is_refused == (ReportUpload.objects.count() == 0)
    page = (answer if is_refused else browser.get(answer["Location"])).content.decode()
    page = html.unescape(page)
    for told in MANIFEST[name]["told"]:
        what, _stop, remedy = told.partition(". ")
        sentence = what.partition(": ")[2] or what
        assert sentence[1:] in page  # shown with a capital
        assert remedy in page
    fields = MANIFEST[name]["takes"]
    assert all(f'name="take" value="{field}"' in page for field in fields)
    assert page.count('name="take"') == len(fields)
    assert read_state() == before


def test_command_tells_the_same_of_all_files_and_writes_nothing(
    draft: Draft, runner: CliRunner
) -> None:
    before = read_state()
    paths = [str(FOLDER / name) for name in MANIFEST]
    result = runner.invoke(cli, ["import", "filled", *paths, "--json"])
    assert result.exit_code == 1, result.output
    for found in json.loads(result.output):
        name = Path(found["path"]).name
        told = [
            f"{place}: {what}. {remedy}" if place else f"{what}. {remedy}"
            for place, what, remedy in found["problems"]
        ]
        if name in ELSEWHERE:
            assert [each.partition(" is not being prepared")[1] for each in told] != [""]
            continue
        assert told == MANIFEST[name]["told"], name
        changes = {each["field"] for each in (*found["changes"], *found["contested"])}
        assert changes == set(MANIFEST[name]["takes"]), name
    assert read_state() == before
    assert ReportUpload.objects.count() == 0


def test_command_shows_changes_and_takes_them_over_when_asked(
    draft: Draft, runner: CliRunner
) -> None:
    path = str(FOLDER / "rows-sorted.xlsx")
    shown = runner.invoke(cli, ["import", "filled", path])
    assert shown.exit_code == 0
    assert "Q018: true -> false" in shown.output
    assert "Nothing was written" in shown.output
    # The file was made from another draft, so what stands here already is contested.
    taken = runner.invoke(cli, ["import", "filled", path, "--take"])
    assert "Taken over." in taken.output
    body = Draft.objects.get(pk=draft.pk).body
    assert (body["Q018"], body["Q021"]) == ({"value": "true"}, {"value": "true"})
    runner.invoke(cli, ["import", "filled", path, "--take", "--contested"])
    assert Draft.objects.get(pk=draft.pk).body["Q018"] == {"value": "false"}
    again = runner.invoke(cli, ["import", "filled", path, "--take", "--contested"])
    assert "Nothing was written." in again.output


@pytest.mark.usefixtures("shipped")
def test_command_starts_a_report_only_when_asked(runner: CliRunner) -> None:
    path = str(FOLDER / "rows-deleted.xlsx")
    refused = runner.invoke(cli, ["import", "filled", path, "--take"])
    assert refused.exit_code == 1
    assert "nr4 of KEN is not being prepared" in refused.output
    assert not Draft.objects.exists()
    started = runner.invoke(cli, ["import", "filled", path, "--take", "--start"])
    assert started.exit_code == 0, started.output
    body = Draft.objects.get().body
    assert (body["Q021"], body["header"]["languages"]) == ({"value": "true"}, ["en", "fr"])
    assert load_format("nr4").schema == body["header"]["schema"]
