"""Everything made up, as publications in the order in which it became public."""

import datetime as dt
import heapq
from collections.abc import Iterator
from functools import cache
from itertools import chain

from cartagena.apps.registry.demonstration.answering import answer_report
from cartagena.apps.registry.demonstration.biology import plan_biology
from cartagena.apps.registry.demonstration.decisions import plan_decisions
from cartagena.apps.registry.demonstration.draws import at_noon
from cartagena.apps.registry.demonstration.institutions import plan_institutions
from cartagena.apps.registry.demonstration.old_reports import plan_old_reports
from cartagena.apps.registry.demonstration.people import plan_people
from cartagena.apps.registry.demonstration.planned import Planned, term
from cartagena.apps.registry.demonstration.registers import plan_registers
from cartagena.apps.registry.demonstration.reporting import PlannedReport, list_planned_reports
from cartagena.apps.registry.demonstration.resources import plan_resources
from cartagena.apps.registry.demonstration.secretariat import plan_secretariat
from cartagena.apps.registry.demonstration.texts import write_remark
from cartagena.apps.registry.demonstration.usage import plan_usage
from cartagena.apps.registry.publication import Publication
from cartagena.engine.answers import build_body
from cartagena.engine.questionnaire import load_format


def list_made_up() -> Iterator[Publication]:
    """All versions of everything, oldest first. Report bodies are written only when reached."""
    records = ((plan.published_on, _publish_record(plan)) for plan in _list_records())
    reports = (
        (plan.published_on, plan_report_publication(plan)) for plan in list_planned_reports()
    )
    for _, publication in heapq.merge(records, reports, key=lambda pair: pair[0]):
        yield publication


def count_made_up() -> int:
    """How many versions :func:`list_made_up` gives."""
    return len(_list_records()) + len(list_planned_reports())


@cache
def _list_records() -> tuple[Planned, ...]:
    planned = chain(
        plan_institutions(),
        plan_people(),
        plan_old_reports(),
        plan_biology(),
        plan_decisions(),
        plan_resources(),
        plan_secretariat(),
        plan_registers(),
        plan_usage(),
    )
    return tuple(sorted(planned, key=lambda p: (p.published_on, p.identifier, p.revision)))


def _publish_record(plan: Planned) -> Publication:
    return Publication(
        identifier=plan.identifier,
        type=plan.type,
        government=plan.government,
        body=plan.body,
        published_at=at_noon(plan.published_on),
        received_on=plan.received_on,
        revision=plan.revision,
        title=plan.title,
        demonstration=True,
    )


def plan_report_publication(report: PlannedReport) -> Publication:
    """One version of a made-up report, its body written."""
    shape = load_format(report.round.cycle)
    profile = report.profile
    header: dict[str, object] = {
        "identifier": report.identifier,
        "languages": [profile.language],
        "government": profile.iso2,
        "contact": term(f"DEMO-NFP-{profile.party}-CPB-FP1"),
        "stakeholders": {profile.language: write_remark(profile, "stakeholders")},
        "reportPeriodStartDate": report.round.began_on.isoformat(),
        "reportPeriodEndDate": (report.round.deadline - dt.timedelta(60)).isoformat(),
    }
    if report.round.cycle == "nr5":
        header["date"] = report.received_on.isoformat()
    return Publication(
        identifier=report.identifier,
        type=shape.schema,
        government=profile.party,
        body=build_body(shape, answer_report(shape, report), header),
        published_at=at_noon(report.published_on),
        received_on=report.received_on,
        revision=report.revision,
        title=f"{shape.name.get('en')} of {profile.name} (made up for demonstration)",
        demonstration=True,
    )
