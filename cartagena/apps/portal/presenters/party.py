"""One Party: its treaty status, groups, reports, and what its answers say of each objective."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.presenters.overview import get_overview
from cartagena.apps.portal.presenters.words import (
    group_title,
    outcome_words,
    point_title,
    treaty_title,
)
from cartagena.engine.logframe import Objective
from cartagena.engine.parties import load_groups
from cartagena.engine.questionnaire import list_cycles, load_format
from cartagena.engine.text import Text
from cartagena.engine.treaty import TREATIES


@dataclass(frozen=True, kw_only=True)
class TreatyRow:
    """What a country did under one treaty."""

    treaty: str
    title: str
    signed_on: dt.date | None
    instrument: str
    deposited_on: dt.date | None
    in_force_on: dt.date | None
    source: str
    is_party: bool


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """One reporting cycle: when it was due, and what came. `state` is a word for the reader's case:
    received, late, awaited, missing, not_due (it was no Party then)."""

    cycle: str
    name: Text
    due_on: dt.date | None
    received_on: dt.date | None
    published_on: dt.date | None
    number: str
    version: int
    days_late: int
    state: str
    demonstration: bool
    address: str


@dataclass(frozen=True, kw_only=True)
class OutcomeCell:
    """What is known of the Party for one indicator at one point."""

    outcome: str
    words: str
    address: str


@dataclass(frozen=True, kw_only=True)
class ObjectiveOutcomes:
    """The indicators of one objective with what is known of the Party at each point."""

    objective: Objective
    rows: tuple[tuple[str, Text, tuple[OutcomeCell | None, ...], bool], ...]


@dataclass(frozen=True, kw_only=True)
class CountedRow:
    """How many records of the Party the figure of an indicator counts, and where they are named."""

    id: str
    title: Text
    count: int
    address: str


def list_treaties(frame: Frame, code: str) -> tuple[TreatyRow, ...]:
    """The four treaties in the order of their adoption."""
    rows = {
        row["treaty"]: row
        for row in _where(frame.evaluator.facts["treaty"], party=code).to_pylist()
    }
    found = []
    for treaty in TREATIES:
        row: dict[str, Any] = rows.get(treaty, {})
        in_force = row.get("in_force_on")
        found.append(
            TreatyRow(
                treaty=treaty,
                title=treaty_title(treaty),
                signed_on=row.get("signed_on"),
                instrument=row.get("instrument") or "",
                deposited_on=row.get("deposited_on"),
                in_force_on=in_force,
                source=row.get("source") or "",
                is_party=in_force is not None and in_force <= frame.seen_from,
            )
        )
    return tuple(found)


def list_party_groups(frame: Frame, code: str) -> list[tuple[str, dt.date | None, dt.date | None]]:
    """(title, from, until) of the groups it is or was in."""
    rows = _where(frame.evaluator.facts["membership"], party=code).to_pylist()
    order = [group.code for group in load_groups()]
    rows.sort(key=lambda row: order.index(row["group"]) if row["group"] in order else 99)
    return [(group_title(row["group"]), row["from_on"], row["until_on"]) for row in rows]


def list_reports(frame: Frame, code: str) -> tuple[ReportRow, ...]:
    """Every cycle: due, received, late or missing, seen from the date."""
    live = {row["cycle"]: row for row in live_reports(frame, code)}
    received = frame.evaluator.facts.first_received
    party_since = next(row.in_force_on for row in list_treaties(frame, code) if row.treaty == "cpb")
    found = []
    for cycle in list_cycles():
        due, row = load_format(cycle).deadline, live.get(cycle)
        came = received[cycle, row["record"]] if row else None
        late = max((came - due).days, 0) if came and due else 0
        found.append(
            ReportRow(
                cycle=cycle,
                name=load_format(cycle).name,
                due_on=due,
                received_on=came,
                published_on=row["published_on"] if row else None,
                number=(row["number"] or row["record"]) if row else "",
                version=row["version"] if row else 0,
                days_late=late,
                state=_judge(row is not None, late, due, party_since, frame.seen_from),
                demonstration=bool(row and row["demonstration"]),
                address=frame.link("report", code, cycle) if row else "",
            )
        )
    return tuple(found)


def _judge(
    came: bool, late: int, due: dt.date | None, since: dt.date | None, today: dt.date
) -> str:
    if came:
        return "late" if late else "received"
    if since is None or (due is not None and since > due):
        return "not_due"
    if due is None or due > today:
        return "awaited"
    return "missing"


def live_reports(frame: Frame, code: str) -> list[dict[str, Any]]:
    """The live version of each report of a Party, seen from the date."""
    rows = _where(frame.evaluator.facts["report"], party=code).to_pylist()
    as_of = frame.as_of
    return [
        row
        for row in rows
        if (row["until_on"] is None and (as_of is None or row["published_on"] <= as_of))
        or (
            as_of is not None and row["until_on"] and row["published_on"] <= as_of < row["until_on"]
        )
    ]


def list_outcomes(frame: Frame, code: str) -> tuple[ObjectiveOutcomes, ...]:
    """What is known of the Party for every indicator at every point, by objective."""
    evaluator = frame.evaluator
    overview = get_overview(evaluator)
    found = []
    for objective in evaluator.plan.objectives:
        rows = []
        for each in objective.indicators:
            cells: list[OutcomeCell | None] = []
            for point in overview.points:
                verdict = overview.verdict(each.id, point, "strict")
                if verdict is None or code not in evaluator.parties(point):
                    cells.append(None)
                    continue
                outcome = verdict.outcome(code)
                address = frame.link("why", each.id, code, point=point.id)
                words = outcome_words(outcome)
                cells.append(OutcomeCell(outcome=outcome, words=words, address=address))
            known = [cell.outcome for cell in cells if cell and cell.outcome != "unknown"]
            if any(cells):
                rows.append((each.id, each.title, tuple(cells), len(set(known)) > 1))
        if rows:
            found.append(ObjectiveOutcomes(objective=objective, rows=tuple(rows)))
    return tuple(found)


def list_counted(frame: Frame, code: str) -> list[CountedRow]:
    """The indicators whose figure counts records of the Party on the day the page is seen from."""
    evaluator = frame.evaluator
    point = evaluator.point_on(frame.seen_from)
    counted = get_overview(evaluator).counted(point)
    return [
        CountedRow(
            id=each.id,
            title=each.title,
            count=counted[each.id][code],
            address=frame.link("why", each.id, code, point=point.id),
        )
        for objective in evaluator.plan.objectives
        for each in objective.indicators
        if each.id in counted and counted[each.id][code]
    ]


def list_point_titles(frame: Frame) -> list[tuple[str, dt.date]]:
    """(title, record date) of the points."""
    return [(point_title(p.id), p.record_date) for p in frame.evaluator.points]


def _where(table: pa.Table, **values: object) -> pa.Table:
    for column, value in values.items():
        table = table.filter(pc.equal(table.column(column), pa.scalar(value)))
    return table
