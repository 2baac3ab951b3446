"""The plan at a glance: five bands, the tile map, what was published lately and what is due."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _

from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.presenters.figure import FigureView
from cartagena.apps.portal.presenters.overview import COURSES, Overview, Row, get_overview
from cartagena.apps.portal.presenters.words import course_words, point_title
from cartagena.engine.figure import Figure
from cartagena.engine.logframe import FocalArea, Objective
from cartagena.engine.parties import get_country
from cartagena.engine.questionnaire import list_cycles, load_format
from cartagena.engine.text import Text

QUIET_TYPES = ("contact", "focalPoint", "organization", "biosafetyExpert", "expertAssignment")
"""Records about who is who change often and say little to most readers."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One indicator in an objective's row."""

    id: str
    title: Text
    address: str
    latest: FigureView | None
    baseline: FigureView | None
    course: str


@dataclass(frozen=True, kw_only=True)
class ObjectiveRow:
    """One objective with its indicators."""

    objective: Objective
    address: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Band:
    """One focal area; `tally` counts its indicators by where they moved."""

    area: FocalArea
    rows: tuple[ObjectiveRow, ...]
    tally: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, kw_only=True)
class Event:
    """A day and what happened, or is due, on it."""

    day: dt.date
    words: str
    address: str = ""
    is_ahead: bool = False


def list_bands(frame: Frame) -> tuple[Band, ...]:
    """The five focal areas."""
    overview = get_overview(frame.evaluator)
    return tuple(
        Band(
            area=area,
            rows=tuple(_make_row(frame, overview, objective) for objective in area.objectives),
            tally=tally_courses(overview, f"{area.id}."),
        )
        for area in frame.evaluator.plan.focal_areas
    )


def tally_courses(overview: Overview, prefix: str) -> tuple[tuple[str, str, int], ...]:
    """(course, words, number of indicators) for ids that start with `prefix`."""
    counts = overview.course_counts(prefix)
    return tuple((course, course_words(course), counts[course]) for course in COURSES)


def _make_row(frame: Frame, overview: Overview, objective: Objective) -> ObjectiveRow:
    cells = tuple(
        make_cell(frame, overview.rows[each.id], each.title) for each in objective.indicators
    )
    address = frame.link("objective", objective.id)
    return ObjectiveRow(objective=objective, address=address, cells=cells)


def make_cell(frame: Frame, row: Row, title: Text) -> Cell:
    """One indicator as a cell: its value now, and the bar of the baseline above that of now."""

    def view(figure: Figure | None) -> FigureView | None:
        return FigureView(figure, point_title(figure.point)) if figure else None

    return Cell(
        id=row.id,
        title=title,
        address=frame.link("indicator", row.id),
        latest=view(row.latest),
        baseline=view(row.baseline) if row.baseline is not row.latest else None,
        course=row.course,
    )


def list_recent(frame: Frame, limit: int = 7) -> tuple[Event, ...]:
    """The last publications: reports first, then records, newest first."""
    found: list[tuple[dt.date, str, str]] = []
    language = frame.language
    facts = frame.evaluator.facts
    for row in _newest(facts["report"], limit):
        name = get_country(row["party"]).names.get(language)
        cycle = load_format(row["cycle"]).name.get(language)
        address = frame.link("report", row["party"], row["cycle"])
        found.append((row["published_on"], f"{name}: {cycle}", address))
    for row in _newest(_leave_out(facts["record"], QUIET_TYPES), limit // 2):
        found.append((row["published_on"], row["title"] or row["number"] or row["record"], ""))
    found.sort(key=lambda entry: entry[0], reverse=True)
    return tuple(Event(day=day, words=said, address=where) for day, said, where in found[:limit])


def _leave_out(records: pa.Table, types: tuple[str, ...]) -> pa.Table:
    return records.filter(pc.invert(pc.is_in(records.column("type"), pa.array(types))))


def _newest(table: pa.Table, limit: int) -> list[dict[str, Any]]:
    columns = ["record", "published_on", "number"]
    columns += [c for c in ("party", "cycle", "title") if c in table.column_names]
    newest = table.select(columns).sort_by([("published_on", "descending")])
    rows: list[dict[str, Any]] = newest.slice(0, limit).to_pylist()
    return rows


def list_due(frame: Frame, limit: int = 6) -> tuple[Event, ...]:
    """Deadlines of reports and meetings of the Parties around the date: those ahead come first."""
    seen_from, language = frame.seen_from, frame.language
    events = []
    for cycle in list_cycles():
        format_ = load_format(cycle)
        if format_.deadline is not None:
            words = _("Due: %(report)s") % {"report": format_.name.get(language)}
            events.append(
                Event(
                    day=format_.deadline,
                    words=words,
                    address=frame.link("questionnaire", cycle),
                    is_ahead=format_.deadline > seen_from,
                )
            )
    for meeting in frame.evaluator.plan.meetings:
        words = _("Meeting %(number)s of the Parties, %(place)s") % {
            "number": meeting.number,
            "place": meeting.sessions[0].place.get(language),
        }
        events.append(
            Event(
                day=meeting.opens_on,
                words=words,
                address=frame.link("programme") + f"#{meeting.id}",
                is_ahead=meeting.opens_on > seen_from,
            )
        )
    events.sort(key=lambda event: event.day)
    ahead = [event for event in events if event.is_ahead][:limit]
    past = [event for event in events if not event.is_ahead]
    return tuple(past[len(past) - (limit - len(ahead)) :] + ahead)
