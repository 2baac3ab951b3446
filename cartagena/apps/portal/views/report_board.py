"""Who owes a report of a cycle and who has sent it: in time, late, missing, complete."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from cartagena.apps.portal.frame import Frame, PageNotFoundError
from cartagena.apps.portal.page import page
from cartagena.apps.portal.presenters.tiles import Place, Tile, lay_tiles, load_places
from cartagena.apps.portal.presenters.words import group_title
from cartagena.apps.reports import api as reports
from cartagena.engine.parties import load_countries
from cartagena.engine.reporting_cycle import load_reporting_cycles

CLASSES = {"in_time": "k-yes", "late": "k-late", "missing": "k-no", "not_started": "k-silent"}


@page("report_board.html")
def show_board(frame: Frame, cycle: str) -> dict[str, Any]:
    """The board of a cycle as everybody may see it: what was received, not what is prepared."""
    cycles = load_reporting_cycles()
    if cycle not in cycles:
        raise PageNotFoundError(
            _("There is no reporting cycle “%(cycle)s”. There are: %(known)s.")
            % {"cycle": cycle[:20], "known": ", ".join(cycles)},
            ((_("Parties"), frame.link("parties")),),
        )
    reporting = cycles[cycle]
    frame.title, frame.section = (
        _("Who has reported: %(cycle)s") % {"cycle": reporting.title},
        "parties",
    )
    frame.description = frame.title
    frame.crumbs = [(_("Parties"), frame.link("parties")), (frame.title, "")]
    standings = reports.list_standings(
        cycle, today=frame.seen_from, actor=AnonymousUser(), as_of=frame.as_of
    )
    frame.made_up = any(each.demonstration for each in standings)
    names = {c.code: c.names.get(frame.language) for c in load_countries()}
    known = {each.party: each for each in standings}
    words = {
        "in_time": _("received in time"),
        "late": _("received late"),
        "missing": _("missing"),
        "not_started": _("not received yet"),
    }
    said = {CLASSES[state]: text for state, text in words.items()
            if any(each.state == state for each in standings)}  # fmt: skip
    said["k-out"] = _("not due: no Party then")

    def tile(place: Place) -> Tile:
        each = known.get(place.party)
        state = CLASSES[each.state] if each else "k-out"
        received = each is not None and each.state in ("in_time", "late")
        address = (
            frame.link("report", place.party, cycle)
            if received
            else frame.link("party", place.party)
        )
        text = words[each.state] if each else said["k-out"]
        return Tile(place, state, f"{names[place.party]}: {text}", address)

    titles = {region: group_title(region) for region in load_places()}
    obliged = [each for each in standings if each.obliged]
    received = [each for each in obliged if each.state in ("in_time", "late")]
    return {
        "reporting": reporting,
        "cycle": cycle,
        "cycles": cycles.values(),
        "rows": [
            (each, names[each.party], frame.link("report", each.party, cycle))
            for each in sorted(standings, key=lambda each: names[each.party])
        ],
        "counts": {
            "obliged": len(obliged),
            "received": len(received),
            "in_time": sum(each.state == "in_time" for each in received),
            "late": sum(each.state == "late" for each in received),
            "complete": sum(not each.gaps for each in received),
            "after_cut_off": sum(not each.enters_analysis for each in received),
        },
        "map": lay_tiles(frame.title, titles, tile, said.items()),
    }
