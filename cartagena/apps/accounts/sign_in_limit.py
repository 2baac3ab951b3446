"""The limits on tries to sign in, over the last fifteen minutes.

Ten failures per account and network address; fifty per network address over all accounts, against
somebody who tries one password on many. Of an address of IP version 6 the network counts: whoever
has one address of it has all of them.
"""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.utils.crypto import salted_hmac

from cartagena.apps.accounts.models import SignInTry, normalise_email

TRIES = 10
TRIES_PER_ADDRESS = 50
WINDOW = timedelta(minutes=15)
_NETWORK_BITS = 64
_ANY_ACCOUNT = "*"


def find_end_of_block(email: str, address: str, now: datetime) -> datetime | None:
    """Return when this account may be tried again from this address; None: it may be now."""
    ends = [
        end
        for account, tries in ((email, TRIES), (_ANY_ACCOUNT, TRIES_PER_ADDRESS))
        if (end := _find_end(_digest(account, address), tries, now))
    ]
    return max(ends, default=None)


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


def _find_end(digest: str, tries: int, now: datetime) -> datetime | None:
    """When the try that makes the count full is out of the window."""
    recent = SignInTry.objects.filter(digest=digest, tried_at__gt=now - WINDOW)
    last = recent.order_by("-tried_at").values_list("tried_at", flat=True)[tries - 1 : tries]
    return next((tried_at + WINDOW for tried_at in last), None)


def _digest(email: str, address: str) -> str:
    text = f"{normalise_email(email)}\n{_find_network(address)}"
    return salted_hmac("cartagena.sign-in", text, algorithm="sha256").hexdigest()


def _find_network(address: str) -> str:
    found = ip_address(address)
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        # A server that listens for both versions tells all addresses of version 4 in this form:
        # their network is that of everybody.
        return str(found.ipv4_mapped)
    if isinstance(found, IPv6Address):
        return str(IPv6Network((found, _NETWORK_BITS), strict=False))
    return address
