"""Keeping searches, and telling their owners what is new in them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import override

from cartagena.apps.accounts.api import User, send_message
from cartagena.apps.registry.api import log_position
from cartagena.apps.search.content import FACETS
from cartagena.apps.search.finding import SearchQuery
from cartagena.apps.search.models import SavedSearch
from cartagena.apps.search.searching import SearchHit, list_new

SEARCHES_AT_MOST = 100
LISTED = 20
_WHAT_COUNTS = ("q", *FACETS)
_DAYS = {SavedSearch.Frequency.DAILY: 1, SavedSearch.Frequency.WEEKLY: 7}
_SLACK = dt.timedelta(hours=3)
"""A message of today must not wait a day because yesterday's was a little later."""


class TooManySearchesError(Exception):
    """Somebody keeps as many searches as one may."""


def save_search(
    owner: User,
    name: str,
    values: Mapping[str, Sequence[str]],
    frequency: str,
    *,
    now: dt.datetime,
) -> SavedSearch:
    """Keep a search; messages tell what is published from now on.

    Raises TooManySearchesError.
    """
    if owner.saved_searches.count() >= SEARCHES_AT_MOST:
        raise TooManySearchesError
    kept = {key: list(values[key]) for key in _WHAT_COUNTS if any(values.get(key, ()))}
    return SavedSearch.objects.create(
        owner=owner,
        name=name[:120],
        query=urlencode(kept, doseq=True)[:4_000],
        frequency=frequency,
        last_position=log_position(),
        created_at=now,
    )


def list_searches(owner: User) -> QuerySet[SavedSearch]:
    """The searches of a person."""
    return SavedSearch.objects.filter(owner=owner)


def as_query(search: SavedSearch) -> SearchQuery:
    """A kept search as it is asked, newest first, in its owner's language."""
    values = search.read()
    return SearchQuery(
        text=" ".join(values.get("q", ())),
        language=search.owner.language,
        filters={name: tuple(values[name]) for name in FACETS if values.get(name)},
        sort="newest",
    )


def send_digests(now: dt.datetime) -> int:
    """Tell the owners of searches that are due what is new; how many messages were sent.

    Each search goes on where its last message ended, so that nothing is told twice or never.
    """
    sent = 0
    due = SavedSearch.objects.exclude(frequency=SavedSearch.Frequency.NEVER)
    for number in due.order_by("id").values_list("id", flat=True):
        with transaction.atomic():
            search = (
                SavedSearch.objects.select_for_update(of=("self",), skip_locked=True)
                .select_related("owner")
                .filter(id=number)
                .first()
            )
            if search is not None and _is_due(search, now):
                sent += _send_digest(search, now)
    return sent


def _is_due(search: SavedSearch, now: dt.datetime) -> bool:
    days = _DAYS.get(SavedSearch.Frequency(search.frequency))
    if days is None or not search.owner.is_active:
        return False
    last = search.last_sent_at or search.created_at
    return now - last >= dt.timedelta(days=days) - _SLACK


def _send_digest(search: SavedSearch, now: dt.datetime) -> bool:
    position, total, hits = list_new(
        as_query(search), after=search.last_position, limit=LISTED, now=now
    )
    if position > search.last_position:
        search.last_position = position
    search.last_sent_at = now
    search.save(update_fields=["last_position", "last_sent_at"])
    if not total:
        return False
    language = search.owner.language
    send_message(
        search.owner,
        "search_digest",
        {
            "search": search,
            "total": total,
            "more": total - len(hits),
            "hits": [(hit, _address(hit, language)) for hit in hits],
            "address": f"{_path('portal:search', language)}?{search.query}",
            "settings": _path("portal:saved_searches", language),
        },
        now=now,
    )
    return True


def _address(hit: SearchHit, language: str) -> str:
    return _path("portal:record", language, hit.number)


def _path(name: str, language: str, *args: str) -> str:
    with override(language):
        return f"{settings.PUBLIC_ADDRESS}{reverse(name, args=args)}"
