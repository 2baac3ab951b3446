"""What is published: records, their immutable versions, when each was public, and the log.

Nothing here is changed once written: triggers (migration 0002) refuse UPDATE, DELETE and TRUNCATE,
through the ORM and through SQL alike. Two clocks run: when something was public
(``starts_at``/``ends_at``) and when the system knew it (``known_from``/``known_until``).
"""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value


class Record(models.Model):
    """The identity of something published: it stays the same through all versions.

    ``identifier`` is the GUID of the Clearing-House or another stable id; ``document_id`` is the
    number in public numbers (``BCH-DEC-CN-105-2``); ``government`` the alpha-3 code of the
    government it belongs to, null for reference records.

    Personal data: none.
    """

    identifier = models.CharField(max_length=128, unique=True)
    type = models.CharField(max_length=60)
    # null, not "": a reference record belongs to no government.
    government = models.CharField(max_length=3, null=True)  # noqa: DJ001
    document_id = models.BigIntegerField(unique=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Lists the records of a type, of all governments or of one.
            models.Index(fields=["type", "government"], name="registry_record_type_gov"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(government=None) | Q(government__regex=r"^[A-Z]{3}$"),
                name="registry_record_government_is_alpha3",
            ),
        ]

    def __str__(self) -> str:
        return self.identifier


class RecordVersion(models.Model):
    """One published state of a record. Written once.

    ``number`` counts versions here from 1; ``source_revision`` is the revision in the system it was
    imported from. ``body`` is JSON in the Clearing-House's document form, ``body_sha256`` the hash
    of its canonical JSON. ``published_at`` says when it became public, ``recorded_at`` when this
    system learned of it.

    Personal data: the body of focal points, contacts, experts and authorities holds names and
    addresses that a government publishes (Article 19); kept as long as the record is cited.
    """

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    source_revision = models.PositiveIntegerField(null=True)
    body = models.JSONField()
    body_sha256 = models.CharField(max_length=64)
    title = models.TextField(blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    published_at = models.DateTimeField()
    received_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    demonstration = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # A version is found by record and number; with the trigger on gaps: 1, 2, 3, ...
            models.UniqueConstraint(
                fields=["record", "number"], name="registry_version_record_number"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="registry_version_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}, version {self.number}"

    @property
    def revision(self) -> int:
        """The revision in the public number: that of the source where there is one."""
        return self.source_revision or self.number


class PublicPeriod(models.Model):
    """From when until when a version was public, as the system knew it for a time.

    When the system learns more (the version was replaced, the record withdrawn), the row's
    ``known_until`` is set, once, and a new row says what is known from then on. The current state
    of knowledge are the rows without ``known_until``. ``subject`` names what may be live only once
    beyond the record itself: one report of a cycle for each Party.

    Personal data: none.
    """

    class Ending(models.TextChoices):
        """Why a version ceased to be public."""

        REPLACED = "replaced"
        WITHDRAWN = "withdrawn"

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="periods")
    version = models.ForeignKey(RecordVersion, on_delete=models.PROTECT, related_name="periods")
    # null, not "": most records are the subject of nothing but themselves.
    subject = models.CharField(max_length=80, null=True)  # noqa: DJ001
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=Ending, null=True)  # noqa: DJ001
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Finds the present state of records, and what is live now.
            models.Index(
                fields=["record", "version"],
                name="registry_period_known_now",
                condition=Q(known_until=None),
            ),
            # Finds who holds a subject, before another record takes it.
            models.Index(
                fields=["subject"],
                name="registry_period_subject_now",
                condition=Q(known_until=None),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # No two versions of a record are public at once, at any state of knowledge. Also serves
            # the as-of queries of one record. (Ranges of one number stand in for equality, which
            # GiST lacks for numbers without an extension.)
            ExclusionConstraint(
                name="registry_one_version_at_once",
                expressions=[
                    (
                        Func(F("record_id"), F("record_id"), Value("[]"), function="int8range"),
                        RangeOperators.EQUAL,
                    ),
                    (
                        Func(F("starts_at"), F("ends_at"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("known_from"), F("known_until"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            # No two reports of one Party for one cycle are public at once.
            ExclusionConstraint(
                name="registry_one_subject_at_once",
                expressions=[
                    (
                        Func(
                            F("subject"), F("subject"), Value("[]"), function="registry_text_range"
                        ),
                        RangeOperators.EQUAL,
                    ),
                    (
                        Func(F("starts_at"), F("ends_at"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("known_from"), F("known_until"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(subject__isnull=False),
            ),
            # A period that ends says why, and does not end before it starts.
            models.CheckConstraint(
                condition=Q(ends_at=None, ending=None)
                | Q(ends_at__gte=F("starts_at"), ending__isnull=False),
                name="registry_period_ending",
            ),
            models.CheckConstraint(
                condition=Q(known_until=None) | Q(known_until__gte=F("known_from")),
                name="registry_period_knowledge",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.starts_at:%Y-%m-%d} to {self.ends_at or 'now'}"


class LogEntry(models.Model):
    """One change of what is published, or its owner's word that it still holds.

    The log is append-only and its entries are chained.

    ``position`` runs without gaps in the order of commits. ``statement`` is the canonical JSON of
    the entry, ``hash`` the SHA-256 of the previous entry's hash, a line end and the statement.
    ``effective_at`` is the moment the change concerns, ``recorded_at`` when it was made here.

    Personal data: the number of the account that acted (not the name); it stays when the account
    has gone. A reason is written by the person who acts and must not name others.
    """

    class Action(models.TextChoices):
        """What happened."""

        PUBLISH = "publish"
        AMEND = "amend"
        WITHDRAW = "withdraw"
        CONFIRM = "confirm"
        ANNUL = "annul"

    position = models.BigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    action = models.CharField(max_length=10, choices=Action)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="log")
    version = models.ForeignKey(
        RecordVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    previous_version = models.ForeignKey(
        RecordVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    actor = models.ForeignKey(
        "accounts.User", on_delete=models.DO_NOTHING, db_constraint=False, null=True
    )
    reason = models.TextField()
    statement = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.position}: {self.action}"


class FlattenedVersion(models.Model):
    """What a version says in closed values: the rows it adds to a fact table, as CSV text.

    Derived from the body when the version is published; ``flattening`` is the number of the rules.
    Why it is kept: docs/decisions/0011-facts-are-flattened-at-publication.md.

    Personal data: none; only closed fields and the answers of national reports.
    """

    version = models.OneToOneField(
        RecordVersion, on_delete=models.PROTECT, primary_key=True, related_name="flattened"
    )
    table = models.CharField(max_length=20)
    row_count = models.PositiveIntegerField()
    rows = models.TextField()
    flattening = models.PositiveSmallIntegerField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Finds what older rules wrote, at each start.
            models.Index(fields=["flattening"], name="registry_flattened_rules"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.row_count} rows of {self.table}"


class RecordLink(models.Model):
    """One reference in a version: the field it stands in, and the record it leads to.

    Derived from the body when the version is published, so that a record knows what points to it.
    ``target`` is an identifier as the body has it; there may be no such record.

    Personal data: none.
    """

    version = models.ForeignKey(RecordVersion, on_delete=models.PROTECT, related_name="links")
    field = models.CharField(max_length=100)
    target = models.CharField(max_length=128)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Finds what points to a record.
            models.Index(fields=["target", "field"], name="registry_link_target"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.field} -> {self.target}"


class LoadedContent(models.Model):
    """The hash of a shipped set that was loaded, so that the next start need not compare it again.

    Personal data: none.
    """

    name = models.CharField(max_length=40, primary_key=True)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
