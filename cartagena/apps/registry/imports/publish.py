"""Publishes what was read from tables of facts: in batches, or only looks with a dry run."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from cartagena.apps.registry.actions import publish_records
from cartagena.apps.registry.imports.labels import read_labels
from cartagena.apps.registry.imports.problems import ImportProblem
from cartagena.apps.registry.imports.registers import read_registers
from cartagena.apps.registry.imports.result import ImportResult
from cartagena.apps.registry.imports.shipped_forms import Kind, read_status_tables
from cartagena.apps.registry.publication import Outcome, OutcomeAction, Publication
from cartagena.apps.registry.queries import find_states, live_versions
from cartagena.apps.registry.states import RecordState, decide
from cartagena.engine.canonical import content_hash

_BATCH = 200
_WORDS: Mapping[str, OutcomeAction] = {
    "publish": "published", "amend": "amended", "refuse": "refused",
}  # fmt: skip


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
        reason = "Imported from a file."
        outcomes = (
            foresee_outcomes(batch)
            if result.dry_run
            else publish_records(batch, actor=None, reason=reason, now=now)
        )
        for outcome in outcomes:
            result.count(outcome)
            if outcome.action == "refused":
                _tell(outcome.identifier, outcome.reason, result)


def foresee_outcomes(batch: Sequence[Publication]) -> list[Outcome]:
    """What would become of publications, each for itself, without publishing anything."""
    states = find_states([publication.identifier for publication in batch])
    return [_foresee(publication, states.get(publication.identifier)) for publication in batch]


def _foresee(publication: Publication, state: RecordState | None) -> Outcome:
    prepared = publication.prepared
    sha256 = prepared.sha256 if prepared else content_hash(publication.body)
    decision = decide(state, publication, sha256)
    word = _WORDS.get(decision.action, "unchanged")
    if word == "unchanged" and publication.withdrawn_at and state and state.live:
        word = "withdrawn"
    return Outcome(publication.identifier, word, None, decision.reason)


def _tell(identifier: str, reason: str, result: ImportResult) -> None:
    remedy = "Nothing of it was published."
    result.add_problems([ImportProblem("", "", reason.rstrip("."), remedy, report=identifier)])
