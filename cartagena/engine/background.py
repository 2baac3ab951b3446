"""What the plan's document says around the plan: its paragraphs, the Convention's goals, the
consultation and the resources (UNEP/CBD/BS/COP-MOP/5/16, note and Annex I).
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from cartagena.engine.text import EnglishText, Text


@dataclass(frozen=True)
class SubParagraph:
    """A lettered part of a paragraph."""

    id: str
    printed: str
    text: Text


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph: `note.par12` of the note, `plan.par11` of Annex I."""

    id: str
    text: Text
    points: tuple[SubParagraph, ...] = ()


@dataclass(frozen=True)
class Section:
    """A headed part of the document; `printed` is its Chinese numeral."""

    id: str
    printed: str
    title: Text
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class GoalTarget:
    """An objective of the Convention's own plan (decision VI/26), and its progress."""

    id: str
    text: Text
    progress: tuple[Text, ...]


@dataclass(frozen=True)
class Goal:
    """A goal of the Convention's own plan, with the objectives that concern the Protocol."""

    id: str
    title: Text
    targets: tuple[GoalTarget, ...]


@dataclass(frozen=True)
class Call:
    """A call for views. `on` is as exact as the document is: `2008-10` or `2010-03-20`."""

    id: str
    on: str
    text: EnglishText
    source: str
    deadline: date | None = None
    extended_to: date | None = None
    note: EnglishText | None = None


@dataclass(frozen=True)
class Round:
    """Governments that sent views at one stage. Each is one submission event."""

    id: str
    title: EnglishText
    source: str
    submitters: tuple[str, ...]


@dataclass(frozen=True)
class ConsultativeEvent:
    """A meeting to which the draft was put."""

    id: str
    title: EnglishText
    place: EnglishText
    opens_on: date
    closes_on: date
    kind: Literal["meeting", "nairobi"]
    source: str
    printed: str = ""


@dataclass(frozen=True)
class Theme:
    """An element that submissions agreed on, and how many named it (note, paragraph 11)."""

    id: str
    title: EnglishText
    named_by: Literal["all", "most", "some"]
    objectives: tuple[str, ...]


@dataclass(frozen=True)
class Consultation:
    """The consultation of 2008 to 2010 on the draft plan. Countries are alpha-3 codes."""

    mandate: tuple[str, ...]
    compiled_in: str
    source: tuple[str, ...]
    calls: tuple[Call, ...]
    rounds: tuple[Round, ...]
    non_parties: tuple[str, ...]
    events: tuple[ConsultativeEvent, ...]
    themes: tuple[Theme, ...]

    @property
    def submission_events(self) -> tuple[tuple[str, str], ...]:
        """(round id, country) for every time views were sent."""
        return tuple((each.id, country) for each in self.rounds for country in each.submitters)

    @property
    def submitters(self) -> tuple[str, ...]:
        """Each country that sent views, once, in the order of its first submission."""
        return tuple(dict.fromkeys(country for _, country in self.submission_events))

    @property
    def submitting_parties(self) -> tuple[str, ...]:
        """The submitters that were Parties to the Protocol."""
        return tuple(each for each in self.submitters if each not in self.non_parties)


@dataclass(frozen=True)
class Post:
    """Staff the document foresees. It names no grade."""

    id: str
    count: int
    title: EnglishText
    function: EnglishText | None = None


@dataclass(frozen=True)
class Fund:
    """The fund the document foresees."""

    id: str
    title: EnglishText
    fed_by: EnglishText
    managed_by: EnglishText
    purpose: EnglishText
    source: str


@dataclass(frozen=True)
class Resources:
    """Annex I, section IV."""

    source: tuple[str, ...]
    posts: tuple[Post, ...]
    fund: Fund

    @property
    def staff(self) -> int:
        """Number of posts in all."""
        return sum(post.count for post in self.posts)


@dataclass(frozen=True, eq=False)
class Background:
    """What background.yaml may say."""

    language: str
    note: tuple[Section, ...]
    annex: tuple[Section, ...]
    goals: tuple[Goal, ...]
    consultation: Consultation
    resources: Resources

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs, of the note and then of Annex I."""
        sections = (*self.note, *self.annex)
        return tuple(paragraph for section in sections for paragraph in section.paragraphs)

    def paragraph(self, paragraph_id: str) -> Paragraph:
        """The paragraph with this id. Raises LookupError."""
        for paragraph in self.paragraphs:
            if paragraph.id == paragraph_id:
                return paragraph
        raise LookupError(f"The document has no paragraph {paragraph_id!r}.")

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all paragraphs and their lettered parts."""
        points = (point.id for each in self.paragraphs for point in each.points)
        return frozenset((*(each.id for each in self.paragraphs), *points))

    @property
    def context(self) -> tuple[Paragraph, ...]:
        """Annex I, section I (paragraphs 1 to 6)."""
        return self.annex[0].paragraphs

    @property
    def interpretation(self) -> tuple[Paragraph, ...]:
        """Annex I, section II: how to read and how to monitor the plan (paragraphs 7 to 11)."""
        return self.annex[1].paragraphs

    @property
    def assumptions(self) -> tuple[Paragraph, ...]:
        """Annex I, section III (paragraphs 12 and 13)."""
        return self.annex[2].paragraphs

    @property
    def draft_decision(self) -> tuple[SubParagraph, ...]:
        """The elements (a) to (f) of the draft decision (note, paragraph 19)."""
        return self.paragraph("note.par19").points
