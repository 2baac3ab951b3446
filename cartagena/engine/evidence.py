"""Evidence: for a day, which Parties answered what, and what they had published.

Facts are long tables; evidence is sets of Parties. Building it is one pass over the answers: every
row sets one cell of a (choice x Party) grid, and each row of the grid becomes a bit set.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cartagena.engine.facts import Facts
from cartagena.engine.party_set import PartyRoll

ROWS_AT_ONCE = 1 << 20
_NOBODY = 255  # the column of countries that are not on the roll
_NEVER = 2**31 - 1  # a day that never comes

_Choices = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class ReportReference:
    """The version of a report that an answer was read from."""

    party: str
    source: str
    record: str
    version: int
    number: str
    published_on: dt.date
    received_on: dt.date | None
    demonstration: bool


@dataclass(frozen=True)
class Evidence:
    """What the live reports of one cycle say, as sets of Parties (bits on ``roll``).

    ``choices[question][option]`` holds who chose an option; ``answered`` who chose any;
    ``texts`` who wrote a text; ``reported[source]`` whose report of a source is live;
    ``demonstration`` whose live report is made up.
    """

    roll: PartyRoll
    choices: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    answered: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, int] = field(default_factory=dict)
    reported: Mapping[str, int] = field(default_factory=dict)
    demonstration: int = 0
    reports: Mapping[tuple[str, str], ReportReference] = field(default_factory=dict)

    def answers_of(self, question: str, party: str) -> tuple[str, ...]:
        """The options one Party chose; empty when it chose none."""
        bit = self.roll.bit(party)
        return tuple(o for o, bits in self.choices.get(question, {}).items() if bits & bit)


def _codes(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.int32], list[str | None]]:
    """A text column as integer codes and their meanings; an empty cell is coded as the last one."""
    if not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(column)
    array = column.unify_dictionaries().combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], column.type)
    meanings: list[str | None] = [*array.dictionary.to_pylist(), None]
    indices = array.indices
    if indices.null_count:
        indices = indices.fill_null(len(meanings) - 1)
    return np.asarray(indices.to_numpy(zero_copy_only=False), dtype=np.int32), meanings


class _ReportVersions:
    """The report versions of a facts set as columns; which of them are live on a day."""

    def __init__(self, table: pa.Table, roll: PartyRoll) -> None:
        self._table = table
        records, self.names = _codes(table.column("record"))
        cycles, self.cycles = _codes(table.column("cycle"))
        parties, names = _codes(table.column("party"))
        self.records, self.of_cycle = records, cycles
        self.versions = table.column("version").to_numpy()
        self.parties = _positions_of(names, roll)[parties]
        self._published = _days(table.column("published_on"), 0)
        self._until = _days(table.column("until_on"), _NEVER)
        self.demonstration = table.column("demonstration").to_numpy()

    def live(self, as_of: dt.date | None) -> npt.NDArray[np.bool_]:
        """Which rows are live on a day; ``None``: now."""
        if as_of is None:
            return np.equal(self._until, _NEVER)
        day = (as_of - dt.date(1970, 1, 1)).days
        return np.logical_and(self._published <= day, day < self._until)

    def read(self, rows: npt.NDArray[np.intp]) -> Iterable[ReportReference]:
        """The references of some rows."""
        return map(_make_reference, self._table.take(pa.array(rows)).to_pylist())


class _References(Mapping[tuple[str, str], ReportReference]):
    """References by source and Party, read from the facts when first asked for."""

    def __init__(self, versions: _ReportVersions, rows: npt.NDArray[np.intp]) -> None:
        self._versions, self._rows = versions, rows

    @cached_property
    def _found(self) -> dict[tuple[str, str], ReportReference]:
        return {(r.source, r.party): r for r in self._versions.read(self._rows)}

    def __getitem__(self, key: tuple[str, str]) -> ReportReference:
        return self._found[key]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _days(column: pa.ChunkedArray, otherwise: int) -> npt.NDArray[np.int32]:
    """Dates as days since 1970; an empty cell is ``otherwise``."""
    return np.asarray(column.cast(pa.int32()).fill_null(otherwise).to_numpy())


def _positions_of(names: list[str | None], roll: PartyRoll) -> npt.NDArray[np.uint8]:
    """The position on the roll of each name; 255 for a country that is not on it."""
    found = [roll.positions.get(name, _NOBODY) if name else _NOBODY for name in names]
    return np.array(found, dtype=np.uint8)


class AnswerGrid:
    """All answers of a facts set, coded once, from which evidence at any day is cut.

    ``facts`` are read when the grid is made; ``at`` then costs one pass over the coded rows.
    """

    def __init__(self, facts: Facts) -> None:
        self.roll = facts.roll
        answers = facts["answer"]
        self._records, record_names = _codes(answers.column("record"))
        self._parties, party_names = _codes(answers.column("party"))
        cycles, self._cycles = _codes(answers.column("cycle"))
        questions, self._questions = _codes(answers.column("question"))
        options, self._options = _codes(answers.column("option"))
        self._party_of = _positions_of(party_names, self.roll)
        self._pack_choices(cycles, questions, options)
        self._versions = np.asarray(answers.column("version").to_numpy(), dtype=np.int32)
        self._reports = _ReportVersions(facts["report"], self.roll)
        codes = {name: code for code, name in enumerate(record_names) if name is not None}
        self._n_records = len(record_names)
        self._answers_of = np.array(
            [codes.get(name or "", -1) for name in self._reports.names], dtype=np.int64
        )

    def _pack_choices(
        self,
        cycles: npt.NDArray[np.int32],
        questions: npt.NDArray[np.int32],
        options: npt.NDArray[np.int32],
    ) -> None:
        """Number the (cycle, question, option) triples that occur, without sorting rows."""
        n_questions, n_options = len(self._questions), len(self._options)
        triples = cycles * n_questions
        triples += questions
        triples *= n_options
        triples += options
        occurs = np.zeros(len(self._cycles) * n_questions * n_options, dtype=bool)
        occurs[triples] = True
        self._occurring = np.flatnonzero(occurs)
        dense = np.zeros(len(occurs), dtype=np.int32)
        dense[self._occurring] = np.arange(len(self._occurring), dtype=np.int32)
        self._choices = dense[triples]

    def at(self, as_of: dt.date | None) -> dict[str, Evidence]:
        """The evidence of every source on a day (``None``: all that is live now), by source."""
        live = self._reports.live(as_of)
        bits = _bits_of_rows(self._scatter(live))
        choices, answered, texts = self._read_choices(bits)
        return {
            str(source): Evidence(
                roll=self.roll,
                choices=choices.get(str(source), {}),
                answered=answered.get(str(source), {}),
                texts=texts.get(str(source), {}),
                reported={str(source): self._parties_in(rows)},
                demonstration=self._parties_in(rows & self._reports.demonstration),
                reports=_References(self._reports, np.flatnonzero(rows)),
            )
            for code, source in enumerate(self._reports.cycles)
            if (rows := live & (self._reports.of_cycle == code)).any()
        }

    def _parties_in(self, rows: npt.NDArray[np.bool_]) -> int:
        """The Parties of some report versions, as bits."""
        present = np.zeros((1, 256), dtype=bool)
        present[0, self._reports.parties[rows]] = True
        return _bits_of_rows(present)[0]

    def _scatter(self, live: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """The grid of occurring choices by Parties, from the rows of live report versions only."""
        versions = int(self._versions.max(initial=0)) + 1
        is_live = np.zeros(self._n_records * versions, dtype=bool)
        record, version = (
            self._answers_of[self._reports.records[live]],
            self._reports.versions[live],
        )
        known = (record >= 0) & (version < versions)
        is_live[record[known] * versions + version[known]] = True
        grid = np.zeros((len(self._occurring), 256), dtype=bool)
        flat = grid.reshape(-1)
        for start in range(0, len(self._choices), ROWS_AT_ONCE):
            part = slice(start, start + ROWS_AT_ONCE)
            keep = is_live[self._records[part] * versions + self._versions[part]]
            cells = self._choices[part] * 256 + self._party_of[self._parties[part]]
            flat[cells[keep]] = True
        return grid

    def _read_choices(
        self, bits: list[int]
    ) -> tuple[dict[str, _Choices], dict[str, dict[str, int]], dict[str, dict[str, int]]]:
        """Who chose what, who answered, and who wrote, by source and question."""
        n_questions, n_options = len(self._questions), len(self._options)
        choices: dict[str, _Choices] = {}
        answered: dict[str, dict[str, int]] = {}
        texts: dict[str, dict[str, int]] = {}
        for triple, found in zip(self._occurring.tolist(), bits, strict=True):
            if not found:
                continue
            rest, option_code = divmod(triple, n_options)
            cycle_code, question_code = divmod(rest, n_questions)
            cycle = str(self._cycles[cycle_code])
            question = str(self._questions[question_code])
            option = self._options[option_code]
            if option is None:
                texts.setdefault(cycle, {})[question] = found
                continue
            choices.setdefault(cycle, {}).setdefault(question, {})[option] = found
            of_cycle = answered.setdefault(cycle, {})
            of_cycle[question] = of_cycle.get(question, 0) | found
        return choices, answered, texts


def _bits_of_rows(grid: npt.NDArray[np.bool_]) -> list[int]:
    """Each row of a grid as bits; the last column holds those that are not on the roll."""
    grid[:, _NOBODY] = False
    packed = np.packbits(grid, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in packed]


def join_sources(roll: PartyRoll, parts: list[Evidence]) -> Evidence:
    """One evidence out of several sources whose question keys never clash (NR2 and the survey)."""
    return Evidence(
        roll=roll,
        choices={q: c for part in parts for q, c in part.choices.items()},
        answered={q: b for part in parts for q, b in part.answered.items()},
        texts={q: b for part in parts for q, b in part.texts.items()},
        reported={s: b for part in parts for s, b in part.reported.items()},
        demonstration=_union(part.demonstration for part in parts),
        reports=_JoinedReferences([part.reports for part in parts]),
    )


class _JoinedReferences(Mapping[tuple[str, str], ReportReference]):
    """The references of several sources, which share no key."""

    def __init__(self, parts: list[Mapping[tuple[str, str], ReportReference]]) -> None:
        self._parts = parts

    def __getitem__(self, key: tuple[str, str]) -> ReportReference:
        for part in self._parts:
            if key in part:
                return part[key]
        raise KeyError(key)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return chain.from_iterable(self._parts)

    def __len__(self) -> int:
        return sum(map(len, self._parts))


def _union(sets: Iterable[int]) -> int:
    bits = 0
    for one in sets:
        bits |= one
    return bits


def _is_live(row: Mapping[str, object], as_of: dt.date | None) -> bool:
    published, until = row["published_on"], row["until_on"]
    if as_of is None:
        return until is None
    assert isinstance(published, dt.date)
    return published <= as_of and (until is None or (isinstance(until, dt.date) and as_of < until))


def _make_reference(row: Mapping[str, object]) -> ReportReference:
    return ReportReference(
        party=str(row["party"]),
        source=str(row["cycle"]),
        record=str(row["record"]),
        version=int(str(row["version"])),
        number=str(row["number"] or row["record"]),
        published_on=row["published_on"],  # type: ignore[arg-type]
        received_on=row["received_on"],  # type: ignore[arg-type]
        demonstration=bool(row["demonstration"]),
    )


@dataclass(frozen=True, slots=True)
class PublishedRecord:
    """One live record version: what the record-based indicators count and name."""

    record: str
    version: int
    type: str
    government: str | None
    first_published_on: dt.date
    published_on: dt.date
    number: str
    title: str
    demonstration: bool
    values: Mapping[str, frozenset[str]]


class PublishedRecords:
    """The records that were live on a day, by type."""

    def __init__(self, facts: Facts, as_of: dt.date | None) -> None:
        self.roll = facts.roll
        self._facts = facts
        self._as_of = as_of

    def keep(
        self,
        selection: object,
        find: Callable[["PublishedRecords"], tuple[PublishedRecord, ...]],
    ) -> tuple[PublishedRecord, ...]:
        """What a selection finds here, found once: it is asked again for every group."""
        kept = self._kept.get(id(selection))
        if kept is None:
            kept = self._kept[id(selection)] = (selection, find(self))
        return kept[1]

    @cached_property
    def _kept(self) -> dict[int, tuple[object, tuple[PublishedRecord, ...]]]:
        return {}

    @cached_property
    def by_type(self) -> dict[str, tuple[PublishedRecord, ...]]:
        """Live records in the order of their first publication."""
        values = self._facts.record_values
        found: dict[str, list[PublishedRecord]] = {}
        for row in self._facts.rows("record"):
            if not _is_live(row, self._as_of):
                continue
            found.setdefault(row["type"], []).append(
                PublishedRecord(
                    row["record"], row["version"], row["type"], row["government"],
                    row["first_published_on"], row["published_on"],
                    row["number"] or row["record"], row["title"] or "", row["demonstration"],
                    values.get((row["record"], row["version"]), {}),
                )
            )  # fmt: skip
        return {
            kind: tuple(sorted(records, key=lambda r: (r.first_published_on, r.record)))
            for kind, records in found.items()
        }
