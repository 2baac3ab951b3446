"""200 focal points fill in their reports at the same time: how long a save takes, and what is lost.

Starts the portal with two workers in a folder of its own and lets it answer some saves first. Each
person is signed in, has a report of her own, and saves a section over and over as the page does by
itself: every four seconds, spread evenly. Then all save in the same instant. In the end every text
that was acknowledged must be among the saves. Prints the median and the 99th percentile.
"""

import argparse
import http.client
import json
import os
import random
import socket
import statistics
import subprocess  # noqa: S404 - the script starts the program it measures
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

SECTION = "Article2"
FIELDS = {"nr4": "Q020#en", "nr5": "Q013#en"}
"""The text of the section in each cycle: there are more people than Parties."""
CYCLES = tuple(FIELDS)
PERIOD = 4.0


def prepare(data_folder: Path, people: int) -> list[dict[str, str]]:
    """Make accounts, reports and sessions in a folder whose server runs; what each client sends."""
    from cartagena.cli.django_setup import with_django

    with with_django(data_folder):
        import datetime as dt

        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        from cartagena.apps.accounts.api import Role, create_user
        from cartagena.apps.reports.api import start_report
        from cartagena.engine.countries import load_countries

        now = dt.datetime.now(dt.UTC)
        parties = [country.code for country in load_countries()]
        clients = []
        for number in range(people):
            party = parties[number % len(parties)]
            cycle = CYCLES[number // len(parties)]
            person = create_user(
                email=f"saver-{number}@example.org", name=f"Saver {number}",
                password="a long enough phrase", now=now, role=Role.BCH_FOCAL_POINT, party=party,
            )  # fmt: skip
            draft = start_report(cycle, party, actor=person, now=now)
            session = SessionStore()
            session[SESSION_KEY] = str(person.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = person.get_session_auth_hash()
            session.create()
            clients.append(
                {
                    "session": session.session_key or "",
                    "path": f"/desk/reports/{cycle}/{party}/sections/{SECTION}/autosave",
                    "draft": str(draft.pk),
                    "party": party,
                    "field": FIELDS[cycle],
                }
            )
        return clients


def list_kept(data_folder: Path) -> dict[str, list[str]]:
    """Draft -> every text that its saves hold, oldest first."""
    from cartagena.cli.django_setup import with_django

    with with_django(data_folder):
        from cartagena.apps.drafting.api import DraftSave

        kept: dict[str, list[str]] = {}
        for save in DraftSave.objects.order_by("draft_id", "revision"):
            for field in FIELDS.values():
                value = save.changes.get(field.partition("#")[0], [None, None])[1] or {}
                words = value.get("value", value) if isinstance(value, dict) else {}
                kept.setdefault(str(save.draft_id), []).append(words.get("en", ""))
        return kept


class Saver:
    """One person with a page open. ``acknowledged`` are the texts that the server took."""

    def __init__(self, port: int, client: dict[str, str]) -> None:
        self.port, self.client = port, client
        self.revision = 0
        self.acknowledged: list[str] = []
        self.times: list[float] = []
        self.failures = 0
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def close(self) -> None:
        """Leave the page."""
        self._connection.close()

    def save(self, text: str) -> None:
        """Send one save as the page does, and note how long the answer took."""
        token = "a" * 32
        form = {"csrfmiddlewaretoken": token, "desk-revision": str(self.revision)}
        form[self.client["field"]] = text
        headers = {
            "Cookie": f"sessionid={self.client['session']}; csrftoken={token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        began = time.perf_counter()
        try:
            self._connection.request("POST", self.client["path"], urlencode(form), headers)
            answer = self._connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            self.failures += 1
            return
        self.times.append(time.perf_counter() - began)
        if answer.status == 200:
            self.revision = json.loads(body)["revision"]
            self.acknowledged.append(text)
        else:
            self.failures += 1


def run_spread(savers: list[Saver], rounds: int) -> None:
    """Everybody saves every few seconds, at times of their own."""

    def work(saver: Saver, wait: float) -> None:
        time.sleep(wait)
        for number in range(rounds):
            began = time.perf_counter()
            saver.save(f"{saver.client['party']} spread {number}")
            time.sleep(max(0.0, PERIOD - (time.perf_counter() - began)))

    chance = random.Random(2026)  # noqa: S311 - not a secret
    _run([threading.Thread(target=work, args=(s, chance.random() * PERIOD)) for s in savers])


def run_burst(savers: list[Saver]) -> None:
    """Everybody saves in the same instant."""
    gate = threading.Barrier(len(savers))

    def work(saver: Saver) -> None:
        gate.wait()
        saver.save(f"{saver.client['party']} burst")

    _run([threading.Thread(target=work, args=(saver,)) for saver in savers])


def _run(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def describe(name: str, times: list[float]) -> str:
    """The median, the 99th percentile and the longest in milliseconds."""
    ordered = sorted(times)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    middle = statistics.median(ordered)
    return (
        f"{name:<28} {len(ordered):>6,} saves  median {middle * 1000:6.0f} ms  "
        f"99th percentile {late * 1000:6.0f} ms  longest {ordered[-1] * 1000:6.0f} ms"
    )


def start_server(data_folder: Path, port: int) -> "subprocess.Popen[str]":
    """The portal with two workers, once it answers."""
    command = [sys.executable, "-m", "cartagena.cli.main", "serve", "--no-demo", "--workers", "2"]
    process = subprocess.Popen(  # noqa: S603 - our own module
        [*command, "--data", str(data_folder), "--port", str(port)],
        stdout=subprocess.PIPE, text=True, env=_get_environment(),
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("Stop with"):
            return process
    raise SystemExit("The portal did not start.")


def _get_environment() -> dict[str, str]:
    """The settings of the folder alone: what the caller set for itself must not sign sessions."""
    kept = {k: v for k, v in os.environ.items() if "CARTAGENA" not in k and "DJANGO" not in k}
    kept.pop("DATABASE_URL", None)
    return {**kept, "PYTHONUNBUFFERED": "1"}


def find_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def call_self(name: str, data_folder: Path, *more: str) -> Any:
    """A step that needs Django, in a process of its own."""
    done = subprocess.run(  # noqa: S603 - this very script
        [sys.executable, "-m", "benchmarks.save_reports", name, str(data_folder), *more],
        check=True, capture_output=True, text=True, env=_get_environment(),
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def list_lost(savers: list[Saver], kept: dict[str, list[str]]) -> list[str]:
    """The acknowledged texts that no save holds."""
    return [
        text
        for saver in savers
        for text in saver.acknowledged
        if text not in kept.get(saver.client["draft"], ())
    ]


def main() -> None:
    """Measure, and say what was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", nargs="?", default="measure")
    parser.add_argument("data", nargs="?")
    parser.add_argument("people", nargs="?", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=8)
    asked = parser.parse_args()
    if asked.step == "prepare":
        print(json.dumps(prepare(Path(asked.data), asked.people)))
        return
    if asked.step == "kept":
        print(json.dumps(list_kept(Path(asked.data))))
        return
    with tempfile.TemporaryDirectory(
        prefix="cartagena-bench-", ignore_cleanup_errors=True
    ) as parent:
        Path(parent).chmod(0o755)
        data_folder, port = Path(parent) / "data", find_port()
        server = start_server(data_folder, port)
        try:
            clients = call_self("prepare", data_folder, str(asked.people))
            savers = [Saver(port, client) for client in clients]
            for saver in savers[:20]:  # what a process reads once when it is new is not measured
                saver.save("warm")
                saver.times.clear()
            run_spread(savers, asked.rounds)
            spread = [t for saver in savers for t in saver.times]
            print(describe(f"{asked.people} people, every 4 s", spread))
            for saver in savers:
                saver.times.clear()
            run_burst(savers)
            print(describe("all in one instant", [t for s in savers for t in s.times]))
            lost = list_lost(savers, call_self("kept", data_folder))
            failures = sum(saver.failures for saver in savers)
            for saver in savers:
                saver.close()
            print(f"refused or failed: {failures}; acknowledged and lost: {len(lost)}")
        finally:
            server.terminate()
            server.wait(60)


if __name__ == "__main__":
    main()
