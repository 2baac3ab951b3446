"""Evidence: for a day, which Parties answered what, and what they had published.

Facts are long tables; evidence is sets of Parties. Building it is one pass over the answers: every
row sets one cell of a (choice x Party) grid, and each row of the grid becomes a bit set.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cartagena.engine.facts import Facts
from cartagena.engine.party_set import PartyRoll

ROWS_AT_ONCE = 1 << 20


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


class AnswerGrid:
    """All answers of a facts set, coded once, from which evidence at any day is cut.

    ``facts`` are read when the grid is made; ``at`` then costs one pass over the coded rows.
    """

    def __init__(self, facts: Facts) -> None:
        self.roll = facts.roll
        answers = facts["answer"]
        records, record_names = _codes(answers.column("record"))
        parties, party_names = _codes(answers.column("party"))
        cycles, self._cycles = _codes(answers.column("cycle"))
        questions, self._questions = _codes(answers.column("question"))
        options, self._options = _codes(answers.column("option"))
        positions = self.roll.positions
        self._party_of = np.array(
            [positions.get(name, 255) if name else 255 for name in party_names], dtype=np.uint8
        )
        self._parties = parties
        self._pack_choices(cycles, questions, options)
        self._versions = np.asarray(answers.column("version").to_numpy(), dtype=np.int32)
        self._records = records
        self._record_of = {name: code for code, name in enumerate(record_names)}
        self._reports = facts["report"].to_pylist()

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
        live = [row for row in self._reports if _is_live(row, as_of)]
        grid = self._scatter(live)
        bits = [
            int.from_bytes(row.tobytes(), "little")
            for row in np.packbits(grid, axis=1, bitorder="little")
        ]
        return self._assemble(bits, live)

    def _scatter(self, live: list[dict[str, object]]) -> npt.NDArray[np.bool_]:
        """The grid of occurring choices by Parties, from the rows of live report versions only."""
        versions = int(self._versions.max(initial=0)) + 1
        is_live = np.zeros(len(self._record_of) * versions, dtype=bool)
        for row in live:
            code = self._record_of.get(str(row["record"]))
            version = row["version"]
            if code is not None and isinstance(version, int) and version < versions:
                is_live[code * versions + version] = True
        grid = np.zeros((len(self._occurring), 256), dtype=bool)
        flat = grid.reshape(-1)
        for start in range(0, len(self._choices), ROWS_AT_ONCE):
            part = slice(start, start + ROWS_AT_ONCE)
            keep = is_live[self._records[part] * versions + self._versions[part]]
            cells = self._choices[part] * 256 + self._party_of[self._parties[part]]
            flat[cells[keep]] = True
        grid[:, 255] = False  # answers of a country that is not on the roll
        return grid

    def _assemble(self, bits: list[int], live: list[dict[str, object]]) -> dict[str, Evidence]:
        n_questions, n_options = len(self._questions), len(self._options)
        choices: dict[str, dict[str, dict[str, int]]] = {}
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
        references = [_make_reference(row) for row in live]
        return {
            source: Evidence(
                roll=self.roll,
                choices=choices.get(source, {}),
                answered=answered.get(source, {}),
                texts=texts.get(source, {}),
                reported={source: self.roll.bits_of(r.party for r in of_source)},
                demonstration=self.roll.bits_of(r.party for r in of_source if r.demonstration),
                reports={(r.source, r.party): r for r in of_source},
            )
            for source in {r.source for r in references}
            if (of_source := [r for r in references if r.source == source])
        }


def join_sources(roll: PartyRoll, parts: list[Evidence]) -> Evidence:
    """One evidence out of several sources whose question keys never clash (NR2 and the survey)."""
    return Evidence(
        roll=roll,
        choices={q: c for part in parts for q, c in part.choices.items()},
        answered={q: b for part in parts for q, b in part.answered.items()},
        texts={q: b for part in parts for q, b in part.texts.items()},
        reported={s: b for part in parts for s, b in part.reported.items()},
        demonstration=_union(part.demonstration for part in parts),
        reports={k: r for part in parts for k, r in part.reports.items()},
    )


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
