"""Three-valued logic, checked against Kleene's tables Party by Party."""

from hypothesis import given
from hypothesis import strategies as st

from cartagena.engine.verdict import Bits

# Kleene's strong tables: a value is 1 (yes), 0 (no) or None (unknown).
VALUES = (1, 0, None)


def kleene_and(a: int | None, b: int | None) -> int | None:
    if a == 0 or b == 0:
        return 0
    return 1 if a == 1 and b == 1 else None


def kleene_or(a: int | None, b: int | None) -> int | None:
    if a == 1 or b == 1:
        return 1
    return 0 if a == 0 and b == 0 else None


def kleene_not(a: int | None) -> int | None:
    return None if a is None else 1 - a


PARTIES = st.lists(st.sampled_from(VALUES), min_size=8, max_size=8)


def bits_of(values: list[int | None]) -> Bits:
    return Bits(
        sum(1 << i for i, v in enumerate(values) if v == 1),
        sum(1 << i for i, v in enumerate(values) if v == 0),
    )


@given(PARTIES, PARTIES)
def test_verdicts_follow_kleene(a: list[int | None], b: list[int | None]) -> None:
    left, right = bits_of(a), bits_of(b)

    both = [kleene_and(x, y) for x, y in zip(a, b, strict=True)]
    either = [kleene_or(x, y) for x, y in zip(a, b, strict=True)]
    assert left.both(right) == bits_of(both)
    assert left.either(right) == bits_of(either)
    assert left.negation() == bits_of([kleene_not(x) for x in a])


@given(PARTIES, PARTIES)
def test_no_party_is_ever_both_yes_and_no(a: list[int | None], b: list[int | None]) -> None:
    left, right = bits_of(a), bits_of(b)

    for verdict in (left.both(right), left.either(right), left.negation()):
        assert verdict.yes & verdict.no == 0


@given(PARTIES, PARTIES)
def test_de_morgan_holds_with_unknowns(a: list[int | None], b: list[int | None]) -> None:
    left, right = bits_of(a), bits_of(b)

    assert left.both(right).negation() == left.negation().either(right.negation())
