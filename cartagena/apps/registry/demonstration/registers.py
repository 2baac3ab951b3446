"""Made-up entries of the registers that the plan's indicators ask the Secretariat to keep."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from cartagena.apps.registry.demonstration.draws import day_between, happens, pick, whole
from cartagena.apps.registry.demonstration.planned import MARK, Planned
from cartagena.apps.registry.demonstration.profiles import Profile, list_profiles
from cartagena.engine.flatten import fact_rows_body

_SOURCE = "Made up for demonstration"
_FIRST, _LAST = dt.date(2008, 1, 15), dt.date(2025, 11, 30)

_MECHANISMS = (
    ("expert_group", "2008-06-01", "2012-10-19"),
    ("expert_group", "2012-10-20", "2016-12-17"),
    ("roster", "2004-02-27", None),
    ("liaison_group", "2004-02-27", "2018-11-29"),
    ("advisory_committee", "2004-02-27", None),
    ("subsidiary_body", "2016-12-17", None),
)
_PARTNERS = (
    "OIE", "IPPC", "Codex", "WTO", "FAO", "OECD", "Aarhus Convention", "Basel Convention", "UNEP",
    "World Customs Organization", "ITTO", "CITES",
)  # fmt: skip
_BACKGROUNDS = ("government", "igo", "ngo", "industry", "academia")
_ASSESSMENTS = (
    ("assessment", "2008-05-12"), ("review", "2012-10-01"), ("assessment", "2016-12-04"),
    ("review", "2016-12-10"), ("assessment", "2020-11-16"), ("review", "2022-12-07"),
)  # fmt: skip


def plan_registers() -> Iterator[Planned]:
    """All registers, entry by entry."""
    yield from _plan_advice()
    yield from _plan_cooperation()
    yield from _plan_forums()
    yield from _plan_party_registers()
    for n, (kind, day) in enumerate(_ASSESSMENTS, 1):
        yield _plan_entry("AssessmentDocument", n, from_on=day, kind=kind)


def _plan_entry(register: str, n: int | str, **cells: Any) -> Planned:
    """An entry that became public a month after it began."""
    identifier = f"{MARK}REG-{register}-{n}"
    title = f"Demonstration entry {n}"
    row: Mapping[str, Any] = {"register": register, "title": title, "source": _SOURCE, **cells}
    body = fact_rows_body("registerEntry", identifier, [row])
    began = dt.date.fromisoformat(str(cells["from_on"]))
    return Planned(
        identifier, "registerEntry", cells.get("party"), title, body, began + dt.timedelta(30)
    )


def _plan_advice() -> Iterator[Planned]:
    for n, (kind, began, ended) in enumerate(_MECHANISMS, 1):
        yield _plan_entry("AdviceMechanism", n, from_on=began, until_on=ended, kind=kind)
    for n in range(1, 49):
        profile = pick(list_profiles(), "request", n)
        day = day_between(_FIRST, _LAST, "request day", n)
        if happens(0.3, "by the meeting", n):
            yield _plan_entry("AdviceRequest", n, from_on=day, kind="meeting")
        else:
            yield _plan_entry("AdviceRequest", n, from_on=day, party=profile.party, kind="party")
        if happens(0.6, "used", n):
            used = min(day + dt.timedelta(whole(60, 500, "use", n)), _LAST)
            kind = pick(_MECHANISMS, "advice of", n)[0]
            yield _plan_entry("AdviceUse", n, from_on=used, party=profile.party, kind=kind)


def _plan_cooperation() -> Iterator[Planned]:
    for n in range(1, 81):
        day = day_between(dt.date(2009, 1, 10), _LAST, "joint", n)
        yield _plan_entry("JointActivity", n, from_on=day, kind=pick(_PARTNERS, "partner", n))


def _plan_forums() -> Iterator[Planned]:
    """Discussions and conferences, and how many from each Party took part in each."""
    events = []
    for n in range(1, 61):
        began = day_between(dt.date(2008, 11, 1), dt.date(2025, 6, 1), "forum", n)
        ended = began + dt.timedelta(whole(7, 40, "forum length", n))
        kind = "conference" if happens(0.3, "forum kind", n) else "discussion"
        yield _plan_entry("ForumEvent", n, from_on=began, until_on=ended, kind=kind)
        events.append(began)
    for n, began in enumerate(events, 1):
        taking_part = (
            p for p in list_profiles() if p.joined_on <= began and happens(0.7, "forums", p.party)
        )
        for profile in taking_part:
            if happens(0.01 + 0.06 * profile.strength, "took part", n, profile.party):
                yield _plan_participation(n, began, profile)


def _plan_participation(n: int, began: dt.date, profile: Profile) -> Planned:
    return _plan_entry(
        "ForumParticipation",
        f"{n}-{profile.party}",
        from_on=began,
        party=profile.party,
        kind=pick(_BACKGROUNDS, "background", n, profile.party),
        quantity=whole(1, 4, "people", n, profile.party),
        unit="participants",
    )


def _plan_party_registers() -> Iterator[Planned]:
    for profile in list_profiles():
        if profile.needs_support and happens(0.16, "evaluated", profile.party):
            day = day_between(dt.date(2010, 2, 1), _LAST, "evaluation", profile.party)
            kind = pick(("effective", "partly", "not"), "finding", profile.party)
            yield _plan_party_entry("ResourceUseEvaluation", profile, day, kind)
        if happens(0.2 + 0.35 * profile.needs_support, "needs assessed", profile.party):
            first = max(profile.joined_on, dt.date(2004, 6, 1))
            day = min(first + dt.timedelta(whole(60, 2200, "needs", profile.party)), _LAST)
            yield _plan_party_entry("CapacityNeedsAssessment", profile, day, "assessment")
        if happens(0.35 * profile.strength, "instrument", profile.party):
            day = day_between(dt.date(2009, 4, 1), _LAST, "instrument day", profile.party)
            kind = pick(("law", "administrative"), "instrument kind", profile.party)
            yield _plan_party_entry("LegalInstrument", profile, day, kind)
        if happens(0.09, "issue", profile.party):
            day = day_between(dt.date(2009, 9, 1), dt.date(2023, 9, 1), "issue", profile.party)
            closed = day + dt.timedelta(whole(150, 900, "closing", profile.party))
            kind = "closed" if happens(0.7, "is closed", profile.party) else "open"
            until = closed if kind == "closed" else None
            yield _plan_party_entry("ComplianceIssue", profile, day, kind, until)


def _plan_party_entry(
    register: str, profile: Profile, day: dt.date, kind: str, until: dt.date | None = None
) -> Planned:
    return _plan_entry(
        register, profile.party, from_on=day, until_on=until, party=profile.party, kind=kind
    )
