"""The publication log: one chain of entries, in the order of commits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from cartagena.apps.registry.models import LogEntry
from cartagena.engine.canonical import canonical_json, content_hash
from cartagena.engine.hash_chain import FIRST_HASH, write_moment

# Any number that nobody else uses as an advisory lock: who holds it writes the log.
_LOG_LOCK = 2003_09_11
LOG_CHANNEL = "cartagena_log"
"""Where those who follow the log LISTEN: a notice arrives with the commit of what was published."""


@dataclass
class LogHead:
    """The end of the log; moves as entries are added."""

    position: int
    hash: str
    recorded_at: dt.datetime | None


def lock_log() -> LogHead:
    """Take the log for this transaction and return its end.

    Whoever publishes takes turns here, so positions have no gaps and follow the order of commits.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOG_LOCK])
    return get_log_head()


def get_log_position() -> int:
    """The position of the last entry; 0 when nothing was ever published. One query."""
    last = LogEntry.objects.order_by("-position").values_list("position", flat=True).first()
    return last or 0


@dataclass(frozen=True, kw_only=True)
class Event:
    """What an entry says. Numbers of versions are those within the record."""

    action: str
    record: str
    version: int | None
    previous: int | None
    body_sha256: str | None
    envelope_sha256: str | None
    effective_at: dt.datetime
    recorded_at: dt.datetime
    actor: int | None
    reason: str

    def statement(self, position: int) -> str:
        """The canonical JSON that is hashed."""
        return canonical_json(
            {
                "position": position,
                "action": self.action,
                "record": self.record,
                "version": self.version,
                "previous": self.previous,
                "body_sha256": self.body_sha256,
                "envelope_sha256": self.envelope_sha256,
                "effective_at": write_moment(self.effective_at),
                "recorded_at": write_moment(self.recorded_at),
                "actor": self.actor,
                "reason": self.reason,
            }
        )


def envelope_hash(
    *,
    record_type: str,
    government: str | None,
    document_id: int,
    revision: int | None,
    received_on: dt.date | None,
    demonstration: bool,
    title: str,
    languages: Sequence[str],
) -> str:
    """The hash of what is known of a version beside its body."""
    return content_hash(
        {
            "type": record_type,
            "government": government,
            "document_id": document_id,
            "revision": revision,
            "received_on": received_on.isoformat() if received_on else None,
            "demonstration": demonstration,
            "title": title,
            "languages": list(languages),
        }
    )


def get_log_head() -> LogHead:
    """The end of the log, without taking it. One query."""
    last = LogEntry.objects.order_by("-position").values("position", "hash", "recorded_at").first()
    if last is None:
        return LogHead(0, FIRST_HASH, None)
    return LogHead(last["position"], last["hash"], last["recorded_at"])


def find_log_hash(position: int) -> str | None:
    """The hash of an entry, or None if there is none."""
    return LogEntry.objects.filter(position=position).values_list("hash", flat=True).first()


def list_changed_records(after: int) -> list[int]:
    """The ids of the records that changed after a position of the log."""
    entries = LogEntry.objects.filter(position__gt=after)
    return list(entries.values_list("record_id", flat=True).distinct())
