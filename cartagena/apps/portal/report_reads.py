"""Reads of one published report: its body, the report before, explanations, log, and findings."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cartagena.apps.portal.record_lists import RecordHead, list_heads
from cartagena.apps.portal.record_reads import EVENTS, end_of
from cartagena.apps.registry import api as registry
from cartagena.apps.reports import api as reports
from cartagena.engine.answer_sheet import list_header_fields, write_cells
from cartagena.engine.facts import Facts
from cartagena.engine.questionnaire import Format, load_format
from cartagena.engine.report_rules import Finding

PRIVATE = "notes"


@dataclass(frozen=True, kw_only=True)
class ReportEvent:
    """One entry of the log about a report. `role` is the role of who acted, never the name."""

    position: int
    hash: str
    action: str
    at: dt.datetime
    version: int | None
    role: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What the Party says to a finding about its report, published with the report; `version` is
    that of the rule it was said to."""

    rule: str
    version: int
    questions: tuple[str, ...]
    finding: str
    text: str


@dataclass(frozen=True, kw_only=True)
class StoredReport:
    """One published version of a report. Bodies are without the private notes.

    `sha256` is the hash of the canonical JSON of the body. `previous` are the cells of the report
    of the cycle before, `previous_number` its public number. `findings_then` is what today's rules
    find beside what was published on its own day, `findings_now` beside what is published on the
    day the page is seen from. `heads` name the records that it refers to.
    """

    identifier: str
    version: int
    number: str
    body: Mapping[str, Any]
    sha256: str
    languages: tuple[str, ...]
    published_at: dt.datetime
    recorded_at: dt.datetime
    demonstration: bool = False
    previous: Mapping[str, str] | None = None
    previous_cycle: str = ""
    previous_number: str = ""
    explanations: tuple[Explanation, ...] = ()
    events: tuple[ReportEvent, ...] = ()
    findings_then: tuple[Finding, ...] = ()
    findings_now: tuple[Finding, ...] = ()
    heads: Mapping[str, RecordHead] = field(default_factory=dict)


def load_report(
    facts: Facts, row: Mapping[str, Any], *, as_of: dt.date | None, seen_from: dt.date
) -> StoredReport:
    """The version of a row of the fact table `report`, with all that its page shows."""
    version = registry.get_version(row["record"], row["version"])
    then, now = reports.check_published(
        [(version, version.published_at.date()), (version, seen_from)]
    )
    cycle = reports.find_previous_cycle(row["cycle"])
    before = reports.find_report_row(facts, cycle, row["party"], seen_from) if cycle else None
    named = {record for finding in (*then, *now) for record in finding.records}
    named.update(list_references(reports.get_format_of(version.record.type), version.body))
    return StoredReport(
        identifier=row["record"],
        version=row["version"],
        number=row["number"] or row["record"],
        body=_without_notes(version.body),
        sha256=version.body_sha256,
        languages=tuple(version.languages),
        published_at=version.published_at,
        recorded_at=version.recorded_at,
        demonstration=version.demonstration,
        previous=_load_cells(before),
        previous_cycle=cycle or "",
        previous_number=(before["number"] or "") if before else "",
        explanations=_load_explanations(row["record"], row["version"], as_of),
        events=_load_events(row["record"], as_of),
        findings_then=then,
        findings_now=now,
        heads=list_heads(named, as_of),
    )


def list_references(shape: Format, body: Mapping[str, Any]) -> Iterable[str]:
    """The identifiers of the records that the head of a report refers to."""
    cells = write_cells(shape, body)
    for field_ in list_header_fields(shape):
        if field_.type == "reference":
            yield from cells.get(field_.field, "").split()


def _without_notes(body: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != PRIVATE}


def _load_cells(row: Mapping[str, Any] | None) -> dict[str, str] | None:
    """The cells of the document that holds a report: the second carries the survey of 2014."""
    if row is None:
        return None
    shape = load_format(load_format(row["cycle"]).document)
    return write_cells(shape, registry.get_version(row["record"], row["version"]).body)


def _load_explanations(
    identifier: str, version: int, as_of: dt.date | None
) -> tuple[Explanation, ...]:
    """What was published beside this version of the report, newest words first come."""
    stored = registry.list_versions(f"{reports.EXPLANATIONS}-{identifier}")
    if as_of is not None:
        stored = stored.filter(published_at__lt=end_of(as_of))
    for each in stored.filter(body__report__version=version)[:1]:
        return tuple(
            Explanation(
                rule=said["rule"],
                version=int(said["version"]),
                questions=tuple(said["questions"]),
                finding=said["finding"],
                text=said["explanation"],
            )
            for said in each.body["explanations"]
        )
    return ()


def _load_events(identifier: str, as_of: dt.date | None) -> tuple[ReportEvent, ...]:
    """What the log tells of a report until a day, newest first."""
    log = registry.list_log().filter(record__identifier=identifier, action__in=EVENTS)
    if as_of is not None:
        log = log.filter(effective_at__lt=end_of(as_of))
    rows = log.select_related(None).values(
        "position", "hash", "action", "effective_at", "version__number", "actor__role", "reason"
    )
    return tuple(
        ReportEvent(
            position=row["position"],
            hash=row["hash"],
            action=row["action"],
            at=row["effective_at"],
            version=row["version__number"],
            role=row["actor__role"] or "",
            reason=row["reason"],
        )
        for row in rows.order_by("-position")
    )
