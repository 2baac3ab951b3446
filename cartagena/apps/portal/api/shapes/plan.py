"""The plan, its programme of work, and what can be cited."""

import datetime as dt
from typing import Literal

from pydantic import Field

from cartagena.apps.portal.api.shapes.envelope import (
    Answer,
    ListAnswer,
    Paged,
    Provision,
    Shape,
    Words,
)


class Point(Shape):
    """A point in time at which the plan is evaluated."""

    id: str = Field(examples=["final"])
    title: str
    cycle: str | None = Field(description="Reporting cycle read; null before any closed")
    sources: list[str] = Field(description="Sources of answers of the cycle")
    record_date: dt.date = Field(description="Day for treaty status, groups and records")
    meeting: int | None = Field(description="Meeting of the Parties that considers it")


class Outcome(Shape):
    """An outcome of an operational objective."""

    id: str = Field(examples=["1.1.a"])
    objective: str
    text: Words


class Impact(Shape):
    """An impact expected in a focal area."""

    id: str = Field(examples=["1.i1"])
    text: Words


class IndicatorTitle(Shape):
    """An indicator as the plan words it."""

    id: str = Field(examples=["1.1.1"])
    title: Words


class Objective(Shape):
    """An operational objective with its outcomes and indicators."""

    id: str = Field(examples=["1.1"])
    focal_area: str
    title: Words
    text: Words
    adopted: str | None = Field(description="Its number in the adopted plan, where there is one")
    outcomes: list[Outcome]
    indicators: list[IndicatorTitle]


class FocalArea(Shape):
    """A focal area with its strategic objective."""

    id: str = Field(examples=["1"])
    title: Words
    strategic_objective: Words
    impacts: list[Impact]
    objectives: list[str] = Field(description="Ids of its operational objectives")


class Fault(Shape):
    """A fault of the source document and what is done about it."""

    id: str
    kind: str
    place: Words
    printed: str
    what: Words
    we_do: Words
    concerns: list[str]


class PlanAnswer(Answer):
    """The plan at a glance."""

    id: str
    title: Words
    symbol: str = Field(description="Symbol of the source document")
    adopted_as: str
    adopted_on: dt.date
    starts_on: dt.date
    ends_on: dt.date
    vision: Words
    mission: Words
    counts: dict[str, int] = Field(description="How many focal areas, objectives, …")
    points: list[Point]
    focal_areas: list[FocalArea]
    faults: list[Fault]


class FocalAreaAnswer(Answer, FocalArea):
    """One focal area."""


class FocalAreaList(ListAnswer):
    """Focal areas in the order of the plan."""

    items: list[FocalArea]


class ObjectiveAnswer(Answer, Objective):
    """One operational objective."""


class ObjectiveList(ListAnswer):
    """Operational objectives in the order of the plan."""

    items: list[Objective]


class OutcomeList(ListAnswer):
    """Outcomes in the order of the plan."""

    items: list[Outcome]


class Reference(Shape):
    """A reference of the programme of work to an operational objective."""

    item: str
    printed: str = Field(description="The number as printed")
    proposed: list[str] = Field(description="The objectives the item is about: a proposal")
    status: Literal["right", "misdirected", "dangling"]
    confidence: str


class ProgrammeItem(Shape):
    """An item of the programme of work; ``meeting`` is null for a standing item."""

    id: str = Field(examples=["mop6.a"])
    meeting: int | None
    printed: str = Field(description="Letter or numeral as printed")
    title: Words
    text: Words
    provisions: list[Provision]
    references: list[Reference]


class ProgrammeAnswer(Answer):
    """The programme of work."""

    title: Words
    items: list[ProgrammeItem]
    reference_counts: dict[str, int] = Field(description="References by status")
    never_scheduled_as_printed: list[str]
    never_scheduled_as_proposed: list[str]


class ProvisionList(ListAnswer):
    """Provisions that can be cited."""

    items: list[Provision]


class ProvisionAnswer(Answer, Provision):
    """One provision."""


class ProvisionQuery(Paged):
    """Provisions below one of them."""

    under: str = Field("", description="Only this one and all below it", examples=["cpb.art20"])
