"""An import that is killed at some moment and started again ends with the same content."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.apps.exchange.world import make_random, write_lines

RECORDS = 2600
CARTAGENA = [sys.executable, "-m", "cartagena.cli.main"]


def run(*arguments: str, data: Path) -> dict[str, Any]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("CARTAGENA_")}
    done = subprocess.run(
        [*CARTAGENA, *arguments, "--data", str(data), "--json"],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_import_killed_and_started_again_ends_the_same(tmp_path: Path, data_folder: Path) -> None:
    chance = random.Random(3)
    documents = [make_random("resource", n, chance) for n in range(1, RECORDS + 1)]
    given = write_lines(tmp_path / "given.jsonl", documents)
    errors = ["--errors", str(tmp_path / "errors.json")]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("CARTAGENA_")}
    killed = subprocess.Popen(
        [*CARTAGENA, "import", "bch", str(given), *errors, "--data", str(data_folder)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    time.sleep(chance.uniform(2, 8))
    killed.send_signal(signal.SIGKILL)
    killed.wait()

    result = run("import", "bch", str(given), *errors, data=data_folder)

    assert result["published"] + result["unchanged"] == RECORDS
    assert result["refused"] == 0
    run("export", "bch", "--out", str(tmp_path / "out.jsonl"), data=data_folder)
    exported = map(json.loads, (tmp_path / "out.jsonl").read_text("utf-8").splitlines())
    assert {d["identifier"]: d["body"] for d in exported} == {
        d["identifier"]: d["body"] for d in documents
    }
    run("audit", "verify", data=data_folder)
