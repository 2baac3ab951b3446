"""Measures that count Parties by what was received, not by what was answered.

National reports received in a cycle, and Parties that take part in something a register holds.
Both are observed by the Secretariat, so that absence is known: a Party without a report did not
report.
"""

import datetime as dt
from dataclasses import dataclass

from cartagena.engine.evidence import ReportReference
from cartagena.engine.figure import Figure, Kind
from cartagena.engine.measure import Measure, Situation, list_register
from cartagena.engine.questionnaire import load_format


@dataclass(frozen=True)
class ReportsReceived(Measure):
    """Reports of the cycle received from the Parties obliged to report.

    Strict: received by the day the cycle's reports were due. Inclusive: received at all, as far as
    known. Obliged are the Parties for which the Protocol was in force on the due day (Article 33).
    """

    @property
    def kind(self) -> Kind:
        return "count"

    def figure(self, situation: Situation) -> Figure:
        point = situation.point
        if point.cycle is None:
            return situation.figure(
                "count", status="not_asked", reason="No reporting cycle had closed by this date."
            )
        due = load_format(point.cycle).deadline
        day = situation.basis.on if due is None else min(due, situation.basis.on)
        obliged = situation.universe & situation.status.in_force("cpb", day)
        references = [
            reference
            for (source, _), reference in situation.basis.evidence.reports.items()
            if source == point.cycle
        ]
        if not references:
            return situation.figure(
                "count", status="no_data", reason="No report of this cycle is published."
            )
        any_day = situation.variant == "inclusive"
        counted = [r for r in references if any_day or _received_on(r) <= day]
        yes = situation.facts.roll.bits_of(r.party for r in counted) & obliged
        return situation.figure(
            "count",
            yes=yes.bit_count(),
            no=(obliged & ~yes).bit_count(),
            unknown=0,
            numerator=yes.bit_count(),
            denominator=obliged.bit_count(),
            demonstration=any(r.demonstration for r in counted),
        )


def _received_on(reference: ReportReference) -> dt.date:
    """The day a report came in; the day it became public where that is not recorded."""
    return reference.received_on or reference.published_on


@dataclass(frozen=True)
class PartiesInRegister(Measure):
    """Parties with at least one entry in a register by the day, among all Parties in force."""

    register: str
    kinds: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        return "share"

    def figure(self, situation: Situation) -> Figure:
        rows = list_register(situation.facts, self.register, situation.point.as_of)
        if not rows:
            reason = f"Nothing has been entered in the register {self.register}."
            return situation.figure("share", status="no_data", reason=reason)
        chosen = [row for row in rows if self._counts(row, situation.basis.on)]
        yes = situation.facts.roll.bits_of(str(row["party"]) for row in chosen)
        yes &= situation.universe
        size = situation.universe.bit_count()
        return situation.figure(
            "share",
            yes=yes.bit_count(),
            no=size - yes.bit_count(),
            unknown=0,
            numerator=yes.bit_count(),
            denominator=size,
            demonstration=any(row["demonstration"] for row in chosen),
        )

    def _counts(self, row: dict[str, object], on: dt.date) -> bool:
        began = row["from_on"]
        return (not self.kinds or row["kind"] in self.kinds) and not (
            isinstance(began, dt.date) and began > on
        )
