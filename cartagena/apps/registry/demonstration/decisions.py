"""Made-up organisms, decisions and risk assessments, as many as the real order of size says."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Any

from cartagena.apps.registry.demonstration.draws import draw, happens, pick, whole
from cartagena.apps.registry.demonstration.institutions import first_authority
from cartagena.apps.registry.demonstration.planned import Planned, english, plan_record, term, terms
from cartagena.apps.registry.demonstration.profiles import Profile, list_profiles

ENVIRONMENT = "E8C5A15C-A736-4fb7-A1B6-192412BE7E45"
FOOD_FEED = "BE64016A-C3BD-4C61-9620-C3FEF96B2A24"
SIMPLIFIED = "8979219B-330B-424F-A52C-209D4B4B65C0"
CONTAINED_USE = "D698B5F7-A434-49E2-A7FF-FE869AFBEE8D"
UNINTENTIONAL = "83C0DBFB-AD5C-4B88-8ECE-5365991F2956"
ILLEGAL = "3FF9FEB3-20FA-4287-B562-46635A1154A3"
REGULATIONS_APPLY = "0C9BBC54-34F1-431A-A579-F018D8E5CEAD"
APPROVED = "3B9ECE67-B35C-40FF-8C06-4EA5FF762899"
CONDITIONS = "3EFF4792-A896-4DC7-9945-04FE9C8B5B4F"
PROHIBITED = "6DD1B161-4CDB-4900-BD31-DBB97E86B2AE"
MORE_INFORMATION = "8D91ACEE-C6B3-4204-8FE6-00AE424013FF"
FOOD = "91BEAF12-ABE1-4294-AD3B-507935894C78"
FEED = "1D96153B-1625-44E4-AD5E-D26429044B29"
INTRODUCTION = "D6B59E8A-D82C-4516-917A-A745ACDA5931"

_DECISIONS = {
    "MEX": 563, "COL": 324, "KOR": 211, "EUR": 191, "ESP": 180, "BRA": 170, "PHL": 133,
    "ZAF": 131, "NZL": 93, "MYS": 77, "DEU": 76, "JPN": 72, "IRN": 66, "TUR": 65, "CRI": 44,
    "THA": 39, "URY": 31, "NGA": 25, "VNM": 24, "CHN": 23, "GBR": 20, "BEL": 20, "GHA": 19,
    "IDN": 16, "KEN": 15, "CUB": 13, "NOR": 8, "AUT": 6, "BFA": 5, "IND": 5, "CHE": 5, "ZMB": 4,
    "NLD": 4, "BOL": 3, "CZE": 3, "SWE": 3, "SDN": 3, "ETH": 2, "DNK": 2, "SWZ": 2, "SVK": 2,
    "ROU": 2, "PAK": 1, "BGD": 1, "FIN": 1, "ITA": 1, "BGR": 1,
}  # fmt: skip
"""Decisions in the Clearing-House in 2026, in order of size; half as many are made up."""
_CROPS = ("maize", "soybean", "cotton", "rapeseed", "potato", "rice", "sugar beet", "tomato")
ORGANISMS = 60
_LAST_DAY = dt.date(2025, 12, 15)


def plan_decisions() -> Iterator[Planned]:
    """Organisms first, then each Party's assessments and decisions, and independent assessments."""
    yield from _plan_organisms()
    for profile in list_profiles():
        for n in range(1, _count_decisions(profile) + 1):
            yield from _plan_one(profile, n)
    yield from _plan_independent()


def _plan_organisms() -> Iterator[Planned]:
    for n in range(1, ORGANISMS + 1):
        name = f"Demonstration {_CROPS[n % len(_CROPS)]} {n}"
        fields = {"identity": english(name), "hasUniqueIdentification": False}
        day = dt.date(2004, 2, 1) + dt.timedelta(90 * n)
        yield plan_record("modifiedOrganism", f"DEMO-LMO-{n:04}", name, day, fields)


@cache
def _count_decisions(profile: Profile) -> int:
    known = _DECISIONS.get(profile.party)
    if known is not None:
        return (known + 1) // 2
    return whole(1, 2, "few", profile.party) if happens(0.2, "decides", profile.party) else 0


