"""Searches that people keep, to be told what is new in them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class SavedSearch(models.Model):
    """A search under a name. `query` is its address without the page, as a query string.

    Messages tell what was published after `last_position` of the publication log.

    Personal data: whose search it is and what was searched for. It is shown to nobody else and goes
    with the account.
    """

    class Frequency(models.TextChoices):
        """How often a message says what is new."""

        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Every week")
        NEVER = "never", _("Never")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(max_length=120)
    query = models.TextField(blank=True)
    frequency = models.CharField(max_length=6, choices=Frequency.choices, default=Frequency.WEEKLY)
    last_position = models.BigIntegerField()
    last_sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def read(self) -> dict[str, list[str]]:
        """The query string as lists of values."""
        return dict(QueryDict(self.query).lists())
