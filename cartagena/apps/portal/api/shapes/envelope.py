"""What many answers share."""

import datetime as dt
from typing import Annotated, Literal

from ninja import Schema
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Words = Annotated[
    dict[str, str], Field(description="One text in several languages: language code -> words")
]
Source = Annotated[
    str, Field(description="Source of answers: nr2, survey2014, nr3, nr4 or nr5", examples=["nr4"])
]
Variant = Literal["strict", "inclusive"]
Universe = Literal["in_force", "reported", "answered"]


def _read_day(value: object) -> object:
    if isinstance(value, str):
        try:
            day = dt.date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or len(value) != len("2015-12-31"):
            raise ValueError("write a day as year-month-day, for example 2015-12-31")
        return day
    return value


Day = Annotated[dt.date, BeforeValidator(_read_day)]


class Shape(BaseModel):
    """Base of all answers; a field that is not declared would be a fault of ours.

    Plain Pydantic: ninja's own base looks at each value for model relations, at ten times the cost.
    """

    model_config = ConfigDict(extra="forbid")


class Answer(Shape):
    """What every answer says about itself."""

    as_of: dt.date | None = Field(description="Day of knowledge asked for; null: now")
    log_position: int = Field(description="Position of the publication log the answer rests on")
    demonstration: bool = Field(description="Whether any made-up fact entered the answer")
    notice: str | None = Field(description="A sentence to show with demonstration data")


class ListAnswer(Answer):
    """A part of a list, in a stable order."""

    total: int = Field(description="Length of the whole list")
    limit: int
    offset: int
    next: str | None = Field(description="Address of the next part; null at the end")


class Problem(Shape):
    """Every error: what happened and what to do."""

    error: str
    what_to_do: str
    known: list[str] | None = Field(None, description="What could have been asked instead")


class Share(Shape):
    """A share with the counts it comes from."""

    value: float
    numerator: int
    denominator: int


class Provision(Shape):
    """Something that can be cited: a treaty, an article, a decision, a paragraph."""

    id: str = Field(examples=["cpb.art20.3.d"])
    label: str = Field(examples=["Protocol, Article 20.3 (d)"])
    title: str = Field(description="What it is about, in plain words; no text of law")


# Queries


class Known(Schema):
    """Every call takes the day of knowledge."""

    as_of: Day | None = Field(
        None,
        description="See only what was published by this day (1992-06-05 to today)",
        examples=["2024-12-31"],
    )


class Paged(Known):
    """Calls that answer with a list."""

    limit: int = Field(100, ge=1, le=5000, description="How many items at most")
    offset: int = Field(0, ge=0, le=10_000_000, description="How many items to leave out first")
