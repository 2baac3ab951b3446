"""A strategic plan, loaded from its declarations and checked whole.

A plan is a folder under `cartagena/protocol/plans/`: plan.yaml (what it is and its shape),
logframe.yaml, programme_of_work.yaml, background.yaml, meetings.yaml, points.yaml, faults.yaml,
adopted_crosswalk.yaml, and translations/ with one file per language.
`load_plan()` reads them once; all problems of all files are reported together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

from cartagena.engine.background import Background
from cartagena.engine.declaration import (
    PROTOCOL,
    DeclarationError,
    Problem,
    Problems,
    build,
    read_yaml,
)
from cartagena.engine.faults import AdoptedNumber, Crosswalk, Fault, FaultsFile
from cartagena.engine.logframe import (
    FocalArea,
    Impact,
    IndicatorTitle,
    Logframe,
    Objective,
    Outcome,
    Shape,
)
from cartagena.engine.milestones import EvaluationPoint, Meeting, MeetingsFile, PointsFile
from cartagena.engine.plan_checks import check_plan
from cartagena.engine.programme import NumberingMap, Programme, ProgrammeFile
from cartagena.engine.text import Text
from cartagena.engine.translations import Translations

T = TypeVar("T")
PLANS = PROTOCOL / "plans"
DEFAULT_PLAN = "cpb_2011_2020"


@dataclass(frozen=True)
class PlanFile:
    """What plan.yaml may say."""

    id: str
    title: Text
    symbol: str
    adopted_as: str
    adopted_on: date
    starts_on: date
    ends_on: date
    note: Text
    shape: Shape


@dataclass(frozen=True, eq=False)
class Plan:
    """A strategic plan with everything that was declared about it. Immutable; equal to itself."""

    about: PlanFile
    logframe: Logframe
    programme: Programme
    background: Background
    meetings: tuple[Meeting, ...]
    points: tuple[EvaluationPoint, ...]
    faults: tuple[Fault, ...]
    crosswalk: Crosswalk
    translations: Translations

    @property
    def id(self) -> str:
        """The folder's name, for example `cpb_2011_2020`."""
        return self.about.id

    @property
    def title(self) -> Text:
        """What the plan is called."""
        return self.about.title

    @property
    def vision(self) -> Text:
        """The state the plan works towards."""
        return self.logframe.vision

    @property
    def mission(self) -> Text:
        """What the plan is to do for it."""
        return self.logframe.mission

    @property
    def focal_areas(self) -> tuple[FocalArea, ...]:
        """The focal areas, each with its strategic objective."""
        return self.logframe.focal_areas

    @property
    def impacts(self) -> tuple[Impact, ...]:
        """All expected impacts."""
        return self.logframe.impacts

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """All operational objectives, in the order of the document."""
        return self.logframe.objectives

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """All outcomes."""
        return self.logframe.outcomes

    @property
    def indicators(self) -> tuple[IndicatorTitle, ...]:
        """All indicators, as the plan words them."""
        return self.logframe.indicators

    @property
    def numbering_map(self) -> NumberingMap:
        """From the numbers printed in Annex II to those of the framework (a proposal)."""
        return self.programme.numbering_map

    @property
    def texts(self) -> Mapping[str, Text]:
        """Every text of the plan by its translation key."""
        return self.translations.texts

    @cached_property
    def _by_id(self) -> Mapping[str, Any]:
        found: dict[str, Any] = {each.id: each for each in self.focal_areas}
        found |= {each.id: each for each in self.impacts}
        found |= {each.id: each for each in self.objectives}
        found |= {each.id: each for each in self.outcomes}
        return found | {each.id: each for each in self.indicators}

    def _get(self, cls: type[T], item_id: str, kind: str) -> T:
        item = self._by_id.get(item_id)
        if isinstance(item, cls):
            return item
        known = [each for each, found in self._by_id.items() if isinstance(found, cls)]
        first, last = known[0], known[-1]
        raise LookupError(f"The plan has no {kind} {item_id!r}. It has {first} to {last}.")

    def focal_area(self, area_id: str) -> FocalArea:
        """The focal area `1` to `5`. Raises LookupError, as all lookups here."""
        return self._get(FocalArea, area_id, "focal area")

    def impact(self, impact_id: str) -> Impact:
        """The impact, for example `1.i2`."""
        return self._get(Impact, impact_id, "impact")

    def objective(self, objective_id: str) -> Objective:
        """The operational objective, for example `1.1`."""
        return self._get(Objective, objective_id, "objective")

    def outcome(self, outcome_id: str) -> Outcome:
        """The outcome, for example `1.1.a`."""
        return self._get(Outcome, outcome_id, "outcome")

    def indicator(self, indicator_id: str) -> IndicatorTitle:
        """The indicator's wording, for example `1.1.1`."""
        return self._get(IndicatorTitle, indicator_id, "indicator")

    def focal_area_of(self, item_id: str) -> FocalArea:
        """The focal area that an objective, outcome, indicator or impact belongs to."""
        return self.focal_area(item_id.split(".")[0])

    def objective_of(self, item_id: str) -> Objective:
        """The objective that an outcome or indicator belongs to."""
        return self.objective(".".join(item_id.split(".")[:2]))

    def point(self, point_id: str) -> EvaluationPoint:
        """The evaluation point, for example `baseline`."""
        for point in self.points:
            if point.id == point_id:
                return point
        known = ", ".join(point.id for point in self.points)
        raise LookupError(f"The plan has no evaluation point {point_id!r}. It has: {known}.")

    def meeting(self, number: int) -> Meeting:
        """The meeting of the Parties with this number."""
        for meeting in self.meetings:
            if meeting.number == number:
                return meeting
        raise LookupError(f"Meeting {number} is not declared. Known: 1 to {len(self.meetings)}.")

    def faults_about(self, item_id: str) -> tuple[Fault, ...]:
        """The document's faults that concern this objective, indicator, item or paragraph."""
        return tuple(fault for fault in self.faults if item_id in fault.concerns)

    def find_adopted(self, draft_id: str) -> AdoptedNumber | None:
        """The adopted number of a focal area or objective."""
        return self.crosswalk.find_adopted(draft_id)

    def missing_translations(self, language: str) -> tuple[str, ...]:
        """The keys of all texts without words in `language`."""
        return self.translations.missing(language)


