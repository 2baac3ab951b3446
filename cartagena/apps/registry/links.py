"""How records are found by what people write, and what points to what: reads."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Q, QuerySet

from cartagena.apps.registry.models import PublicPeriod, Record, RecordLink
from cartagena.apps.registry.queries import live_versions


def find_record(*, identifiers: Collection[str] = (), document_id: int | None = None) -> Record:
    """The record with one of these identifiers or with this document number.

    Raises LookupError when there is none.
    """
    # The database takes no text with a NUL, and nothing is named so.
    asked = Q(identifier__in=[text for text in identifiers if "\0" not in text])
    if document_id is not None:
        asked |= Q(document_id=document_id)
    found = Record.objects.filter(asked).order_by("pk").first()
    if found is None:
        raise LookupError("There is no such record.")
    return found


def live_links(as_of: dt.date | None = None) -> QuerySet[RecordLink]:
    """The references of the versions public at the end of a day (None: now)."""
    return RecordLink.objects.filter(version_id__in=live_versions(as_of).order_by().values("pk"))


def known_periods() -> QuerySet[PublicPeriod]:
    """When each version was public, as known now; what was taken back is not among them."""
    return PublicPeriod.objects.filter(known_until=None)
