"""What every page has around its content: its date, links that keep the date, the way up."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from cartagena.apps.portal import source
from cartagena.engine.evaluate import FIRST_DAY, Evaluator

KEPT = ("as_of",)
"""Query values that every link carries on."""


class PageNotFoundError(LookupError):
    """Nothing has this address. The message says what exists instead; `links` lead there."""

    def __init__(self, message: str, links: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message)
        self.links = links


class BadQueryError(ValueError):
    """A query value cannot be used: which one, and what would do."""


@dataclass
class Frame:
    """The frame of one page. Made once for a request; templates know it as `frame`."""

    request: HttpRequest
    today: dt.date
    as_of: dt.date | None = None
    title: str = ""
    description: str = ""
    section: str = ""
    crumbs: list[tuple[str, str]] = field(default_factory=list)
    made_up: bool = False
    status: int = 200

    @cached_property
    def evaluator(self) -> Evaluator:
        """The evaluator over what was known on the date."""
        return source.get_evaluator(self.as_of)

    @cached_property
    def position(self) -> int:
        return source.get_log_head().position

    @property
    def seen_from(self) -> dt.date:
        """The day the page is seen from: the date asked for, else today."""
        return self.as_of or self.today

    @property
    def language(self) -> str:
        return (get_language() or "en").split("-")[0]

    def link(self, name: str, *args: str, **query: object) -> str:
        """The address of a page of the portal, with the date kept."""
        address = _reverse(name, args, get_language() or "en")
        return with_query(address, {**self._kept(), **query})

    def linker(self, name: str, *args: str, **query: object) -> Callable[[str], str]:
        """For long lists: a function from a Party's code to the address of its page."""
        pattern = self.link(name, *args, "~", **query)
        before, _tilde, after = pattern.partition("~")
        return lambda code: f"{before}{code}{after}"

    def here(self, **query: object) -> str:
        """The address of this page with some query values changed or, when empty, left out."""
        return with_query(self.request.path, {**dict(self.request.GET.lists()), **query})

    def in_language(self, language: str) -> str:
        """This page in another language."""
        match = self.request.resolver_match
        if match is None:
            return "/" if language == "en" else f"/{language}/"
        with override(language):
            address = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        return with_query(address, dict(self.request.GET.lists()))

    @property
    def languages(self) -> list[dict[str, str]]:
        """This page in every language, for the language switch."""
        return [
            {"code": code, "name": str(name), "address": self.in_language(code)}
            for code, name in settings.LANGUAGES
        ]

    @property
    def navigation(self) -> list[dict[str, object]]:
        """The main sections of the site."""
        entries = (
            ("plan", _("The plan")),
            ("indicators", _("Indicators")),
            ("parties", _("Parties")),
            ("registries", _("Clearing-House")),
            ("compare", pgettext("between two points", "Change")),
            ("programme", _("Programme of work")),
            ("data", _("Data")),
        )
        return [
            {"title": title, "address": self.link(name), "is_current": self.section == name}
            for name, title in entries
        ]

    @property
    def canonical(self) -> str:
        """The one address of this page for search engines: with the date, without the rest."""
        return self._absolute(with_query(self.request.path, self._kept()))

    @property
    def address(self) -> str:
        """The full address to cite: the page as it is read, on the day it is seen from."""
        query = {**dict(self.request.GET.lists()), "as_of": self.seen_from.isoformat()}
        return self._absolute(with_query(self.request.path, query))

    @property
    def other_query(self) -> list[tuple[str, str]]:
        """The query values besides the date, for the form that changes the date."""
        lists = self.request.GET.lists()
        return [(key, value) for key, values in lists if key not in KEPT for value in values]

    def choose(self, name: str, allowed: Iterable[str], *, default: str) -> str:
        """The query value `name` if it is one of those allowed; `default` without one.

        Raises BadQueryError for another value.
        """
        asked = self.request.GET.get(name, "") or default
        if asked != default and asked not in allowed:
            raise BadQueryError(name, asked)
        return asked

    def _absolute(self, address: str) -> str:
        try:
            return self.request.build_absolute_uri(address)
        except DisallowedHost:
            # The page that refuses a foreign host name must not repeat it, nor fail over it.
            return address

    def _kept(self) -> dict[str, object]:
        return {"as_of": self.as_of.isoformat()} if self.as_of else {}


@lru_cache(maxsize=4096)
def _reverse(name: str, args: tuple[str, ...], language: str) -> str:
    with override(language):
        return reverse(name if ":" in name else f"portal:{name}", args=args)


def with_query(address: str, query: Mapping[str, object]) -> str:
    """An address with those query values that say something; a list repeats its name."""
    kept = {key: value for key, value in query.items() if value not in ("", None, [""])}
    return f"{address}?{urlencode(kept, doseq=True, safe=':,*')}" if kept else address


def read_as_of(request: HttpRequest, today: dt.date) -> dt.date | None:
    """The date asked for with `?as_of=`; None without one.

    Raises BadQueryError for anything but a past day written as YYYY-MM-DD.
    """
    asked = request.GET.get("as_of", "").strip()
    if not asked:
        return None
    try:
        day = dt.date.fromisoformat(asked)
    except ValueError:
        raise BadQueryError("as_of", asked) from None
    if len(asked) != len("2015-12-31") or not FIRST_DAY <= day <= today:
        raise BadQueryError("as_of", asked)
    return day
