"""All components with fixed samples, for those who work on the pages."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cartagena.apps.portal.frame import Frame, PageNotFoundError
from cartagena.apps.portal.page import page
from cartagena.apps.portal.presenters.figure import FigureView
from cartagena.apps.portal.presenters.home import Event
from cartagena.apps.portal.presenters.indicator import GroupRow, PartyEntry
from cartagena.apps.portal.presenters.lineage import ReasonView
from cartagena.apps.portal.presenters.tiles import Place, Tile, lay_tiles, load_places
from cartagena.apps.portal.presenters.words import group_title, outcome_words, point_title
from cartagena.engine.figure import Figure


def _sample(point: str, yes: int, no: int, unknown: int, **more: Any) -> FigureView:
    values = {"kind": "share", "numerator": yes, "denominator": yes + no, **more}
    figure = Figure(
        indicator="2.1.1", point=point, variant="strict", group=None, universe="in_force",
        unit="percent of Parties", yes=yes, no=no, unknown=unknown, **values,
    )  # fmt: skip
    return FigureView(figure, point_title(point))


@page("styleguide.html")
def show_styleguide(frame: Frame) -> dict[str, Any]:
    """Every component once. Only with CARTAGENA_DEBUG or the setting CARTAGENA_STYLEGUIDE."""
    if not (settings.DEBUG or getattr(settings, "CARTAGENA_STYLEGUIDE", False)):
        raise PageNotFoundError(_("The style guide is shown in development only."))
    frame.title = "Style guide"
    views = [
        _sample("baseline", 60, 50, 51),
        _sample("midterm", 88, 36, 46),
        _sample("final", 121, 40, 10, demonstration=True),
    ]
    empty = Figure(
        indicator="2.1.1", point="after", variant="strict", group=None, universe="in_force",
        kind="share", unit="percent of Parties", status="not_asked",
    )  # fmt: skip
    states = ("k-yes", "k-yes", "k-no", "k-part", "k-silent", "k-out")

    def tile(place: Place) -> Tile:
        state = states[(place.row * 7 + place.column * 3) % len(states)]
        return Tile(place, state, place.party, "#")

    leaf = ReasonView(
        outcome="yes",
        outcome_words=outcome_words("yes"),
        sentence=_("Its answer counts as yes."),
        is_leaf=True,
    )
    return {
        "views": views,
        "empty": FigureView(empty, point_title("after")),
        "rows": [
            GroupRow(title=_("All Parties"), view=views[2], is_total=True),
            GroupRow(title=group_title("AFR"), view=views[1]),
        ],
        "map": lay_tiles("Map", {r: group_title(r) for r in load_places()}, tile,
                         [("k-yes", "yes"), ("k-no", "no"), ("k-part", "reported, not this"),
                          ("k-silent", "no report"), ("k-out", "not a Party")]),
        "parties": [PartyEntry(code="KEN", name="Kenya", address="#", words="yes → no")],
        "node": ReasonView(
            outcome="yes",
            outcome_words=outcome_words("yes"),
            sentence=_("All of these must hold:"),
            is_leaf=False,
            parts=(leaf, leaf),
        ),
        "events": [
            Event(day=dt.date(2019, 10, 1), words="Due: fourth national report"),
            Event(day=dt.date(2030, 1, 1), words="Ahead", is_ahead=True),
        ],
        "downloads": [("CSV", "#"), ("Excel", "#")],
        "problems": [("The date is missing.", "#as-of")],
    }  # fmt: skip
