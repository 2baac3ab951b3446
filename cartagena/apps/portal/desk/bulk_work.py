"""The work on a sent table: its rows are looked at, and what was accepted is carried out.

Both go on where they stopped: a row is stored with what became of it in one transaction, so that
a killed process loses nothing and does nothing twice, and two at once share the rows.
"""

import datetime as dt
import time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk.bulk_preview import Planner
from cartagena.apps.portal.sentences import say_closed, say_error, say_sentence
from cartagena.apps.registry import api as registry
from cartagena.engine.record_format import RecordFormat, load_record_format

_BATCH = 20
_REFUSALS = (
    PermissionDenied,
    drafting.DraftStateError,
    drafting.EditConflictError,
    drafting.NotPublishableError,
    drafting.NotSavableError,
    registry.RecordNotFoundError,
)


def work_on(table: drafting.SentTable, *, seconds: float) -> bool:
    """Go on with a table for about so long; whether everything is done that can be done now.

    An account that was closed meanwhile does nothing any more, and one that lost a right makes no
    more use of it: both are looked at before each batch.
    """
    end = time.monotonic() + seconds
    if not _may_go_on(table):
        return True
    with translation.override(table.language):
        return _look(table, end) and (not table.wish or _carry_out(table, end))


def _may_go_on(table: drafting.SentTable) -> bool:
    """Read the author again, with the rights of this moment; whether the account is open."""
    table.author.refresh_from_db()
    return table.author.is_active


def _look(table: drafting.SentTable, end: float) -> bool:
    shape = load_record_format(table.type)
    while rows := drafting.list_rows_to_look_at(table, _BATCH):
        now = timezone.now()
        seen = drafting.find_places(table)
        language = table.language.split("-")[0]
        planner = Planner(shape, table.author, language, now.date(), seen)
        for row in rows:
            planner.look_at(row)
        drafting.store_rows(rows, table, now)
        if time.monotonic() > end:
            return not drafting.list_rows_to_look_at(table, 1)
    return True


def _carry_out(table: drafting.SentTable, end: float) -> bool:
    shape = load_record_format(table.type)
    while numbers := drafting.list_rows_to_carry_out(table, _BATCH):
        if not _may_go_on(table):
            return True
        taken = 0
        for number in numbers:
            with transaction.atomic():
                row = drafting.take_row(number)
                if row is not None:
                    taken += 1
                    _finish(table, shape, row)
        drafting.note_movement(table, timezone.now())
        if not taken:
            return True  # another process holds the rest
        if time.monotonic() > end:
            return not drafting.list_rows_to_carry_out(table, 1)
    return True


def _finish(table: drafting.SentTable, shape: RecordFormat, row: drafting.SentRow) -> None:
    """Make the draft of a row and, for a good row, go on as wished; store what became of it."""
    now = timezone.now()
    row.outcome = row.Outcome.LEFT
    if row.may_draft:
        try:
            with transaction.atomic():
                row.draft = _make_draft(table, shape, row, now)
            row.outcome = row.Outcome.DRAFTED
        except _REFUSALS as problem:
            row.outcome, row.told = row.Outcome.REFUSED, _say(problem)
    if row.draft is not None and row.is_good and table.wish != table.Wish.DRAFT:
        _go_on(table, row, now)
    row.save(update_fields=["outcome", "told", "draft"])


def _make_draft(
    table: drafting.SentTable, shape: RecordFormat, row: drafting.SentRow, now: dt.datetime
) -> drafting.Draft:
    author = table.author
    if row.action == row.Action.AMEND:
        draft = drafting.start_amendment(row.identifier, actor=author, now=now)
    else:
        government = author.party if shape.kind == "national" else None
        draft = drafting.start_draft(shape.id, actor=author, government=government, now=now)
    return drafting.save_draft(
        draft.pk, row.changes, actor=author, revision=draft.revision, now=now
    )


def _go_on(table: drafting.SentTable, row: drafting.SentRow, now: dt.datetime) -> None:
    draft, author = row.draft, table.author
    if draft is None:
        return
    try:
        if table.wish == table.Wish.PUBLISH:
            reason = _("From a table of records")
            drafting.publish_draft(
                draft.pk, actor=author, revision=draft.revision, reason=reason, now=now
            )
            row.outcome = row.Outcome.PUBLISHED
        else:
            drafting.request_publication(draft.pk, actor=author, revision=draft.revision, now=now)
            row.outcome = row.Outcome.REQUESTED
    except _REFUSALS as problem:
        row.told = _say(problem)


def _say(problem: Exception) -> str:
    """Why a row was refused, in the language of the table."""
    if not isinstance(problem, drafting.NotPublishableError):
        return say_error(problem)
    return "; ".join(
        f"{each.place}: {say_closed(each.what)} {say_sentence(each.remedy)}"
        for each in problem.problems
    )
