"""The commands evaluate, export facts, freeze and audit."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cartagena.apps.registry import api as registry
from cartagena.cli import audit, audit_roots, evaluate, export, freeze
from cartagena.cli.main import cli
from tests.apps.monitoring.test_facts import NOW, make_report, publish
from tests.apps.registry.test_audit import tamper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_test_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands use the database of the test instead of starting one."""

    @contextmanager
    def with_test_database(_data_folder: Path | None = None) -> Iterator[None]:
        yield

    for module in (audit, audit_roots, evaluate, export, freeze):
        monkeypatch.setattr(module, "with_django", with_test_database)
    registry.load_shipped(now=NOW)


def run(*arguments: object, expect: int = 0) -> Result:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert result.exit_code == expect, result.output
    return result


def read(*arguments: object, expect: int = 0) -> Any:
    return json.loads(run(*arguments, "--json", expect=expect).stdout)


@pytest.mark.parametrize(
    ("day", "numerator", "denominator"),
    [("2010-06-30", 158, 193), ("2011-12-31", 161, 193), ("2015-12-31", 170, 196)],
)
def test_parties_to_the_convention_on_a_day(day: str, numerator: int, denominator: int) -> None:
    figure = read("evaluate", "--as-of", day, "3.1.1")

    assert (figure["numerator"], figure["denominator"]) == (numerator, denominator)


@pytest.mark.parametrize(
    ("day", "reached_on"), [("2014-09-29", None), ("2018-03-05", "2018-03-05")]
)
def test_supplementary_protocol_came_after_the_target(day: str, reached_on: str | None) -> None:
    figure = read("evaluate", "--as-of", day, "1.7.1")

    assert figure["met"] is False
    assert figure["reached_on"] == reached_on


def test_without_names_all_indicators_are_evaluated_at_every_point() -> None:
    figures = read("evaluate")

    assert len(figures) == 72 * 4


def test_evaluation_in_words_names_indicator_and_point() -> None:
    words = run("evaluate", "3.1.1", "--point", "final").output

    assert "3.1.1  Parties to the Convention" in words
    assert "final: 17" in words


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["9.9.9"], "no indicator '9.9.9'"),
        (["1.6.1", "--point", "end"], "baseline, midterm, final"),
        (["1.6.1", "--group", "EUROPE"], "Groups:"),
        (["1.6.1", "--cycle", "nr1"], "nr2"),
        (["1.6.1", "--cycle", "nr4", "--point", "final"], "not both"),
        (["1.6.1", "--freeze", "none"], "no freeze"),
        (["--facts", "x", "--freeze", "y"], "not both"),
    ],
)
def test_wrong_name_says_which_there_are(arguments: list[str], words: str) -> None:
    assert words in run("evaluate", *arguments, expect=2).output


def test_folder_without_facts_names_every_missing_file(tmp_path: Path) -> None:
    output = run("evaluate", "--facts", tmp_path, "1.6.1", expect=1).output

    assert output.count("The file is missing") == 9


def test_export_and_freeze_give_the_same_facts(tmp_path: Path) -> None:
    publish(make_report("KEN", "ke", "nr4", "2019-06-01", {"Q016": ["true"]}))
    made = read("freeze", "create", "review-2020", "--cut-off", "2019-12-31")

    exported = read("export", "facts", tmp_path / "a", "--freeze", "review-2020")

    assert exported["factsHash"] == made["facts_sha256"]
    assert (
        read("export", "facts", tmp_path / "b", "--as-of", "2019-12-31")["factsHash"]
        == (made["facts_sha256"])
    )
    figure = read("evaluate", "--freeze", "review-2020", "--point", "2015-12-31", "3.1.1")
    assert figure["numerator"] == 170


def test_freeze_is_listed_shown_and_checked() -> None:
    publish(
        make_report("KEN", "ke", "nr4", "2019-06-01", {}),
        make_report("UGA", "ug", "nr4", "2020-06-01", {}),
    )
    run("freeze", "create", "review-2020", "--cut-off", "2019-12-31", "--exclude",
        "REPORT-KEN-nr4", "--reason", "Letter.")  # fmt: skip

    assert "review-2020  cut-off 2019-12-31" in run("freeze", "list").output
    shown = run("freeze", "show", "review-2020").output
    assert "REPORT-KEN-nr4, version 1: Letter." in shown
    assert "REPORT-UGA-nr4, version 1: Published after the cut-off." in shown
    assert read("freeze", "verify", "review-2020")["intact"] is True


def test_freeze_that_cannot_be_made_ends_with_an_error() -> None:
    arguments = ("freeze", "create", "x", "--cut-off", "2019-12-31", "--exclude", "REPORT-X")

    assert "--reason" in run(*arguments, expect=2).output
    assert "was not public" in run(*arguments, "--reason", "Why.", expect=1).output


def test_saved_roots_are_checked_by_the_audit(tmp_path: Path) -> None:
    saved = tmp_path / "roots.txt"
    assert run("audit", "roots").output.startswith("# Daily roots")
    roots = registry.list_daily_roots(now=NOW + dt.timedelta(days=3))
    saved.write_text(registry.write_roots(roots))
    assert "Intact" in run("audit", "verify", "--roots", saved).output

    saved.write_text(saved.read_text() + f"2030-01-01 999999 {'a' * 64}\n")
    assert "the log was cut off" in run("audit", "verify", "--roots", saved, expect=1).output

    saved.write_text("something else")
    assert "line 1" in run("audit", "verify", "--roots", saved, expect=2).output


def test_audit_says_intact_and_after_tampering_where() -> None:
    head = read("audit", "verify")["head"]
    assert "Intact" in run("audit", "verify", "--expect", head).output

    tamper("UPDATE registry_logentry SET reason = 'x' WHERE position = 7")

    output = run("audit", "verify", expect=1).output
    assert "log entry 7: " in output
    assert "Not intact" in output
    assert "POSITION:HASH" in run("audit", "verify", "--expect", "x", expect=2).output
