"""People who work in the system, and the tries to sign in that a limit counts."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
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
    REVIEWER = "reviewer", _("Reviewer")
    READER = "reader", _("Reader")


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail address without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with this e-mail address; raises User.DoesNotExist."""
        return self.get(email=normalise_email(username or ""))


class User(AbstractBaseUser):
    """A person who can sign in.

    Personal data: name, e-mail address, the government the person works for, the hash of the
    password, the time of the last sign-in. Kept while the account exists; never public: contact
    details that a government publishes are records of the Clearing-House.

    `party` is the ISO 3166 alpha-3 code of the government somebody acts for, null for the
    Secretariat and for readers. `demonstration` marks accounts that come with demonstration data
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


def normalise_email(email: str) -> str:
    """Return the form of an address that is stored and compared: trimmed, in lower case."""
    return email.strip().lower()
