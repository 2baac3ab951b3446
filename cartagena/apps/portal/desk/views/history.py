"""The saves of a draft: what each changed, and the way back to any of them."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk import presenters
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page, go
from cartagena.apps.portal.desk.references import RecordNames
from cartagena.apps.portal.desk.showing import Shower
from cartagena.engine.record_format import RecordFormat, load_record_format

_MOST = 100


@desk_page("history.html")
def show_history(desk: Desk, key: str) -> Answer:
    """All saves, newest first; a button brings the draft back to one of them, as a new save."""
    draft = drafting.get_draft(key, actor=desk.user)
    if desk.is_sent:
        revision = desk.number("desk-restore")
        drafting.restore_save(draft.pk, revision, actor=desk.user, now=desk.now)
        messages.success(
            desk.request,
            _("The draft is again as it was at save %(number)s. Nothing was deleted.")
            % {"number": revision},
        )
        return go("draft", draft.pk)
    shape = load_record_format(draft.type)
    title = draft.title or shape.name.get(desk.language)
    desk.name_page(_("All saves"), (title, presenters.address_of(draft)))
    shower = Shower(desk.language, RecordNames(desk.user, desk.language, (draft.type, draft.body)))
    saves = drafting.list_saves(draft)
    return {
        "draft": draft,
        "line": presenters.list_lines([draft], desk.user)[0],
        "saves": list(_list_saves(desk, shape, saves[:_MOST], shower)),
        "more": max(0, len(saves) - _MOST),
        "may_restore": "restore" in drafting.list_actions(desk.user, draft),
    }


def _list_saves(
    desk: Desk, shape: RecordFormat, saves: Iterable["drafting.DraftSave"], shower: Shower
) -> Iterator[dict[str, Any]]:
    for save in saves:
        yield {
            "revision": save.revision,
            "by": presenters.say_person(presenters.find_person(save, "saved_by"), desk.user),
            "at": save.saved_at,
            "is_refused": save.kind == drafting.DraftSave.Kind.REFUSED,
            "is_automatic": save.automatic,
            "restored_from": save.restored_from,
            "changes": [
                (
                    shape.by_id[field].label if field in shape.by_id else field,
                    shower.show(shape.by_id.get(field), pair[0]),
                    shower.show(shape.by_id.get(field), pair[1]),
                )
                for field, pair in save.changes.items()
            ],
            "secrets": [
                shape.by_id[field].label if field in shape.by_id else field
                for field in save.confidential
            ],
        }
