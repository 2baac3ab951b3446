"""Measures of the Clearing-House's records: how many are live, of which kind, and by whom.

A store that holds no record of a type was not filled: then there is no figure, which is not zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cartagena.engine.evidence import PublishedRecord, PublishedRecords
from cartagena.engine.figure import Figure, Kind
from cartagena.engine.measure import Measure, Situation


@dataclass(frozen=True)
class RecordSelection:
    """Which records count: types and wanted values; ``groups`` and ``filled`` narrow further.

    Every entry of ``filled`` must hold something; an entry of several fields is met by any of them.
    """

    types: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]] | tuple[()] = ()
    groups: tuple[str, ...] = ()
    filled: tuple[str | tuple[str, ...], ...] = ()

    def select(self, situation: Situation, non_parties: bool = False) -> list[PublishedRecord]:
        """The live records selected in a situation, oldest first.

        Those of governments that are no Parties on the day count only with ``non_parties``.
        """
        found = situation.basis.records.keep(self, self._find)
        positions = situation.facts.roll.positions
        who = situation.facts.roll.everyone.bits if non_parties else _find_parties(situation)
        if not self.groups and not situation.group:
            return [record for record in found if _is_counted(record, positions, who)]
        allowed = situation.counted & who
        if self.groups:
            allowed &= situation.members(self.groups)
        return [
            record
            for record in found
            if record.government in positions and allowed >> positions[record.government] & 1
        ]

    def _find(self, records: PublishedRecords) -> tuple[PublishedRecord, ...]:
        wanted = dict(self.values)
        return tuple(
            record
            for type_ in self.types
            for record in records.by_type.get(type_, ())
            if all(not record.values.get(f, frozenset()).isdisjoint(v) for f, v in wanted.items())
            and self._is_complete(record)
        )

    def _is_complete(self, record: PublishedRecord) -> bool:
        choices = ((entry,) if isinstance(entry, str) else entry for entry in self.filled)
        return all(any(record.values.get(field) for field in fields) for fields in choices)

    def rests_on_demonstration(self, situation: Situation) -> bool:
        """Whether a record of these types is made up: then a count of none is made up as well."""
        by_type = situation.basis.records.by_type
        return any(r.demonstration for type_ in self.types for r in by_type.get(type_, ()))

    def is_filled(self, situation: Situation, non_parties: bool = False) -> bool:
        """Whether the store holds any record of these types that may count."""
        positions = situation.facts.roll.positions
        who = situation.facts.roll.everyone.bits if non_parties else _find_parties(situation)
        return any(
            _is_counted(record, positions, who)
            for type_ in self.types
            for record in situation.basis.records.by_type.get(type_, ())
        )


def _find_parties(situation: Situation) -> int:
    """The bits of the Parties on the day."""
    return situation.status.in_force("cpb", situation.basis.on)


def _is_counted(record: PublishedRecord, positions: Mapping[str, int], who: int) -> bool:
    """Whether it belongs to no government (reference records) or to one of these."""
    if not record.government:
        return True
    position = positions.get(record.government)
    return position is not None and bool(who >> position & 1)


NO_RECORDS = "No record of this type is published yet, so nothing can be counted."


@dataclass(frozen=True)
class RecordTotal(Measure):
    """The number of live records of Parties selected, or of the governments that published them.

    Governments are counted whether they are Parties or not, as the plan speaks of countries there.

    ``also`` are further selections; the inclusive reading adds those of ``inclusive``. A record
    that several selections find counts once.
    """

    records: RecordSelection
    of: Literal["records", "governments"] = "records"
    also: tuple[RecordSelection, ...] = ()
    inclusive: tuple[RecordSelection, ...] = ()

    @property
    def kind(self) -> Kind:
        return "count"

    def list_counted(self, situation: Situation) -> list[PublishedRecord]:
        """The records that count, each once."""
        everyone = self.of == "governments"
        found = (
            record
            for selection in self._list_selections(situation)
            for record in selection.select(situation, everyone)
        )
        return list({record.record: record for record in found}.values())

    def _list_selections(self, situation: Situation) -> tuple[RecordSelection, ...]:
        more = self.inclusive if situation.variant == "inclusive" else ()
        return (self.records, *self.also, *more)

    def figure(self, situation: Situation) -> Figure:
        selections = self._list_selections(situation)
        everyone = self.of == "governments"
        if not any(selection.is_filled(situation, everyone) for selection in selections):
            return situation.figure("count", status="no_data", reason=NO_RECORDS)
        chosen = self.list_counted(situation)
        governments = {r.government for r in chosen if r.government}
        return situation.figure(
            "count",
            numerator=len(chosen) if self.of == "records" else len(governments),
            demonstration=any(s.rests_on_demonstration(situation) for s in selections),
        )


@dataclass(frozen=True)
class RecordRatio(Measure):
    """The number of some records for each of some others; it can exceed one."""

    part: RecordSelection
    whole: RecordSelection

    @property
    def kind(self) -> Kind:
        return "ratio"

    def list_counted(self, situation: Situation) -> list[PublishedRecord]:
        """The records that count, above and below the line."""
        found = (*self.part.select(situation), *self.whole.select(situation))
        return list({record.record: record for record in found}.values())

    def figure(self, situation: Situation) -> Figure:
        if not self.whole.is_filled(situation):
            return situation.figure("ratio", status="no_data", reason=NO_RECORDS)
        part, whole = self.part.select(situation), self.whole.select(situation)
        if not whole:
            return situation.figure(
                "ratio", status="no_data", reason="There is nothing to divide by on this date."
            )
        return situation.figure(
            "ratio",
            numerator=len(part),
            denominator=len(whole),
            demonstration=self.part.rests_on_demonstration(situation)
            or self.whole.rests_on_demonstration(situation),
        )
