"""A Party's authorised users, managed by its BCH focal point; and deleting one's own account."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cartagena.apps.accounts.designations import NotAllowedError
from cartagena.apps.accounts.events import record_event
from cartagena.apps.accounts.mail import build_password_link, send_message
from cartagena.apps.accounts.models import EventKind, Role, User, normalise_email
from cartagena.apps.accounts.permissions import may
from cartagena.apps.accounts.verified_address import add_verified_address, reset_unless_verified


class NotInvitableError(ValueError):
    """This address cannot be invited; the message says what to do."""


class LastOfficerError(ValueError):
    """The last account of the Secretariat cannot be deleted."""


def list_people(party: str) -> QuerySet[User]:
    """Everybody who acts for a Party, those with most rights first."""
    return User.objects.filter(party=party).order_by("role", "name", "pk")


@transaction.atomic
def invite_person(
    *, actor: User, email: str, name: str, record_types: Iterable[str], now: datetime
) -> User:
    """Make somebody an authorised user of the actor's own Party and send the invitation.

    Raises NotInvitableError for an address whose account already has a role: who it is and for
    whom it acts is not told.
    """
    _require(actor, actor.party)
    address = normalise_email(email)
    person = User.objects.select_for_update().filter(email=address).first()
    if person is None:
        person = User(email=address, name=name.strip(), created_at=now, language=actor.language)
        person.set_unusable_password()
    elif person.role != Role.READER or not person.is_active:
        raise NotInvitableError(
            _("This address cannot be invited. If that surprises you, ask the Secretariat.")
        )
    else:
        reset_unless_verified(person)
    person.role = Role.AUTHORISED_USER
    person.party = actor.party
    person.record_types = sorted(record_types)
    person.save()
    add_verified_address(person)
    record_event(EventKind.INVITED, actor=actor, account=person, note=_list(person), now=now)
    link = "" if person.has_usable_password() else build_password_link(person)
    send_message(person, "invited", {"by": actor, "party": person.party, "link": link}, now=now)
    return person


@transaction.atomic
def make_helper(
    person: User, *, actor: User | None, party: str, record_types: Iterable[str], now: datetime
) -> None:
    """Make a reader an authorised user of a Party who was asked by `actor` to help.

    Raises NotInvitableError for an account that has a role already.
    """
    if person.role != Role.READER or person.party is not None or not person.is_active:
        raise NotInvitableError(_("This account has a role already."))
    person.role, person.party = Role.AUTHORISED_USER, party
    person.record_types = sorted(record_types)
    person.save(update_fields=["role", "party", "record_types"])
    record_event(EventKind.INVITED, actor=actor, account=person, note=_list(person), now=now)


@transaction.atomic
def limit_person(number: int, *, actor: User, record_types: Iterable[str], now: datetime) -> User:
    """Say which types of record an authorised user may draft; none means all."""
    person = _take(number, actor)
    person.record_types = sorted(record_types)
    person.save(update_fields=["record_types"])
    record_event(EventKind.LIMITED, actor=actor, account=person, note=_list(person), now=now)
    return person


@transaction.atomic
def close_person(number: int, *, actor: User, now: datetime) -> User:
    """End what an authorised user may do for the Party: the account becomes a reader's."""
    person = _take(number, actor)
    person.role = Role.READER
    person.party = None
    person.record_types = []
    person.save(update_fields=["role", "party", "record_types"])
    record_event(EventKind.CLOSED, actor=actor, account=person, now=now)
    return person


@transaction.atomic
def delete_own_account(user: User, *, now: datetime) -> None:
    """Forget a person. The row stays, with its number, because logs name it.

    Raises LastOfficerError for the last account of the Secretariat.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    if person.role == Role.SECRETARIAT:
        officers = User.objects.filter(role=Role.SECRETARIAT, is_active=True)
        if not officers.exclude(pk=person.pk).exists():
            raise LastOfficerError(
                _("This is the last account of the Secretariat. Make another one first.")
            )
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=person).delete()
    person.name = f"#{person.pk}"
    person.email = f"{person.pk}@deleted.invalid"
    person.role = Role.READER
    person.party = None
    person.record_types = []
    person.is_active = False
    person.last_login = None
    # A new unusable password ends every session too.
    person.set_unusable_password()
    person.save()
    record_event(EventKind.DELETED, actor=person, account=person, now=now)


def _require(actor: User, party: str | None) -> None:
    if not may(actor, "manage_person", party):
        raise NotAllowedError(
            _("Authorised users are managed by the BCH national focal point of their Party.")
        )


def _take(number: int, actor: User) -> User:
    """Return an authorised user of the actor's Party; raises User.DoesNotExist for all others."""
    _require(actor, actor.party)
    return User.objects.select_for_update().get(
        pk=number, party=actor.party, role=Role.AUTHORISED_USER
    )


def _list(person: User) -> str:
    return ", ".join(person.record_types)
