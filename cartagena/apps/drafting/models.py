"""What is prepared before it is published: drafts, every save of them, comments, files, the log.

Nothing here is public. What may be shown to whom stands in registry/permissions.py; everything
reaches these tables through the functions of this app's `api.py`.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

# Somebody who acted is kept by number: it stays in what never changes when the account has gone.


class Draft(models.Model):
    """One piece of work on a record: a first version, or an amendment of `base_version`.

    `revision` rises with every save. `confidential` maps fields to the reason why they are kept
    back; `ever_confidential` are all fields that were so at any time, for whom they stay hidden.
    `kept_back` are fields with an open claim whose values were not brought into this draft, since
    its author may not read them. `demonstration` drafts are published as demonstration data.

    Personal data: who started, changed and requested it; the body may hold names and addresses that
    will be published. Drafts are kept for their authors after publication.
    """

    class State(models.TextChoices):
        """Where the draft is on its way; what leads where: states.py."""

        DRAFT = "draft"
        REQUESTED = "requested"
        RETURNED = "returned"
        PUBLISHED = "published"
        DISCARDED = "discarded"

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    identifier = models.CharField(max_length=128)
    type = models.CharField(max_length=60)
    # null, not "": a reference record belongs to no government.
    government = models.CharField(max_length=3, null=True)  # noqa: DJ001
    body = models.JSONField()
    confidential = models.JSONField(default=dict)
    ever_confidential = models.JSONField(default=list)
    kept_back = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=0)
    base_version = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    title = models.TextField(blank=True)
    note = models.TextField(blank=True)
    demonstration = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField()
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    updated_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    requested_at = models.DateTimeField(null=True)
    returned_reason = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    published_version = models.PositiveIntegerField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Lists the drafts of a Party, newest first.
            models.Index(fields=["government", "-updated_at"], name="drafting_draft_government"),
            # Lists the drafts that somebody started.
            models.Index(fields=["created_by", "-updated_at"], name="drafting_draft_author"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # A record is worked on in one place.
            models.UniqueConstraint(
                fields=["identifier"],
                condition=Q(state__in=["draft", "requested", "returned"]),
                name="drafting_one_open_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.identifier}, revision {self.revision}"

    @property
    def is_open(self) -> bool:
        """Whether work on it goes on."""
        return self.state in OPEN_STATES

    @property
    def hidden_fields(self) -> tuple[str, ...]:
        """The confidential fields that whoever this was read for may not see."""
        return getattr(self, "_hidden_fields", ())

    @hidden_fields.setter
    def hidden_fields(self, fields: tuple[str, ...]) -> None:
        self._hidden_fields = fields


OPEN_STATES = (Draft.State.DRAFT, Draft.State.REQUESTED, Draft.State.RETURNED)


class DraftSave(models.Model):
    """One save: what it changed, field by field, so that any revision can be rebuilt. Written once.

    `changes` maps a field to [before, after]; null is nothing. `confidential` does so for the
    reasons to keep fields back. A `refused` save met somebody else's change: its values are
    [theirs, mine], the draft did not change, and the text stays for its author to take up.

    Personal data: who saved; the values as in the draft.
    """

    class Kind(models.TextChoices):
        """What became of the save."""

        SAVED = "saved"
        REFUSED = "refused"

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="saves")
    revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SAVED)
    changes = models.JSONField()
    confidential = models.JSONField(default=dict)
    automatic = models.BooleanField(default=False)
    restored_from = models.PositiveIntegerField(null=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Each revision was made by one save; also finds the saves after a revision.
            models.UniqueConstraint(
                fields=["draft", "revision"],
                condition=Q(kind="saved"),
                name="drafting_save_revision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.kind} {self.revision}"


class FieldComment(models.Model):
    """A remark of one person who works on a draft to the others, on a field or on the whole ("").

    Personal data: who wrote it; the text is not published and should not name people.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="comments")
    field = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.field}"


