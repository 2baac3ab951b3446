"""The frame around the pages of accounts, which are not made by the portal's own views."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from cartagena.apps.portal.frame import Frame

_PREFIX = "account"


class AccountFrame(Frame):
    """Navigation and languages, without the date that public pages are seen from."""

    @cached_property
    def position(self) -> None:  # type: ignore[override]
        return None


def add_account_frame(request: HttpRequest) -> dict[str, Any]:
    """Give the pages under /account/ a frame; a page that brings its own keeps it."""
    match = request.resolver_match
    # The first part of the address, or the second behind a language.
    if match is None or _PREFIX not in match.route.split("/")[:2]:
        return {}
    return {"frame": AccountFrame(request, dt.datetime.now(dt.UTC).date())}
