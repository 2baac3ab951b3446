"""Checks that nothing published was tampered with: the log's chain, and what it speaks of."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from cartagena.apps.registry.log import (
    Event,
    envelope_hash,
    find_log_hash,
    get_log_head,
)
from cartagena.apps.registry.models import (
    FlattenedVersion,
    LogEntry,
    PublicPeriod,
    RecordVersion,
)
from cartagena.engine.canonical import NotStorableError, content_hash
from cartagena.engine.flatten import FLATTENING, encode_rows, flatten
from cartagena.engine.hash_chain import Finding, check_chain, write_moment

_AT_ONCE = 500


@dataclass(frozen=True)
class Audit:
    """What an audit looked at and found. ``head`` is the hash of the last entry: whoever notes it
    can prove later that nothing before it was changed."""

    entries: int
    versions: int
    head: str
    findings: tuple[Finding, ...]


def verify_log(expected: tuple[int, str] | None = None) -> Audit:
    """Check the whole log and all versions.

    ``expected`` is a position and the hash of its entry, as noted at an earlier time.
    """
    head = get_log_head()
    findings = [*_check_chain(), *_check_versions(), *_check_periods(), *_check_rows()]
    if expected is not None and find_log_hash(expected[0]) != expected[1]:
        what = f"its hash is not {expected[1]}, which was noted before"
        findings.append(Finding(f"log entry {expected[0]}", what))
    return Audit(head.position, RecordVersion.objects.count(), head.hash, tuple(findings))


def _check_chain() -> Iterator[Finding]:
    entries = LogEntry.objects.select_related("record", "version", "previous_version")
    told = (
        (
            entry,
            _event_of(entry).statement(entry.position),
            f"record {entry.record.identifier}",
        )
        for entry in entries.order_by("position").iterator(_AT_ONCE)
    )
    yield from check_chain(told, "log entry")


def _event_of(entry: LogEntry) -> Event:
    version, previous = entry.version, entry.previous_version
    is_new = version is not None and entry.action in ("publish", "amend")
    return Event(
        action=entry.action,
        record=entry.record.identifier,
        version=version.number if version else None,
        previous=previous.number if previous else None,
        body_sha256=version.body_sha256 if version else None,
        envelope_sha256=_hash_envelope(version) if is_new and version else None,
        effective_at=entry.effective_at,
        recorded_at=entry.recorded_at,
        actor=entry.actor_id,
        reason=entry.reason,
    )


def _hash_envelope(version: RecordVersion) -> str:
    record = version.record
    return envelope_hash(
        record_type=record.type,
        government=record.government,
        document_id=record.document_id,
        revision=version.source_revision,
        received_on=version.received_on,
        demonstration=version.demonstration,
        title=version.title,
        languages=version.languages,
    )


def _check_versions() -> Iterator[Finding]:
    logged = dict(
        LogEntry.objects.filter(action__in=("publish", "amend")).values_list(
            "version_id", "effective_at"
        )
    )
    versions = RecordVersion.objects.select_related("record").order_by("pk")
    for version in versions.iterator(_AT_ONCE):
        place = f"record {version.record.identifier}, version {version.number}"
        if version.pk not in logged:
            yield Finding(place, "it is not in the log")
        elif logged[version.pk] != version.published_at:
            yield Finding(place, "its moment of publication is not the one in the log")
        if _hash_body(version) != version.body_sha256:
            yield Finding(place, "its content was changed: the hash does not match")


def _hash_body(version: RecordVersion) -> str:
    try:
        return content_hash(version.body)
    except NotStorableError:
        return ""


Periods = dict[int, list[tuple[int | None, str, str]]]


def _check_periods() -> Iterator[Finding]:
    """What is known now of public periods must be what the log leads to."""
    expected, (found, identifiers) = _replay_log(), _list_periods()
    for record_id in sorted({*expected, *found}):
        if expected.get(record_id, []) != found.get(record_id, []):
            name = identifiers.get(record_id, f"number {record_id}")
            yield Finding(f"record {name}", "when it was public is not what the log says")


def _replay_log() -> Periods:
    """Record -> (version, start, end with its reason or nothing), as the log leads to."""
    periods: Periods = {}
    entries = LogEntry.objects.order_by("position").values_list(
        "action", "record_id", "version_id", "effective_at"
    )
    for action, record_id, version_id, at in entries.iterator(_AT_ONCE):
        of_record = periods.setdefault(record_id, [])
        if action == "confirm":
            continue
        if action == "annul":
            of_record.clear()
            continue
        if of_record and not of_record[-1][2]:
            ending = "withdrawn" if action == "withdraw" else "replaced"
            last, start, _ = of_record[-1]
            of_record[-1] = (last, start, _write_ending(at, ending))
        if action in ("publish", "amend"):
            of_record.append((version_id, write_moment(at), ""))
    return periods


def _list_periods() -> tuple[Periods, dict[int, str]]:
    """The same, as stored; and the identifiers of the records."""
    periods: Periods = {}
    identifiers: dict[int, str] = {}
    known = PublicPeriod.objects.filter(known_until=None).order_by("version__number")
    for record_id, identifier, version_id, start, end, ending in known.values_list(
        "record_id", "record__identifier", "version_id", "starts_at", "ends_at", "ending"
    ).iterator(_AT_ONCE):
        identifiers[record_id] = identifier
        entry = (version_id, write_moment(start), _write_ending(end, ending))
        periods.setdefault(record_id, []).append(entry)
    return periods, identifiers


def _write_ending(end: dt.datetime | None, ending: str | None) -> str:
    return f"{ending} {write_moment(end)}" if end else ""


def _check_rows() -> Iterator[Finding]:
    """The rows that enter the facts must follow from the bodies."""
    missing = RecordVersion.objects.filter(flattened=None).select_related("record")
    for version in missing.iterator(_AT_ONCE):
        place = f"record {version.record.identifier}, version {version.number}"
        yield Finding(place, "its rows for the facts are missing")
    kept = FlattenedVersion.objects.filter(flattening=FLATTENING).select_related("version__record")
    for row in kept.order_by("pk").iterator(_AT_ONCE):
        flattened = flatten(row.version.record.type, row.version.body)
        if (flattened.table, encode_rows(flattened.rows)) != (row.table, row.rows):
            version = row.version
            place = f"record {version.record.identifier}, version {version.number}"
            yield Finding(place, "its rows for the facts do not follow from its content")
