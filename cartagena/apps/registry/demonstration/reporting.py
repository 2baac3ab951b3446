"""Who reported in which cycle and when: near the deadline, late, amended, withdrawn."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from cartagena.apps.registry.demonstration.draws import draw, happens, whole
from cartagena.apps.registry.demonstration.profiles import LAST_DAY, Profile, list_profiles


@dataclass(frozen=True)
class Round:
    """One reporting cycle: its period, its deadline, and how many Parties answered it."""

    cycle: str
    began_on: dt.date
    deadline: dt.date
    reports: int
    gain: float


ROUNDS = (
    Round("nr2", dt.date(2007, 9, 12), dt.date(2011, 9, 30), 143, 0.0),
    Round("nr3", dt.date(2011, 10, 1), dt.date(2015, 10, 31), 135, 0.05),
    Round("nr4", dt.date(2015, 11, 1), dt.date(2019, 10, 1), 150, 0.10),
    Round("nr5", dt.date(2019, 10, 2), dt.date(2026, 2, 28), 105, 0.14),
)
SURVEY_ANSWERS = 100
SURVEY_BEGAN_ON = dt.date(2014, 1, 6)
SURVEY_ENDED_ON = dt.date(2014, 4, 25)


@dataclass(frozen=True)
class PlannedReport:
    """One version of one report. ``holds_survey``: with the answers to the survey of 2014;
    ``holds_report``: with those of the report itself."""

    profile: Profile
    round: Round
    revision: int
    received_on: dt.date
    published_on: dt.date
    holds_survey: bool = False
    holds_report: bool = True

    @property
    def identifier(self) -> str:
        """The record: one for each Party and cycle."""
        return f"DEMO-{self.round.cycle.upper()}-{self.profile.party}"


@cache
def list_planned_reports() -> tuple[PlannedReport, ...]:
    """Every version of every report, in the order in which they became public."""
    planned = [report for round_ in ROUNDS for report in _plan_round(round_)]
    planned += _plan_survey(planned)
    return tuple(sorted(planned, key=lambda r: (r.published_on, r.identifier, r.revision)))


_WITHDRAWN_RECORDS = (
    "DEMO-DEC-MEX-5", "DEMO-DEC-ZAF-7", "DEMO-DEC-MYS-3", "DEMO-LAW-NOR-2", "DEMO-NDB-DEU",
    "DEMO-CDI-0017",
)  # fmt: skip


@cache
def list_withdrawn() -> tuple[str, ...]:
    """What is withdrawn after it was published: a report of the third cycle, and a few records."""
    third = [r for r in list_planned_reports() if r.round.cycle == "nr3" and r.revision == 1]
    report = min(third, key=lambda r: draw("withdrawn", r.identifier))
    return (report.identifier, *_WITHDRAWN_RECORDS)


def _plan_round(round_: Round) -> Iterator[PlannedReport]:
    for profile in _choose_reporters(round_):
        received = _choose_day(round_, profile.party)
        published = _not_later(
            received + dt.timedelta(whole(0, 20, "queue", round_.cycle, profile.party))
        )
        yield PlannedReport(profile, round_, 1, received, published)
        if happens(0.04, "amended", round_.cycle, profile.party):
            later = published + dt.timedelta(whole(40, 200, "later", round_.cycle, profile.party))
            if later < LAST_DAY and not (round_.cycle == "nr2" and later >= SURVEY_BEGAN_ON):
                yield PlannedReport(profile, round_, 2, later, later)


def _choose_reporters(round_: Round) -> list[Profile]:
    """As many Parties as reported; those that do so once tend to do so again."""
    in_force = [p for p in list_profiles() if p.joined_on <= round_.deadline]

    def readiness(profile: Profile) -> float:
        habit = draw("habit", profile.party)
        this_time = draw("report", round_.cycle, profile.party)
        return 0.5 * habit + 0.35 * this_time + 0.3 * profile.strength

    return sorted(in_force, key=readiness, reverse=True)[: round_.reports]


def _choose_day(round_: Round, party: str) -> dt.date:
    """Two of three in the two months before the deadline, the others late, some by a year."""
    names = ("received", round_.cycle, party)
    lateness = draw("lateness", *names)
    if lateness < 0.66:
        return round_.deadline - dt.timedelta(whole(0, 60, *names))
    if lateness < 0.88:
        return _not_later(round_.deadline + dt.timedelta(whole(1, 75, *names)))
    return _not_later(round_.deadline + dt.timedelta(whole(76, 400, *names)))


def _plan_survey(planned: list[PlannedReport]) -> Iterator[PlannedReport]:
    """The survey travels in the document of the second report, mostly as a new version of it."""
    last = {r.profile.party: r for r in planned if r.round.cycle == "nr2"}
    second = ROUNDS[0]

    def readiness(profile: Profile) -> float:
        return draw("survey", profile.party) + 0.5 * (profile.party in last)

    in_force = [p for p in list_profiles() if p.joined_on <= SURVEY_ENDED_ON]
    for profile in sorted(in_force, key=readiness, reverse=True)[:SURVEY_ANSWERS]:
        span = (SURVEY_ENDED_ON - SURVEY_BEGAN_ON).days
        day = SURVEY_BEGAN_ON + dt.timedelta(whole(0, span, "surveyed", profile.party))
        before = last.get(profile.party)
        revision = before.revision + 1 if before else 1
        yield PlannedReport(profile, second, revision, day, day, True, before is not None)


def _not_later(day: dt.date) -> dt.date:
    return min(day, LAST_DAY)
