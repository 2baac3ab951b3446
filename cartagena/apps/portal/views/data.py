"""Open data, and what is real in it."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cartagena.apps.monitoring import api as monitoring
from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.page import page
from cartagena.apps.portal.presenters.listing import FORMATS
from cartagena.engine.facts import TABLES


@page("data.html")
def show_data(frame: Frame) -> dict[str, Any]:
    """Downloads of the facts, the API, freezes and the licence."""
    frame.title, frame.section = _("Open data"), "data"
    frame.description = _("Every fact behind every figure, to download and compute again.")
    frame.crumbs = [(frame.title, "")]
    facts = frame.evaluator.facts
    return {
        "tables": [
            {"name": name, "columns": columns, "rows": facts[name].num_rows}
            for name, columns in TABLES.items()
        ],
        "formats": FORMATS,
        "freezes": monitoring.list_freezes(),
        "date": f"?as_of={frame.as_of.isoformat()}" if frame.as_of else "",
        "shows_styleguide": settings.DEBUG,
    }


@page("about_data.html")
def show_about(frame: Frame) -> dict[str, Any]:
    """What is real, what is demonstration, how figures are made, and the words used."""
    frame.title, frame.section = _("About the data"), "data"
    frame.description = _("What is real, what is made up, and how figures are made.")
    frame.crumbs = [(_("Data"), frame.link("data")), (frame.title, "")]
    facts = frame.evaluator.facts

    def counted(name: str, *, made_up: bool) -> int:
        return int(facts[name].column("demonstration").to_pylist().count(made_up))

    return {
        "treaty_rows": facts["treaty"].num_rows,
        "membership_rows": facts["membership"].num_rows,
        "kinds": [
            (title, counted(name, made_up=False), counted(name, made_up=True))
            for name, title in (
                ("report", _("National reports")),
                ("record", _("Records of the Clearing-House")),
                ("register", _("Entries of registers")),
                ("usage", _("Counts of usage")),
            )
        ],
        "points": frame.evaluator.plan.points,
    }
