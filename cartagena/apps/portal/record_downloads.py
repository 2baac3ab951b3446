"""Downloads of records: a file of lines for each type, and all of them packed together."""

import zipfile
from pathlib import Path

from django.http import HttpRequest, HttpResponseBase

from cartagena.apps.exchange.api import (
    list_exchanged_types,
    list_stored,
    list_with_latest,
    write_line,
    write_lines,
)
from cartagena.apps.portal.api.knowledge import Knowledge, know
from cartagena.apps.portal.api.problems import not_found
from cartagena.apps.portal.downloads import send_file


def get_records(request: HttpRequest, record_type: str) -> HttpResponseBase:
    """All public records of a type, in envelopes, one a line."""
    if record_type not in list_exchanged_types():
        raise not_found("record type", record_type, list_exchanged_types(), "/api/v1/record-types")
    knowledge = know(request)
    return send_file(
        request,
        knowledge,
        f"records-{record_type}",
        "jsonl.gz",
        lambda path: _write(path, record_type, knowledge),
    )


def get_all_records(request: HttpRequest) -> HttpResponseBase:
    """All public records: a file for each type that has some."""
    knowledge = know(request)

    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name in list_exchanged_types():
                lines = path.parent / f"{name}.jsonl"
                _write(lines, name, knowledge)
                if lines.stat().st_size:
                    entry = zipfile.ZipInfo(lines.name, (1980, 1, 1, 0, 0, 0))
                    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                    with lines.open("rb") as plain, archive.open(entry, "w") as packed:
                        while chunk := plain.read(1 << 20):
                            packed.write(chunk)
                lines.unlink()

    return send_file(request, knowledge, "records", "zip", make)


def _write(path: Path, record_type: str, knowledge: Knowledge) -> None:
    versions = list_stored(record_type, as_of=knowledge.as_of)
    write_lines(path, (write_line(each, latest) for each, latest in list_with_latest(versions)))
