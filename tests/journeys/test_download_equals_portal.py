"""Somebody downloads the facts and computes, without a database, exactly what the portal shows."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cartagena.apps.monitoring.api import current_evaluator, current_facts
from cartagena.apps.registry import api as registry
from cartagena.engine.datapackage import write_datapackage
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.facts import read_facts
from cartagena.engine.figure import VARIANTS, Figure
from cartagena.engine.flatten import fact_rows_body
from cartagena.engine.freeze import facts_hash
from cartagena.engine.questionnaire import Format, load_format
from cartagena.engine.status import SHOWN_GROUPS
from cartagena.engine.wording import figure_as_json
from tests.apps.monitoring.test_facts import make_report, publish

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
PARTIES = (("KEN", "ke"), ("UGA", "ug"), ("NOR", "no"), ("BRA", "br"), ("CHN", "cn"), ("CZE", "cz"))
DAYS = {"nr2": "2011-09-15", "nr3": "2015-10-20", "nr4": "2019-09-20", "nr5": "2025-06-01"}


def make_answers(shape: Format, turn: int) -> dict[str, Any]:
    """Answers that differ from Party to Party: each takes another option; some are silent."""
    answers: dict[str, Any] = {}
    for n, (key, question) in enumerate(shape.in_document.items()):
        if (n + turn) % 5 == 0:
            continue
        if question.options:
            answers[key] = [question.options[(n + turn) % len(question.options)].code]
        elif question.is_text and n % 7 == 0:
            answers[key] = f'Line one, "quoted"\r\nline two of Party {turn}: 生物安全'
    return answers


def make_rows(record_type: str, identifier: str, **row: Any) -> registry.Publication:
    return registry.Publication(
        identifier=identifier,
        type=record_type,
        government=None,
        body=fact_rows_body(record_type, identifier, [row]),
        published_at=dt.datetime(2013, 1, 1, tzinfo=dt.UTC),
    )


@pytest.fixture
def _published() -> None:
    registry.load_shipped(now=NOW)
    for turn, (party, iso2) in enumerate(PARTIES):
        for cycle, on in DAYS.items():
            if (turn + len(cycle) + int(cycle[-1])) % 4:
                answers = make_answers(load_format(cycle), turn)
                publish(make_report(party, iso2, cycle, on, answers))
    publish(make_report("KEN", "ke", "nr4", "2020-03-01", make_answers(load_format("nr4"), 9)))
    law = {"header": {"languages": ["en"]}, "title": {"en": "Act"}, "isAmendment": False}
    publish(
        registry.Publication(
            identifier="LAW-000000001",
            type="biosafetyLaw",
            government="KEN",
            body=law,
            published_at=dt.datetime(2012, 1, 1, tzinfo=dt.UTC),
        ),
        make_rows("registerEntry", "ENTRY-1", register="AdviceMechanism", from_on="2012-01-01",
                  kind="roster"),
        make_rows("usageMonth", "USE-1", month="2019-06-01", country="KEN", kind="visit",
                  quantity=7),
    )  # fmt: skip


def list_figures(evaluator: Evaluator) -> Iterator[Figure]:
    """Every indicator at every point, by both readings, for all Parties and each group."""
    for identifier in evaluator.indicators:
        for point in evaluator.points:
            for variant in VARIANTS:
                for group in (None, *SHOWN_GROUPS):
                    yield evaluator.figure(identifier, point, variant=variant, group=group)


@pytest.mark.usefixtures("_published")
def test_every_figure_from_the_download_equals_the_portal(tmp_path: Path) -> None:
    write_datapackage(current_facts(), tmp_path / "facts", title="Facts", created=NOW)
    downloaded = read_facts(tmp_path / "facts")

    assert facts_hash(downloaded) == facts_hash(current_facts())
    portal = list(list_figures(current_evaluator()))
    download = list(list_figures(Evaluator(downloaded)))

    assert len(portal) == 72 * 4 * 2 * 10
    assert download == portal
    assert sum(figure.status == "computed" for figure in portal) > 1000


@pytest.mark.usefixtures("_published")
def test_download_as_of_a_day_equals_the_portal_as_of_that_day(tmp_path: Path) -> None:
    day = dt.date(2020, 1, 15)
    write_datapackage(current_facts(day), tmp_path / "facts", title="Facts", created=NOW)

    download = Evaluator(read_facts(tmp_path / "facts"), as_of=day)

    assert list(list_figures(download)) == list(list_figures(current_evaluator(day)))


@pytest.mark.usefixtures("_published")
def test_command_and_example_compute_from_the_download_without_django(tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    write_datapackage(current_facts(), folder, title="Facts", created=NOW)
    portal = current_evaluator()
    command = (
        "import sys; from cartagena.cli.main import cli\n"
        "try: cli(sys.argv[1:])\n"
        "finally: assert not any(name.startswith('django') for name in sys.modules)"
    )

    printed = run(["-c", command, "evaluate", "--facts", str(folder), "--point", "final", "--json"])

    figures = {figure["indicator"]: figure for figure in json.loads(printed)}
    assert len(figures) == 72
    for identifier, found in figures.items():
        figure = figure_as_json(portal.figure(identifier, portal.point("final")))
        assert {name: found[name] for name in figure} == figure

    example = run([str(Path(__file__).parents[2] / "examples/evaluate_from_download.py"), folder])
    assert "72 indicators" in example
    assert "3.1.1 on 2010-06-30: 158 of 193" in example


def run(arguments: list[Any]) -> str:
    """Run Python with arguments in a process of its own and return what it prints."""
    finished = subprocess.run(  # noqa: S603 - our own programs
        [sys.executable, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout
