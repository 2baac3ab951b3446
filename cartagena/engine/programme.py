"""The programme of work: what each meeting looks at, and which objectives that concerns.

Annex II of the plan cites operational objectives by number, in the numbering of an earlier draft.
Each reference keeps the printed number and carries the objective the item is about. Which
references are right is computed here from the two, never written down.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from cartagena.engine.text import EnglishText, Text

ReferenceStatus = Literal["right", "misdirected", "dangling"]


@dataclass(frozen=True)
class CitedObjective:
    """An operational objective as an item cites it.

    `printed` is the document's number; `proposed` the objectives the item is about; `alternatives`
    are the other candidates where that is unsure.
    """

    printed: str
    proposed: tuple[str, ...]
    subject: EnglishText
    confidence: Literal["likely", "unsure"] = "likely"
    alternatives: tuple[str, ...] = ()
    note: EnglishText | None = None


@dataclass(frozen=True)
class Citation:
    """Articles and decisions an item cites: the printed words and the ids they resolve to.

    `inferred` marks one the document does not print.
    """

    provisions: tuple[str, ...]
    printed: str = ""
    inferred: bool = False
    note: EnglishText | None = None


@dataclass(frozen=True)
class InferredObjective:
    """An objective proposed for an item that cites none, and why."""

    objective: str
    reason: EnglishText


@dataclass(frozen=True)
class StandingItem:
    """An item on the agenda of every meeting (Annex II, 1)."""

    id: str
    printed: str
    text: Text
    references: tuple[CitedObjective, ...] = ()


@dataclass(frozen=True)
class ItemPoint:
    """A numbered point inside an item; the numeral is the document's."""

    id: str
    printed: str
    text: Text


@dataclass(frozen=True)
class ProgrammeItem:
    """An item scheduled for one meeting (Annex II, 2.1 to 2.5), with its printed letter."""

    id: str
    printed: str
    title: Text
    text: Text
    citations: tuple[Citation, ...] = ()
    references: tuple[CitedObjective, ...] = ()
    inferred: tuple[InferredObjective, ...] = ()
    points: tuple[ItemPoint, ...] = ()
    concerns_whole_plan: bool = False


@dataclass(frozen=True)
class Agenda:
    """The scheduled items of one meeting; `printed` is the number of the heading in Annex II."""

    meeting: int
    printed: str
    items: tuple[ProgrammeItem, ...]


@dataclass(frozen=True)
class NumberingMap:
    """From the numbers Annex II prints to those of the logical framework: a proposal."""

    confidence: str
    numbers: Mapping[str, str]


@dataclass(frozen=True)
class ProgrammeFile:
    """What programme_of_work.yaml may say."""

    language: str
    title: Text
    annex2_numbering_map: NumberingMap
    standing_items: tuple[StandingItem, ...]
    meetings: tuple[Agenda, ...]


@dataclass(frozen=True)
class ObjectiveReference:
    """One reference of Annex II, judged.

    `right`: the printed number is the objective meant. `misdirected`: it is another objective.
    `dangling`: no objective has that number. `mapped` is what the numbering map alone would give.
    """

    item: str
    cited: CitedObjective
    status: ReferenceStatus
    mapped: str | None

    @property
    def printed(self) -> str:
        """The number in the document."""
        return self.cited.printed

    @property
    def proposed(self) -> tuple[str, ...]:
        """The objectives the item is about."""
        return self.cited.proposed


@dataclass(frozen=True, eq=False)
class Programme:
    """The multi-year programme of work. `objectives` are the ids that exist in the framework."""

    title: Text
    numbering_map: NumberingMap
    standing_items: tuple[StandingItem, ...]
    meetings: tuple[Agenda, ...]
    objectives: tuple[str, ...]

    @cached_property
    def items(self) -> tuple[ProgrammeItem, ...]:
        """All scheduled items, in the order of the meetings."""
        return tuple(item for agenda in self.meetings for item in agenda.items)

    @cached_property
    def all_items(self) -> tuple[StandingItem | ProgrammeItem, ...]:
        """The standing items, then the scheduled ones."""
        return (*self.standing_items, *self.items)

    @cached_property
    def references(self) -> tuple[ObjectiveReference, ...]:
        """Every reference to an objective, in the order of the document."""
        return tuple(
            self._judge(item.id, cited) for item in self.all_items for cited in item.references
        )

    def _judge(self, item: str, cited: CitedObjective) -> ObjectiveReference:
        status: ReferenceStatus = "misdirected"
        if cited.printed not in self.objectives:
            status = "dangling"
        elif cited.printed in cited.proposed:
            status = "right"
        mapped = self.numbering_map.numbers.get(cited.printed)
        return ObjectiveReference(item, cited, status, mapped)

    @property
    def tally(self) -> Mapping[ReferenceStatus, int]:
        """How many references have each status."""
        return Counter(reference.status for reference in self.references)

    def agenda(self, meeting: int) -> tuple[StandingItem | ProgrammeItem, ...]:
        """What the meeting looks at: the standing items, then the items scheduled for it.

        Raises LookupError for a meeting outside the programme.
        """
        for agenda in self.meetings:
            if agenda.meeting == meeting:
                return (*self.standing_items, *agenda.items)
        known = ", ".join(str(agenda.meeting) for agenda in self.meetings)
        raise LookupError(f"The programme of work has no meeting {meeting}. It has: {known}.")

    def item(self, item_id: str) -> StandingItem | ProgrammeItem:
        """The standing or scheduled item with this id. Raises LookupError."""
        for item in self.all_items:
            if item.id == item_id:
                return item
        raise LookupError(f"The programme of work has no item {item_id!r}.")

    def references_to(self, objective: str) -> tuple[ObjectiveReference, ...]:
        """The references whose proposed target is the objective."""
        return tuple(each for each in self.references if objective in each.proposed)

    def objectives_never_scheduled(self, as_printed: bool) -> tuple[str, ...]:
        """The objectives that no item cites, reading the printed or else the proposed numbers.

        Objectives inferred for items without any reference do not count as cited.
        """
        cited: set[str] = set()
        for reference in self.references:
            cited.update([reference.printed] if as_printed else reference.proposed)
        return tuple(each for each in self.objectives if each not in cited)

    def items_without_reference(self) -> tuple[StandingItem | ProgrammeItem, ...]:
        """The items that cite no objective at all."""
        return tuple(item for item in self.all_items if not item.references)