class Presence(models.Model):
    """Who has a draft open, and when last seen there.

    Personal data: who works on what; a row is overwritten by the next sign of life, and counts for
    a minute.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "user"], name="drafting_presence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.draft_id}"


class Attachment(models.Model):
    """A file that belongs to a record. The bytes lie in the data folder under their hash.

    A body names it by its address (`address`). `confidential` files are never public; others become
    so (`published_at`) when a version that links to them is published.

    Personal data: who uploaded it; the file may name people, as its owner is told.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="attachments")
    # The same as the draft's: later drafts of the record find it by this.
    identifier = models.CharField(max_length=128)
    sha256 = models.CharField(max_length=64)
    filename = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    confidential = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    uploaded_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Lists the files of a record.
            models.Index(fields=["identifier"], name="drafting_attachment_record"),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def address(self) -> str:
        """What a link in a body says: `/files/<key>/<name>`."""
        return f"/files/{self.key}/{self.filename}"


class ConfidentialPart(models.Model):
    """The value of one field that is kept back from publication (Article 21), with its claim.

    `claim` tells how the claim stands; `ended_at` is set when another value, or publication, takes
    its place. What is public is only that there is a claim on the field, and since when.

    Personal data: who made the claim; the value as in the draft.
    """

    class Claim(models.TextChoices):
        """How the claim stands; what leads where: claims.py."""

        CLAIMED = "claimed"
        ACCEPTED = "accepted"
        DISPUTED = "disputed"
        UPHELD = "upheld"
        REFUSED = "refused"
        REVIEW = "review"
        RELEASABLE = "releasable"
        WITHDRAWN = "withdrawn"

    identifier = models.CharField(max_length=128)
    type = models.CharField(max_length=60)
    government = models.CharField(max_length=3, null=True)  # noqa: DJ001 - as in Draft
    field = models.CharField(max_length=100)
    value = models.JSONField()
    reason = models.TextField()
    version = models.PositiveIntegerField()
    claim = models.CharField(max_length=10, choices=Claim, default=Claim.CLAIMED)
    claim_reason = models.TextField(blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    claimed_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # One value at a time; also finds the claims on a record.
            models.UniqueConstraint(
                fields=["identifier", "field"],
                condition=Q(ended_at=None),
                name="drafting_one_claim_at_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.identifier}: {self.field} {self.claim}"


class DraftEvent(models.Model):
    """One change of state of a draft or a claim. The log is append-only and its entries chained.

    `position` runs without gaps over all drafts. `statement` is the canonical JSON of the entry,
    `hash` the SHA-256 of the previous entry's hash, a line end and the statement, as in the
    publication log. `body_sha256` is the hash of the draft's body, `field` that of a claim.

    Personal data: the number of the account that acted (not the name); it stays when the account
    has gone. A reason is written by the person who acts and must not name others.
    """

    position = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=12)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, null=True, related_name="events")
    identifier = models.CharField(max_length=128)
    field = models.CharField(max_length=100, blank=True)
    revision = models.PositiveIntegerField(null=True)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    body_sha256 = models.CharField(max_length=64, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    reason = models.TextField(blank=True)
    statement = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.position}: {self.action}"


class NoticeSent(models.Model):
    """That somebody was told of something, so that nobody is told of it twice.

    ``comments``: ``subject`` is a draft, ``mark`` the number of the last comment that was told.
    ``confirmation``: ``subject`` is a record, ``mark`` the day by which it must be confirmed, and
    how long before or after that the message was.

    Personal data: the number of the account that was told; nothing of what was said.
    """

    class Kind(models.TextChoices):
        """What was told."""

        COMMENTS = "comments"
        CONFIRMATION = "confirmation"

    kind = models.CharField(max_length=15, choices=Kind)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    subject = models.CharField(max_length=128)
    mark = models.CharField(max_length=40)
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Never twice; also finds what somebody was told of a subject.
            models.UniqueConstraint(
                fields=["account", "kind", "subject", "mark"], name="drafting_notice_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.kind} {self.subject} {self.mark}"


# Django looks for models here; these stand in a module of their own for its length.
from cartagena.apps.drafting.table_models import SentRow, SentTable  # noqa: E402

__all__ = [
    "OPEN_STATES",
    "Attachment",
    "ConfidentialPart",
    "Draft",
    "DraftEvent",
    "DraftSave",
    "FieldComment",
    "NoticeSent",
    "Presence",
    "SentRow",
    "SentTable",
]
