"""The document's own faults, and the way from its numbers to those that were adopted.

Nothing is repaired silently: a fault says where it stands, what is printed and what we do about it.
"""

from dataclasses import dataclass
from typing import Literal

from cartagena.engine.text import Text

Evidence = Literal["document", "checked", "recalled", "unsure"]


@dataclass(frozen=True)
class Fault:
    """One fault. `concerns` lists the ids it touches (objectives, indicators, items, paragraphs).

    `kind`: numbering, reference, extraction, wording, date, duplicate, or difference (the adopted
    plan says otherwise). `evidence` is how we know.
    """

    id: str
    kind: Literal[
        "numbering", "reference", "extraction", "wording", "date", "duplicate", "difference"
    ]
    place: Text
    printed: str
    what: Text
    we_do: Text
    evidence: Evidence
    concerns: tuple[str, ...] = ()


@dataclass(frozen=True)
class AdoptedNumber:
    """The number that a focal area or objective of the draft has in the adopted plan.

    `adopted` is None where the adopted plan has no such objective; `alternative` is another number
    that a source gives.
    """

    draft: str
    adopted: str | None
    evidence: Evidence
    alternative: str | None = None
    note: Text | None = None

    @property
    def id(self) -> str:
        """The key its translations go by: `adopted.1.7`."""
        return f"adopted.{self.draft}"


@dataclass(frozen=True)
class AddedIndicator:
    """An indicator of the adopted plan that the draft does not have."""

    id: str
    text: Text
    evidence: Evidence


@dataclass(frozen=True)
class FaultsFile:
    """What faults.yaml may say."""

    language: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Crosswalk:
    """What adopted_crosswalk.yaml may say."""

    language: str
    decision: str
    note: Text
    focal_areas: tuple[AdoptedNumber, ...]
    objectives: tuple[AdoptedNumber, ...]
    added_indicators: tuple[AddedIndicator, ...]

    def find_adopted(self, draft: str) -> AdoptedNumber | None:
        """The adopted number of a draft focal area or objective, or None if it is neither."""
        rows = (*self.focal_areas, *self.objectives)
        return next((row for row in rows if row.draft == draft), None)
