"""What the made-up answers of a Party depend on: when it joined, where it is, how it develops.

Dates and groups are the real ones that the program ships; ``strength`` is invented.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from cartagena.apps.registry.demonstration.draws import draw
from cartagena.engine.countries import get_country
from cartagena.engine.parties import list_parties, load_memberships, load_treaty_actions, members

LAST_DAY = dt.date(2026, 9, 30)
"""Nothing made up is dated later."""

_REGIONS = {"WEOG": 0.80, "CEE": 0.67, "GRULAC": 0.55, "AP": 0.52, "AFR": 0.44}
_LANGUAGES = {
    "fr": "BEL BEN BFA BDI CAF CHE CIV CMR COD COG COM DJI DZA FRA GAB GIN HTI LUX MAR MDG MLI "
    "MRT NER RWA SEN TCD TGO TUN",
    "es": "BOL CHL COL CRI CUB DOM ECU ESP GNQ GTM HND MEX NIC PAN PER PRY SLV URY VEN",
    "ar": "ARE BHR EGY IRQ JOR KWT LBN LBY OMN PSE QAT SAU SDN SYR YEM",
    "ru": "ARM BLR KAZ KGZ MDA TJK TKM UKR UZB",
    "zh": "CHN",
}


@dataclass(frozen=True)
class Profile:
    """One Party as the demonstration sees it. ``strength`` runs from 0 to 1."""

    party: str
    iso2: str
    name: str
    region: str
    needs_support: bool
    is_least_developed: bool
    joined_on: dt.date
    supplement_signed_on: dt.date | None
    supplement_in_force_on: dt.date | None
    language: str
    strength: float


@cache
def list_profiles() -> tuple[Profile, ...]:
    """All Parties to the Protocol, sorted by code."""
    actions = load_treaty_actions()
    codes = list_parties(actions, "cpb", LAST_DAY)
    joined = {a.party: a.in_force_on for a in actions if a.treaty == "cpb"}
    supplement = {a.party: a for a in actions if a.treaty == "nklsp"}
    languages = {code: lang for lang, codes in _LANGUAGES.items() for code in codes.split()}
    memberships = load_memberships()
    groups = {
        group: members(memberships, group, dt.date(2012, 1, 1))
        for group in (*_REGIONS, "LDC", "SIDS", "EIT", "DEVELOPING")
    }
    profiles = []
    for code in codes:
        in_force_on = joined[code]
        assert in_force_on is not None
        region = next((name for name in _REGIONS if code in groups[name]), "WEOG")
        later = supplement.get(code)
        profiles.append(
            Profile(
                party=code,
                iso2=get_country(code).clearing_house_code,
                name=get_country(code).names.get("en"),
                region=region,
                needs_support=code in groups["DEVELOPING"] or code in groups["EIT"],
                is_least_developed=code in groups["LDC"],
                joined_on=in_force_on,
                supplement_signed_on=later.signed_on if later else None,
                supplement_in_force_on=later.in_force_on if later else None,
                language=languages.get(code, "en"),
                strength=_work_out_strength(
                    code, region, code in groups["LDC"], code in groups["SIDS"]
                ),
            )
        )
    return tuple(profiles)


def _work_out_strength(code: str, region: str, least_developed: bool, small_island: bool) -> float:
    strength = _REGIONS[region] + 0.36 * (draw("strength", code) - 0.5)
    strength -= 0.10 * least_developed + 0.07 * small_island
    return min(max(strength, 0.05), 0.97)
