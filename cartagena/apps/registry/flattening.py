"""Keeps the flattened rows and references of versions in step with the rules that make them."""

from django.db import transaction

from cartagena.apps.registry.models import FlattenedVersion, RecordLink
from cartagena.engine.flatten import FLATTENING, encode_rows, flatten
from cartagena.engine.record_links import list_links

_AT_ONCE = 500


def renew_flattened() -> int:
    """Flatten anew what older rules flattened, from the bodies; returns how many versions.

    The references of these versions are read anew too.

    Run at each start; while the rules are the same it costs one query. The versions themselves are
    not touched.
    """
    outdated = FlattenedVersion.objects.exclude(flattening=FLATTENING)
    renewed = 0
    while outdated.exists():
        with transaction.atomic():
            chunk = list(
                outdated.select_related("version__record")
                .select_for_update(of=("self",))
                .order_by("pk")[:_AT_ONCE]
            )
            for row in chunk:
                flattened = flatten(row.version.record.type, row.version.body)
                row.table, row.row_count = flattened.table, len(flattened.rows)
                row.rows, row.flattening = encode_rows(flattened.rows), FLATTENING
            _renew_links(chunk)
            FlattenedVersion.objects.bulk_update(
                chunk, ["table", "row_count", "rows", "flattening"]
            )
            renewed += len(chunk)
    return renewed


def _renew_links(chunk: list[FlattenedVersion]) -> None:
    RecordLink.objects.filter(version_id__in=[row.pk for row in chunk]).delete()
    RecordLink.objects.bulk_create(
        RecordLink(version_id=row.pk, field=field, target=target)
        for row in chunk
        for field, target in list_links(row.version.record.type, row.version.body)
    )
