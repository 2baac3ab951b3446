"""Indicators, figures, verdicts, reasons and changes."""

import datetime as dt
from typing import Literal

from pydantic import Field

from cartagena.apps.portal.api.shapes.envelope import (
    Answer,
    Known,
    ListAnswer,
    Paged,
    Provision,
    Shape,
    Share,
    Source,
    Universe,
    Variant,
    Words,
)
from cartagena.apps.portal.api.shapes.plan import Point

BASIS = "figure: what the figure counts; reports: measured otherwise, reports speak beside it"
POINT = "baseline, midterm, final, after, or any day such as 2015-12-31"


class Indicator(Shape):
    """An indicator in short."""

    id: str = Field(examples=["1.6.1"])
    title: Words = Field(description="As the plan words it")
    short_title: str
    objective: str
    unit: str
    direction: str = Field(description="up: more is better; yes: a milestone; neutral")
    measure: str = Field(description="Kind of measure, as the engine names it")
    kind: str = Field(description="share, count, total, amount, ratio or milestone")
    sources: list[str]
    grades: dict[str, str] = Field(
        description="By cycle: A asked directly, B in part or by proxy, C not asked"
    )
    same_as: str | None = Field(description="Another indicator of the plan that asks the same")


class IndicatorList(ListAnswer):
    """Indicators in the order of the plan."""

    items: list[Indicator]


class Option(Shape):
    """An option of a closed question."""

    code: str
    label: Words


class Asked(Shape):
    """A question that is read."""

    source: str
    question: str = Field(examples=["Q014"])
    number: str = Field(description="Number printed on the form")
    label: Words


class Condition(Shape):
    """A condition on Parties as a tree; ``operation`` tells which other fields are there."""

    operation: str = Field(description="all, any, chose, other (than), wrote or published")
    source: str | None = None
    question: str | None = None
    number: str | None = None
    label: Words | None = None
    options: list[Option] | None = None
    counts_as_no_if: "Condition | None" = None
    record_type: str | None = None
    values: dict[str, list[str]] | None = None
    parts: list["Condition"] | None = None


class Rule(Shape):
    """A condition as data and in words."""

    condition: Condition
    words: str


class Recipe(Shape):
    """How one reporting cycle answers the indicator."""

    cycle: str
    sources: list[str]
    grade: str
    strict: Rule | None
    inclusive: Rule | None = Field(description="null: the strict reading serves both")
    not_applicable: Rule | None = Field(description="Which Parties are taken out")
    bands: list[Asked] = Field(description="Questions whose bands are added up")
    questions: list[str]
    note: str


class Link(Shape):
    """The outcome an indicator speaks to, and how well."""

    outcome: str
    quality: str = Field(description="direct, partial or proxy")


class Deadline(Shape):
    """A time limit inside an indicator."""

    years: int
    after: str
    year_question: dict[str, str]


class IndicatorAnswer(Answer, Indicator):
    """The whole declaration of an indicator."""

    description: list[str] = Field(description="What it measures, method, limits, source")
    legal_basis: list[Provision]
    links: list[Link]
    recipes: list[Recipe]
    comparability: list[str] = Field(description="What limits comparison between cycles")
    to_collect: str = Field(description="What would have to be collected to answer it")
    doubts: list[str]
    deadline: Deadline | None
    authored_by: str
    checked_by: str
    next_review: str


class Figure(Shape):
    """A figure: never a bare number, always with its counts and what is unknown."""

    indicator: str
    point: str
    variant: Variant
    group: str | None = Field(description="null: all Parties")
    universe: str
    kind: str
    unit: str
    status: Literal["computed", "not_asked", "no_data", "not_applicable", "not_yet"]
    reason: str = Field(description="Why there is no value; empty if there is one")
    yes: int | None = Field(description="Parties that meet the condition")
    no: int | None
    unknown: int | None = Field(description="Parties about which nothing is known")
    size: int | None = Field(description="Parties in the universe")
    numerator: int | None = Field(description="What the headline divides; the value of a count")
    denominator: int | None
    headline: Share | None = Field(description="Yes among those known")
    floor: Share | None = Field(description="The share if every unknown Party were a no")
    ceiling: Share | None = Field(description="The share if every unknown Party were a yes")
    response: Share | None = Field(description="The share about which something is known")
    lower: float | None = Field(description="Lower bound of a total of bands")
    upper: float | None = Field(description="Upper bound; null: open")
    reached_on: dt.date | None
    target_on: dt.date | None
    met: bool | None = Field(description="For a milestone")
    sentence: str = Field(description="The figure in words")
    demonstration: bool


