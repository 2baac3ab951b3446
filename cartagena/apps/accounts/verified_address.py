"""E-mail addresses that somebody else vouches for, so that no link need be opened first."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from cartagena.apps.accounts.models import User


def add_verified_address(user: User) -> None:
    """Note the address of an account as verified: given by a government, a focal point, a command.

    Such an account has no password until its owner opens the link that went to this address, or was
    made by whoever runs the server.
    """
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


def reset_unless_verified(user: User) -> None:
    """Take password and second factors from an account whose address nobody has confirmed.

    Else somebody could register another person's address first, and sign in with the rights that
    the other is given later.
    """
    if not EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists():
        user.set_unusable_password()
        Authenticator.objects.filter(user=user).delete()
