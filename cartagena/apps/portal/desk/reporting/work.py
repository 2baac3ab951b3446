"""One report that somebody works on: its draft, its form, and what belongs to its pages."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from cartagena.apps.accounts.api import Role
from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal import source
from cartagena.apps.portal.desk.guard import Desk
from cartagena.apps.portal.desk.presenters import group_comments
from cartagena.apps.portal.desk.reporting.questions import HEAD, SectionBuilder
from cartagena.apps.registry.api import may
from cartagena.apps.reports import api as reports
from cartagena.engine.answer_sheet import Cells, list_header_fields, write_cells
from cartagena.engine.parties import Country, find_country
from cartagena.engine.questionnaire import Format
from cartagena.engine.report_progress import Progress, measure_progress
from cartagena.engine.report_proposals import list_proposals
from cartagena.engine.report_rules import Finding
from cartagena.engine.reporting_cycle import ReportingCycle, load_reporting_cycles


@dataclass
class ReportWork:
    """The report of one Party for one cycle, as somebody who is signed in sees it."""

    desk: Desk
    cycle: str
    party: str
    draft: "drafting.Draft | None"

    @cached_property
    def reporting(self) -> ReportingCycle:
        return load_reporting_cycles()[self.cycle]

    @cached_property
    def shape(self) -> Format:
        """The form with the official wording where it was imported."""
        return source.get_format(self.cycle)

    @cached_property
    def country(self) -> Country:
        found = find_country(self.party)
        assert found is not None
        return found

    @cached_property
    def may_edit(self) -> bool:
        draft = self.draft
        return draft is not None and "edit" in drafting.list_actions(self.desk.user, draft)

    @cached_property
    def allowed(self) -> frozenset[str] | None:
        """The sections a colleague was asked for; None: all."""
        return reports.list_allowed_sections(self.draft, self.desk.user) if self.draft else None

    @property
    def is_on_behalf(self) -> bool:
        """Whether the Secretariat works on a report of a Party."""
        return self.desk.user.role == Role.SECRETARIAT

    @cached_property
    def may_start(self) -> bool:
        """Whether this person may start the report."""
        return may(self.desk.user, "draft", self.shape.schema, self.party)

    @cached_property
    def is_prepared_unseen(self) -> bool:
        """Whether the Party prepares a report that this person may not see, but could start."""
        return self.may_start and reports.is_prepared(self.cycle, self.party)

    def may_change(self, section: str) -> bool:
        """Whether this person may change a section."""
        key = "" if section == HEAD else section
        return self.may_edit and (self.allowed is None or key in self.allowed)

    @cached_property
    def findings(self) -> list[Finding]:
        return reports.list_findings(self.draft, today=self.desk.today) if self.draft else []

    @cached_property
    def explanations(self) -> dict[str, "reports.Explained"]:
        return reports.list_explanations(self.draft.identifier) if self.draft else {}

    @property
    def explained(self) -> frozenset[str]:
        """The keys of the findings that the Party has explained."""
        return reports.list_explained(self.findings, self.explanations)

    @cached_property
    def progress(self) -> Progress:
        assert self.draft is not None
        return measure_progress(self.shape, self.draft.body)

    @cached_property
    def languages(self) -> list[str]:
        assert self.draft is not None
        found = self.draft.body.get("header", {}).get("languages")
        return [each for each in found if isinstance(each, str)] if found else ["en"]

    @cached_property
    def previous(self) -> Cells:
        """The cells of the Party's report of the cycle before."""
        cycle = reports.find_previous_cycle(self.cycle)
        version = reports.find_live_report(cycle, self.party) if cycle else None
        if version is None or cycle is None:
            return {}
        return write_cells(reports.get_format_of(version.record.type), version.body)

    def inputs(self) -> SectionBuilder:
        """What makes the inputs of sections alone: enough to read what was sent."""
        assert self.draft is not None
        return SectionBuilder(self.shape, self.draft.body, self.desk.language, self.languages)

    def builder(self) -> SectionBuilder:
        """What makes the views of sections, with findings, earlier answers and proposals."""
        assert self.draft is not None
        report = reports.make_report(self.draft.type, self.draft.body, self.party, self.desk.today)
        return SectionBuilder(
            self.shape,
            self.draft.body,
            self.desk.language,
            self.languages,
            self.previous,
            self.findings,
            list_proposals(self.shape, report.published),
            group_comments(drafting.list_comments(self.draft), self.desk.user),
        )

    @cached_property
    def sections(self) -> list[tuple[str, str]]:
        """(key, title) of every section, the head first where the form has one."""
        language = self.desk.language
        parts = [
            (section.key, section.label.get(language))
            for each in (self.shape, *self.shape.carried)
            for section in each.sections
        ]
        if list_header_fields(self.shape) or self.shape.header_questions:
            parts.insert(0, (HEAD, _("About this report")))
        return parts

    def address(self, name: str = "report", *more: str) -> str:
        """The address of a page of this report."""
        return reverse(f"desk:{name}", args=[self.cycle, self.party, *more])

    def name_page(self, title: str) -> None:
        """Give the page a title below that of the report."""
        name = self.shape.name.get(self.desk.language)
        self.desk.name_page(
            title,
            (self.desk_title, reverse("desk:reports")),
            (f"{name}, {self.country.names.get(self.desk.language)}", self.address()),
        )

    @cached_property
    def desk_title(self) -> str:

        return _("National reports")


def open_work(desk: Desk, cycle: str, party: str) -> ReportWork:
    """The work on a report; 404 for a cycle or Party that is none. The draft may be None."""
    country = find_country(party)
    if cycle not in load_reporting_cycles() or country is None or country.code != party:
        raise Http404
    return ReportWork(desk, cycle, party, reports.find_open_report(cycle, party, actor=desk.user))


def open_draft(desk: Desk, cycle: str, party: str) -> ReportWork:
    """The work on a report that was started. Raises DraftNotFoundError."""
    work = open_work(desk, cycle, party)
    if work.draft is None:
        raise drafting.DraftNotFoundError("This report has no open draft.")
    return work
