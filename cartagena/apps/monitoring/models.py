"""Named freezes: which versions an evaluation rests on, for ever."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Freeze(models.Model):
    """A named set of facts that never changes.

    ``cut_off`` is the last day whose publications it holds; ``facts_sha256`` the hash of its facts;
    ``log_position`` the end of the log when it was made; ``item_count`` closes the list of items.

    Personal data: none.
    """

    name = models.CharField(max_length=60, unique=True)
    cut_off = models.DateField()
    created_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    facts_sha256 = models.CharField(max_length=64)
    log_position = models.BigIntegerField()
    item_count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # A name is part of addresses, files and citations.
            models.CheckConstraint(
                condition=Q(name__regex=r"^[a-z0-9][a-z0-9-]{0,59}$"),
                name="monitoring_freeze_name_form",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FreezeItem(models.Model):
    """A version that a freeze holds, or leaves out for a reason.

    Personal data: none.
    """

    freeze = models.ForeignKey(Freeze, on_delete=models.PROTECT, related_name="items")
    version = models.ForeignKey(
        "registry.RecordVersion", on_delete=models.PROTECT, related_name="+"
    )
    included = models.BooleanField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # A version is in a freeze once; also lists the items of a freeze.
            models.UniqueConstraint(
                fields=["freeze", "version"], name="monitoring_freeze_item_once"
            ),
            # What is left out says why.
            models.CheckConstraint(
                condition=Q(included=True) | ~Q(reason=""), name="monitoring_freeze_item_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.freeze_id}: {self.version_id}"
