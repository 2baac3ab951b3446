"""Filling in a report: starting it, saving cells from a page or a file, going on from the last."""

import datetime as dt
import uuid
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from cartagena.apps.drafting.api import (
    Draft,
    DraftStateError,
    body_at,
    get_draft,
    list_drafts,
    save_draft,
    start_draft,
)
from cartagena.apps.drafting.api import start_amendment as amend
from cartagena.apps.registry.api import Actor, may
from cartagena.apps.reports.published import find_live_report, get_format_of
from cartagena.engine.answer_sheet import Cells, read_cells
from cartagena.engine.answer_values import AnswerProblem
from cartagena.engine.questionnaire import load_format
from cartagena.engine.sentence import sentence

OPEN = (Draft.State.DRAFT, Draft.State.REQUESTED, Draft.State.RETURNED)
# Any number that nobody else uses as an advisory lock: who holds it starts a report.
_START_LOCK = 331


@dataclass(frozen=True)
class SavedCells:
    """A draft after a save: what was changed in it, and what could not be understood."""

    draft: Draft
    changes: Mapping[str, Any]
    problems: list[AnswerProblem]


def start_report(
    cycle: str, party: str, *, actor: Actor, now: dt.datetime, languages: Sequence[str] = ("en",)
) -> Draft:
    """The open draft of a Party's report for a cycle: the one there is, an amendment of what is
    published, or a new one. There is never a second one, also when two start at once.

    Raises PermissionDenied, KeyError for an unknown cycle, DraftStateError when the Party prepares
    the report where the actor does not see it.
    """
    shape = load_format(cycle)
    with transaction.atomic():
        _wait_for_others(shape.schema, party)
        opened = find_open_report(cycle, party, actor=actor)
        if opened is not None:
            return opened
        if not may(actor, "draft", shape.schema, party):
            raise PermissionDenied(sentence("This account may not start the report of this Party."))
        if is_prepared(cycle, party):
            raise DraftStateError(
                sentence(
                    "The Party is preparing this report itself. Ask its focal point to finish it."
                )
            )
        live = find_live_report(cycle, party)
        if live is not None:
            return amend(live.record.identifier, actor=actor, now=now)
        header = {"header": {"languages": list(languages)}}
        return start_draft(shape.schema, actor=actor, government=party, now=now, body=header)


def _wait_for_others(schema: str, party: str) -> None:
    """Let one start of a report finish before the next one looks whether there is a draft."""
    with connection.cursor() as cursor:
        key = [_START_LOCK, zlib.crc32(f"{schema} {party}".encode()) - (1 << 31)]
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", key)


def is_prepared(cycle: str, party: str) -> bool:
    """Whether there is an open draft of a report, whoever may see it."""
    schema = load_format(cycle).schema
    return Draft.objects.filter(type=schema, government=party, state__in=OPEN).exists()


def find_open_report(cycle: str, party: str, *, actor: Actor) -> Draft | None:
    """The draft of a report that somebody may see, or None."""
    schema = load_format(cycle).schema
    found = list_drafts(actor).filter(type=schema, government=party)
    key = found.values_list("key", flat=True).first()
    return get_draft(key, actor=actor) if key else None


def save_cells(
    key: uuid.UUID | str,
    cells: Cells,
    *,
    actor: Actor,
    revision: int,
    now: dt.datetime,
    automatic: bool = False,
    languages: Sequence[str] | None = None,
    draft: Draft | None = None,
) -> SavedCells:
    """Save filled cells that somebody saw at a revision; cells that are not given stay.

    A `draft` that was just read for the same person need not be read again.

    Raises as `save_draft`; PermissionDenied also for a section that a colleague was not asked for.
    """
    if draft is None or draft.key != key:
        draft = get_draft(key, actor=actor)
    shape = get_format_of(draft.type)
    seen = draft.body if revision >= draft.revision else body_at(draft, revision)
    changes, problems = read_cells(shape, seen, cells)
    if languages is not None:
        changes["header.languages"] = list(languages)
    if changes:
        draft = save_draft(
            key, changes, actor=actor, revision=revision, now=now, automatic=automatic
        )
    return SavedCells(draft, changes, problems)
