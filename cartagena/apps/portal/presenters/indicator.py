"""One indicator: its figures at every point, by group, on the map, Party by Party."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cartagena.apps.portal.frame import BadQueryError, Frame
from cartagena.apps.portal.presenters.figure import FigureView
from cartagena.apps.portal.presenters.overview import Overview, get_overview
from cartagena.apps.portal.presenters.tiles import Place, Tile, TileMap, lay_tiles, load_places
from cartagena.apps.portal.presenters.words import (
    group_title,
    outcome_words,
    point_title,
    time_words,
)
from cartagena.engine.figure import UniverseName, Variant
from cartagena.engine.logframe import IndicatorTitle
from cartagena.engine.parties import get_country
from cartagena.engine.party_set import PartySet
from cartagena.engine.point import Point
from cartagena.engine.status import SHOWN_GROUPS
from cartagena.engine.timeliness import classify_by_deadline


@dataclass(frozen=True, kw_only=True)
class PointView:
    """An indicator at one point; `proxy` is what the reports say beside another measure."""

    point: Point
    view: FigureView
    proxy: FigureView | None
    address: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class GroupRow:
    """A row of the table of regions and groups."""

    title: str
    view: FigureView
    is_total: bool = False


@dataclass(frozen=True, kw_only=True)
class PartyEntry:
    """A Party in a list."""

    code: str
    name: str
    address: str
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class PartyGroup:
    """The Parties about which the same is known."""

    outcome: str
    words: str
    parties: tuple[PartyEntry, ...]


@dataclass(frozen=True, kw_only=True)
class PartRow:
    """One part of an indicator at every point; None where the reports do not ask it."""

    name: str
    views: tuple[FigureView | None, ...]


def choose_point(frame: Frame, identifier: str, overview: Overview) -> Point:
    """The point asked for with `?point=`; else the last of the plan that has a value."""
    asked = frame.request.GET.get("point", "")
    if asked:
        return _read_point(frame, asked)
    row = overview.rows[identifier]
    if row.latest is not None:
        return frame.evaluator.point(row.latest.point)
    return overview.plan_points[-1]


def _read_point(frame: Frame, asked: str) -> Point:
    """One of the plan's points, or any day up to the one the page is seen from."""
    point = frame.evaluator.point(asked)
    planned = {each.id for each in frame.evaluator.points}
    if point.id not in planned and point.record_date > frame.seen_from:
        raise BadQueryError("point", asked)
    return point


def tile_choices(frame: Frame) -> tuple[IndicatorTitle, ...]:
    """The indicators that say something of each Party, and so can be shown on the map."""
    overview = get_overview(frame.evaluator)
    return tuple(
        each
        for each in frame.evaluator.plan.indicators
        if (row := overview.rows[each.id]).latest is not None and row.latest.size
    )


def list_points(
    frame: Frame, identifier: str, chosen: Point, variant: Variant
) -> tuple[PointView, ...]:
    """The indicator at each of the plan's points, and at the chosen one if it is another day."""
    evaluator = frame.evaluator
    points = list(evaluator.points)
    if chosen.id not in [point.id for point in points]:
        points.append(chosen)
    views = []
    for point in points:
        proxy = evaluator.reported_figure(identifier, point, variant=variant)
        views.append(
            PointView(
                point=point,
                view=FigureView(
                    evaluator.figure(identifier, point, variant=variant), point_title(point.id)
                ),
                proxy=FigureView(proxy, point_title(point.id)) if proxy else None,
                address=frame.here(point=point.id),
                is_chosen=point.id == chosen.id,
            )
        )
    return tuple(views)


def list_groups(
    frame: Frame, identifier: str, point: Point, variant: Variant, universe: UniverseName
) -> tuple[GroupRow, ...]:
    """All Parties, then each region and group; empty for a milestone, which is one for all."""
    if frame.evaluator.indicator(identifier).measure.kind == "milestone":
        return ()

    def row(group: str | None) -> GroupRow:
        figure = frame.evaluator.figure(
            identifier, point, variant=variant, group=group, universe=universe
        )
        title = group_title(group) if group else _("All Parties")
        return GroupRow(
            title=title, view=FigureView(figure, point_title(point.id)), is_total=group is None
        )

    known = frame.evaluator.status.groups
    shown = [group for group in (*SHOWN_GROUPS, "DEVELOPED", "EU") if group in known]
    return tuple(row(group) for group in (None, *shown))


