"""Who is counted in a cycle: its Parties, their reports, who was late, who was not asked.

Everything is bits on the roll of the facts.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from cartagena.engine.analysis_query import ANY, AnalysisQuery, Filter, Group, QuestionRef, Timing
from cartagena.engine.evaluate import TREATY, Evaluator
from cartagena.engine.evidence import Evidence
from cartagena.engine.party_set import PartyRoll
from cartagena.engine.point import Point
from cartagena.engine.questionnaire import Condition, load_format


@dataclass(frozen=True, kw_only=True)
class Reports:
    """The reports of one source as a query sees them; all fields are bits.

    `parties`: Parties on the cycle's day, and those that joined later and were Parties when their
    report came. `reported`: Parties whose live report is counted. `in_time` and `late` divide the
    reports of Parties by the due day, where there is one, before any of them is left out.
    `left_out`: reports of Parties that the cut-off or the timing leaves out. `joined_later` is a
    part of `parties`; `outside` reported without being a Party and are not counted.
    """

    source: str
    day: dt.date
    due_on: dt.date | None
    evidence: Evidence
    parties: int
    reported: int
    in_time: int
    late: int
    left_out: int
    joined_later: int
    outside: int


_RECEIPTS: WeakKeyDictionary[Evaluator, dict[str, Mapping[str, dt.date]]] = WeakKeyDictionary()


def list_receipts(evaluator: Evaluator, source: str, evidence: Evidence) -> Mapping[str, dt.date]:
    """On which day the live report of each Party to a source came in; kept with the evaluator.

    The day of the first version counts: a correction does not make a report late.
    """
    kept = _RECEIPTS.setdefault(evaluator, {})
    if source not in kept:
        first = evaluator.facts.first_received
        kept[source] = {
            reference.party: first[source, reference.record]
            for (of_source, _party), reference in evidence.reports.items()
            if of_source == source
        }
    return kept[source]


def find_point(evaluator: Evaluator, cycle: str) -> Point:
    """The evaluation point that reads a cycle. Raises KeyError."""
    for point in evaluator.points:
        if point.cycle == cycle:
            return point
    raise KeyError(f"no evaluation point reads {cycle!r}")


def read_reports(
    evaluator: Evaluator,
    source: str,
    *,
    timing: Timing = "all",
    cutoff: dt.date | None = None,
) -> Reports:
    """Who is a Party and who reported, for one source of answers."""
    point = find_point(evaluator, load_format(source).document)
    evidence = evaluator.evidence(point)
    roll = evaluator.facts.roll
    day = point.record_date if point.as_of is None else min(point.record_date, point.as_of)
    in_force = evaluator.status.in_force(TREATY, day)
    live = evidence.reported.get(source, 0)
    receipts = list_receipts(evaluator, source, evidence)
    joined = _find_joined(evaluator, live & ~in_force, receipts)
    parties = in_force | joined
    reported = live & parties
    due_on = load_format(source).deadline
    late = in_time = 0
    if due_on is not None:
        late = roll.bits_of(p for p, came in receipts.items() if came > due_on) & reported
        in_time = reported & ~late
    counted = {"all": reported, "in_time": reported & ~late, "late": late}[timing]
    if cutoff is not None:
        counted &= roll.bits_of(p for p, came in receipts.items() if came <= cutoff)
    return Reports(
        source=source, day=day, due_on=due_on, evidence=evidence, parties=parties, reported=counted,
        in_time=in_time, late=late, left_out=reported & ~counted, joined_later=joined,
        outside=live & ~parties,
    )  # fmt: skip


def _find_joined(evaluator: Evaluator, doubtful: int, receipts: Mapping[str, dt.date]) -> int:
    """Those of the doubtful that were Parties on the day their report came."""
    roll = evaluator.facts.roll
    return roll.bits_of(
        party
        for party in roll.from_bits(doubtful)
        if evaluator.status.in_force(TREATY, receipts[party]) & roll.bit(party)
    )


class Sets:
    """Reports and filters of one query, each looked up once."""

    def __init__(self, evaluator: Evaluator, query: AnalysisQuery) -> None:
        self.evaluator, self.query = evaluator, query
        self._reports: dict[str, Reports] = {}
        self._ruled_out: dict[str, dict[str, int]] = {}
        self.members: dict[dt.date, Mapping[Group, int]] = {}

    @property
    def roll(self) -> PartyRoll:
        return self.evaluator.facts.roll

    def reports(self, source: str) -> Reports:
        """The reports of a source as the query sees them."""
        found = self._reports.get(source)
        if found is None:
            query = self.query
            found = self._reports[source] = read_reports(
                self.evaluator, source, timing=query.timing, cutoff=query.cutoff
            )
        return found

    @cached_property
    def kept(self) -> int:
        """The Parties that meet all filters; everybody without any."""
        bits = self.roll.everyone.bits
        for each in self.query.where:
            bits &= self.met(each)
        return bits

    def met(self, wanted: Filter) -> int:
        """The Parties whose counted report gives one of the answers of a filter."""
        return self.chosen(wanted.ref, wanted.options)

    def chosen(self, ref: QuestionRef, options: tuple[str, ...]) -> int:
        """The Parties whose counted report gives one of the options; `*`: any answer or text."""
        reports = self.reports(ref.source)
        evidence = reports.evidence
        if ANY in options:
            bits = evidence.answered.get(ref.key, 0) | evidence.texts.get(ref.key, 0)
        else:
            of_question = evidence.choices.get(ref.key, {})
            bits = 0
            for option in options:
                bits |= of_question.get(option, 0)
        return bits & reports.reported

    def answered(self, ref: QuestionRef) -> int:
        """The Parties whose counted report answers a question: by an option where it has any.

        Words written without choosing an option are no answer to a closed question.
        """
        if not ref.question.is_closed:
            return self.chosen(ref, (ANY,))
        reports = self.reports(ref.source)
        return reports.evidence.answered.get(ref.key, 0) & reports.reported

    def ruled_out(self, ref: QuestionRef) -> int:
        """The Parties to which their other answers say the question does not apply.

        Silence on the question that decides it leaves that open: those stay unknown.
        """
        found = self._ruled_out.get(ref.source)
        if found is None:
            found = self._ruled_out[ref.source] = self._rule_out(ref.source)
        return found.get(ref.key, 0) & ~self.answered(ref)

    def _rule_out(self, source: str) -> dict[str, int]:
        """One pass in printed order is enough: conditions only look back."""
        out: dict[str, int] = {}
        for question in load_format(source).questions:
            bits = out.get(question.parent, 0) if question.parent else 0
            for condition in question.conditions:
                bits |= self._fails(source, condition, out)
            if bits:
                out[question.key] = bits
        return out

    def _fails(self, source: str, condition: Condition, out: Mapping[str, int]) -> int:
        """For whom a condition certainly does not hold: every way to meet it is closed."""
        closed = self.reports(source).reported
        for requirement in condition.any_of:
            asked = QuestionRef(source, requirement.question)
            off = out.get(requirement.question, 0)
            if requirement.values is None:
                closed &= off
                continue
            reports = self.reports(source)
            of_question = reports.evidence.choices.get(requirement.question, {})
            inside = outside = 0
            for option, bits in of_question.items():
                if option in requirement.values:
                    inside |= bits
                else:
                    outside |= bits
            open_to = outside if condition.rule == "@hasValuesExcept" else inside
            closed &= off | (self.answered(asked) & ~open_to)
        return closed
