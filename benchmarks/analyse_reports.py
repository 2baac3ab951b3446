"""The analyser on the server beside a browser that downloads all reports and loops over them.

Made-up reports of all cycles in the Clearing-House's own form, about as many as there are; at scale
10 every report stands ten times. Two tasks: one question over all cycles and groups, and all closed
questions of all cycles by the same groups. The browser's part is `analyse_reports.js`, run by Node
where there is one, else in Chromium. Both sides' counts are compared before anything is printed.

The server reads the facts into sets once after a publication and then answers; pages and call are
measured whole, over HTTP, made anew and as they are kept. The browser needs the reports first:
their size is printed, and how long it takes to send them at 10 Mbit/s is worked out, not measured.
"""

import argparse
import datetime as dt
import functools
import gzip
import http.client
import http.server
import json
import os
import shutil
import statistics
import subprocess  # noqa: S404 - Node and nothing else
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.evaluate_plan import SOURCES, make_answers, write_scale
from cartagena.engine.analysis import Analysis, analyse
from cartagena.engine.analysis_query import (
    AnalysisQuery,
    QuestionRef,
    list_askable,
    list_main_cycles,
    read_query,
)
from cartagena.engine.answers import build_body
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.facts import read_facts
from cartagena.engine.parties import find_country, treaty_table
from cartagena.engine.questionnaire import load_format
from cartagena.engine.status import REGIONS

SCRIPT = Path(__file__).with_suffix(".js")
ONE = {"q": ["nr5.Q014"], "cycle": list(list_main_cycles()), "group": list(REGIONS)}
LINE_BITS = 10_000_000
Counts = dict[str, dict[str, dict[str, int]]]


# The reports, as a browser gets them


def write_reports(folder: Path, reports: list[dict[str, Any]], scale: int) -> dict[str, Path]:
    """One JSON file of all reports for each source."""
    files = {}
    for source in SOURCES:
        bodies = [body for body in reports if body["source"] == source]
        rows = [body["body"] for _copy in range(scale) for body in bodies]
        files[source] = folder / f"{source}.json"
        files[source].write_text(json.dumps(rows, separators=(",", ":")), encoding="utf-8")
    return files


def make_bodies(reports: list[dict[str, Any]], answers: list[dict[str, Any]]) -> list[Any]:
    """The reports in the Clearing-House's form; a survey's as one of its own."""
    given: dict[str, dict[str, list[str]]] = {}
    for row in answers:
        given.setdefault(row["record"], {})[row["question"]] = [row["option"]]
    found = []
    for row in reports:
        country = find_country(row["party"])
        assert country is not None
        header = {
            "identifier": row["record"],
            "languages": ["en"],
            "government": country.iso2.lower(),
        }
        body = build_body(load_format(row["cycle"]), given.get(row["record"], {}), header)
        found.append({"source": row["cycle"], "body": body})
    return found


# The two tasks


def list_asked(evaluator: Evaluator) -> dict[str, tuple[AnalysisQuery, ...]]:
    """The queries of each task; all Parties that reported are counted, as the browser does."""
    groups, parties = evaluator.status.groups, evaluator.facts.roll.codes
    one = read_query(ONE | {"universe": ["reported"]}, groups, parties)
    every = []
    for source in SOURCES:
        closed = [str(ref) for ref in list_askable(source) if ref.question.is_closed]
        values = {"q": closed, "group": list(REGIONS), "universe": ["reported"]}
        every.append(read_query(values, groups, parties))
    return {"one question, all cycles": (one,), "all questions, all cycles": tuple(every)}


def answer(evaluator: Evaluator, queries: tuple[AnalysisQuery, ...]) -> list[Analysis]:
    """Analyse, and count every option in every group."""
    found = [analyse(evaluator, query) for query in queries]
    for analysis in found:
        for question in analysis.questions:
            for column in question.columns:
                for option in column.own_options:
                    column.count(option)
    return found


def list_refs(found: list[Analysis]) -> list[QuestionRef]:
    return [c.ref for a in found for q in a.questions for c in q.columns if c.ref]


