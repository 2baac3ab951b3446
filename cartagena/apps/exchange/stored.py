"""What is stored of a version, and its envelope in the Clearing-House's form."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from cartagena.apps.exchange.envelope import (
    Envelope,
    make_envelope,
    usual_receipt,
    write_moment,
)
from cartagena.apps.registry.api import known_periods
from cartagena.engine.canonical import canonical_json
from cartagena.engine.record_format import NOTES, load_all_record_formats

_COLUMNS = {
    "record_id": "record_id", "identifier": "record__identifier", "record_type": "record__type",
    "government": "record__government", "document_id": "record__document_id",
    "number": "version__number", "source_revision": "version__source_revision",
    "body": "version__body", "title": "version__title", "received_on": "version__received_on",
    "demonstration": "version__demonstration", "published_at": "starts_at", "ends_at": "ends_at",
    "ending": "ending", "beside": "version__source_envelope__members",
    "created_at": "first_starts_at",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredVersion:
    """A version that is or was public. ``created_at``: when the record was first public."""

    record_id: int
    identifier: str
    record_type: str
    government: str | None
    document_id: int
    number: int
    source_revision: int | None
    body: dict[str, Any]
    title: str
    received_on: dt.date | None
    demonstration: bool
    published_at: dt.datetime
    ends_at: dt.datetime | None
    ending: str | None
    beside: Envelope | None
    created_at: dt.datetime

    @property
    def revision(self) -> int:
        """The revision in the public number."""
        return self.source_revision or self.number

    @property
    def withdrawn_at(self) -> dt.datetime | None:
        """When the record was withdrawn, if this version was live then."""
        return self.ends_at if self.ending == "withdrawn" else None


def list_exchanged_types() -> tuple[str, ...]:
    """The types that the Clearing-House has too: all but this program's tables of facts."""
    formats = load_all_record_formats().items()
    return tuple(name for name, shape in formats if shape.holds not in ("rows", "labels"))


def list_stored(
    record_type: str | None = None,
    *,
    identifiers: Collection[str] | None = None,
    record_ids: Collection[int] | None = None,
    document_id: int | None = None,
    all_versions: bool = False,
    as_of: dt.date | None = None,
) -> Iterator[StoredVersion]:
    """Live versions, or all that are or were public, by document number and version.

    With ``as_of`` those public at the end of that day (UTC), as if nothing had followed.
    Reads from the database as it goes, so that any number takes little memory.
    """
    periods = known_periods()
    if record_type is not None:
        periods = periods.filter(record__type=record_type)
    if identifiers is not None:
        periods = periods.filter(record__identifier__in=identifiers)
    if record_ids is not None:
        periods = periods.filter(record_id__in=record_ids)
    if document_id is not None:
        periods = periods.filter(record__document_id=document_id)
    if as_of is not None:
        after = dt.datetime.combine(as_of + dt.timedelta(days=1), dt.time(), dt.UTC)
        still = Q(ends_at=None) | Q(ends_at__gte=after)
        periods = periods.filter(still, starts_at__lt=after)
    elif not all_versions:
        periods = periods.filter(ends_at=None)
    first = known_periods().filter(record=OuterRef("record")).order_by("version__number")
    found: QuerySet[Any] = periods.annotate(
        first_starts_at=Subquery(first.values("starts_at")[:1])
    ).order_by("record__document_id", "version__number")
    for row in found.values_list(*_COLUMNS.values()).iterator(1000):
        version = StoredVersion(**dict(zip(_COLUMNS, row, strict=True)))
        yield version if as_of is None else replace(version, ends_at=None, ending=None)


def list_with_latest(versions: Iterator[StoredVersion]) -> Iterator[tuple[StoredVersion, int]]:
    """Each version with the newest revision of its record among them."""
    for _, group in groupby(versions, key=lambda version: version.document_id):
        of_record = list(group)
        for version in of_record:
            yield version, of_record[-1].revision


def write_info(version: StoredVersion, latest: int, size: int) -> Envelope:
    """The envelope without the body."""
    made = make_envelope(
        identifier=version.identifier,
        record_type=version.record_type,
        government=version.government,
        revision=version.revision,
        published_at=version.published_at,
        size=size,
        title=version.title,
        body=version.body,
    )
    made["createdOn"] = write_moment(version.created_at)
    info = {**made, **(version.beside or {})}
    info |= {"documentID": version.document_id, "latestRevision": latest}
    if version.withdrawn_at:
        info["deletedOn"] = write_moment(version.withdrawn_at)
    if version.demonstration:
        info["demonstration"] = True
    usual = usual_receipt(version.record_type, version.body, version.published_at)
    if version.received_on and version.received_on != usual:
        info["receivedOn"] = version.received_on.isoformat()
    return info


def public_body(body: dict[str, Any]) -> dict[str, Any]:
    """A body without the notes, which never are public."""
    return {name: value for name, value in body.items() if name != NOTES}


def write_line(version: StoredVersion, latest: int, *, with_notes: bool = False) -> str:
    """The envelope with the body as one line of canonical JSON; equal content gives equal bytes."""
    body = canonical_json(version.body if with_notes else public_body(version.body))
    info = canonical_json(write_info(version, latest, len(body.encode())))
    return f'{info[:-1]},"body":{body}}}'


def list_newest(
    wanted: Mapping[str, Collection[str]], skip: int, most: int
) -> tuple[int, list[StoredVersion]]:
    """How many live records there are with these types, governments and identifiers, and some of
    them, the newest first."""
    names = {"type": "record__type", "government": "record__government",
             "identifier": "record__identifier"}  # fmt: skip
    periods = known_periods().filter(ends_at=None, record__type__in=list_exchanged_types())
    for name, values in wanted.items():
        periods = periods.filter(**{f"{names[name]}__in": values})
    total = periods.count()
    newest = periods.order_by("-starts_at", "-pk").values_list("record_id", flat=True)
    chosen = list(newest[skip : skip + most])
    found = {version.record_id: version for version in list_stored(record_ids=chosen)}
    return total, [found[record_id] for record_id in chosen if record_id in found]
