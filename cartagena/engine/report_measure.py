"""Measure of the reports received in a cycle.

Receipt is observed by the Secretariat, so that absence is known: a Party without a report did not
report.
"""

from dataclasses import dataclass

from cartagena.engine.figure import Figure, Kind
from cartagena.engine.measure import Measure, Situation
from cartagena.engine.questionnaire import load_format


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
        received = situation.facts.first_received
        counted = [r for r in references if any_day or received[r.source, r.record] <= day]
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
