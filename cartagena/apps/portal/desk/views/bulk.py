"""Many records from one table: template, upload, preview, and what was accepted carried out."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk import bulk_store
from cartagena.apps.portal.desk.bulk_preview import RowPlan, plan_rows
from cartagena.apps.portal.desk.bulk_read import read_upload
from cartagena.apps.portal.desk.bulk_template import (
    ROWS,
    write_csv_template,
    write_workbook_template,
)
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page, explain, go
from cartagena.apps.portal.desk.views.work import list_startable
from cartagena.apps.portal.sentences import say_closed, say_error, say_sentence
from cartagena.apps.registry import api as registry
from cartagena.engine.questionnaire import LANGUAGES
from cartagena.engine.record_format import RecordFormat, load_record_format

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk_page("", methods=("GET", "HEAD"))
def send_template(desk: Desk, record_type: str, form: str) -> HttpResponse:
    """An empty table of a type; `?languages=en,fr` names the languages of its texts."""
    startable = list_startable(desk)
    if record_type not in startable or form not in ("csv", "xlsx"):
        raise Http404
    shape = startable[record_type]
    asked = desk.request.GET.get("languages", desk.language).split(",")
    languages = [code for code in LANGUAGES if code in asked] or ["en"]
    write = write_csv_template if form == "csv" else write_workbook_template
    content = write(shape, languages, desk.language)
    kind = "text/csv; charset=utf-8" if form == "csv" else _XLSX
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{record_type}.{form}"'
    return response


@desk_page("bulk.html")
def upload(desk: Desk) -> Answer:
    """Send a filled table; its preview is made and kept, nothing else."""
    startable = list_startable(desk)
    desk.name_page(_("Many records from a table"))
    chosen = desk.sent("type") or desk.request.GET.get("type", "")
    context = {
        "types": list(startable.values()), "chosen": chosen, "most": ROWS,
        "selected": startable.get(chosen),
    }  # fmt: skip
    if not desk.is_sent:
        return context
    if chosen not in startable:
        return {**context, "problems": [(_("Choose a kind of record."), "#type")], "status": 400}
    sent = desk.request.FILES.get("file")
    if sent is None:
        return {**context, "problems": [(_("Choose a file first."), "#file")], "status": 400}
    table = read_upload(sent, startable[chosen])
    if table.errors:
        problems = [(words, "") for words in (*table.errors, *table.warnings)]
        return {**context, "problems": problems, "status": 400}
    rows = plan_rows(desk, startable[chosen], table.rows)
    name = (sent.name or "")[:120]
    preview = bulk_store.keep_preview(desk.user, chosen, name, rows, table.warnings, desk.now)
    return go("preview", preview.key)


@desk_page("preview.html")
def show_preview(desk: Desk, key: uuid.UUID) -> Answer:
    """Every row with what it would do and its problems; the buttons carry it out."""
    try:
        preview = bulk_store.get_preview(key, desk.user, desk.now)
    except bulk_store.PreviewNotFoundError:
        message = _("There is no such preview any more. They are kept for a week.")
        return explain(desk, 404, _("There is no such page"), message)
    shape = load_record_format(preview.record_type)
    if desk.is_sent and preview.done is None:
        wish = desk.sent("desk-do")
        if wish not in ("draft", "request", "publish"):
            return go("preview", key)
        if not bulk_store.take_preview(preview):
            messages.warning(desk.request, _("This table is being carried out already."))
            return go("preview", key)
        bulk_store.finish_preview(
            preview, [_carry_out(desk, shape, row, wish) for row in preview.rows]
        )
        return go("preview", key)
    desk.name_page(_("Preview"), (_("Many records from a table"), "../bulk"))
    government = desk.user.party if shape.kind == "national" else None
    rows = preview.rows
    done = preview.done or []
    return {
        "preview": preview,
        "shape": shape,
        "rows": [(row, done[n] if n < len(done) else None) for n, row in enumerate(rows)],
        "good": sum(row.is_good for row in rows),
        "flawed": sum(row.may_draft and row.has_errors for row in rows),
        "unchanged": sum(row.action == "unchanged" for row in rows),
        "refused": sum(row.action == "refused" for row in rows),
        "draftable": sum(row.may_draft for row in rows),
        "may_publish": registry.may(desk.user, "publish", shape.id, government),
        "may_request": registry.may(desk.user, "request", shape.id, government, own_draft=True),
    }


def _carry_out(desk: Desk, shape: RecordFormat, row: RowPlan, wish: str) -> tuple[str, str, str]:
    """Make the draft of a row and, for a good row, go on as wished; tells what became of it."""
    if not row.may_draft:
        return row.place, _("left"), ""
    try:
        draft = _make_draft(desk, shape, row)
    except (
        PermissionDenied,
        drafting.DraftStateError,
        drafting.NotSavableError,
        drafting.EditConflictError,
        registry.RecordNotFoundError,
    ) as problem:
        return row.place, _("refused: %(why)s") % {"why": say_error(problem)}, ""
    if wish == "draft" or not row.is_good:
        return row.place, _("drafted"), str(draft.pk)
    return row.place, _go_on(desk, draft, wish), str(draft.pk)


def _make_draft(desk: Desk, shape: RecordFormat, row: RowPlan) -> "drafting.Draft":
    if row.action == "amend":
        draft = drafting.start_amendment(row.identifier, actor=desk.user, now=desk.now)
    else:
        government = desk.user.party if shape.kind == "national" else None
        draft = drafting.start_draft(shape.id, actor=desk.user, government=government, now=desk.now)
    return drafting.save_draft(
        draft.pk, row.changes, actor=desk.user, revision=draft.revision, now=desk.now
    )


def _go_on(desk: Desk, draft: "drafting.Draft", wish: str) -> str:
    try:
        if wish == "publish":
            reason = _("From a table of records")
            drafting.publish_draft(
                draft.pk, actor=desk.user, revision=draft.revision, reason=reason, now=desk.now
            )
            return _("published")
        drafting.request_publication(
            draft.pk, actor=desk.user, revision=draft.revision, now=desk.now
        )
    except drafting.NotPublishableError as refused:
        told = "; ".join(
            f"{each.place}: {say_closed(each.what)} {say_sentence(each.remedy)}"
            for each in refused.problems
        )
        return _("drafted: %(why)s") % {"why": told}
    except (PermissionDenied, drafting.EditConflictError, drafting.DraftStateError) as problem:
        return _("drafted: %(why)s") % {"why": say_error(problem)}
    return _("requested")
