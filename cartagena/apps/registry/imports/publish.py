"""Publishes what was read from tables of facts: in batches, or only looks with a dry run."""

import datetime as dt
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from cartagena.apps.registry.actions import publish_records
from cartagena.apps.registry.imports.labels import read_labels
from cartagena.apps.registry.imports.problems import ImportProblem
from cartagena.apps.registry.imports.registers import read_registers
from cartagena.apps.registry.imports.result import ImportResult
from cartagena.apps.registry.imports.shipped_forms import Kind, read_status_tables
from cartagena.apps.registry.publication import Publication
from cartagena.apps.registry.queries import find_states, live_versions
from cartagena.apps.registry.states import decide
from cartagena.engine.canonical import content_hash

_BATCH = 200
_WORDS = {"publish": "published", "amend": "amended", "refuse": "refused"}


def import_status(
    kind: Kind, paths: list[Path], *, now: dt.datetime, dry_run: bool = False
) -> ImportResult:
    """Publish changes of treaty status or of groups: a new version for each country named."""
    result = ImportResult("country", "countries", dry_run=dry_run)
    record_type = "treatyStatus" if kind == "treaty" else "groupMembership"
    live = {
        version.record.government: version.body["rows"]
        for version in live_versions().filter(record__type=record_type)
        if version.record.government
    }
    _publish(read_status_tables(kind, paths, live, now, result), result, now)
    return result


def import_registers(paths: list[Path], *, now: dt.datetime, dry_run: bool = False) -> ImportResult:
    """Publish entries of registers."""
    result = ImportResult("entry", "entries", dry_run=dry_run)
    _publish(read_registers(paths, now, result), result, now)
    return result


def import_labels(path: Path, *, now: dt.datetime, dry_run: bool = False) -> ImportResult:
    """Publish the official wording of the report formats."""
    result = ImportResult("set of labels", "sets of labels", dry_run=dry_run)
    _publish(read_labels(path, now, result), result, now)
    return result


def _publish(publications: Iterable[Publication], result: ImportResult, now: dt.datetime) -> None:
    iterator = iter(publications)
    while batch := list(islice(iterator, _BATCH)):
        if result.dry_run:
            _look(batch, result)
            continue
        reason = "Imported from a file."
        for outcome in publish_records(batch, actor=None, reason=reason, now=now):
            result.count(outcome)
            if outcome.action == "refused":
                _tell(outcome.identifier, outcome.reason, result)


def _look(batch: list[Publication], result: ImportResult) -> None:
    states = find_states([publication.identifier for publication in batch])
    for publication in batch:
        state = states.get(publication.identifier)
        decision = decide(state, publication, content_hash(publication.body))
        word = _WORDS.get(decision.action, "unchanged")
        setattr(result, word, getattr(result, word) + 1)
        if word == "refused":
            _tell(publication.identifier, decision.reason, result)


def _tell(identifier: str, reason: str, result: ImportResult) -> None:
    remedy = "Nothing of it was published."
    result.add_problems([ImportProblem("", "", reason.rstrip("."), remedy, report=identifier)])
