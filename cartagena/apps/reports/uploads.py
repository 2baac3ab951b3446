"""Filled files that come back: read, compared with the draft, taken over where somebody agrees.

A file knows the revision it was made from. What it changes since then is shown question by
question, beside what the draft says now; what both changed is shown as such.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO

from cartagena.apps.drafting.api import Draft, body_at, get_draft, save_draft
from cartagena.apps.registry.api import Actor
from cartagena.apps.reports.models import ReportUpload
from cartagena.apps.reports.offline.page import read_answer_file
from cartagena.apps.reports.offline.read_document import read_document
from cartagena.apps.reports.offline.read_workbook import read_workbook
from cartagena.apps.reports.offline.returned import Returned, refuse
from cartagena.apps.reports.published import get_format_of
from cartagena.engine.answer_sheet import read_cells, write_cells
from cartagena.engine.sentence import Sentence, listed, sentence

READERS: Mapping[str, Callable[[BinaryIO], Returned]] = {
    ".xlsx": read_workbook,
    ".docx": read_document,
    ".json": read_answer_file,
}
SAVED_AS = {
    **dict.fromkeys((".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".numbers"), ".xlsx"),
    **dict.fromkeys((".doc", ".docm", ".dotx", ".odt", ".rtf", ".pages"), ".docx"),
}
"""Endings of the same files when they were saved in another form, and the form that is read."""


class UploadRefusedError(ValueError):
    """A file of which nothing can be used; `problems` are sentences (what, remedy)."""

    def __init__(self, returned: Returned) -> None:
        super().__init__("; ".join(str(problem) for problem in returned.problems))
        self.problems = [(problem.what, problem.remedy) for problem in returned.problems]


@dataclass(frozen=True)
class UploadChange:
    """What a file would change in one field. `is_contested`: the draft changed there too since the
    file was made. `before` and `after` are cells of the field, `now` those of the draft."""

    field: str
    value: Any
    before: Mapping[str, str]
    now: Mapping[str, str]
    after: Mapping[str, str]
    is_contested: bool


def receive_file(
    draft: Draft, name: str, file: BinaryIO, *, actor: Actor, now: dt.datetime
) -> ReportUpload:
    """Read a filled file and keep what it says. Raises UploadRefusedError if nothing is usable."""
    upload = compare_file(draft, name, read_file(name, file), actor=actor, now=now)
    upload.save(force_insert=True)
    return upload


def compare_file(
    draft: Draft, name: str, returned: Returned, *, actor: Actor, now: dt.datetime
) -> ReportUpload:
    """What a file that was read means for a draft, not kept yet. Raises UploadRefusedError."""
    about = returned.about
    if about is not None:
        shape = get_format_of(draft.type)
        if about.cycle != shape.cycle or about.government != draft.government:
            what = sentence(
                "the file is for %(cycle)s of %(party)s, not for this report",
                cycle=about.cycle, party=about.government,
            )  # fmt: skip
            returned = refuse(what, sentence("Send it to the report it was made for."))
    if returned.about is None or not returned.cells:
        raise UploadRefusedError(returned)
    is_own = returned.about.draft == str(draft.pk)
    revision = min(returned.about.revision, draft.revision) if is_own else 0
    _changes, unclear = read_cells(get_format_of(draft.type), draft.body, returned.cells)
    problems = [
        [
            returned.places.get(problem.place, problem.place),
            problem.what.as_json(),
            problem.remedy.as_json(),
        ]
        for problem in (*returned.problems, *unclear)
    ]
    return ReportUpload(
        draft=draft, file_name=PurePath(name).name[:200], cells=returned.cells, problems=problems,
        base_revision=revision, uploaded_by_id=actor.pk if actor is not None else None,
        uploaded_at=now,
    )  # fmt: skip


def compare_upload(upload: ReportUpload, draft: Draft) -> list[UploadChange]:
    """What a file would change in the draft as it is now, in the order of the form."""
    shape = get_format_of(draft.type)
    base = body_at(draft, min(upload.base_revision, draft.revision))
    changes, _problems = read_cells(shape, base, upload.cells)
    found = []
    for field, value in changes.items():
        if _is_same(draft.body.get(field), value):
            continue  # somebody did the same on line
        before, now = (_cells_of(shape, body, field) for body in (base, draft.body))
        after = _cells_of(shape, {**base, field: value}, field)
        contested = not _is_same(base.get(field), draft.body.get(field))
        found.append(UploadChange(field, value, before, now, after, contested))
    order = {key: place for place, key in enumerate(shape.in_document)}
    return sorted(found, key=lambda change: order.get(change.field, -1))


def apply_upload(
    key: uuid.UUID | str,
    fields: Collection[str],
    *,
    actor: Actor,
    revision: int,
    now: dt.datetime,
) -> Draft:
    """Take over the changes of chosen fields into the draft that was seen at a revision.

    The same again changes nothing. Raises as `save_draft`, ReportUpload.DoesNotExist.
    """
    upload = ReportUpload.objects.get(pk=key)
    draft = get_draft(upload.draft_id, actor=actor)
    return take_over(upload, draft, fields, actor=actor, revision=revision, now=now)


def take_over(
    upload: ReportUpload,
    draft: Draft,
    fields: Collection[str],
    *,
    actor: Actor,
    revision: int,
    now: dt.datetime,
) -> Draft:
    """As `apply_upload`, for an upload and a draft that were read already."""
    changes = {
        change.field: change.value
        for change in compare_upload(upload, draft)
        if change.field in fields
    }
    if changes:
        draft = save_draft(draft.pk, changes, actor=actor, revision=revision, now=now)
    upload.applied_at = now
    upload.save()
    return draft


def read_file(name: str, file: BinaryIO) -> Returned:
    """What a filled file says, by the ending of its name; every problem is in it."""
    ending = PurePath(name).suffix.lower()
    reader = READERS.get(ending)
    if reader is None:
        what = sentence(
            "files ending in %(ending)s are not read",
            ending=PurePath(name).suffix or sentence("nothing"),
        )
        return refuse(what, _tell_form(ending))
    return reader(file)


def _tell_form(ending: str) -> Sentence:
    """What to send instead of a file with another ending."""
    if ending in SAVED_AS:
        return sentence(
            "Open it, save it again as %(ending)s and send that file.", ending=SAVED_AS[ending]
        )
    return sentence(
        "Send the filled workbook, Word document or answer file (%(known)s).", known=listed(READERS)
    )


def _is_same(one: Any, other: Any) -> bool:
    return one == other or (one in (None, "", [], {}) and other in (None, "", [], {}))


def _cells_of(shape: Any, body: Mapping[str, Any], field: str) -> dict[str, str]:
    only = {field: body[field]} if body.get(field) is not None else {}
    return write_cells(shape, only)
