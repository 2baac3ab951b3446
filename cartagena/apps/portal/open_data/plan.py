"""The plan, the programme of work and the report formats as plain values."""

from functools import cache
from typing import Any

from cartagena.apps.portal.open_data.figures import point_row
from cartagena.apps.portal.open_data.method import provision_row
from cartagena.engine.crosswalk import Crosswalk
from cartagena.engine.logframe import FocalArea, Objective
from cartagena.engine.plan import Plan
from cartagena.engine.point import Point
from cartagena.engine.programme import ObjectiveReference, ProgrammeItem, StandingItem
from cartagena.engine.questionnaire import Format, Question
from cartagena.engine.text import Text

Row = dict[str, Any]


def words(text: Text | None) -> dict[str, str]:
    """A text by language."""
    return dict(text.pairs) if text is not None else {}


def plan_row(plan: Plan, points: tuple[Point, ...]) -> Row:
    """The plan at a glance."""
    about = plan.about
    return {
        "id": plan.id,
        "title": words(plan.title),
        "symbol": about.symbol,
        "adopted_as": about.adopted_as,
        "adopted_on": about.adopted_on,
        "starts_on": about.starts_on,
        "ends_on": about.ends_on,
        "vision": words(plan.vision),
        "mission": words(plan.mission),
        "counts": {
            "focal_areas": len(plan.focal_areas),
            "impacts": len(plan.impacts),
            "objectives": len(plan.objectives),
            "outcomes": len(plan.outcomes),
            "indicators": len(plan.indicators),
            "standing_items": len(plan.programme.standing_items),
            "items": len(plan.programme.items),
        },
        "points": [point_row(point) for point in points],
        "focal_areas": [focal_area_row(area) for area in plan.focal_areas],
        "faults": [
            {
                "id": fault.id,
                "kind": fault.kind,
                "place": words(fault.place),
                "printed": fault.printed,
                "what": words(fault.what),
                "we_do": words(fault.we_do),
                "concerns": list(fault.concerns),
            }
            for fault in plan.faults
        ],
    }


def focal_area_row(area: FocalArea) -> Row:
    """A focal area."""
    return {
        "id": area.id,
        "title": words(area.title),
        "strategic_objective": words(area.strategic_objective),
        "impacts": [{"id": each.id, "text": words(each.text)} for each in area.impacts],
        "objectives": [each.id for each in area.objectives],
    }


def objective_row(plan: Plan, objective: Objective) -> Row:
    """An operational objective."""
    adopted = plan.find_adopted(objective.id)
    return {
        "id": objective.id,
        "focal_area": plan.focal_area_of(objective.id).id,
        "title": words(objective.title),
        "text": words(objective.text),
        "adopted": adopted.adopted if adopted else None,
        "outcomes": [
            {"id": each.id, "objective": objective.id, "text": words(each.text)}
            for each in objective.outcomes
        ],
        "indicators": [
            {"id": each.id, "title": words(each.title)} for each in objective.indicators
        ],
    }


def programme_rows(plan: Plan) -> list[Row]:
    """The standing items, then the scheduled ones."""
    programme = plan.programme
    references: dict[str, list[ObjectiveReference]] = {}
    for reference in programme.references:
        references.setdefault(reference.item, []).append(reference)
    meetings = {item.id: agenda.meeting for agenda in programme.meetings for item in agenda.items}
    return [
        _item_row(meetings.get(item.id), item, references.get(item.id, []))
        for item in programme.all_items
    ]


def _item_row(
    meeting: int | None,
    item: StandingItem | ProgrammeItem,
    references: list[ObjectiveReference],
) -> Row:
    citations = item.citations if isinstance(item, ProgrammeItem) else ()
    cited = dict.fromkeys(each for citation in citations for each in citation.provisions)
    return {
        "id": item.id,
        "meeting": meeting,
        "printed": item.printed,
        "title": words(item.title) if isinstance(item, ProgrammeItem) else {},
        "text": words(item.text),
        "provisions": [provision_row(each) for each in cited],
        "references": [
            {
                "item": each.item,
                "printed": each.printed,
                "proposed": list(each.proposed),
                "status": each.status,
                "confidence": each.cited.confidence,
            }
            for each in references
        ],
    }


# Report formats


def questionnaire_row(format_: Format) -> Row:
    """A report format in short."""
    return {
        "source": format_.cycle,
        "name": words(format_.name),
        "schema_id": format_.schema,
        "year": format_.year,
        "deadline": format_.deadline,
        "questions": sum(not question.is_structural for question in format_.questions),
    }


def fault_rows(format_: Format) -> list[Row]:
    """The known faults of a format's source."""
    return [
        {"id": f.id, "what": f.what, "effect": f.effect, "questions": list(f.questions)}
        for f in format_.faults
    ]


def question_rows(format_: Format) -> list[Row]:
    """All questions in printed order, headings included."""
    return [_question_row(question) for question in format_.questions]


def _question_row(question: Question) -> Row:
    return {
        "key": question.key,
        "number": question.number,
        "section": question.section,
        "parent": question.parent,
        "type": question.type,
        "multiple": question.multiple,
        "mandatory": question.mandatory,
        "concept": question.concept,
        "label": words(question.label),
        "options": [
            {
                "code": option.code,
                "label": words(option.label),
                "lower": option.bounds[0] if option.bounds else None,
                "upper": option.bounds[1] if option.bounds else None,
                "exclusive": option.exclusive,
            }
            for option in question.options
        ],
        "articles": list(question.articles),
        "faults": [fault.id for fault in question.faults],
    }


def link_rows(walk: Crosswalk) -> list[Row]:
    """The links of a crosswalk in its own order."""
    return [
        {
            "old": list(link.old),
            "new": list(link.new),
            "verdict": link.verdict,
            "relation": link.relation,
            "proposed": link.proposed,
            "note": link.note,
            "values": None if link.values is None else dict(link.values),
        }
        for link in walk.links
    ]


@cache
def list_sources(plan: Plan) -> tuple[str, ...]:
    """All sources of answers, oldest first."""
    return tuple(dict.fromkeys(source for point in plan.points for source in point.sources))
