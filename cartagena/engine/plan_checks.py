"""What must hold across the declarations of a plan, beyond the form of each file."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cartagena.engine.declaration import Problems
from cartagena.engine.logframe import check_ids
from cartagena.engine.programme import ProgrammeItem
from cartagena.engine.treaty import check_citations

if TYPE_CHECKING:
    from cartagena.engine.plan import Plan


def check_plan(plan: "Plan", problems: Problems) -> None:
    """Add to `problems` whatever does not hold in the plan as a whole."""
    check_ids(plan.logframe, problems)
    _check_shape(plan, problems)
    _check_items(plan, problems)
    _check_references(plan, problems)
    _check_points(plan, problems)
    _check_background(plan, problems)
    _check_faults(plan, problems)
    _check_crosswalk(plan, problems)


def _check_shape(plan: "Plan", problems: Problems) -> None:
    shape, programme = plan.about.shape, plan.programme
    consultation = plan.background.consultation
    counts = {
        "focal_areas": (len(plan.focal_areas), shape.focal_areas),
        "impacts": (len(plan.impacts), shape.impacts),
        "objectives": (len(plan.objectives), shape.objectives),
        "outcomes": (len(plan.outcomes), shape.outcomes),
        "indicators": (len(plan.indicators), shape.indicators),
        "standing_items": (len(programme.standing_items), shape.standing_items),
        "items": (len(programme.items), shape.items),
        "references": (len(programme.references), shape.references),
        "submission_events": (len(consultation.submission_events), shape.submission_events),
        "submitters": (len(consultation.submitters), shape.submitters),
        "submitting_parties": (len(consultation.submitting_parties), shape.submitting_parties),
        "consultation_events": (len(consultation.events), shape.consultation_events),
    }
    for objective in plan.objectives:
        expected = shape.indicators_per_objective.get(objective.id, 0)
        counts[f"indicators of {objective.id}"] = (len(objective.indicators), expected)
    for agenda in programme.meetings:
        expected = shape.items_per_meeting.get(str(agenda.meeting), 0)
        counts[f"items of meeting {agenda.meeting}"] = (len(agenda.items), expected)
    for name, (found, expected) in counts.items():
        if found != expected:
            remedy = "Restore what was lost, or correct `shape` in plan.yaml."
            problems.add("plan.yaml: shape", f"{found} {name}, expected {expected}", remedy)


def _check_items(plan: "Plan", problems: Problems) -> None:
    for agenda in plan.programme.meetings:
        if agenda.meeting not in {meeting.number for meeting in plan.meetings}:
            remedy = "Add it to meetings.yaml."
            problems.add("programme_of_work.yaml", f"no meeting {agenda.meeting}", remedy)
        for item in agenda.items:
            _check_item_id(item, f"mop{agenda.meeting}", problems)
            cited = [each for citation in item.citations for each in citation.provisions]
            check_citations(cited, f"programme_of_work.yaml: {item.id}", problems)
    for standing in plan.programme.standing_items:
        if standing.id != f"standing.{standing.printed.strip('()')}":
            remedy = "Write `standing.` and the printed letter."
            problems.add(f"programme_of_work.yaml: {standing.id}", "id and letter differ", remedy)


def _check_item_id(item: ProgrammeItem, meeting: str, problems: Problems) -> None:
    if item.id != f"{meeting}.{item.printed.strip('()')}":
        remedy = f"Write `{meeting}.` and the printed letter; gaps in the letters stay."
        problems.add(f"programme_of_work.yaml: {item.id}", "id and printed letter differ", remedy)


def _check_references(plan: "Plan", problems: Problems) -> None:
    known = plan.programme.objectives
    for reference in plan.programme.references:
        place = f"programme_of_work.yaml: {reference.item}"
        for target in (*reference.proposed, *reference.cited.alternatives):
            _check_known(place, "objective", target, known, problems)
        if not reference.proposed:
            problems.add(place, "no proposed objective", "Propose one, marked `unsure` if need be.")
        if reference.mapped is None:
            remedy = "Add the number to annex2_numbering_map."
            problems.add(place, f"no map for the printed {reference.printed}", remedy)
    for item in plan.programme.items:
        for inferred in item.inferred:
            place = f"programme_of_work.yaml: {item.id}"
            _check_known(place, "objective", inferred.objective, known, problems)


def _check_known(
    place: str, kind: str, found: str, known: Iterable[str], problems: Problems
) -> None:
    if found not in known:
        problems.add(place, f"no {kind} {found!r}", "Correct the id.")


def _check_points(plan: "Plan", problems: Problems) -> None:
    numbers = {meeting.number for meeting in plan.meetings}
    items = {item.id for item in plan.programme.items}
    for point in plan.points:
        place = f"points.yaml: {point.id}"
        check_citations((each for each in point.basis if each not in items), place, problems)
        if point.meeting is not None and point.meeting not in numbers:
            problems.add(place, f"no meeting {point.meeting}", "Add it to meetings.yaml.")
        if point.cycle not in point.sources:
            remedy = "List the cycle's own reports among the sources."
            problems.add(place, f"the cycle {point.cycle} is not a source", remedy)
    ids = [point.id for point in plan.points]
    if len(set(ids)) < len(ids):
        problems.add("points.yaml", "two points have the same id", "Rename one.")
    for meeting in plan.meetings:
        days = [day for each in meeting.sessions for day in (each.opens_on, each.closes_on)]
        if not days or days != sorted(days):
            remedy = "Give at least one sitting, each closing after it opens, in order."
            problems.add(f"meetings.yaml: {meeting.number}", "dates are out of order", remedy)


def _check_background(plan: "Plan", problems: Problems) -> None:
    background, known = plan.background, plan.programme.objectives
    consultation = background.consultation
    check_citations(consultation.mandate, "background.yaml: consultation", problems)
    cited = [*consultation.source, *background.resources.source, background.resources.fund.source]
    cited += [call.source for call in consultation.calls]
    cited += [step.source for step in consultation.rounds]
    cited += [event.source for event in consultation.events]
    for source in cited:
        _check_known("background.yaml", "paragraph", source, background.ids, problems)
    for theme in consultation.themes:
        for target in theme.objectives:
            _check_known(f"background.yaml: {theme.id}", "objective", target, known, problems)
    for country in consultation.non_parties:
        _check_known("background.yaml", "submitter", country, consultation.submitters, problems)


def _check_faults(plan: "Plan", problems: Problems) -> None:
    items = {item.id for item in plan.programme.all_items}
    points = {point.id for item in plan.programme.items for point in item.points}
    targets = {target.id for goal in plan.background.goals for target in goal.targets}
    known = {*plan.logframe.ids, *plan.background.ids, *items, *points, *targets}
    for fault in plan.faults:
        for concerned in fault.concerns:
            _check_known(f"faults.yaml: {fault.id}", "such id as", concerned, known, problems)


def _check_crosswalk(plan: "Plan", problems: Problems) -> None:
    pairs = (
        (plan.crosswalk.focal_areas, [area.id for area in plan.focal_areas]),
        (plan.crosswalk.objectives, [objective.id for objective in plan.objectives]),
    )
    for rows, ids in pairs:
        if [row.draft for row in rows] != ids:
            remedy = f"List each once, in order: {', '.join(ids)}."
            problems.add("adopted_crosswalk.yaml", "not one row for each draft number", remedy)
