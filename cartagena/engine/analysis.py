"""The analyser: any questions by any cycles by any groups, counted in Parties.

Counts and shares are of Parties, never of options chosen, because a Party may choose several. Every
count travels with the Parties behind it, with those that said otherwise and those of whom nothing
is known. Groups may overlap, so they are never added up; the whole is counted by itself. Another
cycle is set beside a question only through declared links (`analysis_links`).

    query = read_query({"q": ["nr4.Q014"], "cycle": ["nr3"]}, groups, parties)
    cell = analyse(evaluator, query).questions[0].columns[0].cell("true", WHOLE_GROUP)
    cell.headline, cell.floor, cell.ceiling, tuple(cell.yes)
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from cartagena.engine.analysis_links import Counterpart, list_counterparts
from cartagena.engine.analysis_query import WHOLE, AnalysisQuery, Group, QuestionRef
from cartagena.engine.analysis_sets import Reports, Sets
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.party_set import PartyRoll, PartySet
from cartagena.engine.questionnaire import Question

WROTE = ""
"""Stands for the option of a question that is answered in words or with a number."""
WHOLE_GROUP = Group(WHOLE)
Comparison = Literal["own", "compared", "not_comparable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One option, cycle and group: the Parties of the universe, each in one of three sets.

    `comparison`: `own` counts the option as it was asked; `compared` counts what stands for an
    option of the chosen question; `not_comparable`: nothing here surely stands for it, so there are
    no sets to speak of. `undecided`, a part of `unknown`: Parties that answered, but with what is
    lost or joined on the way and may stand for the option or not.
    Shares are `None` where their denominator is zero.
    """

    yes: PartySet
    no: PartySet
    unknown: PartySet
    undecided: PartySet
    comparison: Comparison = "own"

    @property
    def size(self) -> int:
        """How many Parties the universe has in this group."""
        return len(self.yes) + len(self.no) + len(self.unknown)

    @property
    def known(self) -> int:
        """How many of them are known to have chosen it or not."""
        return len(self.yes) + len(self.no)

    @property
    def answered(self) -> int:
        """How many of them answered the question."""
        return self.known + len(self.undecided)

    @property
    def headline(self) -> Fraction | None:
        """Share of the Parties that answered; `None` where an answer leaves it open.

        To leave out those whose answer is lost would raise the share unseen; see `between`.
        """
        return None if self.undecided else _divide(len(self.yes), self.known)

    @property
    def between(self) -> tuple[Fraction, Fraction] | None:
        """The least and the greatest share of the Parties that answered."""
        least = _divide(len(self.yes), self.answered)
        most = _divide(len(self.yes) + len(self.undecided), self.answered)
        return None if least is None or most is None else (least, most)

    @property
    def floor(self) -> Fraction | None:
        """Share of all Parties of the universe: all silent ones taken for a no."""
        return _divide(len(self.yes), self.size)

    @property
    def ceiling(self) -> Fraction | None:
        """The same with all silent ones taken for a yes."""
        return _divide(len(self.yes) + len(self.unknown), self.size)

    @property
    def response(self) -> Fraction | None:
        """The share of the universe that answered."""
        return _divide(self.answered, self.size)


