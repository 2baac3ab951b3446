"""The findings about a report, its explanations, and the gate that its draft goes through."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cartagena.apps.drafting.api import Draft, Gate
from cartagena.apps.monitoring.api import current_facts
from cartagena.apps.registry.api import Actor, Outcome, Publication, publish_records
from cartagena.apps.reports.invitations import check_sections
from cartagena.apps.reports.models import ReportExplanation
from cartagena.apps.reports.published import find_previous_answers, get_format_of
from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.report_check import check_report, list_open
from cartagena.engine.report_publication import drop_switched_off
from cartagena.engine.report_published import read_published
from cartagena.engine.report_rules import Finding, Report
from cartagena.engine.sentence import sentence

EXPLANATIONS = "reportExplanations"
LONGEST = 5_000
"""Characters of an explanation."""


@dataclass(frozen=True)
class Explained:
    """What a Party says to a finding, and the version of the rule that it was said to."""

    text: str
    version: int

    def fits(self, finding: Finding) -> bool:
        """Whether it was said to the rule as it is now."""
        return self.version == finding.version


class NotExplainableError(ValueError):
    """An explanation without words, or to what must be corrected; the message says which."""


def make_report(record_type: str, body: Mapping[str, Any], party: str, on: dt.date) -> Report:
    """A body as the rules read it, beside what the Party had published on a day."""
    shape = get_format_of(record_type)
    return Report(
        shape,
        body,
        party,
        on,
        read_published(current_facts(), party, on),
        find_previous_answers(shape.cycle, party),
    )


def list_findings(draft: Draft, *, today: dt.date) -> list[Finding]:
    """Everything a Party is told about its report now."""
    assert draft.government is not None
    return check_report(make_report(draft.type, draft.body, draft.government, today))


def explain_finding(
    draft: Draft, finding: Finding, text: str, *, actor: Actor, now: dt.datetime
) -> None:
    """Keep what a Party says to a finding; an empty text takes it back.

    The right to write is that to edit the draft: ask `list_actions` before. Raises
    NotExplainableError.
    """
    words = text.strip()
    if not words:
        ReportExplanation.objects.filter(identifier=draft.identifier, finding=finding.key).delete()
        return
    if not finding.can_be_explained:
        raise NotExplainableError(
            sentence("This must be corrected; an explanation does not replace it.")
        )
    if len(words) > LONGEST:
        raise NotExplainableError(
            sentence(
                "The explanation has %(length)s characters; %(most)s fit.",
                length=f"{len(words):,}",
                most=f"{LONGEST:,}",
            )  # fmt: skip
        )
    ReportExplanation.objects.update_or_create(
        identifier=draft.identifier,
        finding=finding.key,
        defaults={
            "version": finding.version, "text": words, "at": now,
            "author_id": actor.pk if actor is not None else None,
        },
    )  # fmt: skip


def list_explanations(identifier: str) -> dict[str, Explained]:
    """Key of a finding -> what the Party says to it, for a report that is being prepared."""
    found = ReportExplanation.objects.filter(identifier=identifier).order_by("finding")
    return {key: Explained(text, version)
            for key, text, version in found.values_list("finding", "text", "version")}  # fmt: skip


def list_explained(
    findings: Sequence[Finding], explanations: Mapping[str, Explained]
) -> frozenset[str]:
    """The keys of the findings that are explained: by words about the rule as it is today.

    Words about an older version of a rule count again when the Party has looked at them.
    """
    return frozenset(
        finding.key
        for finding in findings
        if finding.key in explanations and explanations[finding.key].fits(finding)
    )


def make_gate(record_type: str) -> Gate:
    """The gate of a report type: answers that are not asked stay behind, findings are answered,
    and the explanations are published with the report."""

    def prepare(body: Mapping[str, Any]) -> dict[str, Any]:
        return drop_switched_off(get_format_of(record_type), body)

    return Gate(prepare, _check, _publish_explanations, check_sections)


def _check(draft: Draft, today: dt.date) -> list[RecordProblem]:
    """The findings as problems of the draft: what is open keeps it from being published.

    What the format says of the prepared body, `validate_record` tells already.
    """
    findings = list_findings(draft, today=today)
    explained = list_explained(findings, list_explanations(draft.identifier))
    open_now = list_open(findings, explained)
    return [
        RecordProblem(
            finding.questions[0] if finding.questions else "$",
            finding.what,
            finding.remedy,
            "rule",
            "error" if finding in open_now else "warning",
            finding.basis,
        )
        for finding in findings
        if finding.rule != "format" or finding.level == "error"
    ]


def _publish_explanations(draft: Draft, outcome: Outcome, actor: Actor, now: dt.datetime) -> None:
    """One record of all explanations, a new version with each version of the report."""
    explanations = ReportExplanation.objects.filter(identifier=draft.identifier).order_by("finding")
    findings = {finding.key: finding for finding in list_findings(draft, today=now.date())}
    said = [
        {
            "rule": findings[each.finding].rule,
            "version": each.version,
            "level": findings[each.finding].level,
            "questions": list(findings[each.finding].questions),
            "finding": str(findings[each.finding].what),
            "explanation": each.text,
        }
        for each in explanations
        if each.finding in findings  # what is corrected since needs no explanation any more
    ]
    if not said:
        return
    identifier = f"{EXPLANATIONS}-{draft.identifier}"
    publication = Publication(
        identifier=identifier,
        type=EXPLANATIONS,
        government=draft.government,
        body={
            "header": {"identifier": identifier, "schema": EXPLANATIONS, "languages": ["en"]},
            "report": {"identifier": draft.identifier, "version": outcome.version},
            "explanations": said,
        },
        published_at=now,
        title=f"Explanations to {draft.title or draft.identifier}"[:500],
        demonstration=draft.demonstration,
    )
    (done,) = publish_records(
        [publication], actor=None, reason="With the report it belongs to.", now=now
    )
    assert done.action != "refused", done.reason
