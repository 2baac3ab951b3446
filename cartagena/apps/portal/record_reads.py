"""Reads of one published record that a page shows: its address, its versions, its log."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cartagena.apps.accounts.api import Role
from cartagena.apps.registry import api as registry
from cartagena.engine.record_identity import (
    build_public_number,
    find_public_number,
    normalize_identifier,
)

EVENTS = ("publish", "amend", "withdraw", "confirm")
"""The actions of the log that readers see; what was taken back is shown nowhere."""


@dataclass(frozen=True, kw_only=True)
class VersionHead:
    """One version of a record, without its body, and when it was public."""

    number: int
    revision: int
    title: str
    languages: tuple[str, ...]
    starts_at: dt.datetime
    ends_at: dt.datetime | None
    ending: str | None
    demonstration: bool


@dataclass(frozen=True, kw_only=True)
class RecordEvent:
    """One entry of the log about a record. `role` is the role of who acted, never the name."""

    position: int
    action: str
    on: dt.date
    revision: int | None
    role: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class StoredRecord:
    """A record with all versions that were ever public, oldest first."""

    identifier: str
    type: str
    government: str | None
    document_id: int
    versions: tuple[VersionHead, ...]

    def number(self, revision: int | None = None) -> str:
        """Its public number, of a revision or of the record as it stands."""
        return str(build_public_number(self.type, self.government, self.document_id, revision))


@dataclass(frozen=True)
class RecordAddress:
    """The record that somebody asked for, and the revision when one was named."""

    identifier: str
    type: str
    government: str | None
    document_id: int
    revision: int | None

    def __str__(self) -> str:
        return str(build_public_number(self.type, self.government, self.document_id, self.revision))


def find_address(text: str) -> RecordAddress | None:
    """What a public number in any spelling, an identifier or a document number leads to."""
    number = find_public_number(text)
    try:
        if number is not None:
            found = registry.find_record(document_id=number.document_id)
            if found.type != number.record_type:
                return None
        elif text.isdecimal() and len(text) < 19:
            found = registry.find_record(document_id=int(text))
        else:
            found = registry.find_record(identifiers=_spell(text))
    except LookupError:
        return None
    return RecordAddress(
        found.identifier,
        found.type,
        found.government,
        found.document_id,
        number.revision if number else None,
    )


def _spell(text: str) -> set[str]:
    try:
        return {text, text.upper(), normalize_identifier(text)}
    except ValueError:
        return {text}


def load_record(address: RecordAddress) -> StoredRecord:
    """The versions of a record; none of them when all were taken back. One query."""
    every: Any = registry.list_versions(address.identifier)
    rows = (
        every.order_by("number")
        .values(
            "number", "source_revision", "title", "languages", "starts_at", "ends_at", "ending",
            "demonstration",
        )
    )  # fmt: skip
    versions = tuple(
        VersionHead(
            number=row["number"],
            revision=row["source_revision"] or row["number"],
            title=row["title"],
            languages=tuple(row["languages"]),
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
            ending=row["ending"],
            demonstration=row["demonstration"],
        )
        for row in rows
        if row["starts_at"] is not None
    )
    return StoredRecord(
        identifier=address.identifier,
        type=address.type,
        government=address.government,
        document_id=address.document_id,
        versions=versions,
    )


def load_body(record: StoredRecord, number: int) -> dict[str, Any]:
    """The body of a version as it may be shown: without the notes, which are never public."""
    body: dict[str, Any] = registry.get_version(record.identifier, number).body
    return {key: value for key, value in body.items() if key != "notes"}


def list_events(identifier: str, as_of: dt.date | None) -> tuple[RecordEvent, ...]:
    """What the log tells of a record until a day, newest first."""
    log = registry.list_log().filter(record__identifier=identifier, action__in=EVENTS)
    return tuple(as_event(row) for row in _event_rows(log, as_of).order_by("-position"))


def find_last_confirmations(
    records: Collection[str], as_of: dt.date | None
) -> Mapping[str, dt.date]:
    """Identifier -> the day its owner last confirmed it; only those that were."""
    log = registry.list_log().filter(record__identifier__in=records, action="confirm")
    rows = _event_rows(log, as_of).order_by("effective_at")
    return {row["record__identifier"]: row["effective_at"].date() for row in rows}


def _event_rows(log: QuerySet[Any], as_of: dt.date | None) -> QuerySet[Any, dict[str, Any]]:
    if as_of is not None:
        log = log.filter(effective_at__lt=end_of(as_of))
    return log.select_related(None).values(
        "position", "action", "effective_at", "reason", "record__identifier", "actor__role",
        "version__number", "version__source_revision",
    )  # fmt: skip


def as_event(row: Mapping[str, Any]) -> RecordEvent:
    """A row of the log as readers see it."""
    number = row["version__number"]
    role = row["actor__role"]
    return RecordEvent(
        position=row["position"],
        action=row["action"],
        on=row["effective_at"].date(),
        revision=(row["version__source_revision"] or number) if number else None,
        role=str(Role(role).label) if role in Role.values else "",
        reason=row["reason"],
    )


def end_of(day: dt.date) -> dt.datetime:
    """The first moment after a day (UTC)."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC)
