"""What belongs to a report beside its draft: explanations, colleagues, files, reminders."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class ReportExplanation(models.Model):
    """What a Party says to a finding about its report. Published with the report.

    `finding` is the key of the finding: the rule and the question it leads to.

    Personal data: who wrote it; the text is published and should not name people.
    """

    identifier = models.CharField(max_length=128)
    finding = models.CharField(max_length=160)
    version = models.PositiveIntegerField()
    text = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, null=True
    )
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # One explanation for a finding; also lists those of a report.
            models.UniqueConstraint(
                fields=["identifier", "finding"], name="reports_one_explanation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.identifier}: {self.finding}"


class SectionInvitation(models.Model):
    """A colleague, mostly of another ministry, who is asked to fill in sections of a report.

    The link holds a secret of which only the hash is kept. Who accepts works with an account, sees
    the whole report and changes the sections named here.

    Personal data: name and e-mail address of the colleague, who invited whom; kept while the draft
    is, and removed with the account.
    """

    draft = models.ForeignKey("drafting.Draft", on_delete=models.PROTECT, related_name="+")
    sections = ArrayField(models.CharField(max_length=60))
    email = models.EmailField()
    name = models.CharField(max_length=200)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, null=True,
        related_name="+",
    )  # fmt: skip
    invited_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Finds which sections somebody may change.
            models.Index(
                fields=["accepted_by", "draft"],
                name="reports_invitation_accepted",
                condition=Q(revoked_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {', '.join(self.sections)}"


class ReminderSent(models.Model):
    """A reminder that a Party was sent, so that nobody is reminded twice of the same.

    Personal data: none.
    """

    cycle = models.CharField(max_length=20)
    party = models.CharField(max_length=3)
    day = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cycle", "party", "day"], name="reports_one_reminder"),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.cycle} {self.day}"


class ReportUpload(models.Model):
    """A filled file that came back, as it was read; nothing of it is in the draft before somebody
    has seen what it would change.

    `cells` is what the file says, `problems` what could not be understood (place, what, remedy),
    `base_revision` the revision of the draft that was written out into the file.

    Personal data: who sent it; the answers as in the draft.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey("drafting.Draft", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    cells = models.JSONField()
    problems = models.JSONField()
    base_revision = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, null=True
    )
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.file_name} for {self.draft_id}"
