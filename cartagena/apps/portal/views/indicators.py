"""Indicators: all in one table, each on its page, and why a figure says what it says."""

from typing import Any, cast

from django.utils.translation import gettext as _

from cartagena.apps.portal.frame import Frame, PageNotFoundError
from cartagena.apps.portal.page import page
from cartagena.apps.portal.presenters import comparison, indicator, lineage, listing, method
from cartagena.apps.portal.presenters.overview import get_overview
from cartagena.apps.portal.presenters.words import point_title, universe_title, variant_title
from cartagena.engine.figure import VARIANTS, UniverseName, Variant
from cartagena.engine.parties import find_country

SHOWN_UNIVERSES: tuple[UniverseName, ...] = ("in_force", "reported", "answered")


@page("indicators.html")
def list_indicators(frame: Frame) -> dict[str, Any]:
    """All indicators in one table, filtered and sorted by links."""
    frame.title, frame.section = _("Indicators"), "indicators"
    frame.description = _("The 72 indicators of the plan with baseline, latest value and movement.")
    frame.crumbs = [(frame.title, "")]
    frame.made_up = get_overview(frame.evaluator).is_made_up()
    areas = [area.id for area in frame.evaluator.plan.focal_areas]
    return listing.list_rows(
        frame,
        area=frame.choose("area", areas, default=""),
        course=frame.choose("course", listing.COURSES, default=""),
        grade=frame.choose("measured", listing.MEASURED, default=""),
        order=frame.choose("sort", listing.ORDERS, default="number"),
    )


@page("indicator.html")
def show_indicator(frame: Frame, identifier: str) -> dict[str, Any]:
    """One indicator with everything that makes it."""
    evaluator = frame.evaluator
    title = _find_title(frame, identifier)
    objective = evaluator.plan.objective_of(identifier)
    frame.section = "indicators"
    frame.title = f"{identifier} {title.title.get(frame.language)}"
    frame.description = frame.title
    frame.crumbs = [
        (_("Indicators"), frame.link("indicators")),
        (
            f"{objective.id} {objective.title.get(frame.language)}",
            frame.link("objective", objective.id),
        ),
        (identifier, ""),
    ]
    context: dict[str, Any] = {
        "id": identifier,
        "title": title.title,
        "area": evaluator.plan.focal_area_of(identifier),
        "show_original": frame.request.GET.get("original") == "1",
        "faults": evaluator.plan.faults_about(identifier),
    }
    if identifier not in evaluator.indicators:
        return context
    overview = get_overview(evaluator)
    variant = cast(Variant, frame.choose("variant", VARIANTS, default="strict"))
    universe = cast(UniverseName, frame.choose("universe", SHOWN_UNIVERSES, default="in_force"))
    point = indicator.choose_point(frame, identifier, overview)
    points = indicator.list_points(frame, identifier, point, variant)
    frame.made_up = any(
        view is not None and view.figure.demonstration
        for each in points
        for view in (each.view, each.proxy)
    )
    declared = evaluator.indicator(identifier)
    return context | {
        "declared": declared,
        "method": method.describe_method(frame, identifier, variant),
        "variants": [(v, variant_title(v), v == variant) for v in VARIANTS],
        "has_inclusive": method.has_inclusive(declared),
        "universes": [(u, universe_title(u), u == universe) for u in SHOWN_UNIVERSES],
        "point": point,
        "point_title": point_title(point.id),
        "points": points,
        "views": [each.view for each in points],
        "has_chart": any(each.view.share is not None for each in points),
        "change": comparison.find_change(frame, identifier, variant),
        "groups": indicator.list_groups(frame, identifier, point, variant, universe),
        "counts_parties": any(each.view.has_parts for each in points),
        "map": indicator.make_map(frame, identifier, point, variant),
        "outcomes": indicator.list_outcomes(frame, identifier, point, variant),
        "counted": evaluator.counted_records(identifier, point, variant),
        "parts": indicator.list_parts(frame, identifier),
        "times": indicator.list_times(frame, identifier, point, variant),
        "limit": declared.deadline.years if declared.deadline else 0,
        "downloads": listing.list_downloads(frame, f"indicators/{identifier}"),
    }


@page("why.html")
def show_why(frame: Frame, identifier: str, code: str) -> dict[str, Any]:
    """Why a figure says what it says of one Party: the tree of conditions with its answers."""
    evaluator = frame.evaluator
    title = _find_title(frame, identifier)
    country = find_country(code)
    if country is None or country.code != code or code not in evaluator.facts.roll.positions:
        raise PageNotFoundError(
            _("There is no Party “%(code)s”. Parties have codes of three capitals, such as KEN.")
            % {"code": code[:20]},
            ((_("All Parties"), frame.link("parties")),),
        )
    if identifier not in evaluator.indicators:
        raise PageNotFoundError(_("This indicator is not declared yet, so nothing explains it."))
    variant = cast(Variant, frame.choose("variant", VARIANTS, default="strict"))
    point = indicator.choose_point(frame, identifier, get_overview(evaluator))
    name = country.names.get(frame.language)
    frame.section = "indicators"
    frame.title = _("Why: indicator %(id)s, %(name)s") % {"id": identifier, "name": name}
    back = frame.link("indicator", identifier, point=point.id, variant=_unless_strict(variant))
    frame.crumbs = [(_("Indicators"), frame.link("indicators")), (identifier, back), (name, "")]
    node = lineage.explain_party(frame, identifier, code, point, variant)
    frame.made_up = node.is_made_up
    return {
        "id": identifier,
        "title": title.title,
        "area": evaluator.plan.focal_area_of(identifier),
        "name": name,
        "code": code,
        "node": node,
        "is_party": code in evaluator.parties(point),
        "point": point,
        "point_title": point_title(point.id),
        "points": [(p.id, point_title(p.id), p.id == point.id) for p in evaluator.points],
        "variants": [(v, variant_title(v), v == variant) for v in VARIANTS],
        "back": back,
    }


def _unless_strict(variant: Variant) -> str:
    return "" if variant == "strict" else variant


def _find_title(frame: Frame, identifier: str) -> Any:
    plan = frame.evaluator.plan
    known = {each.id: each for each in plan.indicators}
    if identifier in known:
        return known[identifier]
    near = [each for each in plan.objectives if identifier.startswith(each.id)]
    same = [i for objective in near for i in objective.indicators]
    links = tuple(
        (f"{i.id} {i.title.get(frame.language)}", frame.link("indicator", i.id)) for i in same[:8]
    )
    raise PageNotFoundError(
        _("There is no indicator “%(id)s”. The plan has %(count)s, from 1.1.1 to 5.3.2.")
        % {"id": identifier[:20], "count": len(known)},
        links or ((_("All indicators"), frame.link("indicators")),),
    )