def _plan_one(profile: Profile, n: int) -> Iterator[Planned]:
    """One decision, and before it the summary of the risk assessment in three cases of five."""
    names = ("decision", profile.party, n)
    first = max(profile.joined_on, dt.date(2004, 6, 1))
    span = (_LAST_DAY - first).days
    day = first + dt.timedelta(int(span * draw("day", *names)))
    published = min(day + dt.timedelta(whole(3, 120, "late", *names)), _LAST_DAY)
    kind = _choose_kind(names)
    organism = f"DEMO-LMO-{_choose_organism(day, names):04}"
    assessment = f"DEMO-RA-{profile.party}-{n}"
    assessed = kind in (ENVIRONMENT, FOOD_FEED) and happens(0.62, "assessed", *names)
    if assessed:
        yield _plan_assessment(profile, assessment, organism, day, published, kind)
    fields: dict[str, Any] = {
        "isAmendment": False,
        "authorities": terms(first_authority(profile.party)),
        "title": english(f"Demonstration decision {n} of {profile.name}"),
        "date": day.isoformat(),
        "takenPriorEntryIntoForce": False,
        "decisionTypes": terms(kind),
        "modifiedOrganisms": terms(organism),
        "expires": False,
    }
    if kind in (ENVIRONMENT, FOOD_FEED):
        fields["decisionResult"] = term(_choose_result(names))
        fields["addressesTransboundaryMovement"] = happens(0.45, "movement", *names)
        fields["takenInAccordanceWithA116"] = False
    if kind == FOOD_FEED:
        fields["uses"] = terms(FOOD, FEED)
    if kind == UNINTENTIONAL:
        fields["adverseEffectInformation"] = english("Made up: possible outcrossing.")
    if assessed:
        fields["riskAssessments"] = terms(assessment)
    identifier = f"DEMO-DEC-{profile.party}-{n}"
    title = f"Demonstration decision {n} of {profile.name}"
    yield plan_record("biosafetyDecision", identifier, title, published, fields, profile)


def _choose_kind(names: tuple[object, ...]) -> str:
    at = draw("kind", *names)
    for border, kind in (
        (0.40, ENVIRONMENT), (0.88, FOOD_FEED), (0.93, CONTAINED_USE), (0.95, SIMPLIFIED),
        (0.97, REGULATIONS_APPLY), (0.985, ILLEGAL),
    ):  # fmt: skip
        if at < border:
            return kind
    return UNINTENTIONAL


def _choose_result(names: tuple[object, ...]) -> str:
    results = (APPROVED, CONDITIONS, CONDITIONS, APPROVED, CONDITIONS, PROHIBITED, MORE_INFORMATION)
    return pick(results, "result", *names)


def _choose_organism(day: dt.date, names: tuple[object, ...]) -> int:
    known = min(max((day - dt.date(2004, 2, 1)).days // 90, 1), ORGANISMS)
    return whole(1, known, "organism", *names)


def _plan_assessment(
    profile: Profile,
    identifier: str,
    organism: str,
    day: dt.date,
    published: dt.date,
    kind: str,
) -> Planned:
    """Two of three hold everything that Annex III asks; the others leave parts out."""
    scopes = (INTRODUCTION,) if kind == ENVIRONMENT else (FOOD, FEED)
    title = f"Demonstration risk assessment for {organism} by {profile.name}"
    fields: dict[str, Any] = {
        "authorities": terms(first_authority(profile.party)),
        "title": english(title),
        "date": (day - dt.timedelta(40)).isoformat(),
        "modifiedOrganisms": terms(organism),
        "scopes": terms(*scopes),
        "expires": False,
    }
    parts = (
        "adverseEffects", "adverseEffectsLikelihood", "adverseEffectsConsequence",
        "adverseEffectsOverallRisk", "adverseEffectsRecommendation", "riskManagementStrategies",
        "receivingEnvironment", "detectionMethod",
    )  # fmt: skip
    complete = happens(0.66, "complete", identifier)
    for part in parts:
        if complete or happens(0.5, "part", part, identifier):
            fields[part] = english("Made up for demonstration.")
    return plan_record("nationalRiskAssessment", identifier, title, published, fields, profile)


def _plan_independent() -> Iterator[Planned]:
    for n in range(1, 19):
        day = dt.date(2006, 3, 1) + dt.timedelta(whole(0, 6500, "independent", n))
        organism = f"DEMO-LMO-{_choose_organism(day, ('independent', n)):04}"
        title = f"Demonstration independent assessment {n}"
        fields = {
            "title": english(title),
            "date": day.isoformat(),
            "modifiedOrganisms": terms(organism),
            "scopes": terms(INTRODUCTION),
            "adverseEffects": english("Made up for demonstration."),
            "expires": False,
        }
        yield plan_record("independentRiskAssessment", f"DEMO-IRA-{n:04}", title, day, fields)
