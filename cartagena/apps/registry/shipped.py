"""Publishes what the program ships: the status of the treaties and the groups of countries."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from cartagena.apps.registry.actions import publish_records
from cartagena.apps.registry.flattening import renew_flattened
from cartagena.apps.registry.models import LoadedContent
from cartagena.apps.registry.publication import Publication, Summary
from cartagena.engine.countries import get_country
from cartagena.engine.flatten import fact_rows_body
from cartagena.engine.parties import (
    MEMBERSHIPS_FILE,
    STATUS_FILE,
    load_memberships,
    load_treaty_actions,
)

_NAME = "treaty status and groups"


def load_shipped(*, now: dt.datetime) -> Summary:
    """Publish the shipped treaty status and groups: one record for each country.

    Also flattens anew what older rules flattened. Repeating it changes nothing, and costs two
    queries while the files and the rules are as they were.
    """
    renew_flattened()
    digest = hashlib.sha256(STATUS_FILE.read_bytes() + MEMBERSHIPS_FILE.read_bytes()).hexdigest()
    if LoadedContent.objects.filter(name=_NAME, sha256=digest).exists():
        return Summary()
    publications = [
        *list_publications("treatyStatus", load_treaty_actions(), now),
        *list_publications("groupMembership", load_memberships(), now),
    ]
    outcomes = publish_records(
        publications, actor=None, reason="Shipped with the program.", now=now
    )
    summary = Summary.of(outcomes)
    if not summary.refused:
        LoadedContent.objects.update_or_create(
            name=_NAME, defaults={"sha256": digest, "loaded_at": now}
        )
    return summary


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
