"""Keeps the flattened rows of versions in step with the rules that make them."""

from django.db import transaction

from cartagena.apps.registry.models import FlattenedVersion
from cartagena.engine.flatten import FLATTENING, encode_rows, flatten

_AT_ONCE = 500


def renew_flattened() -> int:
    """Flatten anew what older rules flattened, from the bodies; returns how many versions.

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
            FlattenedVersion.objects.bulk_update(
                chunk, ["table", "row_count", "rows", "flattening"]
            )
            renewed += len(chunk)
    return renewed
