"""The limits on tries to sign in, over the last fifteen minutes.

Ten failures per account and network address; fifty per network address over all accounts, against
somebody who tries one password on many.
"""

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from cartagena.apps.accounts.models import SignInTry, normalise_email

TRIES = 10
TRIES_PER_ADDRESS = 50
WINDOW = timedelta(minutes=15)
_ANY_ACCOUNT = "*"


def is_blocked(email: str, address: str, now: datetime) -> bool:
    """Say whether this account may not be tried from this address now."""
    recent = SignInTry.objects.filter(tried_at__gt=now - WINDOW)
    return (
        recent.filter(digest=_digest(email, address)).count() >= TRIES
        or recent.filter(digest=_digest(_ANY_ACCOUNT, address)).count() >= TRIES_PER_ADDRESS
    )


def record_failure(email: str, address: str, now: datetime) -> None:
    """Count a failed try, and forget those that no longer matter."""
    SignInTry.objects.filter(tried_at__lte=now - WINDOW).delete()
    SignInTry.objects.bulk_create(
        SignInTry(digest=_digest(account, address), tried_at=now)
        for account in (email, _ANY_ACCOUNT)
    )


def forget_failures(email: str, address: str) -> None:
    """Start counting this account afresh, after somebody signed in or set a new password.

    The count of the address goes on: signing in to an own account must not clear it.
    """
    SignInTry.objects.filter(digest=_digest(email, address)).delete()


def _digest(email: str, address: str) -> str:
    text = f"{normalise_email(email)}\n{address}"
    return salted_hmac("cartagena.sign-in", text, algorithm="sha256").hexdigest()
