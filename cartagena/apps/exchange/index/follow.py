"""Keeps the index in step with the publication log."""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock, Thread
from typing import Any

from django.db import connection, transaction

from cartagena.apps.exchange.index.fields import (
    LINKED_TYPES,
    SHOWN_ELSEWHERE,
    add_other_names,
)
from cartagena.apps.exchange.index.projection import RULES, Projected, project
from cartagena.apps.exchange.models import IndexRow, IndexState
from cartagena.apps.exchange.stored import StoredVersion, list_exchanged_types, list_stored
from cartagena.apps.registry.api import known_periods, list_log, log_position
from cartagena.engine.record_links import list_links

AT_ONCE = 1000
AT_A_REQUEST = 3000
"""So many entries of the log are followed while a request waits; more in the background."""

MADE_AT_A_REQUEST = 10_000
"""Over a log of so many entries a request waits for the first index, which the server has begun."""
_DEPTH = 3
_COLUMNS = ("record_id", "schema", "government", "updated_at", "leads_to", "fields", "words")

log = logging.getLogger(__name__)
_behind = Lock()


class IndexNotReadyError(Exception):
    """The index is being made; there is nothing to answer from yet."""


def follow_log(at_most: int | None = None) -> int:
    """Bring the index up to the end of the log, or ``at_most`` so many entries nearer; returns the
    position it stands at. One query when nothing has happened.

    Whoever comes second waits for the first.
    """
    head = log_position()
    state = IndexState.objects.filter(pk=1).first()
    if state is not None and (state.position, state.rules) == (head, RULES):
        return head
    if state is None or state.rules != RULES:
        _build_all()
    done = 0
    while at_most is None or done < at_most:
        moved = _follow_once()
        if not moved:
            break
        done += moved
    return IndexState.objects.get(pk=1).position


def follow_for_request() -> int:
    """Follow the log as far as a reader can wait for; the rest goes on in the background. A large
    index that other rules made answers until the new one is there.

    Raises IndexNotReadyError while a large index is made for the first time.
    """
    state = IndexState.objects.filter(pk=1).first()
    head = log_position()
    if (state is None or state.rules != RULES) and head > MADE_AT_A_REQUEST:
        follow_behind()
        if state is None or not state.rules:
            raise IndexNotReadyError
        return state.position
    position = follow_log(AT_A_REQUEST)
    if position < head:
        follow_behind()
    return position


def follow_behind() -> None:
    """Follow the log in a thread of its own, if none of this process does so already."""
    if _behind.acquire(blocking=False):
        Thread(target=_follow_behind, name="index", daemon=True).start()


def _follow_behind() -> None:
    try:
        follow_log()
    except Exception:  # the next request tries again
        log.exception("The index could not follow the log")
    finally:
        connection.close()
        _behind.release()


def _follow_once() -> int:
    """Follow the next entries of the log in one transaction; returns how many."""
    with transaction.atomic():
        state = IndexState.objects.select_for_update().get(pk=1)
        entries = list(list_log(state.position).values_list("position", "record_id")[:AT_ONCE])
        if not entries:
            return 0
        _renew({record_id for _, record_id in entries})
        state.position = entries[-1][0]
        state.save()
    return len(entries)


def _build_all() -> None:
    """Make every row anew: what is shown elsewhere first, so that each is made once."""
    with transaction.atomic():
        IndexState.objects.get_or_create(pk=1)
        state = IndexState.objects.select_for_update().get(pk=1)
        if state.rules == RULES:
            return
        head = log_position()
        IndexRow.objects.all().delete()
        rows = _Rows(is_all=True)
        order = sorted(list_exchanged_types(), key=_rank)
        for record_type in order:
            for batch in _cut(list_stored(record_type)):
                _write(batch, rows)
        state.position, state.rules = head, RULES
        state.save()


def _rank(record_type: str) -> int:
    order = ("organism", "dnaSequence", "modifiedOrganism")
    return order.index(record_type) if record_type in order else len(order)


def _cut(versions: Iterator[StoredVersion]) -> Iterator[list[StoredVersion]]:
    batch: list[StoredVersion] = []
    for version in versions:
        batch.append(version)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _renew(record_ids: set[int]) -> None:
    """Make rows of records anew, and those that show something of them."""
    known = set(list_exchanged_types())
    for _ in range(_DEPTH + 1):
        if not record_ids:
            return
        gone = list(IndexRow.objects.filter(pk__in=record_ids).values_list("record__identifier"))
        IndexRow.objects.filter(pk__in=record_ids).delete()
        found = list_stored(record_ids=record_ids)
        versions = [version for version in found if version.record_type in known]
        versions.sort(key=lambda version: _rank(version.record_type))
        _write(versions, _Rows())
        shown = {v.identifier for v in versions if v.record_type in LINKED_TYPES}
        shown |= {identifier for (identifier,) in gone} - {v.identifier for v in versions}
        leading = IndexRow.objects.filter(leads_to__overlap=list(shown)) if shown else None
        pointing = set(leading.values_list("pk", flat=True)) if leading is not None else set()
        record_ids = pointing - record_ids


class _Rows:
    """Makes rows; knows what they show of the rows they lead to, new ones before stored ones.

    Where all rows are made anew, ``is_all``, no stored one is left to be looked at.
    """

    def __init__(self, *, is_all: bool = False) -> None:
        self._known: dict[str, Mapping[str, Any] | None] = {}
        self._is_all = is_all

    def make(self, version: StoredVersion, revisions: Iterable[int]) -> Projected:
        made = project(version, revisions)
        add_other_names(version.record_type, made, self.find)
        if version.record_type in LINKED_TYPES:
            self._known[version.identifier] = {
                name: made.fields[name] for name in SHOWN_ELSEWHERE if name in made.fields
            }
        return made

    def read(self, identifiers: Iterable[str]) -> None:
        """Read stored rows ahead, all in one query."""
        wanted = {name for name in identifiers if name not in self._known}
        if wanted and not self._is_all:
            self._known.update(dict.fromkeys(wanted))
            rows = IndexRow.objects.filter(record__identifier__in=wanted)
            self._known.update(rows.values_list("record__identifier", "fields"))

    def find(self, identifier: str) -> Mapping[str, Any] | None:
        self.read([identifier])
        return self._known.get(identifier)


def _write(versions: list[StoredVersion], rows: _Rows) -> None:
    """Insert the rows of records that have none, by COPY."""
    if not versions:
        return
    revisions = _list_revisions([version.record_id for version in versions])
    new = {version.identifier for version in versions}
    linked = (name for v in versions for _, name in list_links(v.record_type, v.body))
    rows.read(name for name in linked if name not in new)
    made = [(v, rows.make(v, revisions.get(v.record_id, ()))) for v in versions]
    table = IndexRow._meta.db_table
    names = ", ".join(f'"{name}"' for name in _COLUMNS)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
    ):
        for version, projected in made:
            copy.write_row(
                (version.record_id, version.record_type,
                 projected.fields.get("government_s", ""), version.published_at,
                 projected.leads_to, json.dumps(projected.fields, ensure_ascii=False),
                 str(projected.words))
            )  # fmt: skip


def _list_revisions(record_ids: list[int]) -> dict[int, list[int]]:
    """Record -> the revisions of all its versions that are or were public."""
    found: dict[int, list[int]] = {}
    rows = known_periods().filter(record_id__in=record_ids).order_by("version__number")
    for record_id, revision, number in rows.values_list(
        "record_id", "version__source_revision", "version__number"
    ):
        found.setdefault(record_id, []).append(revision or number)
    return found