def _divide(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


@dataclass(frozen=True)
class Column:
    """One question as asked in one cycle, beside the chosen one.

    `universe`: the Parties counted. `parties`: all Parties of the cycle; `reported`: of those, the
    ones whose report is counted; `answered`: those that answered this question; `panel`: those that
    reported in every cycle chosen. All but `parties` are parts of it. Filters narrow every
    universe, and Parties to which the question does not apply (`not_asked`) are in none.

    Sets are bits; `cell` makes them sets of Parties.
    """

    chosen: QuestionRef
    counterpart: Counterpart
    reports: Reports
    universe: int
    answered: int
    not_asked: int
    groups: Mapping[Group, int]

    @property
    def cycle(self) -> str:
        return self.counterpart.cycle

    @property
    def ref(self) -> QuestionRef | None:
        """The question asked in this cycle; `None`: none that a link leads to."""
        return self.counterpart.ref

    @property
    def question(self) -> Question | None:
        return self.ref.question if self.ref else None

    @property
    def roll(self) -> PartyRoll:
        return self.reports.evidence.roll

    @cached_property
    def own_options(self) -> tuple[str, ...]:
        """The option codes of the question as asked here."""
        return list_options(self.question) if self.question else ()

    def list_yes(self, option: str) -> int:
        """The Parties that chose an option of this column's own question, as bits."""
        if self.ref is None:
            return 0
        if option == WROTE:
            found = self.answered
        else:
            choices = self.reports.evidence.choices.get(self.ref.key, {})
            found = choices.get(option, 0) & self.reports.reported
        return found & self.universe

    def own_cell(self, option: str, group: Group = WHOLE_GROUP) -> Cell:
        """An option as asked here."""
        counted = self.universe & self.groups[group]
        yes = self.list_yes(option) & counted
        no = 0 if option == WROTE else self.answered & counted & ~yes
        return self._cell(yes, no, 0, counted, "own")

    def cell(self, option: str, group: Group = WHOLE_GROUP) -> Cell:
        """What stands here for an option of the chosen question."""
        if self.counterpart.standing == "chosen":
            return self.own_cell(option, group)
        sides = self._sides(option)
        if sides is None:
            return self._cell(0, 0, 0, 0, "not_comparable")
        counted = self.universe & self.groups[group]
        yes, no, undecided = (side & counted for side in sides)
        return self._cell(yes, no, undecided, counted, "compared")

    def _sides(self, option: str) -> tuple[int, int, int] | None:
        """Yes, no and undecided to an option of the chosen question; `None`: not comparable."""
        meaning = self.counterpart.meaning
        if meaning is None:
            return None
        if option == WROTE:
            return self.list_yes(WROTE), 0, 0
        yes = open_ = 0
        is_reached = False
        for here, stands_for in meaning.items():
            if stands_for == {option}:
                yes |= self.list_yes(here)
                is_reached = True
            elif option in stands_for or not stands_for:
                open_ |= self.list_yes(here)
        return (yes, self.answered & ~yes & ~open_, open_ & ~yes) if is_reached else None

    def _cell(
        self, yes: int, no: int, undecided: int, counted: int, comparison: Comparison
    ) -> Cell:
        roll = self.roll
        return Cell(
            yes=PartySet(roll, yes),
            no=PartySet(roll, no),
            unknown=PartySet(roll, counted & ~yes & ~no),
            undecided=PartySet(roll, undecided),
            comparison=comparison,
        )

    def count(self, option: str) -> list[tuple[int, int, int]]:
        """Yes, no and unknown of `own_cell` in each group as bare numbers, for tables of all."""
        yes = self.list_yes(option)
        if option == WROTE:
            found = [((yes & bits).bit_count(), size) for bits, _known, size in self._sizes]
            return [(count, 0, size - count) for count, size in found]
        return [
            (count := (yes & bits).bit_count(), known - count, size - known)
            for bits, known, size in self._sizes
        ]

    @cached_property
    def _sizes(self) -> list[tuple[int, int, int]]:
        """For each group: who is counted as bits, how many of them answered, how many they are."""
        counted = [self.universe & members for members in self.groups.values()]
        return [(c, (self.answered & c).bit_count(), c.bit_count()) for c in counted]

    def silent(self, group: Group = WHOLE_GROUP) -> PartySet:
        """Parties of the universe whose report leaves the question empty."""
        counted = self.universe & self.groups[group] & self.reports.reported & ~self.answered
        return PartySet(self.roll, counted)

    def without_report(self, group: Group = WHOLE_GROUP) -> PartySet:
        """Parties of the universe without a counted report: the non-respondents."""
        counted = self.universe & self.groups[group] & ~self.reports.reported
        return PartySet(self.roll, counted)

    @property
    def is_made_up(self) -> bool:
        """Whether demonstration reports entered."""
        return bool(self.reports.reported & self.universe & self.reports.evidence.demonstration)


@dataclass(frozen=True)
class QuestionAnalysis:
    """One chosen question with a column for each cycle, oldest first."""

    ref: QuestionRef
    columns: tuple[Column, ...]

    @property
    def question(self) -> Question:
        return self.ref.question

    @property
    def options(self) -> tuple[str, ...]:
        """The option codes of the question; one nameless one for a question answered in words."""
        return list_options(self.question)

    @property
    def own(self) -> Column:
        """The column of the question itself."""
        return next(c for c in self.columns if c.counterpart.standing == "chosen")


@dataclass(frozen=True, kw_only=True)
class GroupReports:
    """Who reported in one group, with the two shares of official documents.

    `of_reports`: the group's share of all reports; `of_group`: the share of the group's Parties
    that reported. They answer different questions and must not be mixed.
    """

    group: Group
    parties: PartySet
    reported: PartySet
    of_reports: Fraction | None
    of_group: Fraction | None


@dataclass(frozen=True, kw_only=True)
class SourceReports:
    """Who reported to one source, by group; sets beside it are named in `Reports`."""

    source: str
    day: dt.date
    due_on: dt.date | None
    groups: tuple[GroupReports, ...]
    in_time: PartySet
    late: PartySet
    left_out: PartySet
    joined_later: PartySet
    outside: PartySet
    missing: PartySet


@dataclass(frozen=True)
class Analysis:
    """The answer to a query.

    `kept`: the Parties that meet all filters, `None` without any. `sources`: who reported, for each
    cycle and any other source that a question reads.
    """

    query: AnalysisQuery
    questions: tuple[QuestionAnalysis, ...]
    sources: tuple[SourceReports, ...]
    kept: PartySet | None

    @property
    def is_made_up(self) -> bool:
        """Whether demonstration reports entered."""
        return any(c.is_made_up for q in self.questions for c in q.columns)


def list_options(question: Question) -> tuple[str, ...]:
    """The option codes of a question; one nameless one where it is answered in words."""
    return tuple(option.code for option in question.options) or (WROTE,)


def analyse(evaluator: Evaluator, query: AnalysisQuery) -> Analysis:
    """Answer a query over what the evaluator knows."""
    sets = Sets(evaluator, query)
    questions = tuple(_analyse_question(sets, ref) for ref in query.questions)
    read = {c.ref.source for q in questions for c in q.columns if c.ref}
    sources = [s for c in query.cycles for s in _list_sources(evaluator, c) if s in read or s == c]
    return Analysis(
        query,
        questions,
        tuple(_count_reports(sets, source) for source in sources),
        PartySet(sets.roll, sets.kept) if query.where else None,
    )


def _list_sources(evaluator: Evaluator, cycle: str) -> tuple[str, ...]:
    return next(point.sources for point in evaluator.points if point.cycle == cycle)


def find_members(evaluator: Evaluator, group: Group, day: dt.date) -> int:
    """The members of a group on a day, as bits; one's own group is what its list says."""
    roll = evaluator.facts.roll
    if group.parties is not None:
        return roll.bits_of(group.parties)
    return roll.everyone.bits if group.name == WHOLE else evaluator.status.members(group.name, day)


def _analyse_question(sets: Sets, ref: QuestionRef) -> QuestionAnalysis:
    query = sets.query
    found = [
        counterpart
        for cycle in query.cycles
        for counterpart in list_counterparts(ref, cycle, proposed=query.proposed)
    ]
    panel = _find_panel(sets, found) if query.universe == "panel" else 0
    return QuestionAnalysis(ref, tuple(_make_column(sets, ref, each, panel) for each in found))


def _find_panel(sets: Sets, counterparts: list[Counterpart]) -> int:
    """Parties in every cycle whose report is counted in every cycle that is compared."""
    bits = sets.roll.everyone.bits
    for each in counterparts:
        reports = sets.reports(each.ref.source if each.ref else each.cycle)
        bits &= reports.reported
    return bits


def _make_column(sets: Sets, chosen: QuestionRef, counterpart: Counterpart, panel: int) -> Column:
    ref = counterpart.ref
    reports = sets.reports(ref.source if ref else counterpart.cycle)
    answered = sets.answered(ref) if ref else 0
    not_asked = sets.ruled_out(ref) & reports.parties & sets.kept if ref else 0
    universe = {
        "parties": reports.parties,
        "reported": reports.reported,
        "answered": answered,
        "panel": panel,
    }[sets.query.universe]
    universe &= sets.kept & ~not_asked
    return Column(
        chosen, counterpart, reports, universe, answered & universe, not_asked,
        _list_members(sets, reports.day),
    )  # fmt: skip


def _list_members(sets: Sets, day: dt.date) -> Mapping[Group, int]:
    found = sets.members.get(day)
    if found is None:
        found = sets.members[day] = {
            group: find_members(sets.evaluator, group, day) for group in sets.query.groups
        }
    return found


def _count_reports(sets: Sets, source: str) -> SourceReports:
    reports, roll = sets.reports(source), sets.roll
    kept = sets.kept
    reported, parties = reports.reported & kept, reports.parties & kept
    groups = tuple(
        _count_group(roll, group, parties & members, reported & members, reported)
        for group, members in _list_members(sets, reports.day).items()
    )
    return SourceReports(
        source=source, day=reports.day, due_on=reports.due_on, groups=groups,
        **{name: PartySet(roll, bits & kept) for name, bits in (
            ("in_time", reports.in_time), ("late", reports.late), ("left_out", reports.left_out),
            ("joined_later", reports.joined_later), ("outside", reports.outside),
            ("missing", reports.parties & ~reports.reported),
        )},
    )  # fmt: skip


def _count_group(
    roll: PartyRoll, group: Group, parties: int, reported: int, of_all: int
) -> GroupReports:
    return GroupReports(
        group=group,
        parties=PartySet(roll, parties),
        reported=PartySet(roll, reported),
        of_reports=_divide(reported.bit_count(), of_all.bit_count()),
        of_group=_divide(reported.bit_count(), parties.bit_count()),
    )


def list_cells(analysis: Analysis) -> Iterator[tuple[QuestionAnalysis, Column, str, Group, Cell]]:
    """Every own cell of an analysis, in the order of its tables."""
    for question in analysis.questions:
        for column in question.columns:
            for option in column.own_options:
                for group in analysis.query.groups:
                    yield question, column, option, group, column.own_cell(option, group)
