"""Publishes what the program ships: treaty status, groups of countries, and real records."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.conf import settings

from cartagena.apps.registry import shipped_content
from cartagena.apps.registry.actions import publish_records
from cartagena.apps.registry.flattening import renew_flattened
from cartagena.apps.registry.models import LoadedContent
from cartagena.apps.registry.publication import Outcome, Publication, Summary
from cartagena.apps.registry.shipped_content import list_content, list_content_files
from cartagena.engine.countries import get_country
from cartagena.engine.flatten import fact_rows_body
from cartagena.engine.parties import (
    MEMBERSHIPS_FILE,
    STATUS_FILE,
    load_memberships,
    load_treaty_actions,
)

_FACTS = "treaty status and groups"
_CONTENT = "register entries and approvals"


def load_shipped(*, now: dt.datetime) -> Summary:
    """Publish what is shipped: treaty status and groups of each country, and real records.

    Also flattens anew what older rules flattened. Repeating it changes nothing, and costs two
    queries while the files and the rules are as they were. CARTAGENA_SHIPPED_RECORDS=0 leaves
    the records out.
    """
    renew_flattened()
    loaded = dict(LoadedContent.objects.values_list("name", "sha256"))
    parts: tuple[tuple[str, str, Callable[[], list[Publication]]], ...] = (
        (_FACTS, _hash([STATUS_FILE, MEMBERSHIPS_FILE]), lambda: _list_facts(now)),
        (
            _CONTENT,
            _hash([*list_content_files(), Path(shipped_content.__file__)]),
            lambda: list(list_content(now)),
        ),
    )
    outcomes: list[Outcome] = []
    for name, digest, list_part in parts:
        if name == _CONTENT and not settings.SHIPPED_RECORDS:
            continue
        if loaded.get(name) != digest:
            outcomes += _load_part(name, digest, list_part(), now)
    return Summary.of(outcomes)


def _load_part(
    name: str, digest: str, publications: list[Publication], now: dt.datetime
) -> list[Outcome]:
    outcomes = publish_records(
        publications, actor=None, reason="Shipped with the program.", now=now
    )
    if not any(outcome.action == "refused" for outcome in outcomes):
        LoadedContent.objects.update_or_create(
            name=name, defaults={"sha256": digest, "loaded_at": now}
        )
    return outcomes


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _list_facts(now: dt.datetime) -> list[Publication]:
    return [
        *list_publications("treatyStatus", load_treaty_actions(), now),
        *list_publications("groupMembership", load_memberships(), now),
    ]


def list_publications(
    record_type: str, rows: Iterable[Any], published_at: dt.datetime
) -> Iterator[Publication]:
    """One publication for each country out of rows that have a ``party``: treaty actions
    (``treatyStatus``) or memberships (``groupMembership``)."""
    by_party: Callable[[Any], str] = attrgetter("party")
    for party, of_party in groupby(sorted(rows, key=by_party), key=by_party):
        identifier = f"{record_type}-{party}"
        yield Publication(
            identifier=identifier,
            type=record_type,
            government=party,
            body=fact_rows_body(record_type, identifier, [vars(row) for row in of_party]),
            published_at=published_at,
            title=f"{_TITLES[record_type]}: {get_country(party).names.get('en')}",
        )


_TITLES = {"treatyStatus": "Status under the treaties", "groupMembership": "Groups"}
