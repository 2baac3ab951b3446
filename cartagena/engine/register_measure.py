"""Measures of what the Secretariat registers and of how the Clearing-House is used.

What no report and no record holds is entered in registers, one entry for one thing; usage is
counted by month. An empty register gives no figure, which is not zero.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cartagena.engine.facts import Facts
from cartagena.engine.figure import Figure, Kind
from cartagena.engine.measure import Measure, Situation
from cartagena.engine.verdict import Bits


@dataclass(frozen=True)
class RegisterTotal(Measure):
    """Entries of a register that began by the day: their number, Parties, kinds or quantities.

    ``in_force`` counts only entries that have not ended by the day, ``ended`` only those that have.
    """

    register: str
    kinds: tuple[str, ...] = ()
    of: Literal["entries", "parties", "kinds", "quantity"] = "entries"
    in_force: bool = False
    ended: bool = False

    @property
    def kind(self) -> Kind:
        return "amount" if self.of == "quantity" else "count"

    def figure(self, situation: Situation) -> Figure:
        rows = list_register(situation.facts, self.register, situation.point.as_of)
        if not rows:
            reason = f"Nothing has been entered in the register {self.register}."
            return situation.figure(self.kind, status="no_data", reason=reason)
        on = situation.basis.on
        chosen = [row for row in rows if self._counts(row, on) and _in_group(row, situation)]
        shown = any(row["demonstration"] for row in rows)
        if self.of == "quantity":
            total = sum(
                float(str(row["quantity"])) for row in chosen if row["quantity"] is not None
            )
            return situation.figure(self.kind, lower=total, upper=total, demonstration=shown)
        column = {"entries": "entry", "parties": "party", "kinds": "kind"}[self.of]
        distinct = {row[column] for row in chosen if row[column] is not None}
        return situation.figure(self.kind, numerator=len(distinct), demonstration=shown)

    def _counts(self, row: Mapping[str, object], on: dt.date) -> bool:
        if self.kinds and row["kind"] not in self.kinds:
            return False
        began, ended = row["from_on"], row["until_on"]
        if isinstance(began, dt.date) and began > on:
            return False
        is_over = isinstance(ended, dt.date) and ended <= on
        return not (self.in_force and is_over) and (is_over or not self.ended)


def _in_group(row: Mapping[str, object], situation: Situation) -> bool:
    if situation.group is None:
        return True
    party = row["party"]
    return isinstance(party, str) and bool(
        situation.facts.roll.bits_of([party]) & situation.counted
    )


def list_register(facts: Facts, register: str, as_of: dt.date | None) -> list[dict[str, object]]:
    """The live entries of a register on a day (``None``: now)."""
    return [
        row
        for row in facts.rows_by("register", "register").get(register, ())
        if (as_of is None or row["published_on"] <= as_of)
        and (row["superseded_on"] is None or (as_of is not None and as_of < row["superseded_on"]))
    ]


@dataclass(frozen=True)
class UsageTotal(Measure):
    """Visits, searches or downloads in the twelve months up to the day."""

    counted: tuple[str, ...]
    groups: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        return "count"

    def figure(self, situation: Situation) -> Figure:
        on = situation.basis.on
        since = on.replace(year=on.year - 1, day=1)
        allowed = situation.members(self.groups) if self.groups else None
        roll = situation.facts.roll
        rows = [
            row
            for month, of_month in situation.facts.rows_by("usage", "month").items()
            if since < month <= on
            for row in of_month
            if row["kind"] in self.counted
        ]
        if not rows:
            reason = "No usage was recorded in the twelve months before this date."
            return situation.figure("count", status="no_data", reason=reason)
        if situation.group is not None:
            allowed = (allowed if allowed is not None else ~0) & situation.counted
        chosen = [
            row for row in rows if allowed is None or roll.bits_of([row["country"] or ""]) & allowed
        ]
        return situation.figure(
            "count",
            numerator=sum(row["quantity"] for row in chosen),
            demonstration=any(row["demonstration"] for row in rows),
        )


@dataclass(frozen=True)
class PartiesInRegister(Measure):
    """Parties with at least one entry in a register by the day, among all Parties in force."""

    register: str
    kinds: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        return "share"

    def verdict(self, situation: Situation) -> Bits | None:
        rows = list_register(situation.facts, self.register, situation.point.as_of)
        if not rows:
            return None
        chosen = [row for row in rows if self._counts(row, situation.basis.on)]
        yes = situation.facts.roll.bits_of(str(row["party"]) for row in chosen)
        return Bits(yes & situation.universe, situation.universe & ~yes)

    def figure(self, situation: Situation) -> Figure:
        verdict = self.verdict(situation)
        if verdict is None:
            reason = f"Nothing has been entered in the register {self.register}."
            return situation.figure("share", status="no_data", reason=reason)
        yes, no = verdict
        rows = list_register(situation.facts, self.register, situation.point.as_of)
        return situation.figure(
            "share",
            yes=yes.bit_count(),
            no=no.bit_count(),
            unknown=0,
            numerator=yes.bit_count(),
            denominator=(yes | no).bit_count(),
            demonstration=any(row["demonstration"] for row in rows),
        )

    def _counts(self, row: dict[str, object], on: dt.date) -> bool:
        began = row["from_on"]
        return (not self.kinds or row["kind"] in self.kinds) and not (
            isinstance(began, dt.date) and began > on
        )
