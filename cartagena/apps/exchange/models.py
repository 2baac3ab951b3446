"""What exchange keeps beside the registry: envelopes as they came, and the index for clients."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SourceEnvelope(models.Model):
    """What the envelope of an imported version said beyond what the registry holds.

    Written once, with the version; an export gives it back. See envelope.py.

    Personal data: none; who wrote, sent or approved a record is left out.
    """

    version = models.OneToOneField(
        "registry.RecordVersion",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="source_envelope",
    )
    members = models.JSONField()

    def __str__(self) -> str:
        return str(self.version_id)


class IndexRow(models.Model):
    """A live record as the calls of the Clearing-House's index show it. Derived from the log.

    ``fields`` are the index fields, ``words`` the words of all texts with their places, each also
    with the name of its field in front. Made anew at any time; see index/follow.py.

    Personal data: names and addresses that records of contacts, focal points, experts and
    authorities publish; gone when the record is withdrawn.
    """

    record = models.OneToOneField(
        "registry.Record", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    schema = models.CharField(max_length=60)
    government = models.CharField(max_length=2)
    updated_at = models.DateTimeField()
    leads_to = ArrayField(models.CharField(max_length=128), default=list)
    fields = models.JSONField()
    words = SearchVectorField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Narrows to types, countries; sorts by date, which most clients ask for.
            models.Index(fields=["schema", "government"], name="exchange_row_schema"),
            models.Index(fields=["-updated_at"], name="exchange_row_updated"),
            # Finds exact values, words, and what must be made anew with another record.
            GinIndex(fields=["fields"], name="exchange_row_fields", opclasses=["jsonb_path_ops"]),
            GinIndex(fields=["words"], name="exchange_row_words"),
            GinIndex(fields=["leads_to"], name="exchange_row_leads_to"),
        ]

    def __str__(self) -> str:
        return str(self.record_id)


class IndexState(models.Model):
    """How far the index follows the publication log, and the number of the rules it was made by.

    Personal data: none.
    """

    position = models.BigIntegerField(default=0)
    rules = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.position)
