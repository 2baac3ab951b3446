"""The calls `/api/v2013/index` and `/api/v2013/index/select`."""

import csv
import datetime as dt
import io
import json
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from cartagena.apps.exchange.answering import (
    PeerCallError,
    answer_json,
    limited_in_time,
    peer_call,
)
from cartagena.apps.exchange.index.asked import Asked, AskedError, Given, choose_fields, read_asked
from cartagena.apps.exchange.index.follow import IndexNotReadyError, follow_for_request
from cartagena.apps.exchange.index.select import answer, find_docs

_MOST_VALUES = 500


@peer_call("GET", "POST")
def select(request: HttpRequest) -> HttpResponse:
    """Search the index: parameters in the address, in a form, or as JSON."""
    given = _read_given(request)
    try:
        position = follow_for_request()
        asked = read_asked(given, dt.datetime.now(dt.UTC))
        with transaction.atomic(), limited_in_time():
            response = _write_csv(asked) if asked.is_csv else answer_json(answer(asked))
    except IndexNotReadyError:
        what = "the index is being made from the publication log"
        raise PeerCallError(503, what, "Ask again in a minute.") from None
    except AskedError as problem:
        remedy = "See docs/how-to/exchange-with-the-clearing-house.md for what may be asked."
        raise PeerCallError(400, str(problem), remedy) from None
    response.headers["Index-Position"] = str(position)
    return response


def _read_given(request: HttpRequest) -> Given:
    given: dict[str, list[str]] = {name: list(request.GET.getlist(name)) for name in request.GET}
    if request.method == "POST":
        posted = _read_posted(request)
        given |= posted
    if sum(map(len, given.values())) > _MOST_VALUES:
        raise PeerCallError(400, f"more than {_MOST_VALUES} values", "Ask for less at once.")
    return {name: [value.replace("\x00", "") for value in values] for name, values in given.items()}


def _read_posted(request: HttpRequest) -> dict[str, list[str]]:
    kind = request.content_type or ""
    if "json" not in kind and kind != "text/plain":
        return {name: list(request.POST.getlist(name)) for name in request.POST}
    try:
        content = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        raise PeerCallError(400, "the body is no JSON", 'Send {"q": "*:*"}.') from None
    if not isinstance(content, dict):
        raise PeerCallError(400, "the body is no JSON object", 'Send {"q": "*:*"}.')
    return {str(name): _read_values(str(name), value) for name, value in content.items()}


def _read_values(name: str, value: Any) -> list[str]:
    """One value or a list of them as texts."""
    values = value if isinstance(value, list) else [value]
    found = []
    for item in values:
        if isinstance(item, bool):
            found.append("true" if item else "false")
        elif isinstance(item, str | int | float):
            found.append(str(item).encode("utf-8", "replace").decode())
        elif item is not None:
            raise PeerCallError(400, f"{name[:40]} is no text", "Give texts, or a list of texts.")
    return found


def _write_csv(asked: Asked) -> HttpResponse:
    """Rows as CSV: the columns asked for, or all that occur; several values in one cell."""
    _, docs = find_docs(asked)
    rows = [choose_fields(doc, asked) for doc in docs]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if asked.fields and not any("*" in name for _, name in asked.fields):
        columns = [alias for alias, _ in asked.fields]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_write_cell(row.get(name)) for name in columns])
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")


def _write_cell(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(str(item).replace(",", "\\,") for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
