"""What is published: reads. As-of queries follow two clocks.

``as_of`` is a day: what was public at its end (UTC). ``known_at`` is a moment: what the system knew
then. Without them: now, and all that is known.
"""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from cartagena.apps.registry.models import LogEntry, PublicPeriod, Record, RecordVersion
from cartagena.apps.registry.states import KnownVersion, RecordState


class RecordNotFoundError(LookupError):
    """There is no such record or version; the message names it."""


def live_versions(
    as_of: dt.date | None = None, known_at: dt.datetime | None = None
) -> QuerySet[RecordVersion]:
    """The versions public at the end of a day, as known at a moment, with their records."""
    periods = PublicPeriod.objects.filter(_known(known_at) & _public(as_of))
    return (
        RecordVersion.objects.filter(id__in=periods.values("version_id"))
        .select_related("record")
        .order_by("record_id")
    )


def published_after(day: dt.date) -> QuerySet[RecordVersion]:
    """The versions that became public after a day, whether live or not, as known now."""
    after = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC)
    periods = PublicPeriod.objects.filter(known_until=None, starts_at__gte=after)
    return RecordVersion.objects.filter(id__in=periods.values("version_id")).order_by("pk")


def get_version(identifier: str, number: int | None = None) -> RecordVersion:
    """A version of a record, whether live or not; without a number the last one published.

    Raises RecordNotFoundError.
    """
    versions = RecordVersion.objects.select_related("record").filter(record__identifier=identifier)
    if number is not None:
        versions = versions.filter(number=number)
    found = versions.order_by("-number").first()
    if found is None:
        which = f" has no version {number}" if number is not None else " was never published"
        raise RecordNotFoundError(f"The record {identifier}{which}.")
    return found


def list_versions(identifier: str) -> QuerySet[RecordVersion]:
    """All versions of a record, newest first, with ``starts_at``, ``ends_at`` and ``ending`` as
    known now (empty for a version that was taken back)."""
    period = PublicPeriod.objects.filter(version_id=OuterRef("pk"), known_until=None)
    return (
        RecordVersion.objects.filter(record__identifier=identifier)
        .annotate(
            starts_at=Subquery(period.values("starts_at")[:1]),
            ends_at=Subquery(period.values("ends_at")[:1]),
            ending=Subquery(period.values("ending")[:1]),
        )
        .order_by("-number")
    )


def list_log(after: int = 0) -> QuerySet[LogEntry]:
    """The entries of the log after a position, oldest first."""
    return (
        LogEntry.objects.filter(position__gt=after)
        .select_related("record", "version", "previous_version")
        .order_by("position")
    )


def find_confirmations(identifiers: Collection[str]) -> dict[str, dt.datetime]:
    """Identifier -> when a record was last confirmed; not in it: never since it is here.

    A record counts as up to date from the later of this and its last publication.
    """
    entries = LogEntry.objects.filter(
        action=LogEntry.Action.CONFIRM, record__identifier__in=set(identifiers)
    )
    latest = entries.values("record__identifier").annotate(at=Max("effective_at"))
    return {row["record__identifier"]: row["at"] for row in latest}


def find_publishers(identifiers: Collection[str]) -> dict[str, int]:
    """Identifier -> the number of the account that published the record last; without those that
    the program itself published."""
    entries = LogEntry.objects.filter(
        action__in=[LogEntry.Action.PUBLISH, LogEntry.Action.AMEND],
        record__identifier__in=set(identifiers),
    )
    by = entries.order_by("position").values_list("record__identifier", "actor_id")
    return {identifier: actor for identifier, actor in dict(by).items() if actor is not None}


def list_demonstration_identifiers() -> list[str]:
    """The identifiers of records with a made-up version that is held to be public now or before."""
    known = PublicPeriod.objects.filter(known_until=None, version__demonstration=True)
    return list(
        Record.objects.filter(id__in=known.values("record_id"))
        .order_by("id")
        .values_list("identifier", flat=True)
    )


def has_demonstration() -> bool:
    """Whether anything made up is held to be public now or before."""
    return PublicPeriod.objects.filter(known_until=None, version__demonstration=True).exists()


def find_states(identifiers: Sequence[str]) -> dict[str, RecordState]:
    """The records that exist among identifiers, with what is known now of their versions."""
    records = Record.objects.filter(identifier__in=set(identifiers))
    states = {
        record.pk: RecordState(
            record_id=record.pk,
            identifier=record.identifier,
            type=record.type,
            government=record.government,
            document_id=record.document_id,
        )
        for record in records
    }
    numbers = RecordVersion.objects.filter(record_id__in=states).values_list("record_id", "number")
    for record_id, number in numbers:
        states[record_id].last_number = max(states[record_id].last_number, number)
    periods = (
        PublicPeriod.objects.filter(record_id__in=states, known_until=None)
        .order_by("version__number")
        .values_list(
            "id", "record_id", "version_id", "version__number", "version__body_sha256",
            "version__source_revision", "version__demonstration", "starts_at", "ends_at", "ending",
        )
    )  # fmt: skip
    for period_id, record_id, version_id, number, sha, revision, demo, start, end, why in periods:
        states[record_id].known.append(
            KnownVersion(
                version_id=version_id, number=number, sha256=sha, revision=revision,
                demonstration=demo, starts_at=start, ends_at=end, ending=why, period_id=period_id,
            )
        )  # fmt: skip
    return {state.identifier: state for state in states.values()}


def find_live_subjects(
    subjects: Collection[str],
) -> dict[str, dict[str, tuple[dt.datetime | None, bool]]]:
    """Subject -> identifier of a record -> (when it last ceased to be public, made up)."""
    found: dict[str, dict[str, tuple[dt.datetime | None, bool]]] = {}
    periods = (
        PublicPeriod.objects.filter(subject__in=subjects, known_until=None)
        .order_by("version__number")
        .values_list("subject", "record__identifier", "ends_at", "version__demonstration")
    )
    for subject, identifier, ends_at, demonstration in periods:
        found.setdefault(str(subject), {})[identifier] = (ends_at, demonstration)
    return found


def find_document_ids(document_ids: Sequence[int]) -> dict[int, str]:
    """Document number -> identifier of the record that has it."""
    return dict(
        Record.objects.filter(document_id__in=document_ids).values_list("document_id", "identifier")
    )


def _known(known_at: dt.datetime | None) -> Q:
    if known_at is None:
        return Q(known_until=None)
    return Q(known_from__lte=known_at) & (Q(known_until=None) | Q(known_until__gt=known_at))


def _public(as_of: dt.date | None) -> Q:
    if as_of is None:
        return Q(ends_at=None)
    after = dt.datetime.combine(as_of + dt.timedelta(days=1), dt.time(), dt.UTC)
    return Q(starts_at__lt=after) & (Q(ends_at=None) | Q(ends_at__gte=after))
