"""The analyser equals a direct loop over the rows of the facts, for random selections."""

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartagena.engine.analysis import WROTE, Column, analyse, list_options
from cartagena.engine.analysis_query import (
    AnalysisQuery,
    Filter,
    Group,
    QuestionRef,
    list_askable,
    list_main_cycles,
    read_query,
    write_query,
)
from cartagena.engine.crosswalk import Link
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.facts import Facts
from cartagena.engine.questionnaire import Condition, list_cycles, load_format
from tests.engine.test_analysis_links import links_of
from tests.hand_made import PUBLISHED, make_facts

REGIONS = {
    "KEN": "AFR", "UGA": "AFR", "TGO": "AFR", "NAM": "AFR", "CHN": "AP", "IND": "AP", "JPN": "AP",
    "NOR": "WEOG", "CHE": "WEOG", "MEX": "GRULAC", "CUB": "GRULAC", "UKR": "CEE", "RUS": "CEE",
}  # fmt: skip
JOINED = {"CUB": dt.date(2017, 1, 1), "JPN": dt.date(2016, 2, 1), "RUS": dt.date.max}
CYCLE_DAYS = {
    "nr2": dt.date(2011, 12, 31), "nr3": dt.date(2015, 12, 31), "nr4": dt.date(2019, 12, 31),
    "nr5": dt.date(2025, 12, 31),
}  # fmt: skip


MEMBERSHIPS: list[dict[str, object]] = [
    {"party": "KEN", "group": "LDC", "until_on": dt.date(2014, 6, 1)},
    {"party": "UGA", "group": "LDC"},
    {"party": "TGO", "group": "LDC", "from_on": dt.date(2015, 12, 31)},
    {"party": "NOR", "group": "LDC", "from_on": dt.date(2016, 1, 1), "until_on": dt.date.max},
    {"party": "RUS", "group": "LDC"},
]
"""A group that overlaps the regions and changes from cycle to cycle."""


@cache
def make_world(seed: int, as_of: dt.date | None = None) -> Evaluator:
    """What is known of the random reports on a day."""
    return Evaluator(make_random_facts(seed), as_of=as_of)


@cache
def make_random_facts(seed: int) -> Facts:
    """Random reports: some late, some corrected later, some withdrawn, some of no Parties."""
    chance = Random(seed)
    answers, published = {}, {}
    for source, party in itertools.product(list_cycles(), REGIONS):
        if chance.random() < 0.25:
            continue
        answers[source, party] = {
            ref.key: _make_answer(chance, ref)
            for ref in list_askable(source)
            if chance.random() < 0.7
        }
        late = dt.timedelta(days=chance.choice([-40, 0, 90, 200]))
        published[source, party] = PUBLISHED[source] + late
    tables = make_facts(
        REGIONS, answers, joined=JOINED, published=published, extra={"membership": MEMBERSHIPS}
    ).tables
    return _correct_some(Facts(tables), chance)


def _make_answer(chance: Random, ref: QuestionRef) -> str | list[str]:
    options = [option.code for option in ref.question.options]
    if not options:
        return f"text:{ref.key} in words"
    if ref.question.multiple:
        return chance.sample(options, chance.randint(1, min(3, len(options))))
    return chance.choice(options)


