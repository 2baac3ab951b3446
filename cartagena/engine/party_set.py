"""Sets of Parties as bit sets.

There are fewer than 200 Parties, so a set of them is one Python integer: bit *i* stands for the
*i*-th Party of a roll. Union, intersection and counting are single machine-near operations, which
is what lets the whole plan be evaluated in a millisecond.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Self


@dataclass(frozen=True)
class PartyRoll:
    """The fixed order that gives every Party its bit; sets of different rolls never mix.

    ``codes`` are ISO 3166 alpha-3 codes (EUR for the European Union) without repetition.
    """

    codes: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(set(self.codes)) != len(self.codes):
            raise ValueError("A roll names each Party once.")

    @cached_property
    def positions(self) -> dict[str, int]:
        """The bit position of each code."""
        return {code: position for position, code in enumerate(self.codes)}

    def bit(self, code: str) -> int:
        """The integer with only this Party's bit set; KeyError for a code not on the roll."""
        return 1 << self.positions[code]

    def bits_of(self, codes: Iterable[str]) -> int:
        """The bits of several codes; codes that are not on the roll are left out."""
        bits = 0
        for code in codes:
            position = self.positions.get(code)
            if position is not None:
                bits |= 1 << position
        return bits

    def set_of(self, codes: Iterable[str]) -> "PartySet":
        """The set of these Parties; raises KeyError naming a code that is not on the roll."""
        bits = 0
        for code in codes:
            bits |= self.bit(code)
        return PartySet(self, bits)

    def from_bits(self, bits: int) -> "PartySet":
        """The set that an integer stands for."""
        return PartySet(self, bits)

    @property
    def everyone(self) -> "PartySet":
        """All on the roll, Parties or not."""
        return PartySet(self, (1 << len(self.codes)) - 1)


@dataclass(frozen=True, slots=True, repr=False)
class PartySet:
    """An immutable set of Parties with ``& | - ^``, ``len``, ``in`` and iteration in roll order."""

    roll: PartyRoll
    bits: int = 0

    def _same_roll(self, other: "PartySet") -> int:
        if other.roll is not self.roll and other.roll != self.roll:
            raise ValueError("Sets of Parties from different rolls cannot be combined.")
        return other.bits

    def __and__(self, other: "PartySet") -> Self:
        return type(self)(self.roll, self.bits & self._same_roll(other))

    def __or__(self, other: "PartySet") -> Self:
        return type(self)(self.roll, self.bits | self._same_roll(other))

    def __sub__(self, other: "PartySet") -> Self:
        return type(self)(self.roll, self.bits & ~self._same_roll(other))

    def __xor__(self, other: "PartySet") -> Self:
        return type(self)(self.roll, self.bits ^ self._same_roll(other))

    def __le__(self, other: "PartySet") -> bool:
        return self.bits & ~self._same_roll(other) == 0

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __bool__(self) -> bool:
        return self.bits != 0

    def __contains__(self, code: object) -> bool:
        position = self.roll.positions.get(code) if isinstance(code, str) else None
        return position is not None and bool(self.bits >> position & 1)

    def __iter__(self) -> Iterator[str]:
        bits = self.bits
        while bits:
            lowest = bits & -bits
            yield self.roll.codes[lowest.bit_length() - 1]
            bits ^= lowest

    def __repr__(self) -> str:
        return f"PartySet({', '.join(self)})"
