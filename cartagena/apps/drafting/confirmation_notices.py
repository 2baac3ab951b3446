"""Reminders of records that must be confirmed, to those who can do it.

One message lists all records of a person at once. Made-up records remind nobody.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from cartagena.apps.accounts.api import Role, User, send_message
from cartagena.apps.drafting.models import NoticeSent
from cartagena.apps.registry.api import (
    RecordVersion,
    find_confirmations,
    find_publishers,
    live_versions,
    may,
)
from cartagena.engine.record_confirmation import GRACE_MONTHS, add_months, find_confirmation_due
from cartagena.engine.record_format import load_all_record_formats

LATEST = dt.timedelta(days=14)
"""A reminder whose day passed unnoticed (the program did not run) is still sent for so long."""
MOST_LISTED = 50
_BATCH = 1000
_EARLIEST_MONTHS = 3


@dataclass(frozen=True)
class DueNotice:
    """One record to remind of. ``step`` says how far before or after the day ``due_on``."""

    identifier: str
    type: str
    government: str | None
    title: str
    due_on: dt.date
    step: str

    @property
    def mark(self) -> str:
        """What makes this reminder different from the others of the record."""
        return f"{self.due_on} {self.step}"


def remind_of_confirmations(now: dt.datetime) -> int:
    """Send the reminders of today and return how many people were reminded.

    Three months and one month before a record must be confirmed, on the day, and on the first day
    on which it counts as not confirmed. Nobody is told twice, also when two workers do this at
    once.
    """
    wanted: dict[int, list[DueNotice]] = {}
    for batch in _list_batches(now.date()):
        for person, notice in _find_people(batch):
            wanted.setdefault(person, []).append(notice)
    return sum(_remind(number, notices, now) for number, notices in sorted(wanted.items()))


def find_step(due_on: dt.date, today: dt.date) -> str | None:
    """The reminder that is to be sent today for a record, if one is."""
    days = {
        "three months": add_months(due_on, -_EARLIEST_MONTHS),
        "one month": add_months(due_on, -1),
        "due": due_on,
        "not confirmed": add_months(due_on, GRACE_MONTHS) + dt.timedelta(days=1),
    }
    found = [step for step, day in days.items() if day <= today <= day + LATEST]
    return found[-1] if found else None


def _list_batches(today: dt.date) -> Iterator[list[DueNotice]]:
    cycles = {
        name: shape.confirm_after
        for name, shape in load_all_record_formats().items()
        if shape.confirm_after is not None
    }
    # Whatever was published after this day is not due in three months, confirmed since or not.
    published = Q()
    for name, months in cycles.items():
        before = add_months(today, _EARLIEST_MONTHS - months) + dt.timedelta(days=2)
        published |= Q(record__type=name, published_at__lt=_as_moment(before))
    versions = live_versions().filter(published, demonstration=False).order_by("pk")
    batch: list[RecordVersion] = []
    for version in versions.iterator(chunk_size=_BATCH):
        batch.append(version)
        if len(batch) == _BATCH:
            yield _find_due(batch, today)
            batch = []
    yield _find_due(batch, today)


def _find_due(versions: list[RecordVersion], today: dt.date) -> list[DueNotice]:
    confirmed = find_confirmations([version.record.identifier for version in versions])
    found = []
    for version in versions:
        record = version.record
        last = max(version.published_at, confirmed.get(record.identifier, version.published_at))
        due_on = find_confirmation_due(record.type, version.body, last.date())
        step = find_step(due_on, today) if due_on else None
        if due_on and step:
            notice = DueNotice(
                identifier=record.identifier,
                type=record.type,
                government=record.government,
                title=version.title,
                due_on=due_on,
                step=step,
            )
            found.append(notice)
    return found


def _find_people(notices: list[DueNotice]) -> Iterator[tuple[int, DueNotice]]:
    """Who is reminded of which: focal points or the Secretariat, and who published it last."""
    publishers = find_publishers([notice.identifier for notice in notices])
    parties = {notice.government for notice in notices} - {None}
    people = User.objects.filter(
        Q(role=Role.BCH_FOCAL_POINT, party__in=parties)
        | Q(role=Role.SECRETARIAT)
        | Q(pk__in=set(publishers.values())),
        is_active=True,
    )
    for person in people.order_by("pk"):
        for notice in notices:
            decides = person.role in (Role.BCH_FOCAL_POINT, Role.SECRETARIAT)
            if (decides or publishers.get(notice.identifier) == person.pk) and may(
                person, "confirm", notice.type, notice.government
            ):
                yield person.pk, notice


@transaction.atomic
def _remind(number: int, notices: Iterable[DueNotice], now: dt.datetime) -> bool:
    # Held, so that a second worker sees what this one has sent.
    person = User.objects.select_for_update().get(pk=number)
    told = set(
        NoticeSent.objects.filter(
            account=person,
            kind=NoticeSent.Kind.CONFIRMATION,
            subject__in=[notice.identifier for notice in notices],
        ).values_list("subject", "mark")
    )
    new = [notice for notice in notices if (notice.identifier, notice.mark) not in told]
    if not new:
        return False
    NoticeSent.objects.bulk_create(
        NoticeSent(
            kind=NoticeSent.Kind.CONFIRMATION,
            account=person,
            subject=notice.identifier,
            mark=notice.mark,
            sent_at=now,
        )
        for notice in new
    )
    send_message(person, "confirmation_due", _describe(new, person.language), now=now)
    return True


def _describe(notices: list[DueNotice], language: str) -> Mapping[str, object]:
    shapes = load_all_record_formats()
    ordered = sorted(notices, key=lambda notice: (notice.due_on, notice.type, notice.identifier))
    return {
        "total": len(ordered),
        "lines": [
            (notice, shapes[notice.type].name.get(language), notice.step == "not confirmed")
            for notice in ordered[:MOST_LISTED]
        ],
        "more": max(0, len(ordered) - MOST_LISTED),
    }


def _as_moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)
