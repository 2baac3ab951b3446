"""The algebra of sets of Parties equals that of Python's own sets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartagena.engine.party_set import PartyRoll, PartySet

ROLL = PartyRoll(("BRA", "CHN", "EUR", "KEN", "MEX", "NOR"))
SOME = st.frozensets(st.sampled_from(ROLL.codes))


@given(SOME, SOME)
def test_sets_of_parties_combine_like_sets(a: frozenset[str], b: frozenset[str]) -> None:
    left, right = ROLL.set_of(a), ROLL.set_of(b)

    assert set(left & right) == a & b
    assert set(left | right) == a | b
    assert set(left - right) == a - b
    assert set(left ^ right) == a ^ b
    assert (left <= right) == (a <= b)
    assert len(left) == len(a)
    assert bool(left) == bool(a)


@given(SOME)
def test_iteration_follows_the_roll(codes: frozenset[str]) -> None:
    assert list(ROLL.set_of(codes)) == sorted(codes)


@given(SOME)
def test_membership_is_that_of_the_codes(codes: frozenset[str]) -> None:
    chosen = ROLL.set_of(codes)

    assert [code in chosen for code in ROLL.codes] == [code in codes for code in ROLL.codes]
    assert "XXX" not in chosen


def test_a_code_that_is_not_on_the_roll_is_refused() -> None:
    with pytest.raises(KeyError, match="XXX"):
        ROLL.set_of(["KEN", "XXX"])


def test_sets_of_different_rolls_do_not_mix() -> None:
    other = PartyRoll(("KEN", "NOR"))

    with pytest.raises(ValueError, match="different rolls"):
        _ = ROLL.set_of(["KEN"]) & other.set_of(["KEN"])


def test_a_roll_names_each_party_once() -> None:
    with pytest.raises(ValueError, match="once"):
        PartyRoll(("KEN", "KEN"))


def test_everyone_counts_the_roll() -> None:
    assert len(ROLL.everyone) == 6
    assert PartySet(ROLL).bits == 0
