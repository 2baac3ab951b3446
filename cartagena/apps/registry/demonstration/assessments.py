"""Made-up summaries of risk assessments, of Parties and of others."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from cartagena.apps.registry.demonstration.biology import crop_of, name_lmo, trait_of
from cartagena.apps.registry.demonstration.draws import happens, whole
from cartagena.apps.registry.demonstration.institutions import first_authority
from cartagena.apps.registry.demonstration.planned import Planned, link, plan_record, terms
from cartagena.apps.registry.demonstration.profiles import Profile
from cartagena.apps.registry.demonstration.words import (
    SIX,
    Words,
    pick_main,
    say,
    say_rich,
    word,
)

FOOD = "91BEAF12-ABE1-4294-AD3B-507935894C78"
FEED = "1D96153B-1625-44E4-AD5E-D26429044B29"
INTRODUCTION = "D6B59E8A-D82C-4516-917A-A745ACDA5931"
PARTS = (
    "adverseEffects", "adverseEffectsLikelihood", "adverseEffectsConsequence",
    "adverseEffectsOverallRisk", "adverseEffectsRecommendation", "riskManagementStrategies",
    "receivingEnvironment", "detectionMethod",
)  # fmt: skip
"""What Annex III asks, and how the organism is detected."""


def plan_assessment(
    profile: Profile,
    identifier: str,
    organism: int,
    decided_on: dt.date,
    published_on: dt.date,
    *,
    is_introduction: bool,
    languages: Sequence[str],
    parts: dict[str, Words | str | int],
) -> Planned:
    """Two of three hold everything that Annex III asks; the others leave parts out."""
    scopes = (INTRODUCTION,) if is_introduction else (FOOD, FEED)
    title = say(languages, "assessment", **parts)
    fields: dict[str, Any] = {
        "authorities": terms(first_authority(profile.party)),
        "title": title,
        "date": (decided_on - dt.timedelta(40)).isoformat(),
        "contacts": terms(f"DEMO-CON-{profile.party}-2"),
        "modifiedOrganisms": terms(name_lmo(organism)),
        "scopes": terms(*scopes),
        "documents": [link(f"{identifier}.pdf", "Risk assessment", languages[0])],
        "expires": happens(0.4, "expires", identifier),
    }
    complete = happens(0.66, "complete", identifier)
    for part in PARTS:
        if complete or happens(0.5, "part", part, identifier):
            fields[part] = say_rich(languages, part)
    return plan_record(
        "nationalRiskAssessment", identifier, pick_main(title), published_on, fields, profile,
        languages=languages,
    )  # fmt: skip


def plan_independent(organizations: Sequence[str]) -> Iterator[Planned]:
    """Assessments by others; each names one of the organizations."""
    for n in range(1, 19):
        day = dt.date(2006, 3, 1) + dt.timedelta(whole(0, 6500, "independent", n))
        organism = whole(1, 8, "independent organism", n)
        title = say(SIX, "independent", n=n, crop=crop_of(organism), trait=word(trait_of(organism)))
        fields = {
            "organizations": terms(organizations[n % len(organizations)]),
            "title": title,
            "date": day.isoformat(),
            "modifiedOrganisms": terms(name_lmo(organism)),
            "scopes": terms(INTRODUCTION),
            "documents": [link(f"independent-{n}.pdf", "Assessment")],
            "adverseEffects": say_rich(SIX, "adverseEffects"),
            "adverseEffectsOverallRisk": say_rich(SIX, "adverseEffectsOverallRisk"),
            "expires": False,
        }
        identifier = f"DEMO-IRA-{n:04}"
        yield plan_record(
            "independentRiskAssessment", identifier, pick_main(title), day, fields, languages=SIX
        )
