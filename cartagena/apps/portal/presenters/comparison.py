"""Change between two points: of all that answered, and of those that reported both times."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.presenters.figure import FigureView
from cartagena.apps.portal.presenters.indicator import PartyEntry
from cartagena.apps.portal.presenters.overview import get_overview
from cartagena.apps.portal.presenters.words import cause_words, outcome_words, point_title
from cartagena.engine.change import CAUSES, Change, Movement, compare
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.figure import Variant
from cartagena.engine.parties import get_country
from cartagena.engine.point import Point
from cartagena.engine.text import Text


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """One indicator in the table of changes."""

    id: str
    title: Text
    area: str
    address: str
    before: FigureView
    after: FigureView
    cross_section: Fraction | None
    of_panel: Fraction | None
    panel: int
    is_notable: bool
    is_reworded: bool


@dataclass(frozen=True, kw_only=True)
class CauseView:
    """The Parties whose outcome differs, or not, for the same cause."""

    cause: str
    words: str
    parties: tuple[PartyEntry, ...]


_changes: OrderedDict[tuple[int, str, str, str, str], tuple[Evaluator, Change]] = OrderedDict()
KEPT = 2000


def get_change(
    evaluator: Evaluator, identifier: str, before: Point, after: Point, variant: Variant
) -> Change:
    """A change, worked out once for each evaluator; the last ones are kept."""
    key = (id(evaluator), identifier, before.id, after.id, variant)
    found = _changes.get(key)
    if found is None or found[0] is not evaluator:
        found = _changes[key] = (evaluator, compare(evaluator, identifier, before, after, variant))
        while len(_changes) > KEPT:
            _changes.popitem(last=False)
    return found[1]


def find_change(frame: Frame, identifier: str, variant: Variant) -> Change | None:
    """The change of an indicator from its first to its last computed point of the plan."""
    row = get_overview(frame.evaluator).rows[identifier]
    if row.baseline is None or row.latest is None or row.baseline is row.latest:
        return None
    points = {point.id: point for point in frame.evaluator.points}
    change = get_change(
        frame.evaluator, identifier, points[row.baseline.point], points[row.latest.point], variant
    )
    return change if is_share(change) and change.cross_section is not None else None


def list_changes(
    frame: Frame, before: Point, after: Point, variant: Variant
) -> tuple[ChangeRow, ...]:
    """Every declared indicator between two points."""
    evaluator = frame.evaluator
    query = {"from": before.id, "to": after.id, "variant": "" if variant == "strict" else variant}
    rows = []
    for each in evaluator.plan.indicators:
        if each.id not in evaluator.indicators:
            continue
        change = get_change(evaluator, each.id, before, after, variant)
        rows.append(
            ChangeRow(
                id=each.id,
                title=each.title,
                area=each.id.split(".")[0],
                address=frame.link("compare_indicator", each.id, **query),
                before=FigureView(change.before, point_title(before.id)),
                after=FigureView(change.after, point_title(after.id)),
                cross_section=change.cross_section if is_share(change) else None,
                of_panel=change.of_panel if is_share(change) else None,
                panel=len(change.panel),
                is_notable=is_share(change) and change.composition_drives,
                is_reworded=not change.comparable,
            )
        )
    return tuple(rows)


def is_share(change: Change) -> bool:
    """Whether it is a change of a share of Parties, which points can measure."""
    return bool(change.after.size) and change.after.kind in ("share", "count")


def list_causes(frame: Frame, change: Change, point: Point) -> tuple[CauseView, ...]:
    """The Parties by cause, those that moved the figure first."""
    address = frame.linker("why", change.indicator, point=point.id)
    by_cause = change.by_cause()
    return tuple(
        CauseView(
            cause=cause,
            words=cause_words(cause),
            parties=tuple(
                sorted(
                    (_entry(frame, movement, address) for movement in by_cause[cause]),
                    key=lambda entry: entry.name,
                )
            ),
        )
        for cause in CAUSES
        if by_cause[cause]
    )


def _entry(frame: Frame, movement: Movement, address: Callable[[str], str]) -> PartyEntry:
    words = ""
    if movement.before != movement.after:
        words = f"{outcome_words(movement.before)} → {outcome_words(movement.after)}"
    return PartyEntry(
        code=movement.party,
        name=get_country(movement.party).names.get(frame.language),
        address=address(movement.party),
        words=words,
    )
