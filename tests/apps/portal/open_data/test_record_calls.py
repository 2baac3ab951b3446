"""The calls about records of the read API, and the downloads of records, over stored records."""

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from cartagena.apps.portal.api.service import make_document
from tests.apps.exchange.world import GUID, make_example, publish

pytestmark = pytest.mark.django_db

V1 = "/api/v1"
LAW, GONE = GUID.format(1), GUID.format(2)
OTHERS = ("/analysis", "/log/roots")
"""Other calls that read the database itself."""
PATHS = [
    path
    for path, call in make_document()["paths"].items()
    if "Records" in call["get"]["tags"] or path in OTHERS
]


@pytest.fixture
def web(tmp_path: Path, settings: Any) -> Client:
    settings.DATA_FOLDER = tmp_path
    law = make_example("biosafetyLaw", submittedOn="2018-01-02T00:00:00Z")
    law["body"]["notes"] = "between us"
    newer = make_example("biosafetyLaw", revision=2, submittedOn="2019-01-02T00:00:00Z")
    gone = make_example("organism", 2, deletedOn="2021-01-01T00:00:00Z")
    more = [make_example("authority", n) for n in range(3, 8)]
    publish(tmp_path, law, newer, gone, *more)
    return Client(SERVER_NAME="localhost", raise_request_exception=False)


def ask(web: Client, address: str, status: int = 200) -> Any:
    response = web.get(V1 + address)
    assert response.status_code == status, response.content
    return response.json()


def test_records_are_listed_to_the_end(web: Client) -> None:
    seen, address = [], "/records?limit=2"
    while address:
        part = ask(web, address.removeprefix(V1))
        seen += [item["number"] for item in part["items"]]
        address = part["next"]

    assert seen == ["BCH-LAW-KE-5001-2", *(f"BCH-CNA-KE-{5000 + n}-1" for n in range(3, 8))]


def test_records_are_narrowed(web: Client) -> None:
    assert len(ask(web, "/records?type=authority&government=KEN")["items"]) == 5
    assert ask(web, "/records?government=NOR")["items"] == []
    assert len(ask(web, "/records?changed_since=2020-01-01")["items"]) == 5
    assert [i["revision"] for i in ask(web, "/records?as_of=2018-06-01")["items"]] == [1]
    assert ask(web, "/records?type=nothing", 400)["known"]


@pytest.mark.parametrize("key", [LAW, LAW.lower(), "BCH-LAW-KE-5001", "bch-law-ke-5001-2"])
def test_record_is_found_by_every_name_it_has(web: Client, key: str) -> None:
    record = ask(web, f"/records/{key}")

    assert (record["revision"], record["until"]) == (2, None)
    assert record["body"]["header"]["identifier"] == LAW


def test_earlier_version_shows_when_it_was_public_and_no_notes(web: Client) -> None:
    by_number = ask(web, "/records/BCH-LAW-KE-5001-1")
    versions = ask(web, f"/records/{LAW}/versions")["items"]

    assert by_number["ending"] == "replaced"
    assert "notes" not in by_number["body"]
    assert [version["revision"] for version in versions] == [2, 1]
    assert ask(web, f"/records/{LAW}/versions/1")["body"] == by_number["body"]
    assert ask(web, f"/records/{LAW}?as_of=2018-06-01")["revision"] == 1


def test_withdrawn_record_stays_readable_and_says_so(web: Client) -> None:
    record = ask(web, f"/records/{GONE}")

    assert (record["ending"], record["until"]) == ("withdrawn", "2021-01-01T00:00:00Z")


@pytest.mark.parametrize(
    "address",
    ["/records/x", "/records/BCH-LAW-KE-9999", "/records/BCH-DEC-KE-5001",
     f"/records/{LAW}/versions/9", f"/records/{LAW}?as_of=2010-01-01", "/record-types/none",
     "/record-types/none/schema", "/vocabularies/none"],
)  # fmt: skip
def test_what_is_not_there_is_a_404(web: Client, address: str) -> None:
    assert ask(web, address, 404)["what_to_do"]


