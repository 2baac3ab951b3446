"""Pages for what goes wrong outside the portal's own views. Named in the program's addresses."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cartagena.apps.portal.page import render_problem


def show_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no page has this address."""
    message = _("No page has this address. It may have been mistyped or cut off.")
    return render_problem(request, _today(), 404, message)


def show_bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be read."""
    return render_problem(
        request, _today(), 400, _("The request could not be read; nothing changed.")
    )


def show_server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours, which is in the log."""
    message = _(
        "The fault is ours and has been recorded. Nothing you did was lost; try again later."
    )
    return render_problem(request, _today(), 500, message)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()
