"""Report formats and how the questions of one cycle continue those of the one before."""

import datetime as dt

from pydantic import Field

from cartagena.apps.portal.api.shapes.envelope import ListAnswer, Shape, Words


class FormatOption(Shape):
    """An option with its numeric meaning, if it has one."""

    code: str
    label: Words
    lower: float | None
    upper: float | None
    exclusive: bool


class FormatQuestion(Shape):
    """A question of a format; a heading takes no answer."""

    key: str = Field(examples=["Q014"])
    number: str
    section: str | None
    parent: str | None
    type: str
    multiple: bool
    mandatory: bool | None
    concept: str = Field(description="The same for questions that stayed the same")
    label: Words
    options: list[FormatOption]
    articles: list[str]
    faults: list[str] = Field(description="Ids of faults of the source that concern it")


class FormatFault(Shape):
    """A fault of the source."""

    id: str
    what: str
    effect: str
    questions: list[str]


class Questionnaire(Shape):
    """A report format in short."""

    source: str = Field(examples=["nr4"])
    name: Words
    schema_id: str = Field(description="Document type of the Clearing-House")
    year: int
    deadline: dt.date | None
    questions: int


class QuestionnaireList(ListAnswer):
    """Report formats, oldest first."""

    items: list[Questionnaire]


class QuestionnaireAnswer(ListAnswer, Questionnaire):
    """One report format with its questions in printed order."""

    faults: list[FormatFault]
    items: list[FormatQuestion]


class CrosswalkLink(Shape):
    """Old questions and the new ones that continue them."""

    old: list[str]
    new: list[str]
    verdict: str = Field(description="equivalent, narrower, wider or rescaled")
    relation: str
    proposed: bool = Field(description="Ours, not the Clearing-House's own")
    note: str | None
    values: dict[str, str | None] | None = Field(
        description="Old option -> new one; null: lost; without it the codes are the same"
    )


class CrosswalkAnswer(ListAnswer):
    """How a cycle continues the one before."""

    cycle: str
    previous: str
    sources: list[str]
    new: list[str]
    dropped: list[str]
    items: list[CrosswalkLink]
