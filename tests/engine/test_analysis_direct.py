"""The analyser equals a direct loop over the rows of the facts, for random selections."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartagena.engine.analysis import WROTE, analyse, list_options
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
from cartagena.engine.questionnaire import list_cycles, load_format
from tests.engine.direct_analysis import REGIONS, Direct, make_world
from tests.engine.test_analysis_links import links_of


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
