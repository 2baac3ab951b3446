"""Addresses of the analyser: read whole, written short, refused with every problem."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartagena.engine.analysis_query import (
    BadAnalysisError,
    QuestionRef,
    list_parameters,
    read_query,
    write_query,
)

GROUPS, PARTIES = ("AFR", "LDC"), ("KEN", "UGA")


def read(**values: list[str]) -> object:
    return read_query(values, GROUPS, PARTIES)


def test_a_query_is_read_with_its_cycle_and_the_whole() -> None:
    query = read_query({"q": ["nr4.Q014"], "cycle": ["nr2"], "group": ["LDC"]}, GROUPS, PARTIES)

    assert query.questions == (QuestionRef("nr4", "Q014"),)
    assert query.cycles == ("nr2", "nr4")
    assert [group.name for group in query.groups] == ["all", "LDC"]
    assert write_query(query) == [("q", "nr4.Q014"), ("cycle", "nr2"), ("group", "LDC")]


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("q", "Q014", "write a cycle"),
        ("q", "nr9.Q014", "write a cycle"),
        ("q", "nr4.Q999", "no question"),
        ("q", "nr4.Q012", "no question"),
        ("cycle", "survey2014", "no such reporting cycle"),
        ("group", "XX", "no such group"),
        ("group", "East:KEN,ZZZ", "no Party has these names or codes: ZZZ"),
        ("group", "East:", "list its Parties"),
        ("group", "AFR:KEN", "a name that no other group has"),
        ("group", "<b>:KEN", "a name"),
        ("where", "nr4.Q016", "its options"),
        ("where", "nr4.Q016:perhaps", "its options"),
        ("where", "nr4.Q999:true", "no question"),
        ("universe", "everybody", "no such choice"),
        ("timing", "never", "no such choice"),
        ("cutoff", "2019-13-01", "year-month-day"),
        ("cutoff", "20191001", "year-month-day"),
        ("links", "mine", "no such choice"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(name: str, value: str, why: str) -> None:
    with pytest.raises(BadAnalysisError) as refused:
        read(**{name: [value]})

    (problem,) = refused.value.problems
    assert problem.name == name
    assert value.startswith(problem.asked)
    assert why in problem.why


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(BadAnalysisError) as refused:
        read(q=["x"], group=["Y"], where=["z"], universe=["w"], cutoff=["v"])

    assert {p.name for p in refused.value.problems} == {"q", "group", "where", "universe", "cutoff"}


def test_too_much_at_once_is_refused() -> None:
    with pytest.raises(BadAnalysisError, match="at most 24"):
        read(group=[f"G{n}:KEN" for n in range(25)])


def test_two_groups_cannot_share_a_name() -> None:
    with pytest.raises(BadAnalysisError, match="share this name"):
        read(group=["East:KEN", "East:UGA"])


@given(
    values=st.dictionaries(
        st.sampled_from(list_parameters()), st.lists(st.text(max_size=30), max_size=4)
    )
)
def test_any_text_is_read_or_refused(values: dict[str, list[str]]) -> None:
    try:
        query = read_query(values, GROUPS, PARTIES)
    except BadAnalysisError as refused:
        told = len(refused.problems)
    else:
        told = 0
        assert query.groups[0].name == "all"
        assert set(dict(write_query(query))) <= set(values)
    assert told or not any(
        name in ("q", "where") and any(v.strip() for v in given_values)
        for name, given_values in values.items()
    )
