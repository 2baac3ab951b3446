"""Reporting cycles: when a report opens and is due, until when it enters the analysis, who owes it.

Declared in `cartagena/protocol/questionnaires/cycles.yaml`. The duty is Article 33; late reports
are kept and fulfil it, but stay out of an analysis that was closed before (BS-III/14).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from cartagena.engine.declaration import Problems, build, read_yaml
from cartagena.engine.questionnaire import list_cycles, load_format
from cartagena.engine.questionnaire_schema import ROOT
from cartagena.engine.record_confirmation import add_months
from cartagena.engine.text import Text
from cartagena.engine.treaty import load_provisions

FILE = ROOT / "cycles.yaml"
REMINDER_MONTHS = (12, 6, 3, 1)
REMINDER_DAYS = (7,)

Receipt = Literal["in_time", "late"]


@dataclass(frozen=True)
class ReportingCycle:
    """One cycle. `cycle` is also the format that is filled in; `opens_on` None: not known.

    `cut_off_on` is the last day on which a report was received for the analysis; `cut_off_status`
    says whether a document states it or we propose it. `meeting` is the meeting of the Parties that
    considers the reports, None when it is not known.
    """

    cycle: str
    opens_on: date | None
    due_on: date
    cut_off_on: date
    cut_off_status: Literal["stated", "proposal"]
    meeting: int | None
    basis: tuple[str, ...]

    @property
    def name(self) -> Text:
        """The name of its report: "Fourth national report"."""
        return load_format(self.cycle).name

    def classify(self, received_on: date) -> Receipt:
        """Whether a report came in time; the due day itself is in time."""
        return "in_time" if received_on <= self.due_on else "late"

    def enters_analysis(self, received_on: date) -> bool:
        """Whether a report received on a day is in the analysis of the cycle."""
        return received_on <= self.cut_off_on

    def list_reminder_days(self) -> tuple[date, ...]:
        """The days of the reminders: 12, 6, 3 and 1 months and a week before the due day."""
        months = [add_months(self.due_on, -back) for back in REMINDER_MONTHS]
        return (*months, *(self.due_on - timedelta(days=back) for back in REMINDER_DAYS))


@dataclass(frozen=True)
class _Declaration:
    language: str
    cycles: tuple[ReportingCycle, ...]


@cache
def load_reporting_cycles() -> Mapping[str, ReportingCycle]:
    """Cycle -> reporting cycle, oldest first. Raises DeclarationError with every problem."""
    problems = Problems()
    declared = build(_Declaration, read_yaml(FILE), FILE.name, problems)
    problems.raise_if_any()
    assert declared is not None
    for found in declared.cycles:
        place = f"{FILE.name}: {found.cycle}"
        if found.cycle not in list_cycles():
            problems.add(place, "there is no such format", "Name a folder of questionnaires/.")
        for provision in found.basis:
            if provision not in load_provisions():
                problems.add(place, f"no provision {provision!r}", "Cite one that exists.")
        if found.cut_off_on < found.due_on or (found.opens_on and found.opens_on >= found.due_on):
            remedy = "A cycle opens, is due, and is cut off, in this order."
            problems.add(place, "its days are out of order", remedy)
    problems.raise_if_any()
    return {found.cycle: found for found in declared.cycles}
