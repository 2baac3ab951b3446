"""The index that clients of the Clearing-House read: how long it takes to make, and to answer.

Made-up records of all types are imported; then their index is made from the publication log, as
after a change of its rules. Told are seconds by the clock, the processor seconds of this process
and of the database's backend, which other work on the machine does not change, and what usual
questions take afterwards.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.import_records import run_import, write_file
from cartagena.cli.django_setup import with_django

QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "the newest of a type": {
        "q": "schema_s:biosafetyDecision", "sort": "updatedDate_dt desc", "rows": "25",
    },
    "words, with counts by country": {
        "q": "schema_EN_t:(risk assessment)", "facet": "true", "facet.field": "government_s",
    },
    "10,000 identifiers": {"q": "*:*", "fl": "identifier_s,_revision_i", "rows": "10000"},
}  # fmt: skip
_ASKED = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cartagena-bench-") as folder:
        Path(folder).chmod(0o755)  # the database server has its own user
        file = Path(folder) / "records.jsonl"
        write_file(file, chosen.records)
        with with_django(Path(folder) / "data"):
            run_import(file, "published")
            print(f"{chosen.records:,} records, {os.cpu_count()} cores")
            make(chosen.records)
            for name, asked in QUESTIONS.items():
                ask(name, asked)


def make(count: int) -> None:
    from django.db import connection

    from cartagena.apps.exchange.index.follow import follow_log

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    began, own, theirs = time.perf_counter(), time.process_time(), read_processor_seconds(backend)
    follow_log()
    seconds = time.perf_counter() - began
    own, theirs = time.process_time() - own, read_processor_seconds(backend) - theirs
    print(
        f"made in {seconds:,.1f} s, {count / seconds:,.0f} records a second; "
        f"processor: {own:,.1f} s here, {theirs:,.1f} s in the database"
    )


def read_processor_seconds(process: int) -> float:
    """What a process of this machine has used so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))


def ask(name: str, asked: Mapping[str, str]) -> None:
    from django.test import Client

    taken = []
    for place in range(_ASKED):
        began = time.perf_counter()
        response = Client(SERVER_NAME="localhost").get(
            "/api/v2013/index/select", {**asked, "_": str(place)}
        )
        taken.append((time.perf_counter() - began) * 1_000)
        assert response.status_code == 200, response.content
    size = len(json.dumps(response.json()))
    print(f"{name}: {statistics.median(taken):,.0f} ms, {size / 1e3:,.0f} kB")


if __name__ == "__main__":
    main()
