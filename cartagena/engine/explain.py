"""Why a figure says what it says about one Party: the condition, evaluated leaf by leaf.

The explanation is the very expression that made the figure, so it cannot tell another story.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from cartagena.engine.condition import (
    All,
    Basis,
    Chose,
    Condition,
    Either,
    Published,
    Wrote,
)
from cartagena.engine.evaluate import TREATY, Evaluator, source_of
from cartagena.engine.evidence import PublishedRecord, ReportReference
from cartagena.engine.figure import Variant
from cartagena.engine.measure import Milestone, TreatyShare
from cartagena.engine.point import Point
from cartagena.engine.register_measure import PartiesInRegister
from cartagena.engine.report_measure import ReportsReceived
from cartagena.engine.verdict import Outcome

Operation = Literal[
    "all",
    "any",
    "chose",
    "other",
    "wrote",
    "published",
    "counted",
    "bands",
    "status",
    "received",
    "registered",
]


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One node of an explanation.

    ``operation`` says how the node decides; leaves name the ``source`` and ``question`` with the
    ``wanted`` options and the ``answers`` given, and the ``report`` version they stand in, or the
    ``records`` that decided. ``silent`` is true for a leaf that the Party did not answer.
    """

    operation: Operation
    outcome: Outcome
    source: str = ""
    question: str = ""
    wanted: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    report: ReportReference | None = None
    record_type: str = ""
    records: tuple[PublishedRecord, ...] = ()
    silent: bool = False
    note: str = ""
    date: dt.date | None = None
    parts: tuple["Reason", ...] = ()


def explain(
    evaluator: Evaluator,
    indicator: str,
    party: str,
    point: Point,
    variant: Variant = "strict",
) -> Reason:
    """The reason for one Party: a tree from the verdict down to answers, records and dates.

    Raises KeyError for a code that is not on the roll of the facts.
    """
    evaluator.facts.roll.bit(party)
    measure = evaluator.indicator(indicator).measure
    if isinstance(measure, TreatyShare | Milestone):
        return _explain_status(evaluator, measure.treaty, party, point)
    if isinstance(measure, ReportsReceived | PartiesInRegister):
        return _explain_entry(evaluator, indicator, party, point, variant)
    condition = evaluator.condition(indicator, point, variant)
    if measure.counts_records:
        basis = evaluator.basis(point)
        beside = () if condition is None else (_explain(condition, basis, party, point),)
        return _explain_counted(evaluator, indicator, party, point, variant, beside)
    if condition is not None:
        return _explain(condition, evaluator.basis(point), party, point)
    recipe = evaluator.indicator(indicator).recipes.get(point.cycle or "")
    if recipe is not None and recipe.bands:
        return _explain_bands(recipe.bands, evaluator.basis(point), party, point)
    return _explain_status(evaluator, TREATY, party, point)


def _explain(condition: Condition, basis: Basis, party: str, point: Point) -> Reason:
    outcome = _outcome(condition, basis, party)
    if isinstance(condition, All | Either):
        return Reason(
            operation="all" if isinstance(condition, All) else "any",
            outcome=outcome,
            parts=tuple(_explain(part, basis, party, point) for part in condition.conditions),
        )
    if isinstance(condition, Chose):
        return _explain_choice(condition, outcome, basis, party, point)
    if isinstance(condition, Wrote):
        source = source_of(condition.question, point)
        return Reason(
            operation="wrote",
            outcome=outcome,
            source=source,
            question=condition.question,
            report=basis.evidence.reports.get((source, party)),
            silent=outcome == "unknown",
        )
    if isinstance(condition, Published):
        records = basis.records.by_type.get(condition.type, ())
        return Reason(
            operation="published",
            outcome=outcome,
            record_type=condition.type,
            wanted=tuple(value for _, values in condition.values for value in values),
            records=tuple(r for r in records if r.government == party and condition.matches(r)),
            silent=not records,
        )
    raise TypeError(f"No explanation is written for {type(condition).__name__}.")


def _explain_choice(
    condition: Chose, outcome: Outcome, basis: Basis, party: str, point: Point
) -> Reason:
    source = source_of(condition.question, point)
    answers = basis.evidence.answers_of(condition.question, party)
    gate = condition.ruled_out_by
    return Reason(
        operation="other" if condition.negated else "chose",
        outcome=outcome,
        source=source,
        question=condition.question,
        wanted=condition.options,
        answers=answers,
        report=basis.evidence.reports.get((source, party)),
        silent=not answers,
        parts=() if gate is None else (_explain(gate, basis, party, point),),
    )


def _outcome(condition: Condition, basis: Basis, party: str) -> Outcome:
    bit = basis.evidence.roll.bit(party)
    verdict = condition.verdict(basis)
    if verdict.yes & bit:
        return "yes"
    return "no" if verdict.no & bit else "unknown"


def _explain_bands(questions: tuple[str, ...], basis: Basis, party: str, point: Point) -> Reason:
    parts = []
    for question in questions:
        source = source_of(question, point)
        answers = basis.evidence.answers_of(question, party)
        parts.append(
            Reason(
                operation="chose",
                outcome="yes" if answers else "unknown",
                source=source,
                question=question,
                answers=answers,
                report=basis.evidence.reports.get((source, party)),
                silent=not answers,
            )
        )
    answered = any(not part.silent for part in parts)
    return Reason(operation="bands", outcome="yes" if answered else "unknown", parts=tuple(parts))


def _explain_status(evaluator: Evaluator, treaty: str, party: str, point: Point) -> Reason:
    """For what no report or record of the Party decides: whether the treaty is in force for it."""
    bit = evaluator.facts.roll.bit(party)
    is_party = bool(evaluator.status.in_force(treaty, point.record_date) & bit)
    return Reason(
        operation="status",
        outcome="yes" if is_party else "no",
        date=evaluator.status.dates(bit, treaty).get("in_force_on"),
        note=f"The treaty {treaty} is{'' if is_party else ' not'} in force for it.",
    )


def _explain_counted(
    evaluator: Evaluator,
    indicator: str,
    party: str,
    point: Point,
    variant: Variant,
    beside: tuple[Reason, ...],
) -> Reason:
    """For a number of records: those of the Party; `beside` is what its report says of them."""
    counted = evaluator.counted_records(indicator, point, variant)
    own = tuple(record for record in counted if record.government == party)
    return Reason(
        operation="counted",
        outcome="yes" if own else "unknown" if not counted else "no",
        records=own,
        silent=not counted,
        parts=beside,
    )


def _explain_entry(
    evaluator: Evaluator, indicator: str, party: str, point: Point, variant: Variant
) -> Reason:
    """For what a report received, or an entry in a register, decides."""
    verdict = evaluator.verdict(indicator, point, variant)
    received = isinstance(evaluator.indicator(indicator).measure, ReportsReceived)
    report = evaluator.evidence(point).reports.get((point.cycle or "", party))
    day = evaluator.facts.first_received.get((report.source, report.record)) if report else None
    return Reason(
        operation="received" if received else "registered",
        outcome=verdict.outcome(party) if verdict is not None else "unknown",
        report=report if received else None,
        date=day if received else None,
        silent=verdict is None,
    )
