"""The search page, its suggestions and its feed."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cartagena.apps.portal import source
from cartagena.apps.portal.frame import BadQueryError, Frame, read_as_of, with_query
from cartagena.apps.portal.page import page, render_problem
from cartagena.apps.portal.page_cache import never_keep
from cartagena.apps.portal.presenters import search as shown
from cartagena.apps.portal.presenters.search_feed import write_feed
from cartagena.apps.search import api as searching
from cartagena.apps.search.api import SearchQuery, SearchUnavailableError

FEED_ROWS = 100
FILES = (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"))


@page("search/search.html")
def show_search(frame: Frame) -> dict[str, Any]:
    """One box and facets over all published records."""
    frame.title, frame.section = _("Search the records"), "registries"
    frame.description = _("All records of the Clearing-House, in six languages.")
    frame.crumbs = [(_("Clearing-House"), frame.link("registries")), (_("Search"), "")]
    query = shown.read_query(frame)
    context: dict[str, Any] = {"query": query, "saved": _address_saved(frame)}
    try:
        result = searching.search(query, now=_now())
    except SearchUnavailableError:
        never_keep(frame.request)
        frame.status = 503
        return {**context, "is_building": True}
    if result.position < source.get_log_head().position:
        # The index is a moment behind: what it says now must not stay.
        never_keep(frame.request)
    if query.text:
        frame.title = _("Search: %(words)s") % {"words": query.text[:80]}
    frame.made_up = any(hit.demonstration for hit in result.hits)
    facets = shown.list_facets(frame, query, result)
    return {
        **context,
        "result": result,
        "hits": shown.view_hits(frame, result),
        "exactly_address": frame.here(q=result.exactly, page="") if result.exactly else "",
        "facets": facets,
        "chosen": shown.list_chosen(frame, facets),
        "sorts": [
            (shown.sort_words(sort), frame.here(sort=sort, page=""), sort == query.sort)
            for sort in searching.SORTS
        ],
        "feed": _address_here(frame, "search_feed"),
        "downloads": [(name, _address_file(frame, ending)) for name, ending in FILES],
        **_find_ways_on(frame, query, result.total),
        **_page_links(frame, query, result.total),
    }


def _address_saved(frame: Frame) -> str:
    """Where this search can be kept; a kept search always asks for what is public now."""
    query = dict(frame.request.GET.lists())
    kept = {name: query[name] for name in ("q", *searching.FACETS) if name in query}
    return with_query(reverse("portal:saved_searches"), kept)


def _address_here(frame: Frame, name: str) -> str:
    """The same search under another address."""
    return frame.link(name, **{**dict(frame.request.GET.lists()), "page": "", "sort": ""})


def _address_file(frame: Frame, ending: str) -> str:
    query = {**dict(frame.request.GET.lists()), "lang": frame.language, "page": ""}
    return with_query(reverse("downloads:search", args=[ending]), query)


def _find_ways_on(frame: Frame, query: SearchQuery, total: int) -> dict[str, Any]:
    """What else might be meant, when nothing was found."""
    if total or not query.text:
        return {}
    spelling = searching.suggest_spelling(query.text, frame.language)
    return {
        "spelling": spelling,
        "spelling_address": frame.here(q=spelling or "", page=""),
        "suggestions": [
            (suggestion, frame.link("search", q=suggestion.text))
            for suggestion in _suggest_any(query.text, frame.language)
        ],
    }


def _suggest_any(text: str, language: str) -> list[searching.Suggestion]:
    """Names near to all that was typed, else near to the longest of its words."""
    words = max(text.split(), key=len, default="")
    return searching.suggest(text, language) or searching.suggest(words, language)


def _page_links(frame: Frame, query: SearchQuery, total: int) -> dict[str, Any]:
    number, pages = query.start // query.rows + 1, max(-(-total // query.rows), 1)
    return {
        "page_number": number,
        "pages": pages,
        "previous": frame.here(page=number - 1 if number > 2 else "") if number > 1 else "",
        "next": frame.here(page=number + 1) if number < pages else "",
    }


def suggest(request: HttpRequest) -> HttpResponse:
    """Names near to what was typed so far, for the box."""
    language = (get_language() or "en").split("-")[0]
    asked = request.GET.get("q", "")[:200]
    try:
        found = searching.suggest(asked, language) if asked.strip() else []
    except SearchUnavailableError:
        found = []
    response = JsonResponse(
        {
            "suggestions": [
                {"text": each.text, "kind": shown.kind_words(each.kind)} for each in found
            ]
        },
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = "no-cache"
    return response


def get_feed(request: HttpRequest) -> HttpResponse:
    """The newest hits of a search, as an Atom feed."""
    today = _now().date()
    try:
        frame = Frame(request, today, read_as_of(request, today))
        query = shown.read_query(frame)
        newest = SearchQuery(
            query.text, query.language, query.filters, query.as_of, "newest", 0, FEED_ROWS
        )
        result = searching.search(newest, now=_now())
    except BadQueryError as problem:
        return render_problem(request, today, 400, str(problem.args[1]))
    except SearchUnavailableError as problem:
        return HttpResponse(str(problem), status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(
        write_feed(frame, result.hits, _address_here(frame, "search")),
        content_type="application/atom+xml; charset=utf-8",
    )
    response["Cache-Control"] = "no-cache"
    return response


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
