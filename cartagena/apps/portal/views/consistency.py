"""The consistency desk of the Secretariat: what the rules find in the reports of a cycle."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cartagena.apps.accounts.api import Role
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page
from cartagena.apps.portal.frame import with_query
from cartagena.apps.portal.open_data.files import guard_text
from cartagena.apps.portal.record_queries import RecordHead, list_heads
from cartagena.apps.registry.api import RecordVersion, live_versions
from cartagena.apps.reports import api as reports
from cartagena.engine.countries import get_country
from cartagena.engine.questionnaire import Format, load_format
from cartagena.engine.record_identity import build_public_number
from cartagena.engine.report_rules import Finding, describe_question, load_report_rules
from cartagena.engine.reporting_cycle import load_reporting_cycles

KINDS = ("format", "arithmetic", "consistency", "published", "status", "previous")
BESIDE = ("received", "today")
COLUMNS = (
    "party", "number", "published_on", "rule", "rule_version", "kind", "level", "question",
    "question_name", "finding", "records", "checked_beside", "rules_edition",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ReportFindings:
    """One received report with what was found in it."""

    version: RecordVersion
    party: str
    name: str
    address: str
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> list[int]:
        """The number of findings of each kind, in the order of KINDS."""
        counted: Counter[str] = Counter(finding.kind for finding in self.findings)
        return [counted[kind] for kind in KINDS]

    def only(self, rule: str) -> "ReportFindings":
        """With the findings of one rule; of all without a name."""
        kept = tuple(each for each in self.findings if rule in ("", each.rule))
        return replace(self, findings=kept)


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """One finding with the report it is in, the name of its question, and its records."""

    report: ReportFindings
    finding: Finding
    question: str
    address: str
    records: tuple[RecordHead, ...]


@dataclass(frozen=True)
class Asked:
    """What is looked at: a cycle, beside which day's records, and one rule or all."""

    cycle: str
    beside: str
    rule: str


@desk_page("consistency.html", methods=("GET", "HEAD"))
def show_consistency(desk: Desk) -> Answer:
    """All received reports of a cycle with what the rules find; of one rule, every finding."""
    asked = _read(desk)
    desk.name_page(_("Consistency of reports"))
    every = check_cycle(desk, asked)
    by_rule = Counter(finding.rule for each in every for finding in each.findings)
    found = [each.only(asked.rule) for each in every]
    shown = [each for each in found if each.findings]
    return {
        "asked": asked,
        "cycles": load_reporting_cycles().values(),
        "kinds": [(kind, kind_words(kind)) for kind in KINDS],
        "received": len(found),
        "reports": sorted(shown, key=lambda each: (-len(each.findings), each.name)),
        "rules": [
            (rule, by_rule.get(rule.name, 0))
            for rule in load_report_rules()
            if rule.applies_to(load_format(asked.cycle))
        ],
        "chosen": next((r for r in load_report_rules() if r.name == asked.rule), None),
        "lines": list_lines(found, asked) if asked.rule else (),
        "edition": reports.read_rules_edition(),
        "file": _address(asked, "desk:consistency_file"),
    }


@desk_page("consistency.html", methods=("GET", "HEAD"))
def send_consistency(desk: Desk) -> Answer:
    """Every finding of the page as a table."""
    asked = _read(desk)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    mark = reports.read_rules_edition().mark
    found = [each.only(asked.rule) for each in check_cycle(desk, asked)]
    for line in list_lines(found, asked):
        finding, version = line.finding, line.report.version
        row = (
            line.report.party, _number(version), version.published_at.date().isoformat(),
            finding.rule, str(finding.version), finding.kind, finding.level,
            finding.questions[0] if finding.questions else "", line.question, finding.what,
            " ".join(head.number for head in line.records), asked.beside, mark,
        )  # fmt: skip
        writer.writerow(map(guard_text, row))
    response = HttpResponse(buffer.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"consistency-{asked.cycle}-{asked.beside}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def check_cycle(desk: Desk, asked: Asked) -> list[ReportFindings]:
    """Every received report of a cycle; advice is told to the Party alone and left out."""
    schema = load_format(asked.cycle).schema
    versions = list(live_versions().filter(record__type=schema).defer("body"))
    days = [
        version.published_at.date() if asked.beside == "received" else desk.today
        for version in versions
    ]
    checked = reports.check_published(list(zip(versions, days, strict=True)))
    return [
        _make_report(desk, asked, version, findings)
        for version, findings in zip(versions, checked, strict=True)
        if version.record.government is not None
    ]


def list_lines(found: Sequence[ReportFindings], asked: Asked) -> list[FindingLine]:
    """The findings one by one, by the name of the Party. One query."""
    shape = load_format(asked.cycle)
    heads = list_heads((r for each in found for f in each.findings for r in f.records), None)
    return [
        FindingLine(
            report=each,
            finding=finding,
            question=_name_question(shape, finding),
            address=f"{each.address}#{finding.questions[0]}" if finding.questions else each.address,
            records=tuple(heads[name] for name in finding.records if name in heads),
        )
        for each in sorted(found, key=lambda each: each.name)
        for finding in each.findings
    ]


def kind_words(kind: str) -> str:
    """What a kind of finding is about."""
    return {
        "format": _("the form"),
        "arithmetic": _("figures"),
        "consistency": _("other answers"),
        "published": _("published records"),
        "status": _("treaty status"),
        "previous": _("the report before"),
    }[kind]


def _read(desk: Desk) -> Asked:
    if desk.user.role != Role.SECRETARIAT:
        raise PermissionDenied("The consistency desk is for the Secretariat.")
    get = desk.request.GET.get
    cycles = list(load_reporting_cycles())
    wished, beside, rule = get("cycle", ""), get("beside", ""), get("rule", "")
    due = [c for c, each in load_reporting_cycles().items() if each.due_on <= desk.today]
    usual = due[-1] if due else cycles[-1]
    names = {each.name for each in load_report_rules()} | {"format"}
    return Asked(
        wished if wished in cycles else usual,
        beside if beside in BESIDE else BESIDE[0],
        rule if rule in names else "",
    )


def _make_report(
    desk: Desk, asked: Asked, version: RecordVersion, findings: Sequence[Finding]
) -> ReportFindings:
    party = version.record.government
    assert party is not None
    return ReportFindings(
        version=version,
        party=party,
        name=get_country(party).names.get(desk.language),
        address=reverse("portal:report", args=[party, asked.cycle]),
        findings=tuple(finding for finding in findings if finding.level != "advice"),
    )


def _name_question(shape: Format, finding: Finding) -> str:
    question = shape.in_document.get(finding.questions[0]) if finding.questions else None
    return describe_question(shape, question) if question else ""


def _number(version: RecordVersion) -> str:
    record = version.record
    number = build_public_number(
        record.type, record.government, record.document_id, version.revision
    )
    return str(number)


def _address(asked: Asked, name: str) -> str:
    query: dict[str, Any] = {"cycle": asked.cycle, "beside": asked.beside, "rule": asked.rule}
    return with_query(reverse(name), query)
