"""When the plan is looked at: the meetings of the Parties and the evaluation points."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cartagena.engine.text import Text


@dataclass(frozen=True)
class Session:
    """One continuous sitting of a meeting."""

    opens_on: date
    closes_on: date
    place: Text
    country: str


@dataclass(frozen=True)
class Meeting:
    """A meeting of the Parties to the Protocol; the tenth sat in two parts.

    `evidence`: document (the plan's document says so), checked (in a published source), recalled.
    """

    number: int
    evidence: Literal["document", "checked", "recalled"]
    sessions: tuple[Session, ...]

    @property
    def id(self) -> str:
        """The key its translations go by: `meeting.7`."""
        return f"meeting.{self.number}"

    @property
    def opens_on(self) -> date:
        """The first day of the first sitting."""
        return self.sessions[0].opens_on

    @property
    def closes_on(self) -> date:
        """The last day of the last sitting."""
        return self.sessions[-1].closes_on


@dataclass(frozen=True)
class EvaluationPoint:
    """A date at which the plan is evaluated: a reporting cycle, its sources and a record date.

    `record_date` is the day up to which records of the Clearing-House are read. Where its status is
    `proposal` no decision fixes it, and every value says on which date it rests.
    """

    id: str
    title: Text
    cycle: str
    sources: tuple[str, ...]
    record_date: date
    record_date_status: Literal["proposal", "decided"]
    meeting: int | None
    basis: tuple[str, ...]
    note: Text


@dataclass(frozen=True)
class MeetingsFile:
    """What meetings.yaml may say."""

    language: str
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True)
class PointsFile:
    """What points.yaml may say."""

    language: str
    points: tuple[EvaluationPoint, ...]
