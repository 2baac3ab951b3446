"""Somebody who lost every second factor, and who may open the account again.

The BCH focal point of a Party does it for those who act for the Party, the Secretariat for focal
points, readers and its own officers; nobody for themselves. Whoever asks need not be whom they say
they are: so the password goes too, and a new one is set through the mailbox of the account. Other
ways in, which somebody else may have opened, go with it: further addresses and connected services.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext as _

from cartagena.apps.accounts.designations import NotAllowedError
from cartagena.apps.accounts.events import record_event
from cartagena.apps.accounts.mail import build_password_link, send_message
from cartagena.apps.accounts.models import AccountEvent, EventKind, User, normalise_email
from cartagena.apps.accounts.permissions import may_reset


class ReasonMissingError(ValueError):
    """A reset was asked for without saying why."""


def find_person(email: str, *, actor: User) -> User | None:
    """Return the account of an address if the actor may reset it; None for every other address."""
    person = User.objects.filter(email=normalise_email(email)).first()
    return person if person is not None and may_reset(actor, person) else None


def has_second_factor(person: User) -> bool:
    """Say whether anything beside the password is asked of a person."""
    return Authenticator.objects.filter(user=person).exists()


def list_resets(person: User) -> list[AccountEvent]:
    """When and why an account was opened again, last first."""
    resets = AccountEvent.objects.filter(
        kind=EventKind.SECOND_FACTOR_RESET, account_number=person.pk
    )
    return list(resets.order_by("-pk"))


@transaction.atomic
def reset_second_factor(number: int, *, actor: User | None, reason: str, now: datetime) -> User:
    """Take second factors and password from an account, end its sessions and write to its owner.

    `actor` None is a command run by whoever runs the server. Raises User.DoesNotExist,
    NotAllowedError, ReasonMissingError.
    """
    person = User.objects.select_for_update().get(pk=number)
    if actor is not None and not may_reset(actor, person):
        raise NotAllowedError(_("You may not reset the second factor of this account."))
    if not reason.strip():
        raise ReasonMissingError(_("Say why, and how you made sure who asked."))
    for model in (Authenticator, SocialAccount):
        model.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    # A new unusable password ends every session too.
    person.set_unusable_password()
    person.save(update_fields=["password"])
    record_event(
        EventKind.SECOND_FACTOR_RESET, actor=actor, account=person, note=reason.strip(), now=now
    )
    context = {"by": actor, "link": build_password_link(person)}
    send_message(person, "second_factor_reset", context, now=now)
    return person
