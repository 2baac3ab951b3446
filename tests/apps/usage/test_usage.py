"""Use is counted without knowing anybody, durably, once, and published when a month is over."""

import datetime as dt
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from cartagena.apps.monitoring.api import current_evaluator, current_facts
from cartagena.apps.registry import api as registry
from cartagena.apps.usage import folding
from cartagena.apps.usage.api import UsageDay, fold_usage
from cartagena.apps.usage.counting import classify
from cartagena.apps.usage.middleware import find_visitor_country
from cartagena.apps.usage.models import FoldedSegment
from cartagena.apps.usage.segments import Recorder, list_segments, read_segment

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
DAY = dt.date(2026, 10, 30)
NOW = dt.datetime(2026, 10, 30, 12, tzinfo=dt.UTC)
AFTER = dt.datetime(2026, 11, 1, 1, 30, tzinfo=dt.UTC)


def kinds_of(path: str, agent: str = BROWSER, status: int = 200, **headers: str) -> tuple[str, ...]:
    request = RequestFactory(headers={"User-Agent": agent, **headers}).get(path)
    response = HttpResponse(status=status, content_type="text/html; charset=utf-8")
    return classify(request, response)


def test_a_page_reached_from_elsewhere_is_a_visit() -> None:
    assert kinds_of("/") == ("visit",)
    assert kinds_of("/fr/parties", Referer="https://www.example.org/links") == ("visit",)
    assert kinds_of("/plan", status=304) == ("visit",)


def test_going_on_within_the_portal_is_the_same_visit() -> None:
    assert kinds_of("/plan", Referer="http://testserver/") == ()
    assert kinds_of("/plan", **{"Sec-Fetch-Site": "same-origin"}) == ()


def test_searches_count_once_for_all_their_pages() -> None:
    inside = {"Referer": "http://testserver/"}
    assert kinds_of("/search?q=maize", **inside) == ("search",)
    assert kinds_of("/ar/search?type=biosafetyLaw", **inside) == ("search",)
    assert kinds_of("/search?q=maize&page=2", **inside) == ()
    assert kinds_of("/search", **inside) == ()
    assert kinds_of("/search?q=maize") == ("visit", "search")


def test_whole_files_are_downloads() -> None:
    assert kinds_of("/downloads/facts.zip") == ("download",)
    assert kinds_of("/downloads/facts.zip", agent="curl/8.5") == ("download",)
    assert kinds_of("/downloads/facts.zip", status=304) == ()


@pytest.mark.parametrize(
    "agent",
    ["", "Googlebot/2.1 (+http://www.google.com/bot.html)", "bingbot/2.0", "curl/8.5",
     "python-requests/2.32", "Mozilla/5.0 HeadlessChrome/140", "AhrefsBot/7.0"],
)  # fmt: skip
def test_programs_are_no_visitors(agent: str) -> None:
    assert kinds_of("/", agent=agent) == ()


def test_what_nobody_asked_for_is_not_counted() -> None:
    assert kinds_of("/", **{"Sec-Purpose": "prefetch;prerender"}) == ()
    assert kinds_of("/", status=404) == ()
    assert kinds_of("/healthz") == ()
    assert kinds_of("/api/v1/figures") == ()
    head = RequestFactory(headers={"User-Agent": BROWSER}).head("/")
    assert classify(head, HttpResponse()) == ()


def test_country_is_believed_only_from_the_named_header(settings: Any) -> None:
    request = RequestFactory(headers={"CF-IPCountry": "ke"}).get("/")
    assert find_visitor_country(request) == ""

    settings.COUNTRY_HEADER = "CF-IPCountry"

    assert find_visitor_country(request) == "KEN"
    assert find_visitor_country(RequestFactory(headers={"CF-IPCountry": "XX"}).get("/")) == ""


@pytest.fixture
def recorder(tmp_path: Path) -> Any:
    made = Recorder(tmp_path)
    yield made
    made.close()


def test_files_hold_nothing_but_day_kind_and_country(recorder: Recorder, tmp_path: Path) -> None:
    recorder.record(DAY, "visit", "KEN")
    recorder.record(DAY, "download", "")

    assert recorder.flush()

    (path,) = list_segments(tmp_path)
    assert path.read_text() == "2026-10-30 visit KEN\n2026-10-30 download -\n"


def test_a_killed_process_loses_nothing_that_is_older_than_50_ms(tmp_path: Path) -> None:
    program = textwrap.dedent(f"""
        import datetime as dt, sys, time
        from pathlib import Path
        from cartagena.apps.usage.segments import Recorder
        recorder = Recorder(Path({str(tmp_path)!r}))
        for _ in range(200):
            recorder.record(dt.date(2026, 10, 30), "visit", "KEN")
        recorder.flush()
        recorder.record(dt.date(2026, 10, 30), "visit", "KEN")
        print("ready", flush=True)
        time.sleep(60)
    """)
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()

    (path,) = list_segments(tmp_path)
    counts, _ = read_segment(path, 0)
    assert counts.total() in (200, 201)


def sums() -> dict[tuple[str, str], int]:
    return {(row.kind, row.country): row.quantity for row in UsageDay.objects.all()}


