"""An import that is killed on the way, again and again, ends with the same content."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg

from cartagena.config import embedded_postgres
from tests.apps.exchange.world import make_random, write_lines
from tests.programs import get_environment

RECORDS = 5000
KILLED_AFTER = (1, 2000)
"""Killed as soon as so many records are stored; they are stored by the thousand."""
CARTAGENA = [sys.executable, "-m", "cartagena.cli.main"]


def run(*arguments: str, data: Path) -> dict[str, Any]:
    done = subprocess.run(
        [*CARTAGENA, *arguments, "--data", str(data), "--json"],
        capture_output=True, text=True, check=False, env=get_environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def import_until(stored: int, command: list[str], data: Path) -> None:
    """Start an import and kill it once so many records are published."""
    killed = subprocess.Popen(
        [*CARTAGENA, *command, "--data", str(data)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=get_environment(),
    )  # fmt: skip
    while count_published(data) < stored:
        assert killed.poll() is None, "it ended before it could be killed"
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    killed.wait()


def count_published(data: Path) -> int:
    """How many entries the log has; 0 while there is no database yet."""
    try:
        with psycopg.connect(embedded_postgres.get_dsn(data)) as connection:
            row = connection.execute("SELECT count(*) FROM registry_logentry").fetchone()
    except psycopg.Error:
        return 0
    assert row is not None
    return int(row[0])


def test_import_killed_and_started_again_ends_the_same(tmp_path: Path, data_folder: Path) -> None:
    chance = random.Random(3)
    documents = [make_random("resource", n, chance) for n in range(1, RECORDS + 1)]
    given = write_lines(tmp_path / "given.jsonl", documents)
    command = ["import", "bch", str(given), "--errors", str(tmp_path / "errors.json")]
    for stored in KILLED_AFTER:
        import_until(stored, command, data_folder)

    result = run(*command, data=data_folder)

    assert result["unchanged"] >= KILLED_AFTER[-1]
    assert result["published"] > 0
    assert result["published"] + result["unchanged"] == RECORDS
    assert result["refused"] == 0
    run("export", "bch", "--out", str(tmp_path / "out.jsonl"), data=data_folder)
    exported = map(json.loads, (tmp_path / "out.jsonl").read_text("utf-8").splitlines())
    assert {d["identifier"]: d["body"] for d in exported} == {
        d["identifier"]: d["body"] for d in documents
    }
    run("audit", "verify", data=data_folder)
