"""Shapes of calls about records, their types and the log."""

import datetime as dt
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from cartagena.apps.portal.api.shapes.envelope import Answer, Day, Known, Shape, Words


class RecordRow(Shape):
    """A version of a record in short."""

    identifier: str = Field(description="The identifier that stays through all versions")
    number: str = Field(description="The public number", examples=["BCH-DEC-CN-105-2"])
    type: str = Field(examples=["biosafetyDecision"])
    government: str | None = Field(description="Alpha-3 code; null: belongs to no government")
    version: int = Field(description="Counted here, from 1")
    revision: int = Field(description="The last part of the public number")
    title: str
    languages: list[str]
    published_at: dt.datetime = Field(description="When this version became public")
    demonstration: bool


class CursorAnswer(Answer):
    """A part of a list that has no end: `next` leads on until it is null."""

    limit: int
    next: str | None = Field(description="Address of the next part; null at the end")


class RecordList(CursorAnswer):
    """Records that are public."""

    items: list[RecordRow]


class RecordAnswer(Answer, RecordRow):
    """A version of a record with its body."""

    until: dt.datetime | None = Field(description="When it ceased to be public; null: it is")
    ending: Literal["replaced", "withdrawn"] | None
    body: dict[str, Any] = Field(description="In the Clearing-House's form, without notes")
    sha256: str = Field(description="Hash of the canonical JSON of the body as it was published")


class VersionRow(RecordRow):
    """A version and when it was public."""

    until: dt.datetime | None
    ending: Literal["replaced", "withdrawn"] | None
    sha256: str


class VersionList(Answer):
    """All versions of a record, the newest first."""

    identifier: str
    items: list[VersionRow]


class RecordTypeRow(Shape):
    """A record type in short."""

    id: str
    code: str = Field(description="Its part of public numbers", examples=["DEC"])
    kind: Literal["national", "reference", "scbd"]
    name: Words
    holds: str = Field(description="fields, report, or something else")
    records: int = Field(description="How many are public")


class RecordTypeList(Answer):
    """All record types."""

    items: list[RecordTypeRow]


class FieldRow(Shape):
    """A field of a record type."""

    id: str
    label: Words
    help: Words
    type: str
    many: bool
    required: bool | str = Field(description="true, false, or the name of a condition")
    vocabulary: str | None
    references: list[str]
    basis: list[str] = Field(description="Provisions, see /provisions")
    never_confidential: bool


class RecordTypeAnswer(Answer, RecordTypeRow):
    """A record type with its fields."""

    fields: list[FieldRow]


class TermRow(Shape):
    """A term of a vocabulary."""

    id: str
    label: Words
    broader: str | None


class VocabularyRow(Shape):
    """A vocabulary in short."""

    id: str
    domain: str = Field(description="Its name in the Clearing-House")
    complete: bool = Field(description="Whether all its terms are known here")
    count: int


class VocabularyList(Answer):
    """All vocabularies."""

    items: list[VocabularyRow]


class VocabularyAnswer(Answer, VocabularyRow):
    """A vocabulary with its terms."""

    terms: list[TermRow]


class ChangeRow(Shape):
    """One entry of the publication log."""

    position: int
    action: str = Field(description="publish, amend, confirm, withdraw or annul")
    recorded_at: dt.datetime
    effective_at: dt.datetime = Field(description="The moment the change concerns")
    identifier: str
    number: str
    type: str
    government: str | None
    version: int | None
    previous_version: int | None
    sha256: str | None = Field(description="Hash of the body of the version")
    previous_hash: str
    hash: str = Field(description="Hash of the entry: it covers all that went before")


class ChangeList(CursorAnswer):
    """Entries of the publication log, oldest first."""

    items: list[ChangeRow]


class HitRow(Shape):
    """A record found."""

    identifier: str
    number: str
    type: str
    government: str | None
    version: int
    title: str
    language: str
    published_on: dt.date
    snippet_html: str = Field(description="Escaped; what was asked for stands in <mark>")
    demonstration: bool


class FacetValue(Shape):
    """A value of a facet and how many records have it."""

    value: str
    count: int


class SearchAnswer(Answer):
    """What was found."""

    total: int
    start: int
    items: list[HitRow]
    facets: dict[str, list[FacetValue]]


# Queries


class RecordQuery(Known):
    """Which records."""

    type: str | None = Field(None, max_length=60, examples=["biosafetyDecision"])
    government: str | None = Field(None, max_length=3, description="Alpha-3 code", examples=["KEN"])
    changed_since: Day | None = Field(None, description="Only versions public since this day")
    limit: int = Field(100, ge=1, le=5000)
    after: int = Field(0, ge=0, le=2**62, description="From `next`: where the part begins")


class ChangeQuery(Known):
    """Which entries."""

    after: int = Field(0, ge=0, le=2**62, description="Only entries behind this position")
    limit: int = Field(100, ge=1, le=5000)


class SearchQuery(Schema):
    """What is sought; facets may be repeated."""

    q: str = Field("", max_length=1000)
    language: Literal["en", "fr", "es", "ru", "zh", "ar"] = "en"
    sort: Literal["relevance", "newest", "oldest", "title"] = "relevance"
    start: int = Field(0, ge=0, le=100_000)
    rows: int = Field(25, ge=0, le=500)
    as_of: Day | None = Field(None, description="Only what was public on this day")
    type: list[str] = Field([])
    government: list[str] = Field([])
    group: list[str] = Field([])
    lmo: list[str] = Field([])
    trait: list[str] = Field([])
    organism: list[str] = Field([])
    decision_kind: list[str] = Field([])
    decision_result: list[str] = Field([])
    year: list[str] = Field([])
    subject: list[str] = Field([])
