"""Countries, what they did under the treaties, their groups and reports."""

import datetime as dt
from typing import Literal

from pydantic import Field

from cartagena.apps.portal.api.shapes.envelope import (
    Answer,
    Day,
    Known,
    ListAnswer,
    Paged,
    Shape,
    Words,
)
from cartagena.apps.portal.api.shapes.figures import Asked, Option, Report

ON = "The day asked about; without it the day of knowledge"


class TreatyDates(Shape):
    """What a country did under a treaty."""

    signed_on: dt.date | None
    deposited_on: dt.date | None
    in_force_on: dt.date | None
    is_party: bool = Field(description="Whether the treaty is in force for it on the day")


class Party(Shape):
    """A country. It is a Party if the Protocol is in force for it on the day."""

    party: str = Field(examples=["KEN"], description="ISO 3166 alpha-3; EUR: European Union")
    name: Words
    is_party: bool
    region: str | None
    groups: list[str]
    treaties: dict[str, TreatyDates]


class PartyList(ListAnswer):
    """Countries by code."""

    on: dt.date
    items: list[Party]


class PartyAnswer(Answer, Party):
    """One country with its live reports."""

    on: dt.date
    reports: list[Report]


class PartyQuery(Paged):
    """Which countries."""

    on: Day | None = Field(None, description=ON, examples=["2010-06-30"])
    group: str | None = Field(None, description="Only members of this group", examples=["LDC"])
    only_parties: bool = Field(False, description="Only those for which the Protocol is in force")
    limit: int = Field(250, ge=1, le=5000, description="How many items at most")


class OnQuery(Known):
    """On which day."""

    on: Day | None = Field(None, description=ON, examples=["2010-06-30"])


class ReportList(ListAnswer):
    """Live reports by Party and source."""

    items: list[Report]


class ReportQuery(Paged):
    """Which reports."""

    party: str | None = Field(None, description="Only of this Party", examples=["KEN"])
    source: str | None = Field(None, description="Only of this source", examples=["nr4"])


class AnswerGiven(Asked):
    """One answer of a report."""

    options: list[Option]
    text: str | None = Field(description="Text or number written")


class ReportAnswer(ListAnswer):
    """One live report with its answers, by key of the question."""

    report: Report
    items: list[AnswerGiven]


class ReportAnswersQuery(Paged):
    """Which part of the answers."""

    source: str | None = Field(
        None, description="Which source, where one document carries two", examples=["survey2014"]
    )
    limit: int = Field(1000, ge=1, le=5000, description="How many items at most")


class TreatyParty(TreatyDates):
    """A country under one treaty."""

    party: str
    name: str


class TreatyPartyList(ListAnswer):
    """Who counts under a treaty on a day."""

    treaty: str
    on: dt.date
    by: Literal["in_force", "deposit"]
    by_region: dict[str, int] = Field(description="How many of each United Nations region")
    items: list[TreatyParty]


class TreatyQuery(Paged):
    """On which day, and counted how."""

    on: Day | None = Field(None, description=ON, examples=["2010-06-30"])
    by: Literal["in_force", "deposit"] = Field(
        "in_force",
        description="By entry into force, as Article 37 has it, or by deposit of an instrument",
    )
    limit: int = Field(250, ge=1, le=5000, description="How many items at most")


class Group(Shape):
    """A group on a day."""

    code: str
    kind: str
    title: str
    note: str
    members: list[str] = Field(description="Members on the day, Parties or not")
    parties: list[str] = Field(description="Members for which the Protocol is in force")


class GroupList(ListAnswer):
    """Groups in the order they are shown."""

    on: dt.date
    items: list[Group]


class GroupAnswer(Answer, Group):
    """One group on a day."""

    on: dt.date


class GroupQuery(Paged):
    """On which day."""

    on: Day | None = Field(None, description=ON, examples=["2010-06-30"])


class StatusAnswer(Answer):
    """Where the publication log stands and what is public."""

    program: str = Field(description="Version of the program")
    plan: str
    rows: dict[str, int] = Field(description="Rows of each table of the facts")
    sources: dict[str, int] = Field(description="Live reports by source")