def list_plans() -> tuple[str, ...]:
    """The ids of all declared plans, sorted."""
    return tuple(sorted(path.parent.name for path in PLANS.glob("*/plan.yaml")))


@cache
def load_plan(plan_id: str = DEFAULT_PLAN) -> Plan:
    """The plan, read once. Raises DeclarationError with every problem of its declarations."""
    if plan_id not in list_plans():
        remedy = f"Use one of: {', '.join(list_plans())}."
        raise DeclarationError([Problem(str(PLANS), f"no plan is called {plan_id!r}", remedy)])
    return read_plan(PLANS / plan_id)


def missing_translations(language: str, plan_id: str = DEFAULT_PLAN) -> tuple[str, ...]:
    """The keys of all texts of a plan without words in `language`."""
    return load_plan(plan_id).missing_translations(language)


def read_plan(folder: Path) -> Plan:
    """The plan declared in `folder`. Raises DeclarationError with every problem found."""
    problems = Problems()
    reader = _Reader(folder, problems)
    about = reader.read(PlanFile, "plan.yaml", "plan")
    logframe = reader.read(Logframe, "logframe.yaml")
    programme = reader.read(ProgrammeFile, "programme_of_work.yaml", "programme")
    background = reader.read(Background, "background.yaml")
    meetings = reader.read(MeetingsFile, "meetings.yaml")
    points = reader.read(PointsFile, "points.yaml")
    faults = reader.read(FaultsFile, "faults.yaml")
    crosswalk = reader.read(Crosswalk, "adopted_crosswalk.yaml", "crosswalk")
    problems.raise_if_any()
    reader.translations.check_unknown()
    plan = Plan(
        about=about,
        logframe=logframe,
        programme=_join_programme(programme, (each.id for each in logframe.objectives)),
        background=background,
        meetings=meetings.meetings,
        points=points.points,
        faults=faults.faults,
        crosswalk=crosswalk,
        translations=reader.translations,
    )
    check_plan(plan, problems)
    problems.raise_if_any()
    return plan


class _Reader:
    """Reads the files of one plan folder and lays the translations over them."""

    def __init__(self, folder: Path, problems: Problems) -> None:
        self._folder = folder
        self._problems = problems
        self.translations = Translations(folder / "translations", problems)

    def read(self, cls: type[T], name: str, prefix: str = "") -> T:
        """The file as `cls`. After a problem the result is unusable: raise before using it."""
        try:
            raw = read_yaml(self._folder / name)
        except DeclarationError as error:
            for problem in error.problems:
                self._problems.add(problem.place, problem.what, problem.remedy)
            return cast(T, None)
        language = raw.get("language", "en") if isinstance(raw, Mapping) else "en"
        item = build(cls, raw, name, self._problems, language=str(language))
        return cast(T, None) if item is None else self.translations.apply(item, prefix)


def _join_programme(file: ProgrammeFile, objectives: Iterable[str]) -> Programme:
    return Programme(
        title=file.title,
        numbering_map=file.annex2_numbering_map,
        standing_items=file.standing_items,
        meetings=file.meetings,
        objectives=tuple(objectives),
    )
