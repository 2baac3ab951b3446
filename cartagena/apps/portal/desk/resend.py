"""What was typed is shown and can be sent again when the session or the form had run out."""

import datetime as dt
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cartagena.apps.portal.account_frame import AccountFrame

_NOT_SHOWN = ("csrfmiddlewaretoken",)
_OWN = "desk-"
_SAVES = ("desk:draft", "desk:settle", "desk:report_section", "desk:report_check")


def show_signed_out(request: HttpRequest) -> HttpResponse:
    """401: nobody is signed in any more. Shows what was typed, with the way to send it."""
    message = _(
        "You are not signed in any more, so nothing was saved yet. Sign in in another tab, come "
        "back here and send it again: all that you typed stands below."
    )
    return _show(request, 401, _("Sign in, then send it again"), message)


def show_refused(request: HttpRequest) -> HttpResponse | None:
    """403: the form was too old. None unless the form was this site's own and saves a draft.

    Only a form that came from a page of ours can be sent again: another site could else have
    somebody send what it wrote.
    """
    match = request.resolver_match
    is_form = match is not None and match.view_name in _SAVES
    if not is_form or not _is_from_here(request):
        return None
    message = _(
        "The form had been open for long or you signed in anew, so nothing was saved yet. All that "
        "you typed stands below: send it again."
    )
    return _show(request, 403, _("Send it again"), message)


def _is_from_here(request: HttpRequest) -> bool:
    told = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(told).netloc == request.get_host()


def _show(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    frame = AccountFrame(request, dt.datetime.now(dt.UTC).date(), title=title)
    pairs = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NOT_SHOWN
        for value in values
    ]
    typed = [(name, value) for name, value in pairs if not name.startswith(_OWN) and value.strip()]
    context = {
        "frame": frame, "message": message, "pairs": pairs, "typed": typed,
        "address": request.get_full_path(),
    }  # fmt: skip
    return render(request, "portal/desk/resend.html", context, status=status)
