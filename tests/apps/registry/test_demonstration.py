"""The demonstration: always the same, plausible, valid, marked, and gone without a trace."""

import datetime as dt
import re
from collections import Counter

import pytest

from cartagena.apps.monitoring.api import current_evaluator
from cartagena.apps.registry import api
from cartagena.apps.registry.demonstration import actions
from cartagena.apps.registry.demonstration.planned import MARK
from cartagena.apps.registry.demonstration.profiles import LAST_DAY, list_profiles
from cartagena.apps.registry.demonstration.publications import (
    list_made_up,
    plan_report_publication,
)
from cartagena.apps.registry.demonstration.reporting import (
    ROUNDS,
    list_planned_reports,
    list_withdrawn,
)
from cartagena.apps.registry.publication import Publication
from cartagena.engine.answers import build_body, flatten_body, validate_body
from cartagena.engine.canonical import content_hash
from cartagena.engine.figure import Figure
from cartagena.engine.questionnaire import load_format
from cartagena.engine.record_type import list_report_types

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)

POINTS = ("baseline", "midterm", "final", "after")


@pytest.fixture(scope="module")
def made_up() -> list[Publication]:
    """Everything, oldest first."""
    return list(list_made_up())


@pytest.fixture(scope="module")
def reports(made_up: list[Publication]) -> list[Publication]:
    """The national reports among it, every version."""
    return [p for p in made_up if p.type in list_report_types()]


def test_the_same_data_is_made_every_time() -> None:
    sample = list_planned_reports()[::80]
    hashes = [content_hash(plan_report_publication(report).body) for report in sample]

    assert content_hash(hashes) == (
        "3ce51a77f7e9f8b1ed0970bf63a629b0812dcb558fbb186776fae9424e48c492"
    ), "The made-up answers have changed: if that was meant, put the new hash here."


def test_every_made_up_report_is_valid(reports: list[Publication]) -> None:
    wrong = [
        (report.identifier, problem)
        for report in reports
        for problem in validate_body(load_format(list_report_types()[report.type]), report.body)
        if problem.severity == "error"
    ]

    assert wrong == []


def test_everything_made_up_is_marked(made_up: list[Publication]) -> None:
    assert all(p.demonstration for p in made_up)
    assert all(p.identifier.startswith(MARK) for p in made_up)
    assert all(re.fullmatch(r"[A-Za-z0-9\-_]{11,128}", p.identifier) for p in made_up)
    assert not {p.type for p in made_up} & {"treatyStatus", "groupMembership"}


def test_nothing_is_dated_in_the_future_or_out_of_order(made_up: list[Publication]) -> None:
    days = [p.published_at for p in made_up]

    assert days == sorted(days)
    assert days[-1].date() <= LAST_DAY
    last: dict[str, int] = {}
    for publication in made_up:
        assert publication.revision == last.get(publication.identifier, 0) + 1
        last[publication.identifier] = publication.revision


def test_as_many_parties_report_as_really_did(reports: list[Publication]) -> None:
    parties = {(p.type, p.government) for p in reports}
    by_type = Counter(record_type for record_type, _ in parties)

    # Two Parties answer the survey of 2014 alone; their second report holds nothing else.
    assert by_type == {
        "cpbNationalReport2": 145,
        "cpbNationalReport3": 135,
        "cpbNationalReport4": 150,
        "cpbNationalReport5": 105,
    }
    survey = [p for p in reports if any(key.startswith("S0") for key in p.body)]
    assert len(survey) == 100


def test_reports_come_near_the_deadline_and_some_late() -> None:
    for round_ in ROUNDS:
        first = [r for r in list_planned_reports() if r.round == round_ and r.revision == 1]
        late = sum(r.received_on > round_.deadline for r in first)
        assert 0.2 < late / len(first) < 0.5, round_.cycle
        assert all(r.profile.joined_on <= r.received_on for r in first)


def test_number_of_answers_is_that_of_the_real_reports(reports: list[Publication]) -> None:
    rows = sum(len(flatten_body(load_format(list_report_types()[p.type]), p.body)) for p in reports)

    assert 105_000 < rows < 125_000


def share_fully_in_place(cycle: str, question: str, code: str, regions: set[str]) -> float:
    """The share of answers, in some regions, that say measures are fully in place."""
    region = {p.party: p.region for p in list_profiles()}
    found = {
        report.profile.party: plan_report_publication(report).body.get(question)
        for report in list_planned_reports()
        if report.round.cycle == cycle and region[report.profile.party] in regions
    }
    answers = [answer for answer in found.values() if answer]
    return sum(code in answer.values() for answer in answers) / len(answers)


