"""Change between two points: all indicators, and one explained Party by Party."""

from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cartagena.apps.portal import source
from cartagena.apps.portal.frame import Frame, PageNotFoundError
from cartagena.apps.portal.page import page
from cartagena.apps.portal.presenters import comparison
from cartagena.apps.portal.presenters.figure import FigureView
from cartagena.apps.portal.presenters.overview import get_overview
from cartagena.apps.portal.presenters.words import point_title, variant_title, verdict_words
from cartagena.engine.figure import VARIANTS, Variant
from cartagena.engine.point import Point


def _read_choice(frame: Frame) -> tuple[Point, Point, Variant, dict[str, Any]]:
    overview = get_overview(frame.evaluator)
    ids = [point.id for point in overview.points]
    first = frame.choose("from", ids, default=overview.plan_points[0].id)
    last = frame.choose("to", ids, default=overview.plan_points[-1].id)
    variant = cast(Variant, frame.choose("variant", VARIANTS, default="strict"))
    before, after = frame.evaluator.point(first), frame.evaluator.point(last)
    frame.section = "compare"
    frame.made_up = any(
        figure.demonstration
        for row in overview.rows.values()
        for figure in row.figures
        if figure.point in (first, last)
    )
    return before, after, variant, {
        "before": before,
        "after": after,
        "before_title": point_title(first),
        "after_title": point_title(last),
        "point_choices": [(each, point_title(each)) for each in ids],
        "variant": variant,
        "variant_choices": [(each, variant_title(each)) for each in VARIANTS],
    }  # fmt: skip


@page("compare.html")
def compare_all(frame: Frame) -> dict[str, Any]:
    """Every indicator between two points, cross-section beside panel."""
    before, after, variant, context = _read_choice(frame)
    frame.title = _("Change from %(before)s to %(after)s") % {
        "before": context["before_title"], "after": context["after_title"],
    }  # fmt: skip
    frame.description = _(
        "How the indicators changed: among all Parties that answered, and among those that "
        "reported both times."
    )
    frame.crumbs = [(pgettext("between two points", "Change"), "")]
    rows = comparison.list_changes(frame, before, after, variant)
    return context | {"rows": rows, "notable": sum(row.is_notable for row in rows)}


@page("compare_indicator.html")
def compare_one(frame: Frame, identifier: str) -> dict[str, Any]:
    """One indicator's change, explained by the Parties that made it."""
    evaluator = frame.evaluator
    if identifier not in evaluator.indicators:
        raise PageNotFoundError(
            _("There is no indicator “%(id)s” to compare.") % {"id": identifier[:20]},
            ((_("All indicators"), frame.link("indicators")),),
        )
    before, after, variant, context = _read_choice(frame)
    title = evaluator.plan.indicator(identifier).title
    frame.title = _("Change of %(id)s from %(before)s to %(after)s") % {
        "id": identifier, "before": context["before_title"], "after": context["after_title"],
    }  # fmt: skip
    frame.description = frame.title
    frame.crumbs = [
        (pgettext("between two points", "Change"), frame.link("compare")),
        (identifier, ""),
    ]
    change = comparison.get_change(evaluator, identifier, before, after, variant)
    frame.made_up = change.before.demonstration or change.after.demonstration
    return context | {
        "id": identifier,
        "title": title,
        "area": evaluator.plan.focal_area_of(identifier),
        "change": change,
        "is_share": comparison.is_share(change),
        "views": [
            (FigureView(change.before, point_title(before.id)), point_title(before.id)),
            (FigureView(change.after, point_title(after.id)), point_title(after.id)),
        ],
        "panel_views": [
            FigureView(change.panel_before, point_title(before.id)),
            FigureView(change.panel_after, point_title(after.id)),
        ],
        "causes": comparison.list_causes(frame, change, after),
        "rewordings": [
            {
                "words": verdict_words(each.verdict),
                "old": _find_label(before, each.old),
                "new": _find_label(after, each.new),
            }
            for each in change.rewordings
        ],
    }


def _find_label(point: Point, key: str) -> Any:
    for cycle in point.sources:
        question = source.get_format(cycle).by_key.get(key)
        if question is not None:
            return question
    return None
