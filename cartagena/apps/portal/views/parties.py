"""Parties, and one Party."""

from typing import Any

from django.utils.translation import gettext as _

from cartagena.apps.portal.frame import Frame, PageNotFoundError
from cartagena.apps.portal.page import page
from cartagena.apps.portal.presenters import party
from cartagena.apps.portal.presenters.listing import list_downloads
from cartagena.apps.portal.presenters.tiles import Place, Tile, lay_tiles, load_places
from cartagena.apps.portal.presenters.words import group_title
from cartagena.engine.parties import Country, find_country, load_countries
from cartagena.engine.status import REGIONS


@page("parties.html")
def list_parties(frame: Frame) -> dict[str, Any]:
    """All Parties to the Protocol on the date, by region, and those that are none."""
    frame.title, frame.section = _("Parties"), "parties"
    frame.description = _("The Parties to the Cartagena Protocol on any day, by region.")
    frame.crumbs = [(frame.title, "")]
    evaluator, day = frame.evaluator, frame.seen_from
    roll = evaluator.facts.roll
    in_force = roll.from_bits(evaluator.status.in_force("cpb", day))
    deposited = roll.from_bits(evaluator.status.deposited("cpb", day))
    address = frame.linker("party")
    names = {c.code: c.names.get(frame.language) for c in load_countries()}
    regions = []
    for region in REGIONS:
        members = roll.from_bits(evaluator.status.members(region, day))
        codes = sorted(members & in_force, key=lambda code: names[code])
        regions.append(
            {
                "title": group_title(region),
                "size": len(members),
                "parties": [{"name": names[c], "address": address(c)} for c in codes],
            }
        )
    outside = sorted((c for c in names if c not in in_force), key=lambda code: names[code])
    said = {"k-yes": _("Party"), "k-out": _("not a Party on this date")}

    def tile(place: Place) -> Tile:
        state = "k-yes" if place.party in in_force else "k-out"
        return Tile(place, state, f"{names[place.party]}: {said[state]}", address(place.party))

    titles = {region: group_title(region) for region in load_places()}
    return {
        "count": len(in_force),
        "deposited": len(deposited),
        "regions": regions,
        "outside": [{"name": names[c], "address": address(c)} for c in outside],
        "map": lay_tiles(_("Parties to the Protocol"), titles, tile, said.items()),
        "downloads": list_downloads(frame, "parties"),
    }


@page("party.html")
def show_party(frame: Frame, code: str) -> dict[str, Any]:
    """One Party."""
    country = get_country_page(frame, code)
    name = country.names.get(frame.language)
    frame.title, frame.section = name, "parties"
    frame.description = _("Treaty status, reports and answers of %(name)s.") % {"name": name}
    frame.crumbs = [(_("Parties"), frame.link("parties")), (name, "")]
    reports = party.list_reports(frame, code)
    frame.made_up = any(row.demonstration for row in reports)
    return {
        "country": country,
        "name": name,
        "treaties": party.list_treaties(frame, code),
        "groups": party.list_party_groups(frame, code),
        "reports": reports,
        "points": party.list_point_titles(frame),
        "objectives": party.list_outcomes(frame, code),
        "counted": party.list_counted(frame, code),
        "downloads": list_downloads(frame, f"parties/{code}"),
    }


def get_country_page(frame: Frame, code: str) -> Country:
    """The country of a code in capitals. Raises PageNotFoundError that leads there from others."""
    country = find_country(code)
    if country is not None and country.code == code:
        return country
    links: tuple[tuple[str, str], ...] = ((_("All Parties"), frame.link("parties")),)
    if country is not None:
        links = ((country.names.get(frame.language), frame.link("party", country.code)), *links)
    raise PageNotFoundError(
        _("There is no Party “%(code)s”. Parties have codes of three capitals, such as KEN.")
        % {"code": code[:20]},
        links,
    )
