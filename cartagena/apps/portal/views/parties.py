"""Parties, one Party, and one of its reports."""

from typing import Any

from django.utils.translation import gettext as _

from cartagena.apps.portal import source
from cartagena.apps.portal.frame import Frame, PageNotFoundError
from cartagena.apps.portal.page import page
from cartagena.apps.portal.presenters import party
from cartagena.apps.portal.presenters.listing import list_downloads
from cartagena.apps.portal.presenters.tiles import Place, Tile, lay_tiles, load_places
from cartagena.apps.portal.presenters.words import group_title
from cartagena.engine.parties import Country, find_country, load_countries
from cartagena.engine.questionnaire import list_cycles
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
    country = _get_country(frame, code)
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
        "downloads": list_downloads(frame, f"parties/{code}"),
    }


@page("report.html")
def show_report(frame: Frame, code: str, cycle: str) -> dict[str, Any]:
    """The answers of one report in the order of the form."""
    country = _get_country(frame, code)
    name = country.names.get(frame.language)
    if cycle not in list_cycles():
        raise PageNotFoundError(
            _("There is no reporting cycle “%(cycle)s”. There are: %(known)s.")
            % {"cycle": cycle[:20], "known": ", ".join(list_cycles())},
            ((name, frame.link("party", code)),),
        )
    report = next((r for r in party.live_reports(frame, code) if r["cycle"] == cycle), None)
    if report is None:
        raise PageNotFoundError(
            _("No report of this cycle by %(name)s is published on this date.") % {"name": name},
            ((name, frame.link("party", code)),),
        )
    format_ = source.get_format(cycle)
    frame.section = "parties"
    frame.title = f"{name}: {format_.name.get(frame.language)}"
    frame.description = frame.title
    frame.crumbs = [
        (_("Parties"), frame.link("parties")),
        (name, frame.link("party", code)),
        (format_.name.get(frame.language), ""),
    ]
    frame.made_up = report["demonstration"]
    sections = party.list_answers(frame, report, format_)
    keys = [each.section.key for each in sections]
    chosen = frame.choose("section", keys, default="")
    return {
        "country": country,
        "name": name,
        "format": format_,
        "report": report,
        "sections": sections,
        "answered": sum(each.answered for each in sections),
        "chosen": chosen,
    }


def _get_country(frame: Frame, code: str) -> Country:
    """The country of a code in capitals; others are led there."""
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
