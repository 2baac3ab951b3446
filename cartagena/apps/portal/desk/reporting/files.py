"""A report as a file, and back: download, upload, what would change, taking it over."""

import io
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page
from cartagena.apps.portal.desk.reporting.views import REVISION
from cartagena.apps.portal.desk.reporting.work import ReportWork, open_draft
from cartagena.apps.reports import api as reports
from cartagena.engine.answer_sheet import parse_key, write_cells
from cartagena.engine.report_rules import describe_question
from cartagena.engine.sentence import Sentence

WRITERS: dict[str, tuple[Callable[..., None], str]] = {
    "xlsx": (
        reports.write_workbook,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "docx": (
        reports.write_document,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "html": (reports.write_page, "text/html; charset=utf-8"),
}
LARGEST = 20 << 20


@desk_page("reporting/files.html")
def show_files(desk: Desk, cycle: str, party: str) -> Answer:
    """Take the report away as a file, and bring it back."""
    work = open_draft(desk, cycle, party)
    problems: list[tuple[str, str]] = []
    if desk.is_sent:
        answer = _receive(desk, work, problems)
        if answer is not None:
            return answer
    work.name_page(_("Files"))
    return {
        "work": work,
        "problems": problems,
        "languages": reports.LANGUAGE_NAMES.items(),
        "language": desk.language,
        "status": 400 if problems else 200,
    }


def _receive(desk: Desk, work: ReportWork, problems: list[tuple[str, str]]) -> HttpResponse | None:
    file = desk.request.FILES.get("file")
    if file is None or work.draft is None:
        problems.append((_("No file was chosen."), _("Choose the filled file and send it.")))
        return None
    if not work.may_edit:
        raise PermissionDenied
    if file.size and file.size > LARGEST:
        problems.append((_("The file is too large."), _("Up to 20 MB are read.")))
        return None
    try:
        upload = reports.receive_file(
            work.draft, file.name or "", cast("BinaryIO", file), actor=desk.user, now=desk.now
        )
    except reports.UploadRefusedError as refused:
        problems += refused.problems
        return None
    return HttpResponseRedirect(work.address("report_upload", str(upload.key)))


@desk_page("reporting/files.html", methods=("GET", "HEAD"))
def send_file(desk: Desk, cycle: str, party: str, form: str) -> Answer:
    """The report as it is now, as a file in a language."""
    work = open_draft(desk, cycle, party)
    if form not in WRITERS:
        raise Http404
    assert work.draft is not None
    write, media_type = WRITERS[form]
    asked = desk.request.GET.get("language", desk.language)
    language = asked if asked in reports.LANGUAGE_NAMES else "en"
    about = reports.About(
        cycle, party, work.draft.identifier, language, ",".join(work.languages),
        str(work.draft.pk), work.draft.revision,
    )  # fmt: skip
    file = io.BytesIO()
    write(file, work.shape, about, write_cells(work.shape, work.draft.body))
    response = HttpResponse(file.getvalue(), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{cycle}-{party}-{language}.{form}"'
    return response


@desk_page("reporting/upload.html")
def show_upload(desk: Desk, cycle: str, party: str, key: str) -> Answer:
    """What a file that came back would change; sent, the chosen answers are taken over."""
    work = open_draft(desk, cycle, party)
    assert work.draft is not None
    upload = reports.ReportUpload.objects.filter(pk=key, draft_id=work.draft.pk).first()
    if upload is None:
        raise drafting.DraftNotFoundError("There is no such file.")
    if desk.is_sent:
        chosen = desk.request.POST.getlist("take")
        try:
            reports.apply_upload(
                upload.key, chosen, actor=desk.user, revision=desk.number(REVISION), now=desk.now
            )
        except drafting.EditConflictError:
            told = _("Somebody saved meanwhile. Look at the changes again.")
            messages.warning(desk.request, told)
            return HttpResponseRedirect(desk.request.path)
        messages.success(desk.request, _("The chosen answers were taken over."))
        return HttpResponseRedirect(work.address())
    work.name_page(_("What the file changes"))
    return {
        "work": work,
        "upload": upload,
        "problems": [
            (_say_place(work, place), Sentence.from_json(what), Sentence.from_json(remedy))
            for place, what, remedy in upload.problems
        ],
        "changes": [_view(work, each) for each in reports.compare_upload(upload, work.draft)],
    }


def _say_place(work: ReportWork, place: str) -> str:
    """Where something stands in a file: its cell, or in a Word document its question."""
    field = parse_key(place).field
    question = work.shape.in_document.get(field)
    if question is not None:
        return describe_question(work.shape, question)
    return {each.field: each.label.get(work.desk.language) for each in work.shape.header}.get(
        field, place
    )


def _view(work: ReportWork, change: "reports.UploadChange") -> dict[str, Any]:
    question = work.shape.in_document.get(change.field)
    labels = {field.field: field.label for field in work.shape.header}
    return {
        "field": change.field,
        "number": question.number if question else "",
        "label": question.label if question else labels.get(change.field, change.field),
        "now": _say(work, change.now),
        "after": _say(work, change.after),
        "is_contested": change.is_contested,
    }


def _say(work: ReportWork, cells: Any) -> list[str]:
    """Cells of one question in words."""
    said = []
    for name, text in cells.items():
        key = parse_key(name)
        question = work.shape.in_document.get(key.field)
        code = text if key.option is None else key.option
        if key.part is None and question is not None and question.is_closed:
            said.append(question.option(code).label.get(work.desk.language))
        else:
            said.append(text)
    return said
