"""Pages for what goes wrong outside the portal's own views. Named in the program's addresses."""

import datetime as dt

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import is_valid_path
from django.utils.encoding import iri_to_uri
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

from cartagena.apps.portal.desk.resend import show_refused
from cartagena.apps.portal.page import READING, render_problem


def show_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no page has this address. One slash too many at its end is forgiven."""
    address = request.path_info.rstrip("/")
    if address != request.path_info and request.method in READING and is_valid_path(address):
        query = request.META.get("QUERY_STRING", "")
        target = escape_leading_slashes(iri_to_uri(address))
        return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)
    message = _("No page has this address. It may have been mistyped or cut off.")
    return render_problem(request, _today(), 404, message)


def show_bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be read."""
    return render_problem(
        request, _today(), 400, _("The request could not be read; nothing changed.")
    )


def show_forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: whoever asks may not."""
    message = _("You may not do this, or not any more. Nothing was sent or changed.")
    return render_problem(request, _today(), 403, message, title=_("Not allowed"))


def show_form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without the token that proves that it came from here."""
    kept = show_refused(request)
    if kept is not None:
        return kept
    message = _(
        "The form was too old or came from another site, so nothing was changed. Load the page "
        "again, allow its cookies, and send it once more."
    )
    return render_problem(request, _today(), 403, message)


def show_server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours, which is in the log."""
    message = _(
        "The fault is ours and has been recorded. Nothing you did was lost; try again later."
    )
    return render_problem(request, _today(), 500, message)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()
