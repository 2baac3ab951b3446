"""Counts use as requests pass by. Stands outside the page cache, so kept pages count too."""

import datetime as dt
import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from cartagena.apps.usage.counting import classify
from cartagena.apps.usage.segments import get_recorder
from cartagena.engine.countries import find_country

_log = logging.getLogger(__name__)


class UsageMiddleware:
    """Hands counts to the recorder of the process; never delays or breaks an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        try:
            count_request(request, response)
        except Exception:
            _log.exception("A request could not be counted.")
        return response


def count_request(request: HttpRequest, response: HttpResponseBase) -> None:
    """Count what a request is, if it is anything."""
    kinds = classify(request, response)
    if kinds:
        recorder = get_recorder(settings.DATA_FOLDER / "usage")
        today = dt.datetime.now(dt.UTC).date()
        for kind in kinds:
            recorder.record(today, kind, find_visitor_country(request))


def find_visitor_country(request: HttpRequest) -> str:
    """The alpha-3 code that the proxy in front told, or empty. No address is looked up."""
    header = settings.COUNTRY_HEADER
    told = request.headers.get(header, "") if header else ""
    country = find_country(told.strip()) if len(told.strip()) in (2, 3) else None
    return country.code if country else ""
