"""The import of records, beside Django's bulk_create of the same rows.

Made-up records of all types in the Clearing-House's form are written to a file and imported with
one call: parsed, checked by the format and rules of their type, flattened, published and chained in
the log. Beside it, the same bodies are stored in the same two tables with `bulk_create` and nothing
else: no check, no log, no facts, no public periods. Afterwards the log is verified and the import
is run again, to see that it changes nothing.
"""

import argparse
import datetime as dt
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.made_up_records import make_envelopes
from cartagena.cli.django_setup import with_django


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--verify", action="store_true", help="also verify the whole log")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cartagena-bench-") as folder:
        Path(folder).chmod(0o755)  # the database server has its own user
        file = Path(folder) / "records.jsonl"
        size = write_file(file, chosen.records)
        print(f"{chosen.records:,} records, {size / 1e6:,.0f} MB, {os.cpu_count()} cores")
        print("| way | seconds | records a second |\n|---|---:|---:|")
        with with_django(Path(folder) / "imported"):
            tell("cartagena import bch", chosen.records, run_import(file, "published"))
            tell("the same again", chosen.records, run_import(file, "unchanged"))
            if chosen.verify:
                verify()
            empty_tables()
            tell("bulk_create", chosen.records, run_bulk_create(file))


def write_file(file: Path, count: int) -> int:
    with file.open("w", encoding="utf-8") as stream:
        for envelope in make_envelopes(count):
            stream.write(json.dumps(envelope, ensure_ascii=False) + "\n")
    return file.stat().st_size


def run_import(file: Path, outcome: str) -> float:
    from cartagena.apps.exchange.api import RecordImportOptions, import_records

    began = time.perf_counter()
    result = import_records([file], RecordImportOptions(dt.datetime.now(dt.UTC)))
    seconds = time.perf_counter() - began
    assert getattr(result, outcome) == result.read, result.describe()
    return seconds


def verify() -> None:
    from cartagena.apps.registry.api import verify_log

    audit = verify_log()
    assert not audit.findings, audit.findings[:3]
    print(f"(the log of {audit.entries:,} entries was verified)")


def empty_tables() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET cartagena.emptying_allowed = on")
        cursor.execute("TRUNCATE registry_record CASCADE")


def run_bulk_create(file: Path) -> float:
    from cartagena.apps.registry.models import Record, RecordVersion

    now = dt.datetime.now(dt.UTC)
    began = time.perf_counter()
    with file.open("rb") as stream:
        batch: list[Any] = []
        for line in stream:
            batch.append(json.loads(line))
            if len(batch) == 1000:
                create(batch, now, Record, RecordVersion)
                batch = []
        create(batch, now, Record, RecordVersion)
    return time.perf_counter() - began


def create(batch: list[Any], now: dt.datetime, record: Any, version: Any) -> None:
    records = record.objects.bulk_create(
        record(
            identifier=each["identifier"], type=each["type"], government=None,
            document_id=each["documentID"], created_at=now,
        )
        for each in batch
    )  # fmt: skip
    version.objects.bulk_create(
        version(
            record=owner, number=1, source_revision=each["revision"], body=each["body"],
            body_sha256="0" * 64, title="", languages=[], recorded_at=now,
            published_at=dt.datetime.fromisoformat(each["submittedOn"]),
        )
        for owner, each in zip(records, batch, strict=True)
    )  # fmt: skip


def tell(way: str, count: int, seconds: float) -> None:
    print(f"| {way} | {seconds:,.1f} | {count / seconds:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
