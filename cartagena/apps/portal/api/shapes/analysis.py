"""The analyser: answers counted in Parties."""

import datetime as dt
from typing import Literal

from pydantic import Field

from cartagena.apps.portal.api.shapes.envelope import Known, ListAnswer, Paged, Shape, Share, Words

STANDING = "chosen, equivalent, narrower, wider, rescaled, several (joined or divided) or unmapped"


class Loss(Shape):
    """An answer that reaches no answer of the newer question."""

    old: str = Field(examples=["nr3.Q070"])
    option: str
    new: str = Field(examples=["nr4.Q055"])


class Counterpart(Shape):
    """What stands for a chosen question in one cycle, through declared links only."""

    cycle: str
    question: str | None = Field(description="null: no link leads to one")
    standing: str = Field(description=STANDING)
    comparable: bool = Field(description="Whether answers can be set side by side")
    proposed: bool = Field(description="Whether a link is ours, not the Clearing-House's")
    ends_in: str | None = Field(description="First cycle without a link, for unmapped ones")
    losses: list[Loss]
    notes: list[str] = Field(description="What the links say of the difference, in English")


class Choice(Shape):
    """An option of a question."""

    code: str
    label: Words


class AnalysedQuestion(Shape):
    """A chosen question and its counterparts."""

    question: str = Field(examples=["nr4.Q014"])
    number: str
    label: Words
    options: list[Choice]
    cycles: list[Counterpart]


class ReportedGroup(Shape):
    """Who reported in one group, with the two shares of official documents."""

    source: str
    day: dt.date
    due_on: dt.date | None
    group: str
    parties: int
    reported: int
    share_of_reports: float | None = Field(description="reported / all reports counted")
    share_of_group: float | None = Field(description="reported / Parties of the group")


class ReportedSource(Shape):
    """Who reported to one source of answers."""

    source: str
    groups: list[ReportedGroup]
    named: dict[str, list[str]] = Field(
        description="Parties by code: in_time, late, left_out (by cut-off or timing), "
        "joined_later, outside (no Parties, not counted), missing"
    )


class AnalysedOption(Shape):
    """One option in one cycle and group. Counts and shares are of Parties."""

    chosen: str
    cycle: str
    question: str | None
    standing: str = Field(description=STANDING)
    option: str | None = Field(description="null: something was written")
    label: str | None
    group: str
    comparison: str = Field(description="own, compared or not_comparable")
    yes: int | None = None
    no: int | None = None
    unknown: int | None = None
    undecided: int | None = Field(
        None, description="Of the unknown: those whose answer is lost in the comparison"
    )
    size: int | None = None
    headline: Share | None = Field(
        None, description="Of the Parties that answered; null where some are undecided"
    )
    least: Share | None = Field(None, description="The same, undecided ones taken for a no")
    most: Share | None = Field(None, description="The same, undecided ones taken for a yes")
    floor: Share | None = Field(None, description="Of all: silent ones taken for a no")
    ceiling: Share | None = Field(None, description="Of all: silent ones taken for a yes")
    response: Share | None = None
    demonstration: bool


class AnalysisAnswer(ListAnswer):
    """The answer: counts as a list, and what they rest on."""

    universe: str
    timing: str
    filtered: int | None = Field(description="Parties that meet all filters; null: no filter")
    questions: list[AnalysedQuestion]
    reports: list[ReportedSource]
    items: list[AnalysedOption]


class AnalysisQuery(Paged, Known):
    """What is asked; values may be repeated where a list is taken."""

    q: list[str] = Field([], description="Questions, such as nr4.Q014", examples=[["nr4.Q014"]])
    cycle: list[str] = Field([], description="Cycles to set beside: nr2, nr3, nr4, nr5")
    group: list[str] = Field(
        [], description="Groups by code (AFR, LDC, ...) or one's own as Name:KEN,UGA"
    )
    universe: str = Field("parties", description="parties, reported, answered or panel")
    where: list[str] = Field(
        [], description="Only Parties that gave an answer, such as nr4.Q016:true; * is any"
    )
    timing: str = Field("all", description="all, in_time or late")
    cutoff: str | None = Field(None, description="Leave out reports first received after this day")
    links: str = Field("declared", description="declared, or proposed to follow our links too")
    freeze: str | None = Field(None, description="Name of a freeze to read instead of today")
    view: Literal["answers", "comparison"] = Field(
        "answers",
        description="answers: options as asked in each cycle; comparison: what stands for the "
        "options of the chosen question",
    )
