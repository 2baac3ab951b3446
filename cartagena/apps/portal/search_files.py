"""All hits of a search as a file: written while it is read, so there is no ceiling."""

import csv
import datetime as dt
import io
import json
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

import xlsxwriter
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse

from cartagena.apps.portal.api.guard import guard
from cartagena.apps.portal.api.knowledge import Knowledge, know
from cartagena.apps.portal.api.problems import ApiError, bad_value, not_found
from cartagena.apps.portal.open_data.files import CELL_LIMIT, MEDIA_TYPES, guard_text
from cartagena.apps.portal.presenters.search import read_filters
from cartagena.apps.search import api as searching
from cartagena.apps.search.api import FACETS, SORTS, SearchHit, SearchQuery
from cartagena.engine.countries import find_country
from cartagena.engine.record_format import load_record_format

ENDINGS = ("csv", "xlsx", "json")
PARAMETERS = frozenset({"as_of", "q", "sort", "lang", *FACETS})
COLUMNS = {
    "number": "public number with the revision",
    "identifier": "identifier of the record",
    "version": "version here, counted from 1",
    "type": "record type",
    "type_name": "name of the type in the language asked for",
    "government": "ISO 3166 alpha-3 code; empty for reference records",
    "government_name": "name in the language asked for",
    "title": "title in the language asked for, else in English or another",
    "language": "language of the title, where it is known",
    "published_on": "day on which this version became public (UTC)",
    "demonstration": "whether the record is made up",
    "address": "where the record is read",
}
_ROWS_AT_ONCE = 200
_SHEET_ROWS = 1_048_575


def get_search(request: HttpRequest, ending: str) -> HttpResponseBase:
    """All hits in the order of the search."""
    if ending not in ENDINGS:
        raise not_found("format", ending, ENDINGS)
    query, day = _read_query(request), know(request).seen_from
    try:
        rows = _list_rows(request, query)
    except searching.SearchUnavailableError as problem:
        raise ApiError(503, str(problem), "Try again in a minute.") from None
    name = f"cartagena-search-as-of-{day.isoformat()}.{ending}"
    if ending == "xlsx":
        return _send_workbook(rows, name)
    writer = _write_csv if ending == "csv" else _write_json
    response = StreamingHttpResponse(writer(rows), content_type=MEDIA_TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _read_query(request: HttpRequest) -> SearchQuery:
    sort = request.GET.get("sort") or "relevance"
    if sort not in SORTS:
        raise bad_value("sort", sort, SORTS)
    language = request.GET.get("lang") or "en"
    known = [code for code, _name in settings.LANGUAGES]
    if language not in known:
        raise bad_value("lang", language, known)
    return SearchQuery(
        text=request.GET.get("q", ""),
        language=language,
        filters=read_filters(request.GET.lists()),
        as_of=know(request).as_of,
        sort=next(each for each in SORTS if each == sort),
    )


def _list_rows(request: HttpRequest, query: SearchQuery) -> Iterator[dict[str, Any]]:
    hits = searching.list_all_shown(query, now=dt.datetime.now(dt.UTC))
    site = request.build_absolute_uri("/").rstrip("/")
    return (_as_row(hit, query.language, site) for hit in hits)


def _as_row(hit: SearchHit, language: str, site: str) -> dict[str, Any]:
    country = find_country(hit.government) if hit.government else None
    return {
        "number": hit.number,
        "identifier": hit.identifier,
        "version": hit.version,
        "type": hit.type,
        "type_name": load_record_format(hit.type).name.get(language),
        "government": hit.government,
        "government_name": country.names.get(language) if country else None,
        "title": hit.title,
        "language": hit.language or None,
        "published_on": hit.published_on.isoformat(),
        "demonstration": hit.demonstration,
        "address": f"{site}/records/{hit.number}",
    }


def _write_csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for count, row in enumerate(rows, 1):
        writer.writerow(_csv_value(row[name]) for name in COLUMNS)
        if count % _ROWS_AT_ONCE == 0:
            yield _take(buffer)
    yield _take(buffer)


def _take(buffer: io.StringIO) -> str:
    written = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return written


def _csv_value(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return guard_text(value) if isinstance(value, str) else value


def _write_json(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield f'{{"columns":{json.dumps(COLUMNS)},"rows":['
    between = ""
    for row in rows:
        yield between + json.dumps(row, ensure_ascii=False)
        between = ",\n"
    yield "]}"


def _send_workbook(rows: Iterable[dict[str, Any]], name: str) -> FileResponse:
    """A workbook needs its end before its beginning: it is written to a file first."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True})
        sheet, line = None, 0
        for row in rows:
            if sheet is None or line > _SHEET_ROWS:
                sheet, line = _start_sheet(book, bold), 1
            for place, column in enumerate(COLUMNS):
                value = row[column]
                if isinstance(value, bool):
                    sheet.write_boolean(line, place, value)
                elif isinstance(value, str):
                    sheet.write_string(line, place, value[:CELL_LIMIT])  # a string is never run
                elif value is not None:
                    sheet.write_number(line, place, value)
            line += 1
        if sheet is None:
            _start_sheet(book, bold)
        about = book.add_worksheet("about")
        for line, (column, meaning) in enumerate(COLUMNS.items()):
            about.write_string(line, 0, column, bold)
            about.write_string(line, 1, meaning)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPES["xlsx"])


def _start_sheet(book: Any, bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(COLUMNS):
        sheet.write_string(0, place, column, bold)
    return sheet


def _tell_index(knowledge: Knowledge) -> str:
    """The files follow the index, which may be a moment behind the log."""
    index = searching.get_index()
    index.refresh()
    return f"{index.state.position} {index.state.hash}"


download_search = guard(get_search, PARAMETERS, _tell_index)