def test_strong_regions_say_more_and_everyone_improves_a_little() -> None:
    strong, weak, everyone = {"WEOG", "CEE"}, {"AFR"}, {"AFR", "AP", "CEE", "GRULAC", "WEOG"}
    full = "implementation.fullFramwork"

    assert share_fully_in_place("nr2", "Q015", full, strong) > 1.5 * share_fully_in_place(
        "nr2", "Q015", full, weak
    )
    before = share_fully_in_place("nr2", "Q015", full, everyone)
    after = share_fully_in_place("nr4", "Q014", "implementation.fullInPlace", everyone)
    assert before < after < before + 0.25


def test_a_party_mostly_says_again_what_it_said_before() -> None:
    answers: dict[tuple[str, str], object] = {}
    for report in list_planned_reports():
        body = plan_report_publication(report).body
        for cycle, question in (("nr3", "Q106"), ("nr4", "Q091")):  # the same question
            if report.round.cycle == cycle and question in body:
                answer = body[question]
                answers[cycle, report.profile.party] = answer.get("identifier") or answer["value"]
    both = [(a, answers["nr4", p]) for (c, p), a in answers.items()
            if c == "nr3" and ("nr4", p) in answers]  # fmt: skip

    assert len(both) > 80
    assert sum(before == after for before, after in both) / len(both) > 0.7


def list_figures() -> dict[tuple[str, str], Figure]:
    """All figures that the portal would show now."""
    evaluator = current_evaluator()
    return {
        (identifier, name): evaluator.figure(identifier, evaluator.point(name))
        for identifier in evaluator.indicators
        for name in POINTS
    }


@pytest.mark.django_db
def test_loading_and_removing_leaves_every_figure_as_before() -> None:
    api.load_shipped(now=NOW)
    real = build_body(
        load_format("nr4"),
        {"Q091": ["true"], "Q092": ["true"], "Q093": ["true"]},
        {"identifier": "REAL-NR4-KEN", "languages": ["en"], "government": "ke"},
    )
    own = Publication(
        identifier="REAL-NR4-KEN", type="cpbNationalReport4", government="KEN", body=real,
        published_at=dt.datetime(2019, 9, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    api.publish_records([own], actor=None, reason="Test.", now=NOW)
    before = list_figures()

    loaded = api.load_demonstration(now=NOW)

    assert loaded.refused == 0
    shown = list_figures()
    # Only the amendments that were never adopted have nothing to show.
    empty = {i for (i, _), f in shown.items() if f.status not in ("computed", "not_asked")}
    assert empty == {"4.2.2"}
    assert not shown["3.1.1", "final"].demonstration
    assert shown["1.6.1", "final"].demonstration
    # Kenya's own report stands alone: nothing made up is put beside it.
    assert "DEMO-NR4-KEN" not in {v.record.identifier for v in api.live_versions()}

    assert api.load_demonstration(now=NOW) == api.Summary()

    assert actions.remove_demonstration(now=NOW) > 5000
    assert list_figures() == before
    assert not api.has_demonstration()
    assert api.get_version("REAL-NR4-KEN").number == 1
    # The log keeps that it existed, and a mere start of the program does not bring it back.
    assert api.list_log().filter(record__identifier="DEMO-NR4-NOR").exists()
    assert api.load_demonstration(now=NOW) == api.Summary()


@pytest.mark.django_db
def test_interrupted_load_is_finished_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    some = [plan_report_publication(report) for report in list_planned_reports()[:30]]
    monkeypatch.setattr(actions, "list_made_up", lambda: iter(some))
    monkeypatch.setattr(actions, "_AT_ONCE", 10)

    def stop(done: int, total: int) -> None:
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.load_demonstration(now=NOW, progress=stop)
    assert not actions.get_demonstration_status().is_current

    finished = actions.load_demonstration(now=NOW)

    assert (finished.unchanged, finished.published) == (20, 10)
    assert actions.get_demonstration_status().is_current


@pytest.mark.django_db
def test_removed_demonstration_can_be_loaded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    withdrawn = list_withdrawn()[0]
    some = [plan_report_publication(r) for r in list_planned_reports() if r.identifier == withdrawn]
    monkeypatch.setattr(actions, "list_made_up", lambda: iter(some))
    actions.load_demonstration(now=NOW)
    assert actions.get_demonstration_status().records == 0  # it was withdrawn
    assert actions.remove_demonstration(now=NOW) == 1

    again = actions.load_demonstration(now=NOW, even_if_removed=True)

    assert again.published == 1
    assert api.get_version(withdrawn).number == 2
