"""Lists of records: of a country, what is new, statistics, registries; and the old addresses."""

import datetime as dt
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from cartagena.apps.portal import conditional, source
from cartagena.apps.portal.frame import BadQueryError, Frame, PageNotFoundError, read_as_of
from cartagena.apps.portal.page import READING, page, refuse_method, render_problem
from cartagena.apps.portal.presenters import record_statistics as statistics
from cartagena.apps.portal.presenters.record import name_all
from cartagena.apps.portal.presenters.record_card import Card, list_national_types
from cartagena.apps.portal.presenters.record_news import group_by_day, write_feed
from cartagena.apps.portal.presenters.record_registry import (
    ALIASES,
    GROUPS,
    read_row,
    registry_heads,
)
from cartagena.apps.portal.record_queries import find_address
from cartagena.apps.portal.views.records import find_page
from cartagena.engine.countries import find_country, load_countries
from cartagena.engine.record_format import load_all_record_formats, load_record_format

ROWS = 50
FEED_ROWS = 100


@page("records/card.html")
def show_party_records(frame: Frame, code: str) -> dict[str, Any] | HttpResponse:
    """What a country has in the Clearing-House, and what is missing."""
    country = find_country(code)
    if country is None:
        raise PageNotFoundError(
            _("There is no Party “%(code)s”. Parties have codes of three capitals, such as KEN.")
            % {"code": code[:20]},
            ((_("All Parties"), frame.link("parties")),),
        )
    if country.code != code:
        return HttpResponseRedirect(frame.link("party_records", country.code))
    name = country.names.get(frame.language)
    card = Card(frame, country)
    union_laws = card.find_union_laws()
    frame.section = "registries"
    frame.title = _("%(name)s in the Clearing-House") % {"name": name}
    frame.description = _("Contacts, laws, decisions and assessments of %(name)s.") % {"name": name}
    party_page = frame.link("party", country.code)
    frame.crumbs = [
        (_("Parties"), frame.link("parties")), (name, party_page), (_("Clearing-House"), "")
    ]  # fmt: skip
    frame.made_up = any(head.demonstration for head in card.heads)
    checks = card.list_checks(union_laws)
    return {
        "country": country,
        "name": name,
        "card": card,
        "groups": card.list_groups(),
        "checks": checks,
        "mandatory": [row for row in checks if row.category.mandatory],
        "there": sum(row.category.mandatory and row.is_there for row in checks),
        "union_laws": union_laws,
        "unconfirmed": [head for head in card.heads if card.is_unconfirmed(head)],
    }


def _read_filters(frame: Frame) -> tuple[list[str], str, str]:
    """The types to list, the type chosen and the Party chosen; empty for all."""
    types = statistics.list_public_types()
    chosen = frame.choose("type", load_all_record_formats(), default="")
    codes = {country.code for country in load_countries()}
    party = frame.choose("party", codes, default="")
    return [chosen] if chosen else list(types), chosen, party


@page("records/news.html")
def show_news(frame: Frame) -> dict[str, Any]:
    """What was published, amended, withdrawn and confirmed, newest first."""
    types, chosen, party = _read_filters(frame)
    start = _read_page(frame) * ROWS
    total, entries = source.records.list_news(
        frame.as_of, types=types, government=party or None, start=start, rows=ROWS
    )
    frame.title, frame.section = _("What is new"), "registries"
    frame.description = _("Published, amended and withdrawn in the Clearing-House, day by day.")
    frame.crumbs = [(_("Clearing-House"), frame.link("registries")), (frame.title, "")]
    frame.made_up = any(head.demonstration for _event, head in entries)
    formats = load_all_record_formats()
    names = [(name, formats[name].name.get(frame.language)) for name in formats]
    return {
        "days": group_by_day(frame, entries),
        "total": total,
        "types": sorted(names, key=lambda item: item[1]),
        "chosen": chosen,
        "party": party,
        "countries": sorted(
            ((c.code, c.names.get(frame.language)) for c in load_countries()), key=lambda i: i[1]
        ),
        "feed": frame.link("whats_new_feed", type=chosen, party=party),
        **_page_links(frame, start, total),
    }


