"""The official wording of the report formats, kept as a published record."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cartagena.apps.registry.imports.files import SourceFile, list_files
from cartagena.apps.registry.imports.limits import DEFAULT, Limits, describe_size
from cartagena.apps.registry.imports.problems import ImportProblem
from cartagena.apps.registry.imports.result import ImportResult
from cartagena.apps.registry.publication import Publication
from cartagena.engine.declaration import DeclarationError
from cartagena.engine.official_labels import read_official_labels
from cartagena.engine.text import Text

RECORD_TYPE = "officialLabels"
LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh"]


def read_labels(
    path: Path, now: dt.datetime, result: ImportResult, limits: Limits = DEFAULT
) -> list[Publication]:
    """One publication for each cycle whose labels the file holds; all of them, or none."""
    for file in list_files([path]):
        if isinstance(file, ImportProblem):
            result.add_problems([file])
            continue
        result.files += 1
        problem = _check(file, limits)
        if problem is not None:
            result.add_problems([problem])
            continue
        try:
            found = read_official_labels(file.path)
        except DeclarationError as error:
            result.add_problems(
                ImportProblem(file.name, p.place, p.what.rstrip("."), p.remedy)
                for p in error.problems
            )
            continue
        result.read += len(found)
        return [_make_publication(cycle, labels, now) for cycle, labels in found.items()]
    return []


def _check(file: SourceFile, limits: Limits) -> ImportProblem | None:
    if file.form != "document":
        return ImportProblem(file.name, "", "it is no JSON file", "Give a .json file.")
    if file.size > limits.document:
        what = f"the file has {describe_size(file.size)}"
        remedy = f"At most {describe_size(limits.document)} are read."
        return ImportProblem(file.name, "", what, remedy)
    return None


def _make_publication(cycle: str, labels: Mapping[str, Text], now: dt.datetime) -> Publication:
    identifier = f"officialLabels-{cycle}"
    body = {
        "header": {"identifier": identifier, "schema": RECORD_TYPE, "languages": LANGUAGES},
        "cycle": cycle,
        "labels": {key: dict(text.pairs) for key, text in labels.items()},
    }
    return Publication(
        identifier=identifier,
        type=RECORD_TYPE,
        government=None,
        body=body,
        published_at=now,
        title=f"Official labels of {cycle}",
    )


def labels_of(body: Mapping[str, Any]) -> dict[str, Text]:
    """The labels in a published record, as `Format.with_labels` takes them."""
    return {key: Text.of(words) for key, words in body["labels"].items()}
