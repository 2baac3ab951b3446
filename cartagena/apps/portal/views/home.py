"""The front page."""

from typing import Any

from django.utils.translation import gettext as _

from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.page import page
from cartagena.apps.portal.presenters import home
from cartagena.apps.portal.presenters.indicator import choose_point, make_map, tile_choices
from cartagena.apps.portal.presenters.overview import get_overview


@page("home.html")
def show_home(frame: Frame) -> dict[str, Any]:
    """The plan in one look; `?indicator=` chooses whose tile map is shown."""
    plan = frame.evaluator.plan
    frame.description = _(
        "How far the Strategic Plan of the Cartagena Protocol on Biosafety has come: 72 "
        "indicators, computed from what Parties published, each followed back to the answers."
    )
    overview = get_overview(frame.evaluator)
    choices = tile_choices(frame)
    frame.made_up = overview.is_made_up()
    chosen = frame.choose("indicator", [each.id for each in plan.indicators], default="")
    if not chosen and choices:
        chosen = choices[0].id
    point = choose_point(frame, chosen, overview) if chosen else None
    return {
        "plan": plan,
        "bands": home.list_bands(frame),
        "tally": home.tally_courses(overview, ""),
        "choices": choices,
        "chosen": plan.indicator(chosen) if chosen else None,
        "map": make_map(frame, chosen, point, "strict") if point else None,
        "point": point,
        "recent": home.list_recent(frame),
        "due": home.list_due(frame),
    }
