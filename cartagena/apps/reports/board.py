"""Who owes a report and how far it is: the status board of a cycle."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from cartagena.apps.drafting.api import Draft
from cartagena.apps.monitoring.api import current_evaluator
from cartagena.apps.registry.api import Actor, get_version, live_versions, may
from cartagena.apps.reports.filling import OPEN
from cartagena.apps.reports.published import get_format_of
from cartagena.engine.questionnaire import load_format
from cartagena.engine.report_progress import Progress, measure_progress
from cartagena.engine.reporting_cycle import Receipt, ReportingCycle, load_reporting_cycles

State = Literal["not_started", "draft", "requested", "returned", "in_time", "late", "missing"]


@dataclass(frozen=True)
class Standing:
    """How one Party stands in a cycle.

    `obliged`: it was a Party on the due day. `state` of what is received is in_time or late; before
    that it is that of the draft, `missing` after the due day when nothing was received.
    `percent` and `gaps` are told of what the viewer may see.
    """

    party: str
    obliged: bool
    state: State
    received_on: dt.date | None = None
    percent: int | None = None
    gaps: tuple[str, ...] = ()
    identifier: str = ""
    enters_analysis: bool = False
    is_amended_now: bool = False
    demonstration: bool = False

    @property
    def is_complete(self) -> bool | None:
        """Whether a received report lacks no mandatory answer; None before it is received."""
        return not self.gaps if self.state in ("in_time", "late") else None


def get_cycle(cycle: str) -> ReportingCycle:
    """The data of a cycle. Raises KeyError."""
    return load_reporting_cycles()[cycle]


def list_standings(
    cycle: str, *, today: dt.date, actor: Actor, as_of: dt.date | None = None
) -> list[Standing]:
    """Every country that was obliged or reported, by code; drafts are told to their Party and to
    the Secretariat (their state alone), not to the public. With `as_of`, as it was on a day."""
    reporting = get_cycle(cycle)
    facts = current_evaluator().facts
    obliged = set(list_obliged(reporting))
    schema = load_format(cycle).schema
    received = {
        version.record.government: version
        for version in live_versions(as_of).filter(record__type=schema).defer("body")
    }
    drafts = {
        draft.government: draft
        for draft in Draft.objects.filter(type=schema, state__in=OPEN).defer("confidential")
        if may(actor, "read_draft", schema, draft.government) or _is_secretariat(actor)
    }
    found = []
    for party in sorted({*obliged, *(p for p in received if p), *(p for p in drafts if p)}):
        version, draft = received.get(party), drafts.get(party)
        if version is not None:
            identifier = version.record.identifier
            published_on = version.published_at.date()
            received_on = facts.first_received.get((cycle, identifier), published_on)
            receipt: Receipt = reporting.classify(received_on)
            progress = measure_version(version.pk, identifier, version.number)
            found.append(
                Standing(
                    party, party in obliged, receipt, received_on, progress.percent,
                    progress.missing, identifier=identifier,
                    enters_analysis=reporting.enters_analysis(received_on),
                    is_amended_now=draft is not None, demonstration=version.demonstration,
                )
            )  # fmt: skip
        elif draft is not None:
            seen = may(actor, "read_draft", schema, party)
            percent = _measure_draft(draft).percent if seen else None
            found.append(
                Standing(party, party in obliged, draft.state, percent=percent,  # type: ignore[arg-type]
                         demonstration=draft.demonstration)
            )  # fmt: skip
        else:
            state: State = "missing" if today > reporting.due_on else "not_started"
            found.append(Standing(party, party in obliged, state))
    return found


def list_obliged(reporting: ReportingCycle) -> list[str]:
    """The codes of the countries that were Parties on the due day (Article 33)."""
    evaluator = current_evaluator()
    roll = evaluator.facts.roll
    return list(roll.from_bits(evaluator.status.in_force("cpb", reporting.due_on)))


@lru_cache(maxsize=2048)
def measure_version(version_id: int, identifier: str, number: int) -> Progress:
    """How complete a published version is; it never changes, so it is measured once."""
    version = get_version(identifier, number)
    return measure_progress(get_format_of(version.record.type), version.body)


def _measure_draft(draft: Draft) -> Progress:
    return measure_progress(get_format_of(draft.type), draft.body)


def _is_secretariat(actor: Actor) -> bool:
    return getattr(actor, "role", None) == "secretariat"
