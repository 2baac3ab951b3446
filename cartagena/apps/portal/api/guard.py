"""What all calls of the API have in common, before and after the call itself.

Only reading; any site may read; every query value must be one that the call knows; ``as_of`` is a
past day; a reader that holds the answer already gets 304; every error is JSON.
"""

import gzip
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from cartagena.apps.portal.api.knowledge import Knowledge, know
from cartagena.apps.portal.api.problems import ApiError, report_fault
from cartagena.apps.portal.conditional import has_tag, make_etag

View = Callable[..., HttpResponseBase]
READING = ("GET", "HEAD", "OPTIONS")
SMALL = 1024
"""Answers of fewer bytes fit a packet as they are."""
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def guard(
    view: View, parameters: frozenset[str], beside_log: Callable[[Knowledge], str] | None = None
) -> View:
    """A call that only reads, knows only ``parameters``, and is tagged.

    ``beside_log`` tells the state of what the answer holds that does not move the publication log.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = _answer(view, parameters, beside_log, request, args, kwargs)
        except ApiError as problem:
            response = problem.response()
        except Exception as error:  # noqa: BLE001 - a page of HTML would be the alternative
            response = report_fault(request, error)
        for name, value in OPEN_TO_ALL.items():
            response.headers[name] = value
        response.headers["Content-Language"] = "en"
        return _pack(request, response)

    guarded.csrf_exempt = True  # type: ignore[attr-defined]  # it never writes
    return guarded


def _pack(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer packed for readers that can unpack it; tables of numbers shrink to a tenth.

    Its tag is then a weak one: the bytes are others, what they say is the same.
    """
    patch_vary_headers(response, ["Accept-Encoding"])
    can_unpack = "gzip" in request.headers.get("Accept-Encoding", "")
    if not can_unpack or not isinstance(response, HttpResponse) or len(response.content) < SMALL:
        return response
    response.content = gzip.compress(response.content, 5, mtime=0)
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    if "ETag" in response.headers:
        response.headers["ETag"] = f"W/{response.headers['ETag']}"
    return response


def _answer(
    view: View,
    parameters: frozenset[str],
    beside_log: Callable[[Knowledge], str] | None,
    request: HttpRequest,
    args: Any,
    kwargs: Any,
) -> HttpResponseBase:
    if request.method == "OPTIONS":
        allowed = {
            "Allow": ", ".join(READING),
            "Access-Control-Allow-Methods": ", ".join(READING),
            "Access-Control-Allow-Headers": "If-None-Match",
            "Access-Control-Max-Age": "86400",
        }
        return HttpResponse(status=204, headers=allowed)
    check_method(request)
    check_parameters(request, parameters)
    knowledge = know(request)
    state = beside_log(knowledge) if beside_log else ""
    etag = make_etag(request, knowledge.log, knowledge.seen_from, state)
    if has_tag(request, etag):
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        response = view(request, *args, **kwargs)
        if is_head and isinstance(response, HttpResponse):
            response.headers["Content-Length"] = str(len(response.content))
            response.content = b""
    if response.status_code in (200, 304):
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = "public, no-cache"
    return response


def check_method(request: HttpRequest) -> None:
    """Refuse all that would write."""
    if request.method not in READING:
        raise ApiError(
            405,
            f"This address is only for reading; {request.method} is not possible.",
            "Use GET.",
            READING,
            {"Allow": ", ".join(READING)},
        )


def check_parameters(request: HttpRequest, parameters: frozenset[str]) -> None:
    """Refuse query values that nobody reads: most are typing errors that would pass unseen."""
    unknown = sorted(set(request.GET) - parameters)
    if unknown:
        names = ", ".join(repr(name[:40]) for name in unknown)
        raise ApiError(
            400,
            f"This call does not know the parameter{'s' * (len(unknown) > 1)} {names}.",
            "Remove or correct it; the known parameters of this call are listed.",
            sorted(parameters),
        )
