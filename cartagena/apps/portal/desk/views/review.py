"""Reading a draft: all that is wrong in it, and the review before publication."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk import presenters
from cartagena.apps.portal.desk.forms.inputs import join
from cartagena.apps.portal.desk.forms.record_form import anchor_of
from cartagena.apps.portal.desk.forms.sections import split_sections
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page, go
from cartagena.apps.portal.desk.references import RecordNames
from cartagena.apps.portal.desk.saving import COMMENT
from cartagena.apps.portal.desk.showing import Shower
from cartagena.apps.registry import api as registry
from cartagena.engine.record_body import find_value
from cartagena.engine.record_diff import diff_bodies
from cartagena.engine.record_format import NOTES, RecordFormat, load_record_format


@desk_page("check.html", methods=("GET", "HEAD"))
def show_check(desk: Desk, key: str) -> Answer:
    """Everything wrong in a draft at once, each with the way to its field."""
    draft = drafting.get_draft(key, actor=desk.user)
    shape = load_record_format(draft.type)
    found = drafting.check_draft(draft, today=desk.today)
    problems = presenters.list_problems(shape, found)
    title = draft.title or shape.name.get(desk.language)
    desk.name_page(_("Check"), (title, presenters.address_of(draft)))
    return {
        "draft": draft,
        "line": presenters.list_lines([draft], desk.user)[0],
        "errors": [line for line in problems if line.is_error],
        "warnings": [line for line in problems if not line.is_error],
        "actions": drafting.list_actions(desk.user, draft),
        "form": presenters.address_of(draft),
    }


@desk_page("review.html")
def review_draft(desk: Desk, key: str) -> Answer:
    """All fields as they would be published, what changes, comments, and what to do next."""
    draft = drafting.get_draft(key, actor=desk.user)
    if desk.is_sent:
        return _take_comments(desk, draft)
    shape = load_record_format(draft.type)
    live = _find_live(draft)
    names = RecordNames(
        desk.user, desk.language, (draft.type, draft.body), (draft.type, live or {})
    )
    shower = Shower(desk.language, names)
    comments = presenters.group_comments(drafting.list_comments(draft), desk.user)
    problems = presenters.list_problems(shape, drafting.check_draft(draft, today=desk.today))
    actions = drafting.list_actions(desk.user, draft)
    changes = list_differences(draft.type, live, draft.body, shower) if live is not None else []
    desk.name_page(draft.title or shape.name.get(desk.language))
    return {
        "draft": draft,
        "shape": shape,
        "line": presenters.list_lines([draft], desk.user)[0],
        "sections": list(_list_sections(desk, draft, shape, shower, comments, changes)),
        "changes": changes,
        "is_new": live is None,
        "comments": comments.get("", []),
        "errors": [line for line in problems if line.is_error],
        "warnings": [line for line in problems if not line.is_error],
        "actions": actions,
        "has_form": "edit" in actions and shape.holds == "fields",
        "notes": draft.body.get(NOTES) or "",
        "files": drafting.list_attachments(draft, actor=desk.user),
        "events": presenters.list_events(drafting.list_events(draft), desk.user),
    }


def _find_live(draft: "drafting.Draft") -> dict[str, Any] | None:
    version = registry.live_versions().filter(record__identifier=draft.identifier).first()
    return dict(version.body) if version is not None else None


def list_differences(
    record_type: str, before: Any, after: Any, shower: Shower
) -> list[presenters.Difference]:
    """The fields in which two bodies differ, both shown."""
    shape = load_record_format(record_type)
    return [
        presenters.Difference(
            change.field,
            change.label,
            shower.show(shape.by_id.get(change.field), change.old),
            shower.show(shape.by_id.get(change.field), change.new),
            change.kind,
        )
        for change in diff_bodies(record_type, before, after)
    ]


def _list_sections(
    desk: Desk,
    draft: "drafting.Draft",
    shape: RecordFormat,
    shower: Shower,
    comments: dict[str, list[presenters.CommentLine]],
    changes: list[presenters.Difference],
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each section with the fields that are filled, needed or spoken of."""
    holding = {name for name in shape.conditions if shape.condition_holds(name, draft.body)}
    changed = {change.field: change for change in changes}
    for title, fields in split_sections(shape):
        rows = []
        for field in fields:
            shown = shower.show(field, find_value(draft.body, field.id))
            is_needed = field.required is True or field.required in holding
            if not (shown or is_needed or field.id in comments or field.id in changed):
                continue
            rows.append(
                {
                    "field": field,
                    "anchor": anchor_of(field.id),
                    "shown": shown,
                    "is_hidden": field.id in draft.hidden_fields,
                    "secret": draft.confidential.get(field.id),
                    "change": changed.get(field.id),
                    "comments": comments.get(field.id, []),
                    "comment_name": join(COMMENT, field.id),
                }
            )
        if rows:
            yield title, rows


def _take_comments(desk: Desk, draft: "drafting.Draft") -> HttpResponse:
    """Add all comments that were written on the page, or mark one as dealt with."""
    done = desk.number("desk-resolve")
    if done >= 0:
        comment = drafting.resolve_comment(done, actor=desk.user, now=desk.now)
        return go("review", draft.pk, anchor=anchor_of(comment.field) if comment.field else "")
    shape = load_record_format(draft.type)
    added = 0
    for field in ("", *shape.by_id):
        text = desk.sent(join(COMMENT, field))
        if text:
            drafting.add_comment(draft.pk, field, text, actor=desk.user, now=desk.now)
            added += 1
    if added:
        messages.success(desk.request, _("Your comments were added."))
    else:
        messages.warning(desk.request, _("The comment was empty, so none was added."))
    if desk.sent("desk-do") == "return":
        return go("return", draft.pk)
    return go("review", draft.pk)