def count_of(found: list[Analysis]) -> Counts:
    """The counts in the browser's form."""
    counts: Counts = {}
    for analysis in found:
        for question in analysis.questions:
            for column in question.columns:
                if column.ref is None:
                    continue
                of_question = counts.setdefault(str(column.ref), {})
                for option in column.own_options:
                    for group, (yes, *_) in zip(
                        analysis.query.groups, column.count(option), strict=True
                    ):
                        if yes:
                            of_question.setdefault(option, {})[group.name] = yes
    return counts


# The browser


def run_script(task: Path, repeats: int, folder: Path) -> dict[str, Any]:
    """The JavaScript side: Node, else Chromium."""
    node = shutil.which("node")
    if node:
        command = [node, str(SCRIPT), str(task), str(repeats)]
        done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - see above
        return json.loads(done.stdout)  # type: ignore[no-any-return]
    return _run_in_chromium(task, repeats, folder)


def _run_in_chromium(task: Path, repeats: int, folder: Path) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    quiet = functools.partial(_QuietHandler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    declared = json.loads(task.read_text(encoding="utf-8"))
    (folder / "index.html").write_text("<!DOCTYPE html><title>Benchmark</title>")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
        page.add_script_tag(path=str(SCRIPT))
        names = {source: Path(file).name for source, file in declared["files"].items()}
        found = page.evaluate(
            """async ([task, names, repeats]) => {
              const runs = []; let counts;
              for (let run = 0; run < repeats; run += 1) {
                const started = performance.now(), texts = {};
                for (const [source, name] of Object.entries(names))
                  texts[source] = await (await fetch(name, {cache: "no-store"})).text();
                const read = performance.now() - started, done = analyse(texts, task);
                counts = done.counts; runs.push({read, parse: done.parse, loop: done.loop});
              }
              return {runs, counts};
            }""",
            [declared, names, repeats],
        )
        browser.close()
    server.shutdown()
    return found  # type: ignore[no-any-return]


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is given
        """Say nothing."""


# The pages


ANSWERS = {
    "page of the one question": "/analyse/tables?" + urlencode(ONE, doseq=True),
    "call of the one question": "/api/v1/analysis?" + urlencode(ONE, doseq=True),
    "page of all questions of a form": "/analyse/overview?form=nr5",
}


def measure_answers(evaluator: Evaluator, repeats: int) -> None:
    """Whole answers over HTTP on this machine, packed as a browser asks for them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application

    from cartagena.apps.portal import page_cache, source
    from cartagena.apps.registry.api import LogHead

    stored: Any = source  # the stores are replaced by the evaluator in hand
    stored.get_evaluator = lambda _as_of: evaluator
    stored.get_format = load_format
    stored.get_log_head = lambda: LogHead(1, "a" * 64, None)
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=_QuietAnswers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for title, address in ANSWERS.items():
        get = functools.partial(fetch, server.server_port, address)

        def get_anew(get: Callable[[], int] = get) -> int:
            page_cache.store.clear()
            return get()

        cold, warm = time_of(get_anew, repeats), time_of(get, repeats)
        work = time_of(get_anew, repeats, time.process_time)
        print(f"server, {title}: {cold:.1f} ms (processor {work:.1f} ms, both ends), "
              f"kept {warm:.1f} ms, {get() / 1000:.1f} KB")  # fmt: skip
    server.shutdown()


def fetch(port: int, address: str) -> int:
    """Get an address; how many bytes came."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", address, headers={"Host": "localhost", "Accept-Encoding": "gzip"})
    response = connection.getresponse()
    size = len(response.read())
    connection.close()
    if response.status != http.HTTPStatus.OK:
        raise SystemExit(f"{address} is answered with {response.status}.")
    return size


