"""`cartagena import reports` as a command: exit codes, summary, error report."""

import json
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner

from cartagena.cli import demo, imports
from cartagena.cli.main import cli
from tests.apps.registry.imports.make import make_envelope, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A runner in a folder of its own, on the database of the test."""
    monkeypatch.chdir(tmp_path)
    for module in (demo, imports):
        monkeypatch.setattr(module, "with_django", nullcontext)
    return CliRunner()


def test_good_import_ends_with_zero_and_a_sentence(runner: CliRunner, tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", make_envelope(contact={"identifier": "TEST-CON-0001"},
                 stakeholders={"en": "All"}, reportPeriodStartDate="2015-11-01",
                 reportPeriodEndDate="2019-06-30"))  # fmt: skip

    result = runner.invoke(cli, ["import", "reports", str(path)])

    assert result.exit_code == 0, result.output
    assert "1 report read from 1 file: 1 published, 0 amended" in result.output


def test_refused_report_ends_with_one_and_an_error_report(
    runner: CliRunner, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.json", make_envelope(Q999={"value": "x"}))

    result = runner.invoke(cli, ["import", "reports", str(path), "--json"])

    assert result.exit_code == 1, result.output
    summary = json.loads(result.output)
    assert (summary["ok"], summary["refused"]) == (False, 1)
    written = json.loads(Path(summary["errors_file"]).read_text())
    problem = next(p for p in written["problems"] if p["severity"] == "error")
    assert (problem["place"], problem["question"]) == ("$", "Q999")
    assert set(problem) == {
        "file", "place", "question", "severity", "what", "remedy", "report",
    }  # fmt: skip


def test_wrong_usage_ends_with_two(runner: CliRunner) -> None:
    assert runner.invoke(cli, ["import", "reports"]).exit_code == 2
    assert runner.invoke(cli, ["import", "reports", "x", "--if-second", "both"]).exit_code == 2


def test_demonstration_says_how_much_is_shown(runner: CliRunner) -> None:
    assert "No demonstration is loaded" in runner.invoke(cli, ["demo", "status"]).output
    found = json.loads(runner.invoke(cli, ["demo", "status", "--json"]).output)
    assert found == {"records": 0, "by_type": {}, "is_current": False}
    assert "No demonstration was loaded" in runner.invoke(cli, ["demo", "remove"]).output
