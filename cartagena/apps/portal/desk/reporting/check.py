"""The check of a report: every finding with its reason and room for an explanation."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page
from cartagena.apps.portal.desk.reporting.questions import HEAD
from cartagena.apps.portal.desk.reporting.work import ReportWork, open_draft
from cartagena.apps.portal.record_queries import RecordHead, list_heads
from cartagena.apps.portal.sentences import say_error
from cartagena.apps.reports import api as reports
from cartagena.engine.report_check import list_open
from cartagena.engine.report_rules import LEVELS, Finding, describe_question, load_report_rules
from cartagena.engine.sentence import Sentence
from cartagena.engine.text import Text


@dataclass(frozen=True)
class FindingView:
    """One finding with what helps to settle it."""

    finding: Finding
    label: Text | str
    number: str
    address: str
    reason: Sentence | None
    explanation: str
    is_outdated: bool
    is_open: bool
    records: tuple[RecordHead, ...]


@desk_page("reporting/check.html")
def show_check(desk: Desk, cycle: str, party: str) -> Answer:
    """All findings, blockers first; explanations are saved all at once."""
    work = open_draft(desk, cycle, party)
    if desk.is_sent:
        return _save_explanations(desk, work)
    work.name_page(_("Check"))
    assert work.draft is not None
    views = list_views(work)
    titles = {
        "blocker": _("Must be corrected"),
        "error": _("Correct or explain"),
        "warning": _("Look again, and explain if you like"),
        "advice": _("Good to know"),
    }
    return {
        "work": work,
        "groups": [
            (level, titles[level], [v for v in views if v.finding.level == level])
            for level in LEVELS
            if any(v.finding.level == level for v in views)
        ],
        "open": sum(view.is_open for view in views),
        "actions": drafting.list_actions(desk.user, work.draft),
        "may_explain": work.may_edit and work.allowed is None,
    }


def list_views(work: ReportWork) -> list[FindingView]:
    """The findings of a report as they are shown."""
    reasons = {rule.name: rule.reason for rule in load_report_rules()}
    explained = work.explained
    still_open = {f.key for f in list_open(work.findings, explained)}
    heads = list_heads(sorted({record for f in work.findings for record in f.records}), None)
    found = []
    for finding in work.findings:
        key = finding.questions[0] if finding.questions else ""
        question = work.shape.in_document.get(key)
        said = work.explanations.get(finding.key)
        section = (question.section if question else None) or HEAD
        found.append(
            FindingView(
                finding=finding,
                label=question.label if question else key,
                number=describe_question(work.shape, question) if question else "",
                address=f"{work.address('report_section', section)}#q-{key}",
                reason=reasons.get(finding.rule),
                explanation=said.text if said else "",
                is_outdated=said is not None and finding.key not in explained,
                is_open=finding.key in still_open,
                records=tuple(heads[each] for each in finding.records if each in heads),
            )
        )
    return found


def _save_explanations(desk: Desk, work: ReportWork) -> HttpResponse:
    assert work.draft is not None
    if not work.may_edit or work.allowed is not None:
        messages.error(desk.request, _("This account may not explain for the Party."))
        return HttpResponseRedirect(work.address("report_check"))
    refused = []
    for finding in work.findings:
        name = f"explain-{finding.key}"
        if name not in desk.request.POST or not finding.can_be_explained:
            continue
        text = desk.sent(name)
        said = work.explanations.get(finding.key)
        confirmed = bool(desk.sent(f"confirm-{finding.key}"))
        if text == (said.text if said else "") and not confirmed:
            continue
        try:
            reports.explain_finding(work.draft, finding, text, actor=desk.user, now=desk.now)
        except reports.NotExplainableError as problem:
            refused.append(say_error(problem))
    if refused:
        messages.error(desk.request, " ".join(refused))
    else:
        messages.success(desk.request, _("Saved."))
    return HttpResponseRedirect(work.address("report_check"))