def _correct_some(facts: Facts, chance: Random) -> Facts:
    """A second version of some reports with half of the answers; every ninth report is gone."""
    reports, answers = facts["report"].to_pylist(), facts["answer"].to_pylist()
    by_record: dict[str, list[dict[str, object]]] = {}
    for row in answers:
        by_record.setdefault(str(row["record"]), []).append(row)
    for place, row in enumerate(list(reports)):
        if place % 9 == 4:
            row["until_on"] = row["published_on"] + dt.timedelta(days=30)
        elif place % 3 == chance.randint(0, 2):
            day = row["published_on"] + dt.timedelta(days=60)
            row["until_on"] = day
            reports.append(
                row | {"version": 2, "published_on": day, "received_on": day, "until_on": None}
            )
            old = by_record.get(row["record"], [])
            answers += [each | {"version": 2} for each in old[: len(old) // 2]]
    tables = dict(facts.tables)
    for name, rows in (("report", reports), ("answer", answers)):
        tables[name] = type(tables[name]).from_pylist(rows, schema=tables[name].schema)
    return Facts(tables)


class Direct:
    """The same counts by loops over rows and sets of codes, knowing nothing of bits."""

    def __init__(self, facts: Facts, query: AnalysisQuery, as_of: dt.date | None = None) -> None:
        self.query, self.as_of = query, as_of
        self.reports: list[dict[str, Any]] = facts["report"].to_pylist()
        self.answers = facts["answer"].to_pylist()
        self.treaty = [r for r in facts["treaty"].to_pylist() if r["treaty"] == "cpb"]
        self.membership = facts["membership"].to_pylist()

    def is_party(self, code: str, day: dt.date) -> bool:
        return any(r["party"] == code and r["in_force_on"] <= day for r in self.treaty)

    def received(self, source: str, record: str) -> dt.date:
        days: list[dt.date] = [
            r["received_on"] for r in self.reports if r["cycle"] == source and r["record"] == record
        ]
        return min(days)

    def day(self, cycle: str) -> dt.date:
        return min(CYCLE_DAYS[cycle], self.as_of or dt.date.max)

    def parties(self, source: str) -> set[str]:
        day = self.day(load_format(source).document)
        return {
            code
            for code in REGIONS
            if self.is_party(code, day)
            or any(
                self.is_party(code, self.received(source, r["record"]))
                for r in self.live(source)
                if r["party"] == code
            )
        }

    def live(self, source: str) -> list[dict[str, Any]]:
        seen_from = self.as_of or dt.date.max
        return [
            row
            for row in self.reports
            if row["cycle"] == source
            and row["published_on"] <= seen_from
            and (row["until_on"] is None or (self.as_of and row["until_on"] > self.as_of))
        ]

    def counted(self, source: str) -> dict[str, tuple[str, int]]:
        """Party -> (record, version) of the reports that count."""
        found = {}
        due = load_format(source).deadline
        for row in self.live(source):
            came = self.received(source, str(row["record"]))
            is_late = due is not None and came > due
            if str(row["party"]) not in self.parties(source):
                continue
            if self.query.cutoff and came > self.query.cutoff:
                continue
            if (self.query.timing, is_late) in (("in_time", True), ("late", False)):
                continue
            found[str(row["party"])] = (str(row["record"]), int(str(row["version"])))
        return found

    def given(self, ref: QuestionRef) -> dict[str, set[str]]:
        """Party -> the options it chose; a text counts as the option without a name."""
        counted = self.counted(ref.source)
        found: dict[str, set[str]] = {}
        for row in self.answers:
            if row["question"] != ref.key or row["cycle"] != ref.source:
                continue
            if counted.get(row["party"]) == (row["record"], row["version"]):
                found.setdefault(row["party"], set()).add(row["option"] or WROTE)
        return found

    def not_asked(self, ref: QuestionRef) -> set[str]:
        answered = self.given(ref)
        return {
            party
            for party in self.counted(ref.source)
            if party not in answered and self.is_off(ref, party)
        }

    def is_off(self, ref: QuestionRef, party: str) -> bool:
        question = load_format(ref.source).by_key[ref.key]
        if question.parent and self.is_off(QuestionRef(ref.source, question.parent), party):
            return True
        return any(self.fails(ref.source, each, party) for each in question.conditions)

    def fails(self, source: str, condition: Condition, party: str) -> bool:
        for wanted in condition.any_of:
            ref = QuestionRef(source, wanted.question)
            if self.is_off(ref, party):
                continue
            given = self.given(ref).get(party, set())
            if wanted.values is None or not given:
                return False
            outside = given - wanted.values
            holds = bool(outside) if condition.rule == "@hasValuesExcept" else outside != given
            if holds:
                return False
        return True

    def kept(self) -> set[str]:
        kept = set(REGIONS)
        for each in self.query.where:
            given = self.given(each.ref)
            wanted = set(each.options)
            kept &= {p for p, o in given.items() if "*" in wanted or o & wanted}
        return kept

    def universe(self, column: Column, columns: Iterable[Column]) -> set[str]:
        ref = column.ref
        assert ref is not None
        kind = self.query.universe
        if kind == "parties":
            found = self.parties(ref.source)
        elif kind == "reported":
            found = set(self.counted(ref.source))
        elif kind == "answered":
            found = set(self.given(ref))
        else:
            found = set(REGIONS)
            for each in columns:
                found &= set(self.counted(each.ref.source if each.ref else each.cycle))
        return (found & self.kept()) - self.not_asked(ref)

    def members(self, group: Group, cycle: str) -> set[str]:
        if group.name == "all":
            return set(REGIONS)
        if group.parties is not None:
            return set(group.parties)
        day = self.day(cycle)
        return {
            row["party"]
            for row in self.membership
            if row["group"] == group.name
            and (row["from_on"] or dt.date.min) <= day < (row["until_on"] or dt.date.max)
        }


def find_chain(ref: QuestionRef, cycle: str) -> list[Link]:
    """The Clearing-House's links from an older cycle to a question, newest first; empty where
    there is none in a step, or several."""
    order = list_main_cycles()
    chain: list[Link] = []
    key = ref.key
    for newer in reversed(order[order.index(cycle) + 1 : order.index(ref.cycle) + 1]):
        links = links_of(newer).get(key, ())
        if len(links) != 1 or links[0].relation != "same":
            return []
        chain.append(links[0])
        (key,) = links[0].old
    return chain


def carry(option: str, chain: Sequence[Link]) -> str | None:
    """What an old answer is called after every step; None: lost on the way."""
    carried: str | None = option
    for link in reversed(chain):
        if carried is not None and link.values is not None:
            carried = link.values.get(carried)
    return carried


QUESTIONS = [ref for source in list_cycles() for ref in list_askable(source)]
CONDITIONAL = [ref for ref in QUESTIONS if ref.question.conditions or ref.question.parent]
RENAMED = [
    ref
    for ref in QUESTIONS
    for cycle in list_main_cycles()
    if cycle < ref.cycle and any(link.values for link in find_chain(ref, cycle))
]
refs = st.sampled_from(QUESTIONS) | st.sampled_from(CONDITIONAL) | st.sampled_from(RENAMED)
"""Rare kinds often: questions that are not always asked, and whose answers changed their names."""
own_groups = st.builds(
    Group,
    st.sampled_from(["Own", "East Africa", "我的组别", "مجموعتي"]),
    st.lists(st.sampled_from(sorted(REGIONS)), min_size=1, unique=True).map(tuple),
)
groups = st.lists(
    st.sampled_from([Group(code) for code in ("AFR", "AP", "GRULAC", "LDC")]) | own_groups,
    unique_by=lambda group: group.name,
)
seen_from = st.sampled_from(
    [None, None, dt.date(2011, 10, 20), dt.date(2015, 12, 1), dt.date(2019, 12, 31),
     dt.date(2020, 3, 1)]
)  # fmt: skip
"""Days between versions, before and after withdrawals, before and after cycles."""


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    ref = draw(refs)
    options = [*(o for o in list_options(ref.question) if o), "*"]
    return Filter(ref, tuple(draw(st.lists(st.sampled_from(options), min_size=1, unique=True))))


@st.composite
def queries(draw: st.DrawFn) -> AnalysisQuery:
    chosen = tuple(draw(st.lists(refs, min_size=1, max_size=3, unique=True)))
    beside = draw(st.sets(st.sampled_from(list_main_cycles())))
    wanted = beside | {ref.cycle for ref in chosen}
    return AnalysisQuery(
        questions=chosen,
        cycles=tuple(cycle for cycle in list_main_cycles() if cycle in wanted),
        groups=(Group("all"), *draw(groups)),
        universe=draw(st.sampled_from(["parties", "reported", "answered", "panel"])),
        where=tuple(draw(st.lists(filters(), max_size=2, unique=True))),
        timing=draw(st.sampled_from(["all", "all", "in_time", "late"])),
        cutoff=draw(st.sampled_from([None, None, dt.date(2015, 11, 30), dt.date(2019, 12, 1)])),
        proposed=draw(st.booleans()),
    )


@settings(max_examples=60, deadline=None)
@given(query=queries(), seed=st.integers(0, 2), as_of=seen_from)
def test_every_cell_equals_a_direct_loop_over_the_rows(
    query: AnalysisQuery, seed: int, as_of: dt.date | None
) -> None:
    evaluator = make_world(seed, as_of)
    direct = Direct(evaluator.facts, query, as_of)

    for analysed in analyse(evaluator, query).questions:
        for column in analysed.columns:
            if column.ref is None:
                continue
            universe = direct.universe(column, analysed.columns)
            given = direct.given(column.ref)
            for place, group in enumerate(query.groups):
                inside = universe & direct.members(group, column.cycle)
                answered = inside & set(given)
                for option in column.own_options:
                    cell = column.own_cell(option, group)
                    yes = {party for party in answered if option in given[party]}
                    no = set() if option == WROTE else answered - yes
                    assert (set(cell.yes), set(cell.no)) == (yes, no)
                    assert set(cell.unknown) == inside - yes - no
                    counts = (len(yes), len(no), len(inside - yes - no))
                    assert column.count(option)[place] == counts


@settings(max_examples=60, deadline=None)
@given(query=queries(), seed=st.integers(0, 2), as_of=seen_from)
def test_who_reported_equals_a_direct_loop_over_the_rows(
    query: AnalysisQuery, seed: int, as_of: dt.date | None
) -> None:
    evaluator = make_world(seed, as_of)
    direct = Direct(evaluator.facts, query, as_of)
    kept = direct.kept()

    for reports in analyse(evaluator, query).sources:
        cycle = load_format(reports.source).document
        parties = direct.parties(reports.source) & kept
        reported = set(direct.counted(reports.source)) & kept
        assert set(reports.missing) == parties - reported
        for each in reports.groups:
            inside = direct.members(each.group, cycle)
            assert (set(each.parties), set(each.reported)) == (parties & inside, reported & inside)
            assert each.of_group == _divide(len(reported & inside), len(parties & inside))
            assert each.of_reports == _divide(len(reported & inside), len(reported))


def _divide(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


@settings(max_examples=80, deadline=None)
@given(query=queries(), seed=st.integers(0, 2), as_of=seen_from)
def test_comparison_equals_each_answer_carried_through_the_declared_steps(
    query: AnalysisQuery, seed: int, as_of: dt.date | None
) -> None:
    evaluator = make_world(seed, as_of)
    query = replace(query, proposed=False, cycles=list_main_cycles())
    direct = Direct(evaluator.facts, query, as_of)

    for analysed in analyse(evaluator, query).questions:
        for column in analysed.columns:
            chain = find_chain(analysed.ref, column.cycle)
            if not chain or not analysed.question.is_closed:
                continue
            assert column.ref is not None
            assert column.ref.key == chain[-1].old[0]
            inside = direct.universe(column, analysed.columns)
            carried = {
                party: {carry(option, chain) for option in options}
                for party, options in direct.given(column.ref).items()
                if party in inside
            }
            for option in analysed.options:
                cell = column.cell(option)
                if cell.comparison == "not_comparable":
                    assert not any(carry(o, chain) == option for o in column.own_options)
                    continue
                yes = {party for party, reached in carried.items() if option in reached}
                lost = {party for party, reached in carried.items() if None in reached}
                assert set(cell.yes) == yes
                assert set(cell.undecided) == lost - yes
                assert set(cell.no) == set(carried) - yes - lost


def test_chains_of_three_steps_with_losses_occur() -> None:
    chains = [find_chain(ref, "nr2") for ref in list_askable("nr5") if ref.question.is_closed]

    assert sum(len(chain) == 3 for chain in chains) > 50
    assert sum(any(link.losses for link in chain) for chain in chains) > 3


@settings(max_examples=60, deadline=None)
@given(query=queries(), seed=st.integers(0, 2))
def test_comparison_equals_a_direct_reading_of_the_links(query: AnalysisQuery, seed: int) -> None:
    evaluator = make_world(seed)
    direct = Direct(evaluator.facts, query)

    for analysed in analyse(evaluator, query).questions:
        for column in analysed.columns:
            meaning = column.counterpart.meaning
            if column.ref is None or meaning is None or column.counterpart.standing == "chosen":
                continue
            inside = direct.universe(column, analysed.columns)
            given = {p: o for p, o in direct.given(column.ref).items() if p in inside}
            for option in (o for o in analysed.options if o != WROTE):
                cell = column.cell(option)
                if {option} not in [set(each) for each in meaning.values()]:
                    assert cell.comparison == "not_comparable"
                    assert cell.size == 0
                    continue
                yes = {p for p, o in given.items() if any(meaning[c] == {option} for c in o)}
                open_ = {
                    p for p, o in given.items()
                    if any(not meaning[c] or option in meaning[c] for c in o)
                } - yes  # fmt: skip
                assert set(cell.yes) == yes
                assert set(cell.undecided) == open_
                assert set(cell.no) == set(given) - yes - open_
                assert cell.size == len(inside)


@settings(max_examples=100, deadline=None)
@given(query=queries())
def test_an_address_holds_the_whole_query(query: AnalysisQuery) -> None:
    values: dict[str, list[str]] = {}
    for name, value in write_query(query):
        values.setdefault(name, []).append(value)

    assert read_query(values, ("AFR", "AP", "GRULAC", "LDC"), tuple(REGIONS)) == query


def test_reports_of_all_kinds_occur_in_the_random_world() -> None:
    versions = make_world(0).facts["report"].to_pylist()

    assert any(row["version"] == 2 for row in versions)
    assert any(row["until_on"] and row["version"] == 1 for row in versions)
    assert {row["cycle"] for row in versions} == set(list_cycles())


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_some_parties_are_not_asked_in_the_random_world(seed: int) -> None:
    evaluator = make_world(seed)
    query = AnalysisQuery(questions=list_askable("nr4"), cycles=("nr4",))

    assert any(each.own.not_asked for each in analyse(evaluator, query).questions)
