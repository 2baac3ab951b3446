"""What the pages of passkeys and recovery codes ask."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django import template

from cartagena.apps.accounts.passkeys import Obstacle, find_obstacle

register = template.Library()


@register.simple_tag(takes_context=True)
def passkey_obstacle(context: Mapping[str, Any]) -> Obstacle | None:
    """Return why passkeys cannot be used at the address of this page; None when they can."""
    return find_obstacle(context["request"])


@register.simple_tag
def recovery_codes_file(codes: Sequence[str]) -> str:
    """Return codes as an address that is a text file itself: they are in no file of the server."""
    return "data:text/plain;charset=utf-8," + quote("".join(f"{code}\n" for code in codes))
