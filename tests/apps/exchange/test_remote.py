"""Records fetched from another server: our own calls, served by a small one that can fail."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from cartagena.apps.exchange.api import (
    FetchOptions,
    PeerError,
    RecordImportOptions,
    import_from_peer,
)
from cartagena.apps.registry.api import list_versions
from tests.apps.exchange.world import GUID, NOW, make_example, publish

pytestmark = pytest.mark.django_db


class Server:
    """What a server of the Clearing-House answers, kept in memory; ``failing`` fails in order."""

    def __init__(self, documents: list[dict[str, Any]]) -> None:
        self.documents = {d["identifier"]: d for d in documents}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.failing: list[tuple[int, dict[str, str]]] = []

    def answer(self, path: str) -> Any:
        parts = urlsplit(path)
        if parts.path.endswith("/index/select"):
            query = parse_qs(parts.query)
            wanted = [v.partition(":")[2] for v in query["fq"] if v.startswith("schema_s:")]
            found = [d for d in self.documents.values() if d["type"] in wanted]
            start, rows = int(query["start"][0]), int(query["rows"][0])
            docs = [
                {"identifier_s": d["identifier"], "_revision_i": d["revision"]}
                for d in found[start : start + min(rows, 2)]  # a server that gives less than asked
            ]
            return {"response": {"numFound": len(found), "start": start, "docs": docs}}
        identifier = parts.path.rpartition("/documents/")[2]
        return self.documents.get(identifier)


@pytest.fixture
def server() -> Iterator[Server]:
    import json

    kept = Server([make_example("authority", n) for n in range(1, 6)])

    class Handler(BaseHTTPRequestHandler):
        held: ClassVar[Server] = kept

        def do_GET(self) -> None:
            self.held.asked.append(self.path)
            self.held.agents.add(self.headers["User-Agent"])
            if self.held.failing:
                status, headers = self.held.failing.pop(0)
                self._send(status, b"", headers)
                return
            found = self.held.answer(self.path)
            status = 200 if found is not None else 404
            self._send(status, json.dumps(found).encode(), {})

        def _send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    kept.address = f"http://127.0.0.1:{running.server_port}"  # type: ignore[attr-defined]
    yield kept
    running.shutdown()
    running.server_close()
    thread.join()


def fetch(server: Any, tmp_path: Path, waits: list[float] | None = None) -> Any:
    waited = [] if waits is None else waits
    options = FetchOptions(server.address, ("authority",), 0.25, tmp_path, waited.append)
    return import_from_peer(options, RecordImportOptions(NOW))


def documents_asked(server: Server) -> list[str]:
    return [path for path in server.asked if "/documents/" in path]


def test_all_records_come_with_numbers_and_dates(server: Server, tmp_path: Path) -> None:
    waits: list[float] = []

    result = fetch(server, tmp_path, waits)

    assert (result.read, result.published, result.errors) == (5, 5, 0)
    version = list_versions(GUID.format(3)).select_related("record").get()
    assert (version.record.document_id, version.source_revision) == (5003, 1)
    assert version.published_at.isoformat() == "2020-05-04T10:20:30.456000+00:00"
    assert set(waits) == {0.25}
    assert len(waits) == len(server.asked) - 1
    assert all(agent.startswith("cartagena/") for agent in server.agents)


def test_only_what_is_not_here_is_fetched(server: Server, tmp_path: Path) -> None:
    publish(tmp_path, *[make_example("authority", n) for n in (1, 2, 3, 4)])
    server.documents[GUID.format(2)]["revision"] = 2
    server.documents[GUID.format(2)]["submittedOn"] = "2021-01-01T00:00:00Z"

    result = fetch(server, tmp_path)

    assert len(documents_asked(server)) == 2
    assert (result.published, result.amended, result.unchanged) == (1, 1, 3)


def test_busy_server_is_given_the_time_it_asks_for(server: Server, tmp_path: Path) -> None:
    server.failing = [(429, {"Retry-After": "7"}), (503, {}), (502, {})]
    waits: list[float] = []

    result = fetch(server, tmp_path, waits)

    assert result.published == 5
    assert [wait for wait in waits if wait != 0.25] == [7.0, 2.0, 4.0]


def test_broken_fetch_goes_on_where_it_was(server: Server, tmp_path: Path) -> None:
    original = server.answer

    def fail_at_the_fourth(path: str) -> Any:
        if GUID.format(4) in path:
            server.failing = [(500, {})] * 20
        return original(path)

    server.answer = fail_at_the_fourth  # type: ignore[method-assign]
    with pytest.raises(PeerError, match="goes on from there"):
        fetch(server, tmp_path)
    server.failing, server.answer = [], original  # type: ignore[method-assign]
    before = len(documents_asked(server))

    result = fetch(server, tmp_path)

    assert result.published + result.unchanged == 5
    assert len(documents_asked(server)) - before < 5
    assert list_versions(GUID.format(5)).exists()


def test_half_a_line_of_a_killed_fetch_is_asked_for_again(server: Server, tmp_path: Path) -> None:
    server.failing = []
    options = FetchOptions(server.address, ("authority",), 0, tmp_path, lambda seconds: None)  # type: ignore[attr-defined]
    from cartagena.apps.exchange.remote import _resume_file

    _resume_file(options).write_bytes(b'{"identifier": "half')

    result = fetch(server, tmp_path)

    assert result.published == 5
    assert not list((tmp_path / "fetched").iterdir())


def test_refusal_and_other_answers_are_told(server: Server, tmp_path: Path) -> None:
    server.failing = [(403, {})]
    with pytest.raises(PeerError, match="403"):
        fetch(server, tmp_path)
    with pytest.raises(PeerError, match="no address"):
        import_from_peer(FetchOptions("ftp://x", folder=tmp_path), RecordImportOptions(NOW))


def test_document_that_is_not_there_is_told(server: Server, tmp_path: Path) -> None:
    original = server.answer
    server.answer = lambda path: None if GUID.format(2) in path else original(path)  # type: ignore[method-assign]

    result = fetch(server, tmp_path)

    assert (result.published, result.errors) == (4, 1)
    assert "the record itself is not there" in result.problems[-1].what
