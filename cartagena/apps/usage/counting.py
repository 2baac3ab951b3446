"""What counts as a visit, a search or a download: decided from one request and its answer alone.

Nobody is recognised again: no cookie, no address, no identifier. A **visit** is a page that was
asked for from elsewhere: by another site's link, a bookmark or a typed address. Following a link
within the portal is the same visit. A **search** is the first page of results for words or filters.
A **download** is a whole file. Programs that say what they are count for downloads alone, robots
for nothing; what a browser fetches before anybody asked counts for nothing either.
"""

import re
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase

from cartagena.engine.questionnaire import LANGUAGES

_BOTS = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|slurp|fetch|scan|monitor|preview|archive|headless|lighthouse|"
    r"pingdom|uptime|facebookexternalhit|whatsapp|embedly|feedparser|rss|validator|check_http",
    re.IGNORECASE,
)
_PROGRAMS = re.compile(
    r"^(curl|wget|python|httpx|aiohttp|go-http|java|okhttp|ruby|perl|libwww|php|axios|node|undici|"
    r"postman|insomnia|apache-httpclient|r \(|httr|julia)",
    re.IGNORECASE,
)
_NOT_PAGES = ("/api/", "/downloads/", "/static/", "/healthz", "/favicon", "/robots.txt")
_LANGUAGE = re.compile(rf"^/({'|'.join(LANGUAGES)})(?=/|$)")
_SEARCHED = frozenset(
    {"q", "type", "government", "group", "lmo", "trait", "organism", "decision_kind",
     "decision_result", "year", "subject"}
)  # fmt: skip


def classify(request: HttpRequest, response: HttpResponseBase) -> tuple[str, ...]:
    """The kinds that a request counts as; mostly none or one."""
    if request.method != "GET" or response.status_code not in (200, 304):
        return ()
    agent = request.headers.get("User-Agent", "")
    if not agent or _BOTS.search(agent) or _is_ahead_of_time(request):
        return ()
    path = request.path_info
    if path.startswith("/downloads/"):
        return ("download",) if response.status_code == 200 else ()
    if _PROGRAMS.search(agent) or path.startswith(_NOT_PAGES):
        return ()
    if not response.get("Content-Type", "text/html").startswith("text/html"):
        return ()
    kinds = []
    if not _comes_from_here(request):
        kinds.append("visit")
    if _is_search(request, path):
        kinds.append("search")
    return tuple(kinds)


def _is_ahead_of_time(request: HttpRequest) -> bool:
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return "prefetch" in purpose or "prerender" in purpose


def _comes_from_here(request: HttpRequest) -> bool:
    """Whether a page of ours led here; pages send their address to our own site only."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    return urlsplit(request.headers.get("Referer", "")).netloc == request.get_host()


def _is_search(request: HttpRequest, path: str) -> bool:
    if _LANGUAGE.sub("", path).rstrip("/") != "/search":
        return False
    asked = any(request.GET.get(name, "").strip() for name in _SEARCHED)
    return asked and request.GET.get("page", "1") in ("", "1")
