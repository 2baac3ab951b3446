"""Letters of designation (Article 19): received, authenticated, applied, ended.

The Secretariat enters what a government wrote. Applying a designation gives the person an account
with the role, and ends the holder before where only one can hold it.
"""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cartagena.apps.accounts.events import record_event
from cartagena.apps.accounts.mail import build_password_link, send_message
from cartagena.apps.accounts.models import (
    Designation,
    DesignationState,
    EventKind,
    Role,
    User,
    normalise_email,
)
from cartagena.apps.accounts.permissions import may
from cartagena.apps.accounts.verified_address import add_verified_address, reset_unless_verified

# In the order of rights: who holds several designations has the rights of the first.
DESIGNATED_ROLES = (
    Role.BCH_FOCAL_POINT,
    Role.CPB_FOCAL_POINT,
    Role.COMPETENT_AUTHORITY,
    Role.ARTICLE_17_CONTACT,
)
ONE_HOLDER = (Role.CPB_FOCAL_POINT,)
"""Roles that one person per Party holds: "one national focal point" (Article 19.1)."""


class NotAllowedError(PermissionError):
    """The person has no right to do this."""


class DesignationError(ValueError):
    """The designation cannot take this step now; the message says why and what to do."""


def enter_designation(designation: Designation, *, actor: User, now: datetime) -> Designation:
    """Keep a letter that has come in. Raises ValidationError with every problem of its fields."""
    _require(actor, designation.party)
    designation.email = normalise_email(designation.email)
    designation.state = DesignationState.RECEIVED
    designation.created_at = now
    if designation.role not in DESIGNATED_ROLES:
        raise ValidationError({"role": _("Nobody is designated for this role by a letter.")})
    designation.full_clean(exclude=["applied_by", "account"])
    with transaction.atomic():
        designation.save(force_insert=True)
        record_event(EventKind.RECEIVED, actor=actor, designation=designation, now=now)
    return designation


@transaction.atomic
def authenticate_designation(number: int, *, actor: User, note: str, now: datetime) -> Designation:
    """State that the letter is genuine; the note says how that was made sure."""
    designation = _take(number, actor, DesignationState.RECEIVED)
    designation.state = DesignationState.AUTHENTICATED
    designation.save(update_fields=["state"])
    record_event(EventKind.AUTHENTICATED, actor=actor, designation=designation, note=note, now=now)
    return designation


@transaction.atomic
def apply_designation(number: int, *, actor: User, now: datetime) -> Designation:
    """Give the person the role, and end the holder before where only one can hold it.

    A person without an account gets one that cannot be used until a password is set through the
    link in the message. Raises DesignationError where the address belongs to the Secretariat or to
    somebody of another Party.
    """
    designation = _take(number, actor, DesignationState.AUTHENTICATED)
    account = _find_or_make_account(designation, now)
    if designation.role in ONE_HOLDER:
        _end_holders_before(designation, account, actor, now)
    designation.state = DesignationState.APPLIED
    designation.account = account
    designation.applied_by = actor
    designation.save(update_fields=["state", "account", "applied_by"])
    record_event(EventKind.APPLIED, actor=actor, designation=designation, account=account, now=now)
    _set_rights(account)
    _tell(account, designation, now)
    return designation


@transaction.atomic
def end_designation(
    number: int, *, actor: User, valid_until: date, note: str, now: datetime
) -> Designation:
    """End a designation, applied or not. The account keeps what its other designations give."""
    designation = _take(
        number, actor, DesignationState.RECEIVED, DesignationState.AUTHENTICATED,
        DesignationState.APPLIED,
    )  # fmt: skip
    _end(designation, actor, valid_until, note, now)
    return designation


def _require(actor: User, party: str) -> None:
    if not may(actor, "handle_designation", party):
        raise NotAllowedError(_("Designations are handled by the Secretariat."))


def _take(number: int, actor: User, *states: DesignationState) -> Designation:
    """Return the designation, held against others who would change it at the same moment."""
    designation = Designation.objects.select_for_update().get(pk=number)
    _require(actor, designation.party)
    if designation.state not in states:
        raise DesignationError(
            _("This designation is “%(state)s” by now: nothing was changed. Load the page again.")
            % {"state": DesignationState(designation.state).label}
        )
    return designation


def _find_or_make_account(designation: Designation, now: datetime) -> User:
    account = User.objects.select_for_update().filter(email=designation.email).first()
    if account is None:
        account = User(
            email=designation.email,
            name=designation.person_name,
            role=designation.role,
            party=designation.party,
            created_at=now,
        )
        account.set_unusable_password()
        account.save(force_insert=True)
        add_verified_address(account)
        return account
    if account.role == Role.SECRETARIAT:
        raise DesignationError(
            _("This e-mail address belongs to somebody of the Secretariat. Use another one.")
        )
    if account.party not in (None, designation.party):
        raise DesignationError(
            _("This e-mail address belongs to somebody who acts for %(party)s. End that first.")
            % {"party": account.party}
        )
    reset_unless_verified(account)
    account.party = designation.party
    account.is_active = True
    account.save()
    add_verified_address(account)
    return account


def _end_holders_before(
    designation: Designation, account: User, actor: User, now: datetime
) -> None:
    held = list(
        Designation.objects.select_for_update().filter(
            party=designation.party, role=designation.role, state=DesignationState.APPLIED
        )
    )
    # Accounts that were given the role without a letter, for instance by a command, too.
    role = Q(party=designation.party, role=designation.role)
    accounts = Q(pk__in=[earlier.account_id for earlier in held if earlier.account_id])
    others = _hold(accounts | role)
    note = _("Followed by %(name)s.") % {"name": designation.person_name}
    for earlier in held:
        _end(earlier, actor, designation.valid_from, note, now)
    for other in User.objects.filter(role, pk__in=others).exclude(pk=account.pk):
        _set_rights(other)
        record_event(EventKind.ROLE_ENDED, actor=actor, account=other, note=note, now=now)


def _end(
    designation: Designation, actor: User, valid_until: date, note: str, now: datetime
) -> None:
    was_applied = designation.state == DesignationState.APPLIED
    if designation.account_id is not None:
        _hold(Q(pk=designation.account_id))
    designation.state = DesignationState.ENDED
    designation.valid_until = valid_until
    designation.save(update_fields=["state", "valid_until"])
    account = designation.account if was_applied else None
    record_event(
        EventKind.ENDED, actor=actor, designation=designation, account=account, note=note, now=now
    )
    if account is not None:
        _set_rights(account)


def _hold(which: Q) -> list[int]:
    """Hold accounts until the end of the transaction, before the log is held: see events.py."""
    found = User.objects.select_for_update().filter(which).order_by("pk")
    return list(found.values_list("pk", flat=True))


def _set_rights(account: User) -> None:
    """Give an account the first role its applied designations give; without one, a reader's."""
    held = set(
        Designation.objects.filter(account=account, state=DesignationState.APPLIED).values_list(
            "role", flat=True
        )
    )
    account.role = next((role for role in DESIGNATED_ROLES if role in held), Role.READER)
    if account.role == Role.READER:
        account.party = None
    account.record_types = []
    account.save(update_fields=["role", "party", "record_types", "is_active"])


def _tell(account: User, designation: Designation, now: datetime) -> None:
    link = "" if account.has_usable_password() else build_password_link(account)
    send_message(
        account,
        "designated",
        {"role": Role(designation.role).label, "party": designation.party, "link": link},
        now=now,
    )
