"""Loading and removing the demonstration."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.db import connection

from cartagena.apps.registry.actions import (
    annul_records,
    publish_records,
    subject_of,
    withdraw_records,
)
from cartagena.apps.registry.demonstration.publications import count_made_up, list_made_up
from cartagena.apps.registry.demonstration.reporting import list_withdrawn
from cartagena.apps.registry.models import (
    LoadedContent,
    LogEntry,
    PublicPeriod,
    Record,
    RecordVersion,
)
from cartagena.apps.registry.publication import Outcome, Summary
from cartagena.apps.registry.queries import list_demonstration_identifiers
from cartagena.engine.declaration import PROTOCOL
from cartagena.engine.parties import MEMBERSHIPS_FILE, STATUS_FILE

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is."""

_NAME = "demonstration"
_REMOVED = "removed"
_AT_ONCE = 500
_REASON = "Made up to show the program."


@dataclass(frozen=True)
class DemonstrationStatus:
    """How many made-up records are shown, by type, and whether they are those of this release."""

    records: int
    by_type: dict[str, int]
    is_current: bool


def load_demonstration(
    *, now: dt.datetime, progress: Progress | None = None, even_if_removed: bool = False
) -> Summary:
    """Publish everything made up, marked as demonstration.

    Repeating it changes nothing and costs one query. Where a real report is public, no made-up one
    is put beside it. An interrupted load is finished by the next one. What somebody removed comes
    back only with ``even_if_removed``: a start of the program does not bring it back.
    """
    digest = _fingerprint()
    loaded = LoadedContent.objects.filter(name=_NAME).values_list("sha256", flat=True).first()
    if loaded == digest or (loaded == _REMOVED and not even_if_removed):
        return Summary()
    outcomes: list[Outcome] = []
    real = _list_real_subjects()
    total, seen = count_made_up(), 0
    for chunk in _cut(list_made_up(), _AT_ONCE):
        seen += len(chunk)
        wanted = [p for p in chunk if subject_of(p.type, p.government) not in real]
        outcomes += publish_records(wanted, actor=None, reason=_REASON, now=now)
        if progress:
            progress(seen, total)
    _tell_planner()
    known = set(list_demonstration_identifiers())
    withdrawn = [identifier for identifier in list_withdrawn() if identifier in known]
    withdraw_records(withdrawn, actor=None, reason="Shows what is withdrawn.", now=now)
    LoadedContent.objects.update_or_create(
        name=_NAME, defaults={"sha256": digest, "loaded_at": now}
    )
    return Summary.of(outcomes)


def remove_demonstration(*, now: dt.datetime, progress: Progress | None = None) -> int:
    """Take everything made up back, as if it had never been public; returns how many records.

    Real records stay as they are. The log keeps that the demonstration existed.
    """
    LoadedContent.objects.update_or_create(
        name=_NAME, defaults={"sha256": _REMOVED, "loaded_at": now}
    )
    identifiers = list_demonstration_identifiers()
    done = removed = 0
    for chunk in _cut(identifiers, _AT_ONCE):
        removed += annul_records(chunk, actor=None, reason="Demonstration removed.", now=now)
        done += len(chunk)
        if progress:
            progress(done, len(identifiers))
    return removed


def get_demonstration_status() -> DemonstrationStatus:
    """What of the demonstration is public now."""
    live = PublicPeriod.objects.filter(
        known_until=None, ends_at=None, version__demonstration=True
    ).values_list("record__type", flat=True)
    by_type: dict[str, int] = {}
    for record_type in live:
        by_type[record_type] = by_type.get(record_type, 0) + 1
    current = LoadedContent.objects.filter(name=_NAME, sha256=_fingerprint()).exists()
    return DemonstrationStatus(sum(by_type.values()), dict(sorted(by_type.items())), current)


def _tell_planner() -> None:
    """Let the database count its rows now: it plans badly for tables that it thinks are empty."""
    tables = (model._meta.db_table for model in (Record, RecordVersion, PublicPeriod, LogEntry))
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def _list_real_subjects() -> frozenset[str]:
    """The reports and the like that a real record holds or held: nothing made up goes beside it."""
    known = PublicPeriod.objects.filter(known_until=None, version__demonstration=False)
    subjects = known.exclude(subject=None).values_list("subject", flat=True).distinct()
    return frozenset(filter(None, subjects))


def _fingerprint() -> str:
    """A hash over all that the made-up data is worked out from."""
    sources = [
        *sorted(Path(__file__).parent.glob("*.py")),
        *sorted(Path(__file__).parent.glob("*.yaml")),
        *sorted((PROTOCOL / "questionnaires").glob("*/*.yaml")),
        STATUS_FILE,
        MEMBERSHIPS_FILE,
    ]
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _cut(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
