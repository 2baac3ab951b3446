"""Who is a Party, and who belongs to which group, on a day: the dated sets behind every universe.

A State is a Party on a day if the treaty is in force for it (Article 37(2)); deposits are counted
apart, because several published documents count them instead.
"""

import datetime as dt
from collections.abc import Callable

from cartagena.engine.facts import Facts

REGIONS = ("AFR", "AP", "CEE", "GRULAC", "WEOG")
SHOWN_GROUPS = (*REGIONS, "LDC", "SIDS", "EIT", "DEVELOPING")


class TreatyStatus:
    """Dated sets of Parties read from the ``treaty`` and ``membership`` facts.

    All answers are bits on ``facts.roll``.
    """

    def __init__(self, facts: Facts) -> None:
        roll = facts.roll
        self._dates: dict[tuple[str, str], list[tuple[dt.date, int]]] = {}
        for row in facts["treaty"].to_pylist():
            bit = roll.bits_of([row["party"]])
            for column in ("signed_on", "deposited_on", "in_force_on"):
                if row[column] is not None:
                    self._dates.setdefault((row["treaty"], column), []).append((row[column], bit))
        self._members: dict[str, list[tuple[dt.date, dt.date, int]]] = {}
        for row in facts["membership"].to_pylist():
            self._members.setdefault(row["group"], []).append(
                (row["from_on"] or dt.date.min, row["until_on"] or dt.date.max,
                 roll.bits_of([row["party"]]))
            )  # fmt: skip
        self._eu = roll.bits_of(["EUR"])

    def in_force(self, treaty: str, on: dt.date) -> int:
        """For whom the treaty is in force on the day (that day included)."""
        return self._until(treaty, "in_force_on", on)

    def deposited(self, treaty: str, on: dt.date) -> int:
        """Who had deposited an instrument by the day (that day included)."""
        return self._until(treaty, "deposited_on", on)

    def signed(self, treaty: str, on: dt.date) -> int:
        """Who had signed by the day (that day included)."""
        return self._until(treaty, "signed_on", on)

    def members(self, group: str, on: dt.date) -> int:
        """Who belongs to a group on the day."""
        bits = 0
        for first, after, bit in self._members.get(group, ()):
            if first <= on < after:
                bits |= bit
        return bits

    @property
    def groups(self) -> tuple[str, ...]:
        """The codes of all groups that have members, sorted."""
        return tuple(sorted(self._members))

    def entry_into_force(self, treaty: str, instruments: int) -> dt.date | None:
        """The day a treaty entered into force: the 90th day after the n-th State's instrument.

        The instrument of a regional economic integration organization does not count as additional
        (Article 37(3) of the Protocol; Article 18(3) of the Supplementary Protocol).
        """
        deposits = sorted(
            day for day, bit in self._dates.get((treaty, "deposited_on"), ()) if bit != self._eu
        )
        if len(deposits) < instruments:
            return None
        return deposits[instruments - 1] + dt.timedelta(days=90)

    def dates(self, party_bit: int, treaty: str) -> dict[str, dt.date]:
        """The days of signature, deposit and entry into force of one Party."""
        return {
            column: day
            for (of_treaty, column), entries in self._dates.items()
            for day, bit in entries
            if of_treaty == treaty and bit == party_bit
        }

    def _until(self, treaty: str, column: str, on: dt.date) -> int:
        return _collect(self._dates.get((treaty, column), []), lambda day: day <= on)


def _collect(entries: list[tuple[dt.date, int]], wanted: Callable[[dt.date], bool]) -> int:
    bits = 0
    for day, bit in entries:
        if wanted(day):
            bits |= bit
    return bits
