"""Made-up decisions, as many as the real order of size says, with their risk assessments."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from cartagena.apps.registry.demonstration.assessments import plan_assessment
from cartagena.apps.registry.demonstration.biology import (
    DAYS_BETWEEN,
    FIRST_LMO_ON,
    LMOS,
    crop_of,
    name_lmo,
    trait_of,
)
from cartagena.apps.registry.demonstration.draws import draw, happens, pick, whole
from cartagena.apps.registry.demonstration.institutions import first_authority
from cartagena.apps.registry.demonstration.planned import Planned, link, plan_record, term, terms
from cartagena.apps.registry.demonstration.profiles import Profile, list_profiles
from cartagena.apps.registry.demonstration.words import (
    Words,
    choose_languages,
    name_country,
    pick_main,
    say,
    say_rich,
    word,
)

ENVIRONMENT = "E8C5A15C-A736-4fb7-A1B6-192412BE7E45"
_REQUEST_KINDS = (
    "A0F944AD-1578-47F4-BB71-A9805EC0EB7A",
    "47B66371-7016-4F28-B33A-0DBFF43581CA",
)
FOOD_FEED = "BE64016A-C3BD-4C61-9620-C3FEF96B2A24"
SIMPLIFIED = "8979219B-330B-424F-A52C-209D4B4B65C0"
TRANSIT = "1B6F702C-0C68-4B53-BCA4-1DA4A25E23A8"
CONTAINED_USE = "D698B5F7-A434-49E2-A7FF-FE869AFBEE8D"
UNINTENTIONAL = "83C0DBFB-AD5C-4B88-8ECE-5365991F2956"
ILLEGAL = "3FF9FEB3-20FA-4287-B562-46635A1154A3"
REGULATIONS_APPLY = "0C9BBC54-34F1-431A-A579-F018D8E5CEAD"
_MOVEMENT_TYPES = {
    UNINTENTIONAL: "22B915C4-193E-4087-89ED-D104EEEC4330",
    ILLEGAL: "A9A800DC-F313-4F79-B3E4-768E41088D11",
}
APPROVED = "3B9ECE67-B35C-40FF-8C06-4EA5FF762899"
CONDITIONS = "3EFF4792-A896-4DC7-9945-04FE9C8B5B4F"
PROHIBITED = "6DD1B161-4CDB-4900-BD31-DBB97E86B2AE"
MORE_INFORMATION = "8D91ACEE-C6B3-4204-8FE6-00AE424013FF"
FOOD = "91BEAF12-ABE1-4294-AD3B-507935894C78"
FEED = "1D96153B-1625-44E4-AD5E-D26429044B29"

_DECISIONS = {
    "MEX": 563, "COL": 324, "KOR": 211, "EUR": 191, "ESP": 180, "BRA": 170, "PHL": 133,
    "ZAF": 131, "NZL": 93, "MYS": 77, "DEU": 76, "JPN": 72, "IRN": 66, "TUR": 65, "CRI": 44,
    "THA": 39, "URY": 31, "NGA": 25, "VNM": 24, "CHN": 23, "GBR": 20, "BEL": 20, "GHA": 19,
    "IDN": 16, "KEN": 15, "CUB": 13, "NOR": 8, "AUT": 6, "BFA": 5, "IND": 5, "CHE": 5, "ZMB": 4,
    "NLD": 4, "BOL": 3, "CZE": 3, "SWE": 3, "SDN": 3, "ETH": 2, "DNK": 2, "SWZ": 2, "SVK": 2,
    "ROU": 2, "PAK": 1, "BGD": 1, "FIN": 1, "ITA": 1, "BGR": 1,
}  # fmt: skip
"""Decisions in the Clearing-House in 2026, in order of size; half as many are made up."""
_KIND_WORDS = {
    ENVIRONMENT: "introduction", FOOD_FEED: "food_feed", CONTAINED_USE: "contained_use",
    SIMPLIFIED: "simplified", TRANSIT: "transit", REGULATIONS_APPLY: "regulations",
    ILLEGAL: "illegal", UNINTENTIONAL: "unintentional",
}  # fmt: skip
_LAST_DAY = dt.date(2025, 12, 15)


@dataclass(frozen=True)
class _Case:
    """One decision: everything about it that is drawn by lot."""

    profile: Profile
    n: int

    @property
    def names(self) -> tuple[object, ...]:
        return "decision", self.profile.party, self.n

    @property
    def identifier(self) -> str:
        return f"DEMO-DEC-{self.profile.party}-{self.n}"

    @property
    def assessment(self) -> str:
        return f"DEMO-RA-{self.profile.party}-{self.n}"

    @cached_property
    def day(self) -> dt.date:
        first = max(self.profile.joined_on, dt.date(2004, 6, 1))
        return first + dt.timedelta(int((_LAST_DAY - first).days * draw("day", *self.names)))

    @cached_property
    def published_on(self) -> dt.date:
        return min(self.day + dt.timedelta(whole(3, 120, "late", *self.names)), _LAST_DAY)

    @cached_property
    def kind(self) -> str:
        at = draw("kind", *self.names)
        for border, kind in (
            (0.40, ENVIRONMENT), (0.88, FOOD_FEED), (0.93, CONTAINED_USE), (0.94, SIMPLIFIED),
            (0.95, TRANSIT), (0.97, REGULATIONS_APPLY), (0.985, ILLEGAL),
        ):  # fmt: skip
            if at < border:
                return kind
        return UNINTENTIONAL

    @cached_property
    def organism(self) -> int:
        return choose_organism(self.day, *self.names)

    @cached_property
    def result(self) -> str:
        results = (
            APPROVED, CONDITIONS, CONDITIONS, APPROVED, CONDITIONS, PROHIBITED, MORE_INFORMATION,
        )  # fmt: skip
        return pick(results, "result", *self.names)

    @property
    def is_on_request(self) -> bool:
        """Whether a request to import led to it."""
        return self.kind == ENVIRONMENT and happens(0.45, "movement", *self.names)

    @property
    def is_assessed(self) -> bool:
        """Introductions always; food and feed in three cases of ten, so that all in all three of
        five decisions have an assessment."""
        if self.kind == FOOD_FEED:
            return happens(0.3, "assessed", *self.names)
        return self.kind in (ENVIRONMENT, SIMPLIFIED)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        return choose_languages(self.profile, *self.names)

    @property
    def parts(self) -> dict[str, Words | str | int]:
        return {
            "n": self.n,
            "country": name_country(self.profile.party),
            "crop": crop_of(self.organism),
            "trait": word(trait_of(self.organism)),
        }


def plan_decisions() -> Iterator[Planned]:
    """Each Party's assessments and decisions."""
    for profile in list_profiles():
        for n in range(1, count_decisions(profile) + 1):
            yield from _plan_one(_Case(profile, n))