@pytest.mark.django_db
def test_folding_again_and_again_counts_once(recorder: Recorder, tmp_path: Path) -> None:
    recorder.record(DAY, "visit", "KEN")
    recorder.flush()

    assert fold_usage(tmp_path, now=NOW).counts == 1
    assert fold_usage(tmp_path, now=NOW).counts == 0
    recorder.record(DAY, "visit", "KEN")
    recorder.record(DAY, "search", "")
    recorder.flush()
    # The file is in use, so it stays.
    assert fold_usage(tmp_path, now=NOW).files_removed == 0
    recorder.close()
    assert fold_usage(tmp_path, now=NOW).files_removed == 1

    assert sums() == {("visit", "KEN"): 2, ("search", ""): 1}
    assert list_segments(tmp_path) == []
    assert not FoldedSegment.objects.exists()


@pytest.mark.django_db
def test_counts_of_several_processes_add_up(tmp_path: Path) -> None:
    recorders = [Recorder(tmp_path) for _ in range(2)]
    for n in range(300):
        recorders[n % 2].record(DAY, "visit", "NOR")
    for recorder in recorders:
        recorder.close()

    fold_usage(tmp_path, now=NOW)

    assert sums() == {("visit", "NOR"): 300}


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["_remove_if_done", "_forget_removed", "publish_closed_months"])
def test_a_fold_that_was_killed_between_steps_is_finished_by_the_next(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder(tmp_path)
    recorder.record(DAY, "visit", "KEN")
    recorder.close()

    def be_killed(*_anything: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(folding, step, be_killed)
        with pytest.raises(KeyboardInterrupt):
            fold_usage(tmp_path, now=AFTER)

    done = fold_usage(tmp_path, now=AFTER)

    assert sums() == {("visit", "KEN"): 1}
    assert done.months == ("2026-10",)
    assert list_segments(tmp_path) == []
    assert fold_usage(tmp_path, now=AFTER) == folding.Folded(0, 0, ())


@pytest.mark.django_db
def test_a_fold_that_was_killed_while_it_added_changes_nothing(
    recorder: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder.record(DAY, "visit", "KEN")
    recorder.flush()

    def be_killed(**_anything: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(UsageDay.objects, "get_or_create", be_killed)
        with pytest.raises(KeyboardInterrupt):
            fold_usage(tmp_path, now=NOW)
    assert not FoldedSegment.objects.exists()

    assert fold_usage(tmp_path, now=NOW).counts == 1
    assert sums() == {("visit", "KEN"): 1}


@pytest.mark.django_db
def test_a_torn_last_line_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "torn.log").write_text("2026-10-30 visit KEN\n2026-10-30 vis")

    done = fold_usage(tmp_path, now=NOW)

    assert (done.counts, done.files_removed) == (1, 1)


@pytest.mark.django_db
def test_a_closed_month_becomes_facts_and_moves_the_indicators(tmp_path: Path) -> None:
    registry.load_shipped(now=NOW)
    recorder = Recorder(tmp_path)
    for country, kind, times in (("KEN", "visit", 3), ("", "visit", 2), ("", "search", 4)):
        for _ in range(times):
            recorder.record(DAY, kind, country)
    recorder.close()

    assert fold_usage(tmp_path, now=NOW).months == ()  # the month is not over
    assert fold_usage(tmp_path, now=AFTER).months == ("2026-10",)

    rows = current_facts()["usage"].to_pylist()
    assert {(r["country"], r["kind"], r["quantity"]) for r in rows} == {
        ("KEN", "visit", 3), (None, "visit", 2), (None, "search", 4),
    }  # fmt: skip
    assert not any(row["demonstration"] for row in rows)
    evaluator = current_evaluator()
    point = evaluator.point_on(AFTER.date())
    found = {i: evaluator.figure(i, point).numerator for i in ("2.5.2", "5.1.3", "5.1.4")}
    assert found == {"2.5.2": 3, "5.1.3": 5, "5.1.4": 4}


@pytest.mark.django_db
def test_a_count_that_comes_late_amends_the_month(tmp_path: Path) -> None:
    for n, later in enumerate((AFTER, AFTER + dt.timedelta(days=3)), 1):
        recorder = Recorder(tmp_path)
        recorder.record(DAY, "visit", "KEN")
        recorder.close()

        assert fold_usage(tmp_path, now=later).months == ("2026-10",)
        assert registry.get_version("USAGE-2026-10").number == n


@pytest.mark.django_db
def test_a_page_is_counted_as_it_passes_by(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path
    from cartagena.apps.usage.segments import get_recorder

    client.get("/healthz", headers={"User-Agent": BROWSER})
    client.get("/questionnaires", headers={"User-Agent": BROWSER})
    recorder = get_recorder(tmp_path / "usage")
    assert recorder.flush()
    recorder.close()

    (path,) = list_segments(tmp_path / "usage")
    assert path.read_text().endswith(" visit -\n")
    assert len(path.read_text().splitlines()) == 1


def test_a_full_disk_breaks_no_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def be_full(*_anything: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", be_full)
    recorder = Recorder(tmp_path)
    recorder.record(DAY, "visit", "KEN")
    assert recorder.flush()
    recorder.close()

    assert "No space left" in caplog.text


def test_recording_does_not_wait_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = []

    def be_slow(_file: int) -> None:
        held.append(1)
        time.sleep(0.2)

    monkeypatch.setattr(os, "fdatasync", be_slow)
    recorder = Recorder(tmp_path)
    recorder.record(DAY, "visit", "KEN")
    while not held:
        time.sleep(0.001)
    for _ in range(1000):
        recorder.record(DAY, "visit", "KEN")
    assert len(held) == 1  # a thousand counts were taken while the disk was busy

    recorder.close()
    (path,) = list_segments(tmp_path)
    assert read_segment(path, 0)[0].total() == 1001
