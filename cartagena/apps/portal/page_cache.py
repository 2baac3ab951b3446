"""Exact caching of public pages: rendered once, served until the publication log moves.

A public page is a pure function of its address, its language, the position of the publication log,
the day and the version of the code. So what was rendered for these is kept, gzipped, with its hash
as ETag, and never goes stale; there are no time-outs. Only answers to anonymous GET and HEAD
requests for the portal's own pages are kept, and only so many bytes of them.
"""

import datetime as dt
import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from cartagena.apps.portal import source

KEPT_BYTES = 48 * 1024 * 1024
CACHE_CONTROL = "public, max-age=0, must-revalidate"
ENCODING_ADDED = ";gzip"
NEVER_KEPT = ("data",)
"""Pages that show more than what is published: the list of freezes grows without the log."""


_NEVER = "portal_never_keeps_this"


def never_keep(request: HttpRequest) -> None:
    """Say that the answer to a request depends on more than what is published."""
    setattr(request, _NEVER, True)


@dataclass(frozen=True, slots=True)
class Kept:
    """One rendered page."""

    body: bytes
    etag: str
    content_type: str
    language: str

    @property
    def size(self) -> int:
        return len(self.body) + 512


class PageStore:
    """The pages of one process, least recently used first out; safe between threads."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._pages: OrderedDict[Hashable, Kept] = OrderedDict()
        self._size = 0

    def find(self, key: Hashable) -> Kept | None:
        """The page of a key, or None."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def keep(self, key: Hashable, page: Kept) -> None:
        """Keep a page; others go until all fit."""
        with self._lock:
            if key in self._pages or page.size > self._limit:
                return
            self._pages[key] = page
            self._size += page.size
            while self._size > self._limit:
                _key, gone = self._pages.popitem(last=False)
                self._size -= gone.size

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pages.clear()
            self._size = 0

    def __len__(self) -> int:
        return len(self._pages)


store = PageStore()


class ExactPageCacheMiddleware:
    """Serves kept pages and keeps new ones. Stands after the language is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _may_be_kept(request):
            return self._get_response(request)
        key = make_key(request)
        page = store.find(key)
        if page is None:
            response = self._get_response(request)
            if not _is_public_page(request, response):
                return response
            page = _render(response)
            store.keep(key, page)
        return _answer(request, page)


def _may_be_kept(request: HttpRequest) -> bool:
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.method in ("GET", "HEAD") and not signed_in and not settings.DEBUG


def _is_public_page(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    return (
        match is not None
        and match.app_names == ["portal"]
        and match.url_name not in NEVER_KEPT
        and not hasattr(request, _NEVER)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Content-Encoding")
        and response.get("Content-Type", "").startswith("text/html")
    )


def make_key(request: HttpRequest) -> Hashable:
    """All that a public page depends on. The query counts in any order."""
    query = tuple(sorted((name, *request.GET.getlist(name)) for name in request.GET))
    today = dt.datetime.now(dt.UTC).date()
    return (
        request.scheme, request.get_host(), request.path, query, get_language(),
        source.get_log_head().hash, today, get_code_version(),
    )  # fmt: skip


@cache
def get_code_version() -> str:
    """A hash over the program as it is installed: names, sizes and times of its files."""
    root = Path(__file__).resolve().parents[2]
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".html", ".css", ".js", ".yaml", ".csv", ".mo"):
            found = path.stat()
            digest.update(
                f"{path.relative_to(root)} {found.st_size} {found.st_mtime_ns}\n".encode()
            )
    return digest.hexdigest()[:16]


def _render(response: HttpResponse) -> Kept:
    body = response.content
    return Kept(
        body=gzip.compress(body, 6, mtime=0),
        etag=hashlib.sha256(body).hexdigest()[:32],
        content_type=response["Content-Type"],
        language=response.get("Content-Language", ""),
    )


def _answer(request: HttpRequest, page: Kept) -> HttpResponse:
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'"{page.etag}{ENCODING_ADDED if zipped else ""}"'
    response = HttpResponse(
        page.body if zipped else gzip.decompress(page.body), content_type=page.content_type
    )
    if zipped:
        response["Content-Encoding"] = "gzip"
    if page.language:
        response["Content-Language"] = page.language
    response["ETag"] = etag
    response["Cache-Control"] = CACHE_CONTROL
    response["Content-Length"] = str(len(response.content))
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    found = get_conditional_response(request, etag=etag, response=response)
    if isinstance(found, HttpResponseNotModified):
        found["Cache-Control"] = CACHE_CONTROL
        patch_vary_headers(found, ["Accept-Encoding", "Cookie"])
    return found if isinstance(found, HttpResponse) else response
