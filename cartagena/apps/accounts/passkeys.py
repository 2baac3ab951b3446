"""Passkeys: where they can be used, and how they are named.

A browser binds a passkey to a name. At an address of numbers, such as the one that `cartagena
serve` prints, there is none to bind it to; on this machine the name is `localhost`.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.conf import settings
from django.http import HttpRequest
from django.http.request import validate_host
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Obstacle:
    """Passkeys cannot be used here; `elsewhere` is the same page where they can, or nothing."""

    elsewhere: str


def find_obstacle(request: HttpRequest) -> Obstacle | None:
    """Say whether the address that was asked for rules passkeys out."""
    found = urlsplit(f"//{request.get_host()}")
    try:
        numbers = ip_address(found.hostname or "")
    except ValueError:
        return None
    if not numbers.is_loopback or not validate_host("localhost", settings.ALLOWED_HOSTS):
        return Obstacle("")
    port = f":{found.port}" if found.port else ""
    return Obstacle(f"{request.scheme}://localhost{port}{request.get_full_path()}")


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey as we name it; by itself enough to sign in, unless somebody wants otherwise."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["name"].label = _("Name of the passkey")
        alone = self.fields["passwordless"]
        alone.label = _("Sign in with this passkey alone, without the password")
        alone.initial = True
        alone.help_text = _(
            "The device then asks for its own code, a fingerprint or the face. Without the tick "
            "the passkey is asked for after the password."
        )
