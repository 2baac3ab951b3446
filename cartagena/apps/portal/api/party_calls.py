"""Calls about Parties, treaties, groups and reports."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from cartagena.apps.portal.api.answering import is_made_up, page_of
from cartagena.apps.portal.api.knowledge import Knowledge, know
from cartagena.apps.portal.api.problems import ApiError, bad_value, not_found
from cartagena.apps.portal.api.shapes import parties as shapes
from cartagena.apps.portal.open_data.parties import list_answers, list_reports, party_row
from cartagena.apps.portal.open_data.plan import list_sources
from cartagena.engine.evaluate import TREATY
from cartagena.engine.parties import Group, load_groups
from cartagena.engine.status import REGIONS
from cartagena.engine.treaty import TREATIES

router = Router(tags=["Parties and reports"])


@router.get("/parties", response=shapes.PartyList, summary="Countries and Parties")
def list_countries(request: HttpRequest, query: Query[shapes.PartyQuery]) -> Any:
    """Countries with what they did under each treaty, and their groups on a day."""
    knowledge = know(request)
    evaluator, on = knowledge.evaluator, query.on or knowledge.seen_from
    bits = evaluator.facts.roll.everyone.bits
    if query.group is not None:
        bits &= evaluator.status.members(knowledge.group(query.group), on)
    if query.only_parties:
        bits &= evaluator.status.in_force(TREATY, on)
    codes = list(evaluator.facts.roll.from_bits(bits))
    return page_of(
        request, knowledge, query, codes, lambda code: party_row(evaluator, code, on), on=on
    )


@router.get("/parties/{party}", response=shapes.PartyAnswer, summary="One country")
def get_country(request: HttpRequest, party: str, query: Query[shapes.OnQuery]) -> Any:
    """Treaty status, groups on a day, and live reports of one country."""
    knowledge = know(request)
    knowledge.party(party)
    on = query.on or knowledge.seen_from
    reports = [each for each in list_reports(knowledge.evaluator) if each["party"] == party]
    return {
        **knowledge.about(any(each["demonstration"] for each in reports)),
        **party_row(knowledge.evaluator, party, on),
        "on": on,
        "reports": reports,
    }


@router.get("/reports", response=shapes.ReportList, summary="National reports")
def list_live_reports(request: HttpRequest, query: Query[shapes.ReportQuery]) -> Any:
    """The report versions live on the day of knowledge."""
    knowledge = know(request)
    found = list_reports(knowledge.evaluator)
    if query.party is not None:
        knowledge.party(query.party)
        found = [each for each in found if each["party"] == query.party]
    if query.source is not None:
        _check_source(knowledge, query.source)
        found = [each for each in found if each["source"] == query.source]
    return page_of(request, knowledge, query, found, demonstration=is_made_up)


@router.get("/reports/{record}", response=shapes.ReportAnswer, summary="One report's answers")
def get_report(request: HttpRequest, record: str, query: Query[shapes.ReportAnswersQuery]) -> Any:
    """The answers of a live report, by key of the question."""
    knowledge = know(request)
    if query.source is not None:
        _check_source(knowledge, query.source)
    live = [each for each in list_reports(knowledge.evaluator) if each["record"] == record]
    found = [each for each in live if query.source in (None, each["source"])]
    if not found:
        raise ApiError(
            404,
            f"No report {record[:80]!r} is live on this day.",
            "Take the value of `record` from /api/v1/reports; mind as_of and source.",
            [each["source"] for each in live] or None,
        )
    report = found[0]
    answers = list_answers(knowledge.evaluator, report)
    return page_of(
        request, knowledge, query, answers, demonstration=report["demonstration"], report=report
    )


def _check_source(knowledge: Knowledge, source: str) -> None:
    known = list_sources(knowledge.evaluator.plan)
    if source not in known:
        raise bad_value("source", source, known)


@router.get(
    "/treaties/{treaty}/parties", response=shapes.TreatyPartyList, summary="Parties to a treaty"
)
def list_treaty_parties(request: HttpRequest, treaty: str, query: Query[shapes.TreatyQuery]) -> Any:
    """Who is a Party to a treaty on a day: by entry into force, or counted by deposits."""
    knowledge = know(request)
    if treaty not in TREATIES:
        raise not_found("treaty", treaty, TREATIES)
    evaluator, on = knowledge.evaluator, query.on or knowledge.seen_from
    status, roll = evaluator.status, evaluator.facts.roll
    counted = status.in_force if query.by == "in_force" else status.deposited
    bits = counted(treaty, on)

    def row(code: str) -> dict[str, Any]:
        dates = party_row(evaluator, code, on)["treaties"][treaty]
        name = evaluator.facts.names.get(code, {}).get("en", code)
        return {"party": code, "name": name, **dates}

    return page_of(
        request,
        knowledge,
        query,
        list(roll.from_bits(bits)),
        row,
        treaty=treaty,
        on=on,
        by=query.by,
        by_region={each: (bits & status.members(each, on)).bit_count() for each in REGIONS},
    )


@router.get("/groups", response=shapes.GroupList, summary="Groups")
def list_groups(request: HttpRequest, query: Query[shapes.GroupQuery]) -> Any:
    """All groups with their members on a day."""
    knowledge = know(request)
    on = query.on or knowledge.seen_from
    return page_of(
        request, knowledge, query, load_groups(), lambda each: _group(knowledge, each, on), on=on
    )


@router.get("/groups/{group}", response=shapes.GroupAnswer, summary="One group")
def get_group(request: HttpRequest, group: str, query: Query[shapes.OnQuery]) -> Any:
    """A group and its members on a day."""
    knowledge = know(request)
    known = {each.code: each for each in load_groups()}
    if group not in known:
        raise not_found("group", group, known, "/api/v1/groups")
    on = query.on or knowledge.seen_from
    return knowledge.about(False) | _group(knowledge, known[group], on) | {"on": on}


def _group(knowledge: Knowledge, group: Group, on: dt.date) -> dict[str, Any]:
    evaluator = knowledge.evaluator
    bits = evaluator.status.members(group.code, on)
    parties = bits & evaluator.status.in_force(TREATY, on)
    return {
        "code": group.code,
        "kind": group.kind,
        "title": group.title,
        "note": group.note,
        "members": list(evaluator.facts.roll.from_bits(bits)),
        "parties": list(evaluator.facts.roll.from_bits(parties)),
    }
