"""Tables of records that somebody sent: every row, what it would do, and what became of it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from cartagena.apps.drafting.models import Draft


class SentTable(models.Model):
    """A table that somebody sent, in three steps: rows are looked at, accepted, carried out.

    `heads` are the first row as it was sent, and `columns` what is read of it: ids, empty for a
    column that nothing reads. `wish` is what its author accepted; empty before. `language` is the
    one in which problems are told.

    Personal data: whose table it is; rows may hold names and addresses that would be published.
    A table is removed some days after it was sent.
    """

    class Wish(models.TextChoices):
        """What is made of the rows."""

        DRAFT = "draft"
        REQUEST = "request"
        PUBLISH = "publish"

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=60)
    filename = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    heads = models.JSONField()
    columns = models.JSONField()
    warnings = models.JSONField(default=list)
    wish = models.CharField(max_length=10, choices=Wish, blank=True)
    sent_at = models.DateTimeField()
    # When a row of it was last looked at or carried out: tells whether the work has stopped.
    moved_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Finds the same table sent again, and the tables of a person.
            models.Index(fields=["author", "sha256"], name="drafting_table_author"),
        ]

    def __str__(self) -> str:
        return f"{self.type}: {self.filename}"


class SentRow(models.Model):
    """One row of a sent table. `action` is empty until it was looked at, `outcome` until it was
    carried out.

    `has_errors` does not keep a row out as a draft: they are to be corrected there. A `refused` row
    does nothing. `problems` are [label of the field, what, remedy, is an error].

    Personal data: as the table.
    """

    class Action(models.TextChoices):
        """What the row would do."""

        NEW = "new"
        AMEND = "amend"
        UNCHANGED = "unchanged"
        REFUSED = "refused"

    class Outcome(models.TextChoices):
        """What became of the row; `told` says more where something stood in the way."""

        LEFT = "left"
        DRAFTED = "drafted"
        REQUESTED = "requested"
        PUBLISHED = "published"
        REFUSED = "refused"

    table = models.ForeignKey(SentTable, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    place = models.CharField(max_length=40)
    cells = models.JSONField()
    action = models.CharField(max_length=10, choices=Action, blank=True)
    has_errors = models.BooleanField(default=False)
    title = models.TextField(blank=True)
    identifier = models.CharField(max_length=128, blank=True)
    number = models.CharField(max_length=60, blank=True)
    changes = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    told = models.TextField(blank=True)
    draft = models.ForeignKey(Draft, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # A row stands once; also lists the rows of a table in their order.
            models.UniqueConstraint(fields=["table", "position"], name="drafting_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.table_id}: {self.place}"

    @property
    def may_draft(self) -> bool:
        """Whether a draft can be made of the row."""
        return self.action in (self.Action.NEW, self.Action.AMEND)

    @property
    def is_good(self) -> bool:
        """Whether the row could be published as it is."""
        return self.may_draft and not self.has_errors

    def note(self, field: str, what: str, remedy: str, *, is_error: bool) -> None:
        """Add a problem."""
        self.problems.append([field, what, remedy, is_error])
        self.has_errors = self.has_errors or is_error

    def refuse(self, what: str, remedy: str) -> None:
        """Keep the row out, and say why."""
        self.action = self.Action.REFUSED
        self.note("", what, remedy, is_error=True)
