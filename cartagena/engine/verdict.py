"""Three-valued verdicts over sets of Parties (Kleene's strong logic of indeterminacy).

A verdict holds the Parties that meet a condition and the Parties known not to meet it; all others
are unknown. Silence is unknown, never "no".

The engine's inner loop works on bare integers (:class:`Bits`); :class:`Verdict` is the same for
readers, as sets of Parties.
"""

from typing import Literal, NamedTuple

from cartagena.engine.party_set import PartyRoll, PartySet

Outcome = Literal["yes", "no", "unknown"]


class Bits(NamedTuple):
    """A verdict as two bit sets: ``yes`` and ``no`` never share a bit."""

    yes: int
    no: int

    def both(self, other: "Bits") -> "Bits":
        """And: yes where both are yes, no where either is no."""
        return Bits(self.yes & other.yes, self.no | other.no)

    def either(self, other: "Bits") -> "Bits":
        """Or: yes where either is yes, no where both are no."""
        return Bits(self.yes | other.yes, self.no & other.no)

    def negation(self) -> "Bits":
        """Not: yes and no change places; what is unknown stays unknown."""
        return Bits(self.no, self.yes)


NOTHING_KNOWN = Bits(0, 0)


class Verdict(NamedTuple):
    """The Parties for which a condition holds (``yes``) and does not hold (``no``)."""

    yes: PartySet
    no: PartySet

    def unknown(self, universe: PartySet) -> PartySet:
        """The Parties of the universe about which nothing is known."""
        return universe - self.yes - self.no

    def outcome(self, party: str) -> Outcome:
        """``yes``, ``no`` or ``unknown`` for one Party."""
        if party in self.yes:
            return "yes"
        return "no" if party in self.no else "unknown"


def make_verdict(roll: PartyRoll, bits: Bits) -> Verdict:
    """A verdict for readers out of bare bits."""
    return Verdict(PartySet(roll, bits.yes), PartySet(roll, bits.no))
