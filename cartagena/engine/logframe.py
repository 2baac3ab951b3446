"""The logical framework of a plan: focal areas, impacts, objectives, outcomes and indicators."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase

from cartagena.engine.declaration import Problems
from cartagena.engine.text import Text


@dataclass(frozen=True)
class Impact:
    """An effect expected if the strategic objective is reached; `1.i2` is the second of area 1."""

    id: str
    text: Text


@dataclass(frozen=True)
class Outcome:
    """What can be seen if the operational objective is reached; `1.1.a` is the first of 1.1."""

    id: str
    text: Text


@dataclass(frozen=True)
class IndicatorTitle:
    """An indicator as the plan words it; `1.1.2` is the second of objective 1.1."""

    id: str
    title: Text


@dataclass(frozen=True)
class Objective:
    """An operational objective, with the document's own number."""

    id: str
    title: Text
    text: Text
    outcomes: tuple[Outcome, ...]
    indicators: tuple[IndicatorTitle, ...]


@dataclass(frozen=True)
class FocalArea:
    """A focal area with its strategic objective."""

    id: str
    title: Text
    strategic_objective: Text
    impacts: tuple[Impact, ...]
    objectives: tuple[Objective, ...]


@dataclass(frozen=True, eq=False)
class Logframe:
    """What logframe.yaml may say. `language` is the language the document was read in."""

    language: str
    vision: Text
    mission: Text
    focal_areas: tuple[FocalArea, ...]

    @cached_property
    def objectives(self) -> tuple[Objective, ...]:
        """All operational objectives, in the order of the document."""
        return tuple(each for area in self.focal_areas for each in area.objectives)

    @cached_property
    def impacts(self) -> tuple[Impact, ...]:
        """All expected impacts."""
        return tuple(each for area in self.focal_areas for each in area.impacts)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """All outcomes."""
        return tuple(each for objective in self.objectives for each in objective.outcomes)

    @cached_property
    def indicators(self) -> tuple[IndicatorTitle, ...]:
        """All indicators, as the plan words them."""
        return tuple(each for objective in self.objectives for each in objective.indicators)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of everything in the framework, in the order of the document."""
        return tuple(found for found, _ in _list_expected_ids(self))


@dataclass(frozen=True)
class Shape:
    """The numbers a plan must come to: a guard against an item lost while editing."""

    focal_areas: int
    impacts: int
    objectives: int
    outcomes: int
    indicators: int
    standing_items: int
    items: int
    references: int
    submission_events: int
    submitters: int
    submitting_parties: int
    consultation_events: int
    indicators_per_objective: Mapping[str, int]
    items_per_meeting: Mapping[str, int]


def check_ids(logframe: Logframe, problems: Problems) -> None:
    """Report every id that is not what its place in the framework gives."""
    for found, expected in _list_expected_ids(logframe):
        if found != expected:
            remedy = f"Ids count in the order of the document: write {expected!r}."
            problems.add(f"logframe.yaml: {found}", "the id does not fit its place", remedy)


def _list_expected_ids(logframe: Logframe) -> Iterator[tuple[str, str]]:
    for number, area in enumerate(logframe.focal_areas, start=1):
        yield area.id, str(number)
        yield from _count(area.impacts, f"{area.id}.i", "123456789")
        for position, objective in enumerate(area.objectives, start=1):
            yield objective.id, f"{area.id}.{position}"
            yield from _count(objective.outcomes, f"{objective.id}.", ascii_lowercase)
            yield from _count(objective.indicators, f"{objective.id}.", "123456789")


def _count(
    items: Iterable[Impact | Outcome | IndicatorTitle], prefix: str, marks: str
) -> Iterator[tuple[str, str]]:
    for position, item in enumerate(items):
        mark = marks[position] if position < len(marks) else f"({position + 1})"
        yield item.id, f"{prefix}{mark}"
