"""What changes accounts."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from cartagena.apps.accounts.events import record_event
from cartagena.apps.accounts.models import EventKind, Role, User, normalise_email
from cartagena.apps.accounts.verified_address import add_verified_address


@dataclass(frozen=True)
class DemonstrationAccount:
    """An account with its password in the clear, which only its maker ever sees."""

    email: str
    name: str
    password: str


# `.example` can never be anybody's address (RFC 2606).
_DEMONSTRATION_HOST = "demonstration.example"
_DEMONSTRATION: list[tuple[str, str, Role, str | None]] = [
    ("secretariat", "Demonstration officer", Role.SECRETARIAT, None),
    ("secretariat-2", "Demonstration officer, second", Role.SECRETARIAT, None),
    ("reader", "Demonstration reader", Role.READER, None),
    ("expert", "Demonstration expert", Role.EXPERT, None),
    *(
        (f"{name}{suffix}", f"Demonstration {title}", role, party)
        for name, party in (("kenya", "KEN"), ("norway", "NOR"))
        for suffix, title, role in (
            ("", "focal point", Role.BCH_FOCAL_POINT),
            ("-protocol", "Protocol focal point", Role.CPB_FOCAL_POINT),
            ("-author", "authorised user", Role.AUTHORISED_USER),
            ("-authority", "competent authority", Role.COMPETENT_AUTHORITY),
            ("-article-17", "Article 17 contact", Role.ARTICLE_17_CONTACT),
            ("-reviewer", "reviewer", Role.REVIEWER),
        )
    ),
]
_PARTY_ROLES = {
    Role.BCH_FOCAL_POINT,
    Role.CPB_FOCAL_POINT,
    Role.AUTHORISED_USER,
    Role.COMPETENT_AUTHORITY,
    Role.ARTICLE_17_CONTACT,
}


def create_user(
    *,
    email: str,
    name: str,
    password: str,
    now: datetime,
    role: Role = Role.READER,
    party: str | None = None,
    demonstration: bool = False,
) -> User:
    """Make an account whose e-mail address counts as verified, and return it.

    Raises ValidationError with every problem: of the address, the password, the Party's code, and
    a role that needs a Party without one or the other way round.
    """
    user = User(
        email=normalise_email(email),
        name=name.strip(),
        role=role,
        party=party,
        demonstration=demonstration,
        created_at=now,
    )
    problems: dict[str, list[str]] = {}
    if role in _PARTY_ROLES and party is None:
        problems["party"] = ["This role acts for a government: name its three-letter code."]
    if role == Role.SECRETARIAT and party is not None:
        problems["party"] = ["The Secretariat acts for no Party: leave the code out."]
    try:
        validate_password(password, user)
    except ValidationError as problem:
        problems["password"] = problem.messages
    user.set_password(password)
    try:
        user.full_clean()
    except ValidationError as problem:
        for field, messages in problem.message_dict.items():
            problems.setdefault(field, []).extend(messages)
    if problems:
        raise ValidationError(problems)
    with transaction.atomic():
        user.save(force_insert=True)
        add_verified_address(user)
        if role != Role.READER:
            given = f"{role} {party}" if party else str(role)
            record_event(EventKind.CREATED, actor=None, account=user, note=given, now=now)
    return user


@transaction.atomic
def create_demonstration_accounts(now: datetime) -> list[DemonstrationAccount]:
    """Make the demonstration accounts that do not exist yet, each with a random password.

    The passwords are returned and stored nowhere but as hashes; nothing is returned for an
    account that exists.
    """
    existing = set(User.objects.filter(demonstration=True).values_list("email", flat=True))
    made = []
    for account, name, role, party in _DEMONSTRATION:
        email = f"{account}@{_DEMONSTRATION_HOST}"
        if email in existing:
            continue
        password = secrets.token_urlsafe(12)
        create_user(
            email=email,
            name=name,
            password=password,
            now=now,
            role=role,
            party=party,
            demonstration=True,
        )
        made.append(DemonstrationAccount(email, name, password))
    return made


def remove_demonstration_accounts() -> int:
    """Remove the demonstration accounts; return how many there were."""
    return User.objects.filter(demonstration=True).delete()[1].get(User._meta.label, 0)