class _QuietAnswers(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is given
        """Say nothing."""


def time_of(
    work: Callable[[], Any], repeats: int, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Median milliseconds of several runs after one to warm up, on the wall or of the processor."""
    work()
    times = []
    for _run in range(repeats):
        started = clock()
        work()
        times.append((clock() - started) * 1000)
    return statistics.median(times)


# All together


def measure(scale: int, repeats: int, reports: Any, answers: Any, bodies: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_scale(folder / "facts", reports, answers, scale)
        facts = read_facts(folder / "facts")
        files = write_reports(folder, bodies, scale)
        size = sum(file.stat().st_size for file in files.values())
        packed = sum(len(gzip.compress(file.read_bytes(), 6)) for file in files.values())
        started = time.perf_counter()
        evaluator = Evaluator(facts)
        for point in evaluator.points:
            evaluator.evidence(point)
        built = (time.perf_counter() - started) * 1000
        line = packed * 8 / LINE_BITS * 1000
        print(f"\n{scale}x: {len(bodies) * scale:,} reports, {size / 1e6:.1f} MB of JSON, "
              f"{packed / 1e6:.1f} MB packed ({line:,.0f} ms at 10 Mbit/s)")  # fmt: skip
        print(f"server builds its sets once: {built:.0f} ms")
        if scale == 1:
            measure_answers(evaluator, repeats)
        for title, queries in list_asked(evaluator).items():
            found = answer(evaluator, queries)
            task = write_task(folder, evaluator, files, list_refs(found))
            script = run_script(task, max(2, repeats // 4), folder)
            agree(count_of(found), script["counts"], scale, title)
            ours = time_of(functools.partial(answer, evaluator, queries), repeats)
            theirs = {
                step: statistics.median(run[step] for run in script["runs"])
                for step in ("read", "parse", "loop")
            }
            total = sum(theirs.values())
            print(f"{title}: server {ours:.2f} ms; JavaScript {total:,.0f} ms "
                  f"(read {theirs['read']:,.0f}, parse {theirs['parse']:,.0f}, "
                  f"loop {theirs['loop']:,.0f}); ratio {total / ours:,.0f}")  # fmt: skip


def read_groups(evaluator: Evaluator) -> dict[str, set[str]]:
    """The members of the groups by two small letters, as reports name their governments."""
    day = evaluator.points[-1].record_date
    found = {"all": evaluator.facts.roll.everyone.bits}
    found |= {region: evaluator.status.members(region, day) for region in REGIONS}
    names = {row["party"]: row["iso2"].lower() for row in evaluator.facts["party"].to_pylist()}
    return {
        group: {names[code] for code in evaluator.facts.roll.from_bits(bits)}
        for group, bits in found.items()
    }


def write_task(
    folder: Path, evaluator: Evaluator, files: Mapping[str, Path], refs: list[QuestionRef]
) -> Path:
    task = {
        "files": {source: str(path) for source, path in files.items()},
        "groups": {name: sorted(codes) for name, codes in read_groups(evaluator).items()},
        "questions": [[ref.source, ref.key] for ref in refs],
    }
    path = folder / "task.json"
    path.write_text(json.dumps(task), encoding="utf-8")
    return path


def agree(ours: Counts, theirs: Counts, scale: int, title: str) -> None:
    """Both sides counted the same; the browser counts each copy of a report."""
    scaled = {
        question: {
            option: {group: count * scale for group, count in groups.items()}
            for option, groups in options.items()
        }
        for question, options in ours.items()
    }
    for question in sorted({*scaled, *theirs}):
        if scaled.get(question) != theirs.get(question):
            raise SystemExit(
                f"{title}: {question} differs: {scaled.get(question)} and {theirs.get(question)}"
            )


def keep_parties(table: pa.Table) -> pa.Table:
    """Only what Parties reported: the browser's side cannot tell who is one."""
    first = dt.date(2010, 10, 15)
    parties = [
        row["party"]
        for row in treaty_table().to_pylist()
        if row["treaty"] == "cpb" and row["in_force_on"] and row["in_force_on"] <= first
    ]
    return table.filter(pc.is_in(table.column("party"), pa.array(parties)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", default="1,10", help="how often every report stands there")
    parser.add_argument("--repeats", type=int, default=15)
    arguments = parser.parse_args()
    reports, answers = map(keep_parties, make_answers())
    bodies = make_bodies(reports.to_pylist(), answers.to_pylist())
    for scale in map(int, arguments.scales.split(",")):
        measure(scale, arguments.repeats, reports, answers, bodies)


if __name__ == "__main__":
    main()
