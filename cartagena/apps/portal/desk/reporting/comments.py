"""Comments on the questions of a report, to the others who work on it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk.guard import Desk
from cartagena.apps.portal.desk.reporting.work import ReportWork
from cartagena.apps.portal.desk.saving import COMMENT

_START, _RESOLVE, _DO = f"{COMMENT}--", "desk-resolve", "desk-do"


def take_comments(desk: Desk, work: ReportWork, section: str) -> HttpResponse | None:
    """Add what was written to others, or mark a comment as dealt with.

    Gives the way back when that was all: whoever may only read a section still comments on it.
    None when the answers are to be saved too.
    """
    assert work.draft is not None
    done = desk.number(_RESOLVE)
    if done >= 0:
        comment = drafting.resolve_comment(done, actor=desk.user, now=desk.now)
        return _go_back(work, section, comment.field)
    written = [
        (name.removeprefix(_START), desk.sent(name))
        for name in desk.request.POST
        if name.startswith(_START) and desk.sent(name)
    ]
    for field, text in written:
        if field in work.shape.in_document or field in {h.field for h in work.shape.header}:
            drafting.add_comment(work.draft.pk, field, text, actor=desk.user, now=desk.now)
    if written:
        messages.success(desk.request, _("Your comments were added."))
    do, _colon, key = desk.sent(_DO).partition(":")
    return (
        _go_back(work, section, key) if do == "comment" and not work.may_change(section) else None
    )


def _go_back(work: ReportWork, section: str, field: str) -> HttpResponse:
    return HttpResponseRedirect(f"{work.address('report_section', section)}#q-{field}")
