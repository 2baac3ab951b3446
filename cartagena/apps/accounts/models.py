"""People who work in the system, and the tries to sign in that a limit counts."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does; the rights that follow stand in each app's `permissions.py`."""

    SECRETARIAT = "secretariat", _("Secretariat")
    BCH_FOCAL_POINT = "bch_focal_point", _("BCH national focal point")
    CPB_FOCAL_POINT = "cpb_focal_point", _("Cartagena Protocol national focal point")
    AUTHORISED_USER = "authorised_user", _("National authorised user")
    COMPETENT_AUTHORITY = "competent_authority", _("Competent national authority")
    ARTICLE_17_CONTACT = "article_17_contact", _("Contact point for unintentional movements")
    REVIEWER = "reviewer", _("Reviewer")
    EXPERT = "expert", _("Expert")
    READER = "reader", _("Reader")


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail address without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with this e-mail address; raises User.DoesNotExist."""
        return self.get(email=normalise_email(username or ""))


class User(AbstractBaseUser):
    """A person who can sign in.

    Personal data: name, e-mail address, the government the person works for, the language for
    mail, the hash of the password, the time of the last sign-in. Kept while the account exists;
    never public: contact details that a government publishes are records of the Clearing-House.
    Who deletes the account leaves the row with its number, which the logs name, and nothing else.

    `party` is the ISO 3166 alpha-3 code of the government somebody acts for, null for the
    Secretariat and for readers. `record_types` limits an authorised user to some types of record;
    empty means all. `demonstration` marks accounts that come with demonstration data
    and go with them.
    """

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("Somebody with this e-mail address has an account.")},
    )
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=30, choices=Role, default=Role.READER)
    # null, not "": a person acts for no Party, which is not a Party with an empty code.
    party = models.CharField(_("Party"), max_length=3, null=True, blank=True)  # noqa: DJ001
    record_types = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("types of record"),
        default=list,
        blank=True,
    )
    language = models.CharField(
        _("language of mail"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        constraints = [
            # With the unique index this makes one account per address, however it is typed.
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_user_email_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(party=None) | models.Q(party__regex=r"^[A-Z]{3}$"),
                name="accounts_user_party_is_alpha3",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the address in the one form that is compared."""
        self.email = normalise_email(self.email)
        super().save(*args, **kwargs)


class SignInTry(models.Model):
    """A failed try to sign in, kept only as long as the limit looks back.

    Personal data: none that can be read; the e-mail address and the network address are kept as
    one keyed digest.
    """

    digest = models.CharField(max_length=64)
    tried_at = models.DateTimeField()

    class Meta:
        indexes = [
            # Counts the tries of one address in the last minutes.
            models.Index(fields=["digest", "tried_at"], name="accounts_try_digest_time"),
            # Deletes what the limit no longer looks at.
            models.Index(fields=["tried_at"], name="accounts_try_time"),
        ]

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.tried_at:%Y-%m-%d %H:%M}"


class DesignationState(models.TextChoices):
    """How far a letter of designation has come."""

    RECEIVED = "received", _("Received")
    AUTHENTICATED = "authenticated", _("Authenticated")
    APPLIED = "applied", _("In force")
    ENDED = "ended", _("Ended")


class Designation(models.Model):
    """What a government wrote to the Secretariat: this person holds this role from this day.

    Personal data: name and e-mail address of the person, as in the letter of the government, and
    which officer of the Secretariat handled it. Kept as the register of designations (Article 19).
    """

    party = models.CharField(_("Party"), max_length=3)
    role = models.CharField(_("role"), max_length=30, choices=Role)
    person_name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    responsibility = models.TextField(_("responsible for"), blank=True, max_length=2000)
    letter_reference = models.CharField(_("reference of the letter"), max_length=200)
    letter_date = models.DateField(_("date of the letter"))
    received_on = models.DateField(_("received on"))
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("in force until"), null=True, blank=True)
    state = models.CharField(
        max_length=20, choices=DesignationState, default=DesignationState.RECEIVED
    )
    applied_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="applied_designations"
    )
    account = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="designations"
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("designation")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(party__regex=r"^[A-Z]{3}$"),
                name="accounts_designation_party_is_alpha3",
            ),
            models.UniqueConstraint(
                fields=["party"],
                condition=models.Q(role="cpb_focal_point", state="applied"),
                name="accounts_one_cpb_focal_point",
            ),
        ]
        indexes = [models.Index(fields=["party", "role"], name="accounts_designation_role")]

    def __str__(self) -> str:
        return f"{self.party} {self.role} {self.person_name}"


class EventKind(models.TextChoices):
    """What happened to a designation or to somebody's rights."""

    RECEIVED = "received", _("Received")
    AUTHENTICATED = "authenticated", _("Authenticated")
    APPLIED = "applied", _("Put in force")
    ENDED = "ended", _("Ended")
    ROLE_ENDED = "role_ended", _("Role ended")
    INVITED = "invited", _("Invited")
    LIMITED = "limited", _("Types of record set")
    CLOSED = "closed", _("Right to act ended")
    DELETED = "deleted", _("Account deleted")
    CREATED = "created", _("Account made by a command")
    SECOND_FACTOR_RESET = "second_factor_reset", _("Second factor removed")


class AccountEvent(models.Model):
    """One change of a designation or of somebody's rights, in an append-only chain.

    `position` runs without gaps. `statement` is the canonical JSON of the row, `hash` the SHA-256
    of the previous row's hash, a line end and the statement, as in the publication log.

    Personal data: the numbers of the account and of whoever acted, which say nothing once the
    account is deleted; the note may name a person. Kept as the record of who got which rights.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=30, choices=EventKind)
    designation = models.ForeignKey(
        Designation, null=True, on_delete=models.PROTECT, related_name="events"
    )
    # Numbers, not foreign keys: a row outlives the accounts and never changes.
    account_number = models.BigIntegerField(null=True)
    actor_number = models.BigIntegerField(null=True)
    note = models.TextField(blank=True)
    position = models.BigIntegerField(unique=True)
    statement = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("position",)
        indexes = [models.Index(fields=["account_number"], name="accounts_event_account")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"


class OutgoingMail(models.Model):
    """A message that waits to be sent; the row goes when it has been.

    Personal data: e-mail address and text of the message, which may hold a link that gives access.
    Gone when sent, and after seven days in any case.
    """

    recipients = ArrayField(models.EmailField())
    sender = models.CharField(max_length=254)
    subject = models.CharField(max_length=500)
    body = models.TextField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"message {self.pk} of {self.created_at:%Y-%m-%d %H:%M}"


def normalise_email(email: str) -> str:
    """Return the form of an address that is stored and compared: trimmed, in lower case."""
    return email.strip().lower()