@cache
def count_decisions(profile: Profile) -> int:
    """How many decisions a Party takes in the demonstration."""
    known = _DECISIONS.get(profile.party)
    if known is not None:
        return (known + 1) // 2
    return whole(1, 2, "few", profile.party) if happens(0.2, "decides", profile.party) else 0


def choose_organism(day: dt.date, *names: object) -> int:
    """One of the modified organisms that were known on a day."""
    known = min(max((day - FIRST_LMO_ON).days // DAYS_BETWEEN, 1), LMOS)
    return whole(1, known, "organism", *names)


def _plan_one(case: _Case) -> Iterator[Planned]:
    """One decision, before it the assessment it rests on, and sometimes a later version."""
    if case.is_assessed:
        yield plan_assessment(
            case.profile, case.assessment, case.organism, case.day, case.published_on,
            is_introduction=case.kind != FOOD_FEED, languages=case.languages, parts=case.parts,
        )  # fmt: skip
    fields = _write_fields(case)
    title = pick_main(fields["title"])
    yield plan_record(
        "biosafetyDecision", case.identifier, title, case.published_on, fields, case.profile,
        languages=case.languages,
    )  # fmt: skip
    later = case.published_on + dt.timedelta(whole(200, 600, "amended", *case.names))
    if happens(0.06, "is amended", *case.names) and later <= _LAST_DAY:
        amended = {
            **fields,
            "relevantInformation": say_rich(case.languages, "amended"),
            "relevantDocuments": [link(f"{case.identifier}-monitoring.pdf", "Monitoring report")],
        }
        if "conditions" in fields:
            amended["conditions"] = say_rich(case.languages, "conditions", n=300)
        yield plan_record(
            "biosafetyDecision", case.identifier, title, later, amended, case.profile, 2,
            languages=case.languages,
        )  # fmt: skip


def _write_fields(case: _Case) -> dict[str, Any]:
    kind = word(_KIND_WORDS[case.kind])
    fields: dict[str, Any] = {
        "isAmendment": False,
        "authorities": terms(first_authority(case.profile.party)),
        "title": say(case.languages, "decision", kind=kind, **case.parts),
        "date": case.day.isoformat(),
        "takenPriorEntryIntoForce": False,
        "decisionTypes": terms(case.kind),
        "modifiedOrganisms": terms(name_lmo(case.organism)),
        "documents": [link(f"{case.identifier}.pdf", "Decision", case.languages[0])],
        "expires": happens(0.4, "expires", *case.names),
    }
    if case.kind in (ENVIRONMENT, FOOD_FEED):
        fields |= _write_outcome(case)
    if case.kind == ENVIRONMENT:
        fields |= _write_procedure(case)
    elif case.kind == FOOD_FEED:
        fields |= {"uses": terms(FOOD, FEED), "takenInAccordanceWithA116": False}
    elif case.kind == SIMPLIFIED:
        fields |= {"movementAllowedUnderA131A": True, "exemptedFromAIA": False,
                   "appliesToSubsequentImports": happens(0.5, "later", *case.names)}  # fmt: skip
    elif case.kind in _MOVEMENT_TYPES:
        fields |= _write_event(case)
    if case.is_assessed:
        fields["riskAssessments"] = terms(case.assessment)
    if happens(0.5, "background", *case.names):
        fields["relevantInformation"] = say_rich(case.languages, "background")
    return fields


def _write_outcome(case: _Case) -> dict[str, Any]:
    """The result, its conditions and reasons, and who asked for it."""
    found: dict[str, Any] = {
        "decisionResult": term(case.result),
        "importers": terms(f"DEMO-CON-{case.profile.party}-1"),
    }
    if case.result == CONDITIONS:
        distance = 50 * whole(1, 8, "distance", *case.names)
        found["conditions"] = say_rich(case.languages, "conditions", n=distance)
    if case.result != APPROVED:
        found["reasons"] = say_rich(case.languages, "reasons")
    if case.result in (APPROVED, CONDITIONS) and happens(0.5, "commercial", *case.names):
        found |= {"isForCommercialUse": True, "forwardToOECD": True, "isForFoodSafety": False}
    return found


def _write_procedure(case: _Case) -> dict[str, Any]:
    """The steps of a request to import and their days; else that there was none."""
    found: dict[str, Any] = {
        "addressesTransboundaryMovement": case.is_on_request,
        "appliesToSubsequentIntroductions": happens(0.3, "subsequent", *case.names),
        "involvesFieldTrial": happens(0.3, "trial", *case.names),
    }
    if not case.is_on_request:
        return found | {"appliesToTransboundaryMovement": happens(0.4, "imports", *case.names)}
    received = case.day - dt.timedelta(whole(90, 330, "received", *case.names))
    told = received + dt.timedelta(whole(10, 110, "acknowledged", *case.names))
    communicated = min(
        case.day + dt.timedelta(whole(1, 20, "told", *case.names)), case.published_on
    )
    exporters = [p for p in list_profiles() if p.strength > 0.7 and p != case.profile]
    exporter = pick(exporters, "exporter", *case.names)
    return found | {
        "decisionTypes": terms(ENVIRONMENT, pick(_REQUEST_KINDS, "request", *case.names)),
        "receiptDate": received.isoformat(),
        "receiptAcknowledgementDate": min(told, case.day).isoformat(),
        "communicationDate": communicated.isoformat(),
        "exporters": terms(f"DEMO-CON-{exporter.party}-1"),
    }


def _write_event(case: _Case) -> dict[str, Any]:
    """What is told of a movement that nobody decided on."""
    found: dict[str, Any] = {
        "transboundaryMovementType": term(_MOVEMENT_TYPES[case.kind]),
        "otherTransboundryInformation": say(case.languages, "made_up"),
    }
    if case.kind == UNINTENTIONAL:
        found |= {
            "releaseDate": (case.day - dt.timedelta(10)).isoformat(),
            "adverseEffectInformation": say(case.languages, "adverseEffects"),
            "pointOfContact": terms(f"DEMO-CON-{case.profile.party}-2"),
        }
    return found