def get_feed(request: HttpRequest) -> HttpResponse:
    """What is new, as an Atom feed, with the same filters."""
    today = dt.datetime.now(dt.UTC).date()
    if request.method not in READING:
        return refuse_method(request, today)
    etag = conditional.make_etag(request, conditional.read_log_state(), today)
    if conditional.has_tag(request, etag):
        response = HttpResponse(status=304)
    else:
        try:
            frame = Frame(request, today, read_as_of(request, today))
            types, chosen, party = _read_filters(frame)
        except BadQueryError as problem:
            return render_problem(request, today, 400, str(problem.args[1]))
        _total, entries = source.records.list_news(
            frame.as_of, types=types, government=party or None, start=0, rows=FEED_ROWS
        )
        address = frame.link("whats_new", type=chosen, party=party)
        feed = write_feed(frame, entries, _("What is new in the Clearing-House"), address)
        response = HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


@page("records/statistics.html")
def show_statistics(frame: Frame) -> dict[str, Any]:
    """How many records there are: by type, group and year."""
    counts = source.records.count_live(frame.as_of)
    types = statistics.count_types(counts)
    years = statistics.count_years(frame)
    frame.title, frame.section = _("Statistics of the Clearing-House"), "registries"
    frame.description = _("Records by type, by group of countries and by year.")
    frame.crumbs = [(_("Clearing-House"), frame.link("registries")), (_("Statistics"), "")]
    frame.made_up = source.records.has_demonstration()
    return {
        "types": types,
        "total": sum(row.count for row in types),
        "groups": statistics.count_groups(frame, counts),
        "years": years,
        "drawing": statistics.draw_years(years),
    }


@page("records/registries.html")
def list_registries(frame: Frame) -> dict[str, Any]:
    """The doors of the Clearing-House: its lists, and how many records each has."""
    counts: dict[str, int] = {}
    for record_type, _government, n in source.records.count_live(frame.as_of):
        counts[record_type] = counts.get(record_type, 0) + n
    frame.title, frame.section = _("Clearing-House"), "registries"
    frame.description = _("Records that countries and organizations publish on biosafety.")
    frame.crumbs = [(frame.title, "")]
    frame.made_up = source.records.has_demonstration()
    formats = load_all_record_formats()
    listed = {name for _title, names in GROUPS for name in names}
    others = [n for n in statistics.list_public_types() if n not in listed]
    groups = [(title(), names) for title, names in GROUPS]
    groups.append((_("Other records"), tuple(others)))
    return {
        "groups": [
            (title, [(name, formats[name].name, counts.get(name, 0)) for name in names])
            for title, names in groups
        ],
        "total": sum(counts.get(name, 0) for name in statistics.list_public_types()),
    }


@page("records/registry.html")
def show_registry(frame: Frame, slug: str) -> dict[str, Any] | HttpResponse:
    """The records of one type by title, some at a time."""
    if slug in ALIASES:
        return HttpResponseRedirect(frame.link("registry", ALIASES[slug]))
    if slug not in load_all_record_formats():
        raise PageNotFoundError(
            _("There is no list “%(asked)s”.") % {"asked": slug[:40]},
            ((_("Clearing-House"), frame.link("registries")),),
        )
    shape = load_record_format(slug)
    start = _read_page(frame) * ROWS
    letters = source.records.list_letters(slug, frame.as_of)
    letter = frame.choose("letter", letters, default="")
    party = frame.choose("party", {country.code for country in load_countries()}, default="")
    total, heads = source.records.list_registry(
        slug, frame.as_of, letter=letter, government=party or None, start=start, rows=ROWS
    )
    named = name_all(heads, frame.as_of)
    name = shape.name.get(frame.language)
    frame.title, frame.section = name, "registries"
    frame.description = name
    frame.crumbs = [(_("Clearing-House"), frame.link("registries")), (name, "")]
    frame.made_up = any(head.demonstration for head in heads)
    is_national = shape in list_national_types()
    return {
        "shape": shape,
        "country": find_country(party) if party else None,
        "total": total,
        "letters": [
            (each or _("All"), frame.here(letter=each, page=""), each == letter)
            for each in (["", *letters] if letter or total > ROWS else ())
        ],
        "columns": registry_heads(slug, is_national),
        "rows": [read_row(frame, head, is_national) for head in named],
        **_page_links(frame, start, total),
    }


