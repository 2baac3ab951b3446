"""What others answered in a section while somebody has it open, for the script of its page."""

from collections.abc import Mapping
from typing import Any

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk.guard import Desk
from cartagena.apps.portal.desk.reporting.questions import list_cell_names
from cartagena.apps.portal.desk.reporting.work import ReportWork
from cartagena.engine.answer_sheet import parse_key, write_cells


def list_theirs(
    work: ReportWork, section: str, revision: int, mine: Mapping[str, Any]
) -> dict[str, str]:
    """Cell -> text of the questions of a section that others changed since a revision.

    `mine` are the fields that this person has just changed. A page that went on from a newer
    revision with the old text would take the answers of others away.
    """
    draft = work.draft
    assert draft is not None
    others_saved = draft.revision - revision - bool(mine)
    if revision < 0 or others_saved <= 0:
        return {}
    changed = drafting.changes_between(drafting.body_at(draft, revision), draft.body)
    theirs = changed.keys() - mine.keys()
    cells = write_cells(work.shape, draft.body)
    names = list_cell_names(work.inputs().list_questions(section))
    return {name: cells.get(name, "") for name in names if parse_key(name).field in theirs}


def list_others(desk: Desk, draft: "drafting.Draft") -> list[str]:
    """The names of the others who have the report open now."""
    present = drafting.list_present(draft, now=desk.now)
    return [row.user.name for row in present if row.user_id != desk.user.pk]
