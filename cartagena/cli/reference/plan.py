"""plan.md: the Strategic Plan with its programme of work, as declared."""

from collections.abc import Iterator

from cartagena.cli.reference.markdown import anchor, bullets, page, plain, table
from cartagena.engine.logframe import FocalArea, Objective
from cartagena.engine.plan import Plan, load_plan
from cartagena.engine.programme import ObjectiveReference, ProgrammeItem, StandingItem
from cartagena.engine.text import Text
from cartagena.engine.treaty import label_provision


def make_pages() -> dict[str, str]:
    """The page of the plan."""
    plan = load_plan()
    content = page(
        str(plan.title),
        "the declarations in `cartagena/protocol/plans/cpb_2011_2020/`",
        f"Document {plan.about.symbol}, adopted with other numbers as {plan.about.adopted_as} on "
        f"{plan.about.adopted_on.isoformat()}. The Chinese is the document's; the English is our "
        "translation. " + plain(str(plan.about.note)),
        f"**Vision.** {_both(plan.vision)}",
        f"**Mission.** {_both(plan.mission)}",
        *(part for area in plan.focal_areas for part in _area(area)),
        *_programme(plan),
        *_times(plan),
        *_adopted(plan),
    )
    return {"plan.md": content}


def _both(text: Text) -> str:
    chinese = text.get("zh") if "zh" in text else ""
    return plain(text.get("en")) + (f" {plain(chinese)}" if chinese else "")


def _area(area: FocalArea) -> Iterator[str]:
    yield f"{anchor(area.id)}\n## Focal area {area.id}: {_both(area.title)}"
    yield f"**Strategic objective.** {_both(area.strategic_objective)}"
    yield bullets(f"{anchor(each.id)}Impact {each.id}: {_both(each.text)}" for each in area.impacts)
    for objective in area.objectives:
        yield from _objective(objective)


def _objective(objective: Objective) -> Iterator[str]:
    yield f"{anchor(objective.id)}\n### {objective.id} {_both(objective.title)}"
    yield _both(objective.text)
    yield bullets(
        f"{anchor(each.id)}Outcome {each.id}: {_both(each.text)}" for each in objective.outcomes
    )
    yield bullets(
        f"Indicator [{each.id}](indicators.md#i{each.id}): {_both(each.title)}"
        for each in objective.indicators
    )


def _programme(plan: Plan) -> Iterator[str]:
    programme = plan.programme
    yield f"{anchor('programme')}\n## Programme of work"
    yield (
        "Annex II prints numbers of objectives that an earlier draft had. Both are shown: the "
        "number printed, and the objective we propose."
    )
    yield "### Every meeting"
    yield bullets(_item(plan, each) for each in programme.standing_items)
    for agenda in programme.meetings:
        yield f"### Meeting {agenda.meeting}"
        yield bullets(_item(plan, each) for each in agenda.items)
    never = programme.objectives_never_scheduled(as_printed=False)
    yield "Objectives that no item is about, by the proposed numbers: " + ", ".join(never) + "."


def _item(plan: Plan, item: StandingItem | ProgrammeItem) -> str:
    words = _both(item.text)
    if isinstance(item, ProgrammeItem):
        words = f"**{_both(item.title)}.** {words}"
    references = [r for r in plan.programme.references if r.item == item.id]
    judged = "; ".join(_reference(reference) for reference in references)
    return f"{anchor(item.id)}{plain(item.printed)} {words}" + (f" *({judged})*" if judged else "")


def _reference(reference: ObjectiveReference) -> str:
    proposed = ", ".join(reference.proposed)
    if reference.status == "right":
        return f"objective {reference.printed}"
    return f"printed {reference.printed}, {reference.status}; proposed {proposed}"


def _times(plan: Plan) -> Iterator[str]:
    yield f"{anchor('points')}\n## Evaluation points"
    yield table(
        ["Point", "Title", "Cycle", "Sources", "Record date", "Status", "Meeting", "Basis"],
        [
            [
                f"`{each.id}`",
                plain(str(each.title)),
                each.cycle,
                ", ".join(each.sources),
                each.record_date.isoformat(),
                each.record_date_status,
                str(each.meeting or "none"),
                "; ".join(map(label_provision, each.basis)),
            ]
            for each in plan.points
        ],
    )
    yield "## Meetings of the Parties to the Protocol"
    yield table(
        ["Meeting", "From", "To", "Place", "How we know"],
        [
            [
                str(each.number),
                session.opens_on.isoformat(),
                session.closes_on.isoformat(),
                plain(str(session.place)),
                each.evidence,
            ]
            for each in plan.meetings
            for session in each.sessions
        ],
    )


def _adopted(plan: Plan) -> Iterator[str]:
    walk = plan.crosswalk
    yield "## From the draft's numbers to the adopted ones"
    yield plain(str(walk.note))
    yield table(
        ["Draft", "Adopted", "Another source says", "How we know", "Note"],
        [
            [
                each.draft,
                each.adopted or "none",
                each.alternative or "",
                each.evidence,
                plain(str(each.note)) if each.note else "",
            ]
            for each in (*walk.focal_areas, *walk.objectives)
        ],
    )
    yield "Indicators that the adopted plan has and the draft has not:"
    yield bullets(
        f"{each.id} {plain(str(each.text))} ({each.evidence})" for each in walk.added_indicators
    )