def _read_page(frame: Frame) -> int:
    """The page asked for, from 0."""
    asked = frame.request.GET.get("page", "") or "1"
    if not asked.isdecimal() or not 1 <= int(asked[:7]) <= 100_000:
        raise BadQueryError("page", asked)
    return int(asked) - 1


def _page_links(frame: Frame, start: int, total: int) -> dict[str, Any]:
    number, pages = start // ROWS + 1, max((total + ROWS - 1) // ROWS, 1)
    return {
        "page_number": number,
        "pages": pages,
        "previous": frame.here(page=number - 1 if number > 2 else "") if number > 1 else "",
        "next": frame.here(page=number + 1) if number < pages else "",
    }


# Addresses of the present Clearing-House, so that what was cited still leads somewhere.


@page("problem.html")
def move_old_record(frame: Frame, rest: str, language: str = "") -> HttpResponse:
    """`/database/DEC/BCH-DEC-KE-105-2`, `/database/DEC/BCH-DEC-KE-105/2`, `/database/105`, and the
    older `/database/record.shtml?documentid=105`."""
    _check_language(language)
    parts = [part for part in rest.split("/") if part]
    if parts == ["record.shtml"]:
        parts = [frame.request.GET.get("documentid", "")[:60]]
    revision = f"-{parts.pop()}" if len(parts) > 1 and parts[-1].isdecimal() else ""
    asked = parts[-1] if parts else ""
    address = find_address(asked + revision) or find_address(asked)
    if address is None:
        raise PageNotFoundError(
            _("There is no record “%(asked)s”.") % {"asked": asked[:60]},
            ((_("Clearing-House"), frame.link("registries")),),
        )
    return HttpResponseRedirect(frame.link("record", str(address)))


@page("problem.html")
def move_old_lmo(frame: Frame, number: str, tab: str = "") -> HttpResponse:
    """`/reports/lmo/BCH-LMO-SCBD-105/decisions`: all of it stands on the page of the LMO."""
    return HttpResponseRedirect(frame.link("record", str(find_page(number))))


@page("problem.html")
def move_old_search(frame: Frame, rest: str = "") -> HttpResponse:
    """`/search/national-records/...`: its filters had other names, so the search begins anew."""
    return HttpResponseRedirect(frame.link("search"))


def move_english(request: HttpRequest, rest: str) -> HttpResponse:
    """`/en/...`: English has no prefix here."""
    query = request.META.get("QUERY_STRING", "")
    address = "/" + quote(rest.lstrip("/\\"))
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


@page("problem.html")
def move_old_country(frame: Frame, code: str, language: str = "") -> HttpResponse:
    """`/countries/ke`."""
    _check_language(language)
    country = find_country(code)
    if country is None:
        raise PageNotFoundError(
            _("There is no Party “%(code)s”. Parties have codes of three capitals, such as KEN.")
            % {"code": code[:20]},
            ((_("All Parties"), frame.link("parties")),),
        )
    return HttpResponseRedirect(frame.link("party_records", country.code))


def _check_language(language: str) -> None:
    if language not in ("", "ar", "en", "es", "fr", "ru", "zh"):
        raise PageNotFoundError(_("There is no page at this address."))