class FigureList(ListAnswer):
    """Figures in the order of indicator, point, variant, group."""

    items: list[Figure]


class FigureQuery(Paged):
    """Which figures of an indicator."""

    point: str | None = Field(None, description=f"{POINT}; all four without it", examples=["final"])
    variant: Variant | None = Field(None, description="Both without it")
    group: str | None = Field(
        None,
        description="A group code, or all for all Parties; without it all Parties and nine groups",
        examples=["AFR"],
    )
    universe: Universe = Field("in_force", description="Which Parties are counted")


class PointFigureQuery(FigureQuery):
    """Which figures of all indicators."""

    objective: str | None = Field(None, description="Only this objective", examples=["1.1"])


class Report(Shape):
    """A version of a national report."""

    party: str
    source: Source
    record: str
    version: int
    number: str = Field(description="Public number of the version")
    published_on: dt.date
    received_on: dt.date | None
    demonstration: bool


class PartyAnswered(Asked):
    """What a Party answered to a question that was read."""

    options: list[Option] = Field(description="Empty: no option chosen")
    wrote: bool = Field(description="Whether a text was written")


class PartyVerdict(Shape):
    """What an indicator says about one Party."""

    party: str
    name: str
    outcome: Literal["yes", "no", "unknown"] | None = Field(
        description="null where the indicator is not decided Party by Party"
    )
    reported: bool
    answers: list[PartyAnswered]
    reports: list[Report] = Field(description="The report versions the answers stand in")
    records: list[str] = Field(
        description="Public numbers of the Party's records that the figure counts, latest first"
    )
    demonstration: bool


class VerdictList(ListAnswer):
    """Verdicts by Party code."""

    indicator: str
    point: Point
    variant: Variant
    basis: Literal["figure", "reports"] = Field(description=BASIS)
    items: list[PartyVerdict]


class VerdictQuery(Paged):
    """At which point, in which reading, for which group."""

    point: str = Field("final", description=POINT)
    variant: Variant = "strict"
    group: str | None = Field(None, description="Only members of this group", examples=["AFR"])
    limit: int = Field(250, ge=1, le=5000, description="How many items at most")


class WhyQuery(Known):
    """At which point and in which reading."""

    point: str = Field("final", description=POINT)
    variant: Variant = "strict"


class Record(Shape):
    """A live record of the Clearing-House that decided."""

    record: str
    version: int
    type: str
    number: str
    title: str
    published_on: dt.date
    demonstration: bool


class Reason(Shape):
    """One node of an explanation; leaves name the question, the answers and the report."""

    operation: str = Field(
        description="all, any, chose, other, wrote, published, counted, bands, status"
    )
    outcome: Literal["yes", "no", "unknown"]
    silent: bool = Field(description="A leaf that the Party did not answer")
    source: str | None = None
    question: str | None = None
    number: str | None = None
    label: Words | None = None
    wanted: list[Option] | None = None
    answers: list[Option] | None = None
    report: Report | None = None
    record_type: str | None = None
    records: list[Record] | None = None
    note: str | None = None
    date: dt.date | None = None
    parts: list["Reason"]


class WhyAnswer(Answer):
    """Why an indicator says what it says about one Party."""

    indicator: str
    party: str
    name: Words
    point: Point
    variant: Variant
    basis: Literal["figure", "reports"] = Field(description=BASIS)
    reason: Reason


class Rewording(Shape):
    """A question that limits comparison; ``old`` is null for a new one."""

    old: str | None
    new: str
    verdict: str


class Movement(Shape):
    """One Party between two points."""

    party: str
    before: str
    after: str
    cause: str


class Change(Shape):
    """How an indicator changed between two points, as cross-section and as panel."""

    indicator: str
    variant: Variant
    before: Figure
    after: Figure
    panel_before: Figure
    panel_after: Figure
    panel: list[str] = Field(description="Parties that reported both times")
    cross_section_change: float | None = Field(description="Difference of shares; 0.05: 5 points")
    panel_change: float | None
    composition_drives: bool = Field(
        description="Whether the change comes from who reports rather than from what they report"
    )
    comparable: bool
    rewordings: list[Rewording]
    causes: dict[str, int] = Field(description="Number of Parties by cause")
    movements: list[Movement]
    demonstration: bool


class ChangeAnswer(Answer, Change):
    """The change of one indicator."""

    from_point: Point
    to_point: Point


class ChangeQuery(Known):
    """Between which points; called ``from`` and ``to`` in the address."""

    from_: str = Field("baseline", alias="from", description=POINT)
    to: str = Field("final", description=POINT)
    variant: Variant = "strict"
    group: str | None = Field(None, description="Only this group", examples=["AFR"])
