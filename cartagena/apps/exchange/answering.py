"""What all calls for clients of the Clearing-House share: reading only, open to any site, JSON."""

import hashlib
import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from importlib.metadata import version
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import parse_etags

from cartagena.apps.registry.api import get_log_head

log = logging.getLogger(__name__)

JSON_TYPE = "application/json; charset=utf-8"
_OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_ASKED_BEFORE = {
    "Access-Control-Allow-Headers": "If-None-Match, Content-Type, realm, Authorization",
    "Access-Control-Max-Age": "86400",
}
SECONDS = 20
"""A question that takes the database longer is broken off."""

RETRY_SECONDS = 20
"""When a client that came too early may ask again."""

View = Callable[..., HttpResponseBase]


class PeerCallError(Exception):
    """A request that cannot be answered: status, what happened, what to do."""

    def __init__(self, status: int, what: str, remedy: str) -> None:
        super().__init__(what)
        self.status, self.what, self.remedy = status, what, remedy


def peer_call(*methods: str) -> Callable[[View], View]:
    """Make a function that answers these methods a call: no key, no cookie, never a page."""
    allowed = (*methods, "HEAD", "OPTIONS") if "GET" in methods else (*methods, "OPTIONS")

    def make(view: View) -> View:
        @wraps(view)
        def call(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = _answer(view, allowed, request, args, kwargs)
            for name, value in _OPEN_TO_ALL.items():
                response.headers[name] = value
            return response

        call.csrf_exempt = True  # type: ignore[attr-defined]  # it never writes
        return call

    return make


def _answer(
    view: View, allowed: Sequence[str], request: HttpRequest, args: Any, kwargs: Any
) -> HttpResponseBase:
    if request.method == "OPTIONS":
        methods = ", ".join(allowed)
        headers = {"Allow": methods, "Access-Control-Allow-Methods": methods, **_ASKED_BEFORE}
        return HttpResponse(status=204, headers=headers)
    if request.method not in allowed:
        remedy = f"Use {' or '.join(allowed)}; records are published through the portal."
        response = _refuse(PeerCallError(405, f"{request.method} is not possible here", remedy))
        response.headers["Allow"] = ", ".join(allowed)
        return response
    try:
        return _answer_tagged(view, request, args, kwargs)
    except PeerCallError as problem:
        return _refuse(problem)
    except RequestDataTooBig:
        return _refuse(PeerCallError(413, "the request is too large", "Ask for less at once."))
    except (DataError, SuspiciousOperation) as problem:
        log.info("A value could not be used: %s", problem)
        return _refuse(
            PeerCallError(400, "a value in the request cannot be used", "Correct the request.")
        )
    except OperationalError as problem:
        if "statement timeout" not in str(problem):
            return _report(request, problem)
        what = f"the question took longer than {SECONDS} seconds"
        return _refuse(PeerCallError(400, what, "Narrow it with fq, or ask for fewer rows."))
    except Exception as problem:  # noqa: BLE001 - a page of HTML would be the alternative
        return _report(request, problem)


def _answer_tagged(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
    """The answer with a tag that holds until the publication log moves; HEAD without the body."""
    is_read = request.method in ("GET", "HEAD")
    tag = _make_tag(request) if is_read else ""
    held = parse_etags(request.headers.get("If-None-Match", ""))
    if tag and tag in {each.removeprefix("W/") for each in held}:
        return HttpResponse(status=304, headers={"ETag": tag, "Cache-Control": "public, no-cache"})
    is_head = request.method == "HEAD"
    if is_head:
        request.method = "GET"
    response = view(request, *args, **kwargs)
    if is_head and isinstance(response, HttpResponse):
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    if tag and response.status_code == 200:
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = "public, no-cache"
    return response


def _make_tag(request: HttpRequest) -> str:
    head = get_log_head()
    whole = f"{request.get_full_path()}\n{head.position}\n{head.hash}\n{version('cartagena')}"
    return f'"{hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:32]}"'


def answer_json(content: Any, status: int = 200) -> HttpResponse:
    """An answer as JSON."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, status=status, content_type=JSON_TYPE)


def _refuse(problem: PeerCallError) -> HttpResponse:
    """An error in the shape that both kinds of clients read."""
    content: Mapping[str, Any] = {
        "statusCode": problem.status,
        "message": f"{problem.what[:1].upper()}{problem.what[1:]}.",
        "what_to_do": problem.remedy,
    }
    response = answer_json(content, problem.status)
    if problem.status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _report(request: HttpRequest, problem: Exception) -> HttpResponse:
    log.exception("The call %s failed", request.path, exc_info=problem)
    remedy = "Try again later; if it stays, tell those who run this site."
    what = "the program failed to answer; the fault is ours and has been logged"
    return _refuse(PeerCallError(500, what, remedy))


@contextmanager
def limited_in_time() -> Iterator[None]:
    """Let the database break off what takes too long: all its work for one answer together.

    To be used within a transaction.
    """
    end = time.monotonic() + SECONDS

    def run(
        execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any
    ) -> Any:
        left = max(1, round((end - time.monotonic()) * 1000))
        context["cursor"].cursor.execute(
            "SELECT set_config('statement_timeout', %s, true)", [f"{left}ms"]
        )
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(run):
        yield
