"""Records in the Clearing-House's form for tests, and a database that is emptied after each use."""

import copy
import datetime as dt
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from cartagena.apps.exchange.api import RecordImportOptions, export_records, import_records
from cartagena.apps.registry.api import ImportResult
from cartagena.engine.record_format import load_record_format, needs_government, read_example
from tests.record_bodies import make_body

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
GUID = "0E5A0000-0000-4000-8000-{:012d}"


def make_example(record_type: str, number: int = 1, **envelope: Any) -> dict[str, Any]:
    """The example of a type in an envelope as the Clearing-House writes it, people included."""
    body = copy.deepcopy(read_example(record_type))
    body["header"]["identifier"] = GUID.format(number)
    return wrap(body, number, **envelope)


def make_random(record_type: str, number: int, chance: random.Random) -> dict[str, Any]:
    body = make_body(load_record_format(record_type), chance)
    body["header"]["identifier"] = GUID.format(number)
    if needs_government(record_type) or "government" in body:
        body["government"] = {"identifier": chance.choice(["ke", "no", "eu", "br"])}
    return wrap(body, number, revision=chance.randint(1, 4))


def wrap(body: dict[str, Any], number: int, **envelope: Any) -> dict[str, Any]:
    record_type = body["header"]["schema"]
    government = body.get("government", {}).get("identifier")
    person = {"userID": 7, "firstName": "A", "lastName": "B", "email": "author@example.org"}
    return {
        "identifier": body["header"]["identifier"],
        "documentID": 5000 + number,
        "type": record_type,
        "owner": "user:7",
        "revision": 1,
        "latestRevision": 9,
        "realm": "BCH",
        "metadata": {"government": government, "userID": 7, "schema": record_type},
        "createdOn": "2019-03-01T08:00:00.000Z",
        "createdBy": person,
        "submittedOn": "2020-05-04T10:20:30.456Z",
        "submittedBy": person,
        "updatedOn": "2020-05-05T11:00:00.000Z",
        "updatedBy": person,
        "workingDocumentID": 99,
        **envelope,
        "body": body,
    }


def write_lines(path: Path, documents: list[Any]) -> Path:
    path.write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in documents), "utf-8")
    return path


def load(path: Path, **options: Any) -> ImportResult:
    return import_records([path], RecordImportOptions(NOW, **options))


def publish(tmp_path: Path, *documents: Any, **options: Any) -> ImportResult:
    return load(write_lines(tmp_path / "given.jsonl", list(documents)), **options)


def read_export(path: Path, **options: Any) -> list[dict[str, Any]]:
    export_records(path, **options)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@contextmanager
def emptied_afterwards() -> Iterator[None]:
    """What is published inside is gone outside; the constraints that wait for the commit hold."""
    with transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
