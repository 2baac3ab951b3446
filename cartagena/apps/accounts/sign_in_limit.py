"""The limit on tries to sign in: ten failures in fifteen minutes, per account and address."""

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from cartagena.apps.accounts.models import SignInTry, normalise_email

TRIES = 10
WINDOW = timedelta(minutes=15)


def is_blocked(email: str, address: str, now: datetime) -> bool:
    """Say whether this account may not be tried from this address now."""
    recent = SignInTry.objects.filter(digest=_digest(email, address), tried_at__gt=now - WINDOW)
    return recent.count() >= TRIES


def record_failure(email: str, address: str, now: datetime) -> None:
    """Count a failed try, and forget those that no longer matter."""
    SignInTry.objects.filter(tried_at__lte=now - WINDOW).delete()
    SignInTry.objects.create(digest=_digest(email, address), tried_at=now)


def forget_failures(email: str, address: str) -> None:
    """Start counting afresh, after somebody signed in."""
    SignInTry.objects.filter(digest=_digest(email, address)).delete()


def _digest(email: str, address: str) -> str:
    text = f"{normalise_email(email)}\n{address}"
    return salted_hmac("cartagena.sign-in", text, algorithm="sha256").hexdigest()
