"""Measure of the reports received in a cycle.

Receipt is observed by the Secretariat, so that absence is known: a Party without a report did not
report.
"""

import datetime as dt
from dataclasses import dataclass

from cartagena.engine.evidence import ReportReference
from cartagena.engine.figure import Figure, Kind
from cartagena.engine.measure import Measure, Situation
from cartagena.engine.questionnaire import load_format
from cartagena.engine.verdict import Bits


@dataclass(frozen=True)
class ReportsReceived(Measure):
    """Reports of the cycle received from the Parties obliged to report.

    Strict: first received by the day the cycle's reports were due. Inclusive: received at all, as
    far as known. Obliged are the Parties for which the Protocol was in force on the due day
    (Article 33).
    """

    @property
    def kind(self) -> Kind:
        return "count"

    def universe(self, situation: Situation) -> int:
        return situation.universe & situation.status.in_force("cpb", _due_day(situation))

    def verdict(self, situation: Situation) -> Bits | None:
        references = list_received(situation)
        if not references:
            return None
        obliged, day = self.universe(situation), _due_day(situation)
        received = situation.facts.first_received
        any_day = situation.variant == "inclusive"
        counted = [r for r in references if any_day or received[r.source, r.record] <= day]
        yes = situation.facts.roll.bits_of(r.party for r in counted) & obliged
        return Bits(yes, obliged & ~yes)

    def figure(self, situation: Situation) -> Figure:
        if situation.point.cycle is None:
            return situation.figure(
                "count", status="not_asked", reason="No reporting cycle had closed by this date."
            )
        verdict = self.verdict(situation)
        if verdict is None:
            return situation.figure(
                "count", status="no_data", reason="No report of this cycle is published."
            )
        yes, no = verdict
        return situation.figure(
            "count",
            yes=yes.bit_count(),
            no=no.bit_count(),
            unknown=0,
            numerator=yes.bit_count(),
            denominator=(yes | no).bit_count(),
            demonstration=any(r.demonstration for r in list_received(situation)),
        )


def list_received(situation: Situation) -> list[ReportReference]:
    """The live reports of the point's cycle, without those of other sources it reads."""
    reports = situation.basis.evidence.reports
    return [r for (source, _), r in reports.items() if source == situation.point.cycle]


def _due_day(situation: Situation) -> dt.date:
    """The day the reports of the cycle were due, or the record date where that is earlier."""
    cycle = situation.point.cycle
    due = load_format(cycle).deadline if cycle else None
    return situation.basis.on if due is None else min(due, situation.basis.on)
