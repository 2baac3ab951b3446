"""How often the portal is used: counts by day, country and kind. Nothing about anybody."""

from typing import ClassVar

from django.db import models


class UsageDay(models.Model):
    """How often something was done on one day (UTC) from one country.

    ``country`` is an alpha-3 code, empty where it is not known; ``kind`` is visit, search or
    download.

    Personal data: none. No address, no cookie and no identifier is ever stored; only sums.
    """

    class Kind(models.TextChoices):
        """What was done."""

        VISIT = "visit"
        SEARCH = "search"
        DOWNLOAD = "download"

    day = models.DateField()
    country = models.CharField(max_length=3, blank=True)
    kind = models.CharField(max_length=8, choices=Kind)
    quantity = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # One sum for each; folding adds to it.
            models.UniqueConstraint(fields=["day", "country", "kind"], name="usage_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.country or '-'} {self.kind}: {self.quantity}"


class FoldedSegment(models.Model):
    """How much of a file of counts has been added to the days: it is never added twice.

    Personal data: none.
    """

    name = models.CharField(max_length=80, primary_key=True)
    folded_bytes = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.name}: {self.folded_bytes}"


class PublishedMonth(models.Model):
    """A month that was published as a record, and the sum that was published.

    A month whose sum has grown since (a file came late) is published again, as an amendment.

    Personal data: none.
    """

    month = models.DateField(primary_key=True)
    quantity = models.PositiveBigIntegerField()
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.quantity}"
