"""Reports and files for the tests of imports."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from cartagena.apps.registry import api
from cartagena.apps.registry.imports.result import ImportResult
from cartagena.apps.registry.imports.run import ImportOptions, import_reports
from cartagena.engine.answers import build_body
from cartagena.engine.questionnaire import load_format

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
IDENTIFIER = "TEST-REPORT-0001"
ANSWERS: dict[str, Any] = {
    "Q014": ["implementation.fullInPlace"],
    "Q015": ["instrument.nationalBiosafetyLaws", "instrument.biosafetyGuidelines"],
    "Q018": ["true"],
    "Q019": ["5+"],
}


def make_body(identifier: str = IDENTIFIER, party: str = "ke", **changes: Any) -> dict[str, Any]:
    """A fourth report; ``changes`` are fields of the body, None removes one."""
    header = {"identifier": identifier, "languages": ["en"], "government": party}
    body = build_body(load_format("nr4"), ANSWERS, header)
    for name, value in changes.items():
        if value is None:
            body.pop(name, None)
        else:
            body[name] = value
    return body


def make_envelope(
    identifier: str = IDENTIFIER, party: str = "ke", **changes: Any
) -> dict[str, Any]:
    """The same in an envelope; ``changes`` that are names of an envelope go there."""
    names = ("revision", "documentID", "submittedOn", "metadata", "type")
    outer = {name: changes.pop(name) for name in names if name in changes}
    return {
        "identifier": identifier,
        "type": "cpbNationalReport4",
        "submittedOn": "2019-09-20T10:00:00Z",
        "body": make_body(identifier, party, **changes),
    } | outer


def write(path: Path, content: Any) -> Path:
    """A file with bytes, a text, or anything as JSON."""
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        path.write_text(text, encoding="utf-8", newline="")
    return path


def run(*paths: Path, **options: Any) -> ImportResult:
    """Import reports at a fixed moment."""
    return import_reports(paths, ImportOptions(NOW, **options))


def list_sentences(result: ImportResult, severity: str = "error") -> list[str]:
    """What was found, without file names."""
    return [p.what for p in result.problems if p.severity == severity]


def get_live() -> dict[str, int]:
    """Identifier -> live version, of everything public now."""
    return {v.record.identifier: v.number for v in api.live_versions()}
