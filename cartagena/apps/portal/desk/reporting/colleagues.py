"""Colleagues who help with a report: inviting them to sections, and taking an invitation up."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page
from cartagena.apps.portal.desk.reporting.questions import HEAD
from cartagena.apps.portal.desk.reporting.work import ReportWork, open_draft
from cartagena.apps.portal.sentences import say_error
from cartagena.apps.reports import api as reports


@desk_page("reporting/colleagues.html")
def show_colleagues(desk: Desk, cycle: str, party: str) -> Answer:
    """Who was asked for which sections; focal points invite and take back."""
    work = open_draft(desk, cycle, party)
    assert work.draft is not None
    problems: list[str] = []
    link = ""
    if desk.is_sent:
        if revoked := desk.number("revoke"):
            answer = _revoke(desk, work, revoked)
            if answer is not None:
                return answer
        link = _invite(desk, work, problems)
    work.name_page(_("Colleagues"))
    titles = dict(work.sections)
    return {
        "work": work,
        "link": link,
        "problems": problems,
        "email": desk.sent("email") if problems else "",
        "name": desk.sent("name") if problems else "",
        "chosen": desk.request.POST.getlist("section") if problems else [],
        "parts": [(key, title) for key, title in work.sections if key != HEAD],
        "invitations": [
            (each, [titles.get(key, key) for key in each.sections])
            for each in reports.list_invitations(work.draft)
        ],
        "may_invite": reports.may_invite(desk.user, work.draft),
        "status": 400 if problems else 200,
    }


def _invite(desk: Desk, work: ReportWork, problems: list[str]) -> str:
    """The address for the colleague; empty when something is missing, told in `problems`."""
    assert work.draft is not None
    email, name = desk.sent("email"), desk.sent("name")
    sections = desk.request.POST.getlist("section")
    try:
        validate_email(email)
    except ValidationError:
        problems.append(_("Write the e-mail address of your colleague."))
    if not name:
        problems.append(_("Write the name of your colleague or the office."))
    if not sections:
        problems.append(_("Choose one or more sections."))
    if problems:
        return ""
    try:
        _invitation, secret = reports.invite_colleague(
            work.draft, sections, email=email, name=name, actor=desk.user, now=desk.now
        )
    except reports.InvitationError as problem:
        problems.append(say_error(problem))
        return ""
    return desk.request.build_absolute_uri(reverse("desk:invitation", args=[secret]))


def _revoke(desk: Desk, work: ReportWork, number: int) -> HttpResponse | None:
    assert work.draft is not None
    for invitation in reports.list_invitations(work.draft):
        if invitation.pk == number:
            reports.revoke_invitation(invitation, actor=desk.user, now=desk.now)
            messages.success(desk.request, _("The invitation was taken back."))
            return HttpResponseRedirect(work.address("report_colleagues"))
    return None


@desk_page("reporting/invitation.html")
def take_invitation(desk: Desk, secret: str) -> Answer:
    """The page behind the link of an invitation."""
    desk.name_page(_("Help with a national report"))
    invitation = reports.find_invitation(secret, now=desk.now)
    if invitation is None:
        return {"invitation": None, "status": 404}
    problem = ""
    if desk.is_sent:
        try:
            draft = reports.accept_invitation(secret, actor=desk.user, now=desk.now)
        except reports.InvitationError as refused:
            problem = say_error(refused)
        else:
            cycle = reports.get_format_of(draft.type).cycle
            return HttpResponseRedirect(reverse("desk:report", args=[cycle, draft.government]))
    shape = reports.get_format_of(invitation.draft.type)
    titles = {section.key: section.label for section in shape.sections}
    return {
        "invitation": invitation,
        "shape": shape,
        "parts": [titles[key] for key in invitation.sections if key in titles],
        "problem": problem,
        "status": 409 if problem else 200,
    }


@desk_page("reporting/colleagues.html", methods=("POST",))
def mark_done(desk: Desk, cycle: str, party: str) -> Answer:
    """The colleague says that the sections are ready."""
    work = open_draft(desk, cycle, party)
    assert work.draft is not None
    own = [i for i in reports.list_invitations(work.draft) if i.accepted_by_id == desk.user.pk]
    if not own:
        raise PermissionDenied
    for invitation in own:
        reports.mark_done(invitation, actor=desk.user, now=desk.now)
    drafting.add_comment(
        work.draft.pk, "", _("My sections are ready."), actor=desk.user, now=desk.now
    )
    messages.success(desk.request, _("The focal point sees that your sections are ready."))
    return HttpResponseRedirect(work.address())