def test_changes_lead_through_the_log_with_their_hashes(web: Client) -> None:
    first = ask(web, "/changes?limit=3")
    rest = ask(web, first["next"].removeprefix(V1) + "&limit=100")

    items = [*first["items"], *rest["items"]]
    assert [item["position"] for item in items] == list(range(1, 10))
    assert [item["action"] for item in items[:4]] == ["publish", "amend", "publish", "withdraw"]
    pairs = zip(items, items[1:], strict=False)
    assert all(after["previous_hash"] == before["hash"] for before, after in pairs)
    assert rest["next"] is None


def test_type_gives_its_fields_and_a_schema_that_takes_its_records(web: Client) -> None:
    shape = ask(web, "/record-types/biosafetyLaw")
    schema = ask(web, "/record-types/biosafetyLaw/schema")
    body = ask(web, f"/records/{LAW}")["body"]

    assert shape["records"] == 1
    assert {field["id"] for field in shape["fields"]} >= {"title", "government"}
    jsonschema.Draft202012Validator(schema).validate(body)


def test_vocabulary_gives_its_terms(web: Client) -> None:
    vocabulary = ask(web, "/vocabularies/decisionTypes")

    assert vocabulary["count"] == len(vocabulary["terms"])
    assert any(item["id"] == "decisionTypes" for item in ask(web, "/vocabularies")["items"])


def test_downloads_hold_what_is_public(web: Client) -> None:
    one = b"".join(web.get("/downloads/records/biosafetyLaw.jsonl.gz").streaming_content)  # type: ignore[attr-defined]
    everything = b"".join(web.get("/downloads/records/all.zip").streaming_content)  # type: ignore[attr-defined]

    (law,) = [json.loads(line) for line in gzip.decompress(one).splitlines()]
    assert (law["identifier"], law["revision"]) == (LAW, 2)
    assert "notes" not in law["body"]
    with zipfile.ZipFile(io.BytesIO(everything)) as archive:
        assert archive.namelist() == ["authority.jsonl", "biosafetyLaw.jsonl"]
        assert len(archive.read("authority.jsonl").splitlines()) == 5
    assert web.get("/downloads/records/none.jsonl.gz").status_code == 404


def test_download_of_a_past_day_holds_what_was_public_then(web: Client) -> None:
    address = "/downloads/records/biosafetyLaw.jsonl.gz?as_of=2018-06-01"
    packed = b"".join(web.get(address).streaming_content)  # type: ignore[attr-defined]

    (law,) = [json.loads(line) for line in gzip.decompress(packed).splitlines()]
    assert law["revision"] == 1


@pytest.fixture
def program(web: Client) -> Iterator[Any]:
    """The program itself; what Django's own test client keeps off is kept off here too."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask_anything(operation: Any, mode: GenerationMode) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=5, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def ask_once(case: Any) -> None:
        if mode is GenerationMode.POSITIVE and "as_of" in case.query:
            case.query["as_of"] = "2020-01-01"
        case.call_and_validate(
            headers={"Host": "localhost", "Accept-Encoding": "identity"},
            excluded_checks=[positive_data_acceptance],
        )

    ask_once()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_contract_holds_for_whatever_is_asked_of_records(
    program: Any, mode: GenerationMode
) -> None:
    contract = schemathesis.openapi.from_wsgi(f"{V1}/openapi.json", program)
    for path in PATHS:
        ask_anything(contract[path]["GET"], mode)


def test_calls_for_other_clients_never_fail_whatever_is_asked(program: Any) -> None:
    contract = schemathesis.openapi.from_wsgi("/api/v2013/openapi.json", program)
    for path in contract:
        for method in contract[path]:
            ask_anything(contract[path][method], GenerationMode.POSITIVE)
