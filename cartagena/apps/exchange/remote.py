"""Fetches records from an address that answers as the Clearing-House does, and imports them.

The index is paged for identifiers and revisions; each document that is not here yet is fetched with
its envelope and noted in a file of lines in the data folder, which is then imported like any other.
So a fetch that was broken off asks for nothing twice.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

from cartagena.apps.exchange.importing import Progress, RecordImportOptions, import_records
from cartagena.apps.exchange.stored import list_exchanged_types
from cartagena.apps.registry.api import ImportProblem, ImportResult, find_states
from cartagena.engine.record_identity import normalize_identifier

PAGE = 500
_ATTEMPTS = 6
_LONGEST_WAIT = 120.0
_MOST_BYTES = 64 << 20
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})


class PeerError(Exception):
    """The other side does not answer as needed; the message says what to do."""


@dataclass(frozen=True)
class FetchOptions:
    """From where, which types (none: all), how slowly, and where the resume file is kept.

    ``sleep`` waits so many seconds; tests pass their own.
    """

    address: str
    types: tuple[str, ...] = ()
    pause: float = 0.2
    folder: Path = Path("data")
    sleep: Callable[[float], None] = time.sleep


def import_from_peer(
    fetch: FetchOptions, options: RecordImportOptions, progress: Progress | None = None
) -> ImportResult:
    """Fetch what is not here yet and import it. Raises PeerError when nothing can be fetched."""
    peer = Peer(fetch)
    path = _resume_file(fetch)
    missing: list[ImportProblem] = []
    here = 0
    with path.open("a+b") as stream:
        held = _read_held(stream)
        stream.seek(0, 2)
        fetched = len(held)
        for record_type in fetch.types or list_exchanged_types():
            for page in peer.list_rows(record_type):
                states = find_states([identifier for identifier, _ in page])
                for identifier, revision in page:
                    state = states.get(identifier)
                    known = max((v.revision or 0 for v in state.known), default=0) if state else 0
                    if known >= revision:
                        here += 1
                    elif held.get(identifier, 0) < revision:
                        document = peer.find_document(identifier)
                        if document is None:
                            missing.append(_tell_missing(fetch.address, identifier))
                            continue
                        stream.write(json.dumps(document).encode() + b"\n")
                        stream.flush()
                        fetched += 1
                        if progress:
                            progress(0, 0, fetched)
    result = import_records([path], options) if path.stat().st_size else ImportResult(
        "record", "records", dry_run=options.dry_run
    )  # fmt: skip
    result.read += here
    result.unchanged += here
    result.add_problems(missing)
    if not options.dry_run:
        path.unlink()
    return result


class Peer:
    """The calls of the other side; waits between them, and longer when asked to."""

    def __init__(self, fetch: FetchOptions) -> None:
        parts = urlsplit(fetch.address)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise PeerError(f"{fetch.address} is no address: begin with https:// or http://.")
        base = fetch.address.rstrip("/")
        self._base = base if base.endswith("/api/v2013") else f"{base}/api/v2013"
        self._fetch = fetch
        self._is_first = True

    def list_rows(self, record_type: str) -> Iterator[list[tuple[str, int]]]:
        """Pages of (identifier, newest revision) of a type, as the index has them."""
        start = 0
        while True:
            query = [
                ("q", "*:*"), ("fq", "_state_s:public"), ("fq", f"schema_s:{record_type}"),
                ("fq", "NOT version_s:*"), ("fl", "identifier_s,_revision_i,updatedDate_dt"),
                ("sort", "createdDate_dt asc,identifier_s asc"), ("start", str(start)),
                ("rows", str(PAGE)), ("wt", "json"),
            ]  # fmt: skip
            answer = self._ask(f"/index/select?{urlencode(query)}")
            found = answer.get("response") if isinstance(answer, dict) else None
            docs = found.get("docs") if isinstance(found, dict) else None
            if not isinstance(docs, list):
                raise PeerError(f"{self._base}/index/select answers in another form than expected.")
            yield [row for doc in docs if (row := _read_row(doc))]
            start += len(docs)
            total = found.get("numFound") if isinstance(found, dict) else None
            if not docs or not isinstance(total, int) or start >= total:
                return

    def find_document(self, identifier: str) -> dict[str, Any] | None:
        """The envelope with the body, or None where the other side has none."""
        place = f"/documents/{quote(identifier, safe='')}"
        info = self._ask(f"{place}?info&body=true", may_miss=True)
        if not isinstance(info, dict):
            return None
        if isinstance(info.get("body"), dict):
            return info
        envelope: Any = info
        body: Any = info
        if "header" in info:  # some answer with the body alone
            envelope = self._ask(f"{place}/info", may_miss=True)
        else:
            body = self._ask(place, may_miss=True)
        if not isinstance(body, dict):
            return None
        return {**(envelope if isinstance(envelope, dict) else {}), "body": body}

    def _ask(self, place: str, *, may_miss: bool = False) -> Any:
        """The answer as JSON; None for a 404 that may be."""
        url = self._base + place
        problem = ""
        for attempt in range(_ATTEMPTS):
            if not self._is_first:
                self._fetch.sleep(self._fetch.pause)
            self._is_first = False
            wait = min(_LONGEST_WAIT, 2.0**attempt)
            try:
                return _read_json(url)
            except HTTPError as error:
                with error:
                    if error.code in (404, 410) and may_miss:
                        return None
                    problem = f"it answers {error.code} {error.reason}"
                    if error.code not in _BUSY:
                        break
                    wait = _read_wait(error.headers.get("Retry-After"), wait)
            except (URLError, TimeoutError, ConnectionError) as error:
                problem = str(getattr(error, "reason", error))
            except ValueError:
                raise PeerError(f"{url} answers with something that is no JSON.") from None
            if attempt < _ATTEMPTS - 1:
                self._fetch.sleep(wait)
        raise PeerError(
            f"{url} cannot be read: {problem}. What was fetched is kept: run the same command "
            "again later, and it goes on from there."
        )


def _read_json(url: str) -> Any:
    headers = {
        "Accept": "application/json",
        "User-Agent": f"cartagena/{version_of('cartagena')} (import of records)",
        "realm": "BCH",
    }
    # The address comes from whoever runs the command; only http and https get here.
    with urlopen(Request(url, headers=headers), timeout=60) as answer:  # noqa: S310
        content = answer.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise ValueError("too long")
    return json.loads(content)


def _read_wait(asked: str | None, otherwise: float) -> float:
    """The seconds that ``Retry-After`` asks for, as a number or a date."""
    if asked is None:
        return otherwise
    try:
        seconds = float(asked)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(asked).timestamp() - time.time()
        except ValueError:
            return otherwise
    return min(max(seconds, 0.0), _LONGEST_WAIT)


def _read_row(doc: Any) -> tuple[str, int] | None:
    if not isinstance(doc, dict):
        return None
    identifier, revision = doc.get("identifier_s"), doc.get("_revision_i")
    if not isinstance(identifier, str):
        return None
    try:
        return normalize_identifier(identifier), revision if isinstance(revision, int) else 1
    except ValueError:
        return None


def _resume_file(fetch: FetchOptions) -> Path:
    """Where documents wait for their import: a file for each address and choice of types."""
    name = hashlib.sha256(f"{fetch.address} {sorted(fetch.types)}".encode()).hexdigest()[:16]
    folder = fetch.folder / "fetched"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.jsonl"


def _read_held(stream: Any) -> dict[str, int]:
    """Identifier -> revision of what a broken fetch left; half a line at the end is cut off."""
    held: dict[str, int] = {}
    stream.seek(0)
    whole = 0
    for line in stream:
        try:
            document = json.loads(line)
        except ValueError:
            break
        if not line.endswith(b"\n"):
            break
        whole += len(line)
        row = _read_row(
            {"identifier_s": document.get("identifier"), "_revision_i": document.get("revision")}
        )
        if row:
            held[row[0]] = max(held.get(row[0], 0), row[1])
    stream.truncate(whole)
    return held


def _tell_missing(address: str, identifier: str) -> ImportProblem:
    what = "the index names it, and the record itself is not there"
    return ImportProblem(address, identifier, what, "Ask those who run it.", report=identifier)
