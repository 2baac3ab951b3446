"""From files of counts to sums in the database, and from closed months to published records.

Each step may be cut off at any moment and is simply done again: how far a file was folded is
written in the same transaction as the sums; a finished file is removed after that.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction
from django.db.models import F, Sum
from django.db.models.functions import TruncMonth

from cartagena.apps.registry.api import Publication, publish_records
from cartagena.apps.usage.models import FoldedSegment, PublishedMonth, UsageDay
from cartagena.apps.usage.segments import (
    Count,
    holding_if_finished,
    list_segments,
    read_segment,
)
from cartagena.engine.flatten import fact_rows_body

CLOSES_AFTER = dt.timedelta(hours=1)
"""A month is published when it has been over for so long: by then its last counts are in files."""

# Any number that nobody else uses as an advisory lock: who holds it folds.
_FOLD_LOCK = 2004_01_12


@dataclass(frozen=True)
class Folded:
    """What a run did: counts added, files removed, months published."""

    counts: int
    files_removed: int
    months: tuple[str, ...]


def fold_usage(folder: Path, *, now: dt.datetime) -> Folded:
    """Add new counts to the sums, remove finished files, publish closed months.

    Repeating it changes nothing; any number of processes may run it at once.
    """
    segments = list_segments(folder)
    counts = _add_counts(segments)
    removed = sum(_remove_if_done(path) for path in segments)
    _forget_removed(folder)
    return Folded(counts, removed, publish_closed_months(now))


@transaction.atomic
def _add_counts(segments: list[Path]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_FOLD_LOCK])
    names = [path.name for path in segments]
    known = dict(FoldedSegment.objects.filter(name__in=names).values_list("name", "folded_bytes"))
    counts: Counter[Count] = Counter()
    for path in segments:
        start = known.get(path.name, 0)
        try:
            found, end = read_segment(path, start)
        except FileNotFoundError:  # another run removed it: it had been folded
            continue
        if end > start:
            counts += found
            FoldedSegment.objects.update_or_create(name=path.name, defaults={"folded_bytes": end})
    for (day, kind, country), quantity in sorted(counts.items()):
        row, is_new = UsageDay.objects.get_or_create(
            day=day, kind=kind, country=country, defaults={"quantity": quantity}
        )
        if not is_new:
            UsageDay.objects.filter(pk=row.pk).update(quantity=F("quantity") + quantity)
    return counts.total()


def _remove_if_done(path: Path) -> bool:
    """Remove a file that nobody writes any more and of which every whole line was folded."""
    try:
        with holding_if_finished(path) as is_finished:
            if not is_finished:
                return False
            row = FoldedSegment.objects.filter(name=path.name).first()
            folded = row.folded_bytes if row else 0
            _, end = read_segment(path, folded)
            if end > folded:
                return False
            path.unlink()
            return True
    except FileNotFoundError:
        return False


def _forget_removed(folder: Path) -> None:
    """Names of files that are gone: they are never used again."""
    present = {path.name for path in list_segments(folder)}
    gone = set(FoldedSegment.objects.values_list("name", flat=True)) - present
    FoldedSegment.objects.filter(name__in=gone).delete()


def publish_closed_months(now: dt.datetime) -> tuple[str, ...]:
    """Publish every month that is over and whose sum is not yet public; returns which."""
    open_month = (now - CLOSES_AFTER).astimezone(dt.UTC).date().replace(day=1)
    sums = {
        row["month"]: row["total"]
        for row in UsageDay.objects.filter(day__lt=open_month)
        .annotate(month=TruncMonth("day"))
        .values("month")
        .annotate(total=Sum("quantity"))
        .order_by("month")
    }
    public = dict(PublishedMonth.objects.values_list("month", "quantity"))
    done = []
    for month, total in sums.items():
        if public.get(month) != total:
            _publish_month(month, total, now)
            done.append(f"{month:%Y-%m}")
    return tuple(done)


@transaction.atomic
def _publish_month(month: dt.date, total: int, now: dt.datetime) -> None:
    """One record for the month; a later sum amends it."""
    following = (month + dt.timedelta(days=32)).replace(day=1)
    rows = (
        UsageDay.objects.filter(day__gte=month, day__lt=following)
        .values("kind", "country")
        .annotate(quantity=Sum("quantity"))
        .order_by("kind", "country")
    )
    identifier = f"USAGE-{month:%Y-%m}"
    cells = [{"month": month, **row, "country": row["country"] or None} for row in rows]
    publication = Publication(
        identifier=identifier,
        type="usageMonth",
        government=None,
        body=fact_rows_body("usageMonth", identifier, cells),
        published_at=now,
        title=f"Use of the portal in {month:%Y-%m}",
    )
    (outcome,) = publish_records(
        [publication], actor=None, reason="Counted by the portal.", now=now
    )
    if outcome.action == "refused":
        raise RuntimeError(f"The month {month:%Y-%m} was not published: {outcome.reason}")
    PublishedMonth.objects.update_or_create(
        month=month, defaults={"quantity": total, "published_at": now}
    )