def make_map(frame: Frame, identifier: str, point: Point, variant: Variant) -> TileMap | None:
    """The tile map of an indicator at a point; None if it says nothing of single Parties."""
    evaluator = frame.evaluator
    overview = get_overview(evaluator)
    verdict = overview.verdict(identifier, point, variant)
    if verdict is None:
        return None
    parties = evaluator.parties(point)
    reported = evaluator.reported(point, evaluator.indicator(identifier))
    why = frame.linker("why", identifier, point=point.id, variant=_unless_strict(variant))
    names = _list_names(frame)
    said = {
        "k-yes": outcome_words("yes"),
        "k-no": outcome_words("no"),
        "k-part": _("reported, but did not answer this"),
        "k-silent": _("no report"),
        "k-out": _("not a Party on this date"),
    }
    reads = evaluator.indicator(identifier).measure.reads_reports

    def tile(place: Place) -> Tile:
        code = place.party
        if code not in parties:
            state = "k-out"
        elif code in verdict.yes:
            state = "k-yes"
        elif code in verdict.no:
            state = "k-no"
        else:
            state = "k-part" if reads and code in reported else "k-silent"
        return Tile(place, state, f"{names[code]}: {said[state]}", why(code))

    regions = {region: group_title(region) for region in load_places()}
    title = _("Map of Parties, %(point)s") % {"point": point_title(point.id)}
    key = [(c, w) for c, w in said.items() if reads or c not in ("k-part", "k-silent")]
    return lay_tiles(title, regions, tile, key)


def list_outcomes(
    frame: Frame, identifier: str, point: Point, variant: Variant
) -> tuple[PartyGroup, ...]:
    """Every Party on the date under what is known of it; empty if no condition decides."""
    overview = get_overview(frame.evaluator)
    verdict = overview.verdict(identifier, point, variant)
    if verdict is None:
        return ()
    why = frame.linker("why", identifier, point=point.id, variant=_unless_strict(variant))
    names = _list_names(frame)
    everyone = frame.evaluator.parties(point)
    groups = (
        ("yes", verdict.yes & everyone),
        ("no", verdict.no & everyone),
        ("unknown", verdict.unknown(everyone)),
    )
    return tuple(
        PartyGroup(
            outcome=outcome, words=outcome_words(outcome), parties=list_entries(members, names, why)
        )
        for outcome, members in groups
    )


def list_parts(frame: Frame, identifier: str) -> tuple[PartRow, ...]:
    """The parts an indicator joins, each alone at every point of the plan."""
    evaluator = frame.evaluator
    found = {point.id: evaluator.part_figures(identifier, point) for point in evaluator.points}
    return tuple(
        PartRow(
            name=name,
            views=tuple(
                FigureView(figure, point_title(point)) if (figure := by_name.get(name)) else None
                for point, by_name in found.items()
            ),
        )
        for name in evaluator.indicator(identifier).components
    )


def list_times(
    frame: Frame, identifier: str, point: Point, variant: Variant
) -> tuple[PartyGroup, ...]:
    """The Parties by how they stand to the time limit of an indicator; empty without one."""
    classes = classify_by_deadline(frame.evaluator, identifier, point, variant)
    why = frame.linker("why", identifier, point=point.id, variant=_unless_strict(variant))
    names = _list_names(frame)
    return tuple(
        PartyGroup(outcome=code, words=time_words(code), parties=list_entries(members, names, why))
        for code, members in (classes or {}).items()
    )


def list_entries(
    members: PartySet, names: Mapping[str, str], address: Callable[[str], str]
) -> tuple[PartyEntry, ...]:
    """Parties as list entries in the order of their names."""
    found = [PartyEntry(code=code, name=names[code], address=address(code)) for code in members]
    return tuple(sorted(found, key=lambda entry: entry.name))


def _list_names(frame: Frame) -> Mapping[str, str]:
    language = frame.language
    return {code: get_country(code).names.get(language) for code in _codes(frame)}


def _codes(frame: Frame) -> set[str]:
    drawn = {place.party for places in load_places().values() for place in places}
    return drawn | set(frame.evaluator.facts.roll.codes)


def _unless_strict(variant: Variant) -> str:
    return "" if variant == "strict" else variant
