"""A question's counterparts in other cycles, through declared links only, in both directions.

Going back is `crosswalk.compose`; going forward is its inverse. What no link declares is shown as
unmapped; the same key or the same option code in another cycle proves nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from cartagena.engine.analysis_query import QuestionRef, list_main_cycles
from cartagena.engine.crosswalk import Link, Loss, Trace, compose

Standing = Literal["chosen", "equivalent", "narrower", "wider", "rescaled", "several", "unmapped"]


@dataclass(frozen=True)
class Counterpart:
    """What stands for the chosen question in one cycle.

    `standing`: how it compares, seen from the later of the two: `chosen` is the question itself;
    `equivalent`, `narrower`, `wider`, `rescaled` are the verdict over all steps; `several`: joined
    from or divided into several questions, whose options have no common map; `unmapped`: no link
    leads there, the trail ends in `ends_in`, the first cycle without a link.

    `meaning` tells what an option here stands for among the options of the chosen question: one
    option, several that were joined, or none (lost). `None`: options cannot be compared.
    """

    cycle: str
    ref: QuestionRef | None
    standing: Standing
    meaning: Mapping[str, frozenset[str]] | None = None
    links: tuple[Link, ...] = ()
    losses: tuple[Loss, ...] = ()
    ends_in: str | None = None

    @property
    def is_comparable(self) -> bool:
        """Whether options, or texts with texts, can be set side by side."""
        return self.meaning is not None

    @property
    def is_proposed(self) -> bool:
        """Whether a link on the way is ours and not the Clearing-House's."""
        return any(link.proposed for link in self.links)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the links say about the difference, in English; newest step first."""
        said = []
        for link in self.links:
            if link.window is not None:
                said.append(f"Time asked about: {link.window.old} before, {link.window.new} after.")
            if link.note:
                said.append(link.note)
        return tuple(dict.fromkeys(said))


@cache
def list_counterparts(
    ref: QuestionRef, cycle: str, *, proposed: bool = False
) -> tuple[Counterpart, ...]:
    """What stands for a question in a cycle: itself, its predecessors or its successors.

    At least one entry; several where the question was divided or joined.
    """
    if cycle == ref.cycle:
        codes = {option.code: frozenset((option.code,)) for option in ref.question.options}
        return (Counterpart(cycle, ref, "chosen", codes),)
    order = list_main_cycles()
    if order.index(cycle) < order.index(ref.cycle):
        return _look_back(ref, cycle, proposed=proposed)
    return _look_forward(ref, cycle, proposed=proposed)


def _look_back(ref: QuestionRef, cycle: str, *, proposed: bool) -> tuple[Counterpart, ...]:
    composed = compose(ref.source, cycle, proposed=proposed)
    trace = composed.traces.get(ref.key)
    if trace is None:
        return (Counterpart(cycle, None, "unmapped", ends_in=composed.broken[ref.key]),)
    targets = [QuestionRef(*target) for target in trace.targets]
    if len(targets) > 1 or _is_branched(trace):
        return tuple(
            Counterpart(cycle, target, "several", links=trace.links, losses=trace.losses)
            for target in targets
        )
    meaning = _read_meaning(trace, older=targets[0], newer=ref, forward=False)
    return (Counterpart(cycle, targets[0], trace.verdict, meaning, trace.links, trace.losses),)


def _look_forward(ref: QuestionRef, cycle: str, *, proposed: bool) -> tuple[Counterpart, ...]:
    traces = _find_successors(ref, cycle, proposed=proposed)
    if not traces:
        order = list_main_cycles()
        later = order[order.index(ref.cycle) + 1 : order.index(cycle) + 1]
        ends = next(c for c in later if not _find_successors(ref, c, proposed=proposed))
        return (Counterpart(cycle, None, "unmapped", ends_in=ends),)
    found = []
    for trace in traces:
        newer = QuestionRef(cycle, trace.key)
        if len(traces) > 1 or _is_branched(trace):
            found.append(Counterpart(cycle, newer, "several", None, trace.links, trace.losses))
            continue
        meaning = _read_meaning(trace, older=ref, newer=newer, forward=True)
        found.append(Counterpart(cycle, newer, trace.verdict, meaning, trace.links, trace.losses))
    return tuple(found)


def _find_successors(ref: QuestionRef, cycle: str, *, proposed: bool) -> list[Trace]:
    """The Clearing-House's links win: ours are followed only where it has none."""
    composed = compose(cycle, ref.cycle, proposed=proposed)
    wanted = (ref.source, ref.key)
    found = [trace for trace in composed.traces.values() if wanted in trace.targets]
    return [trace for trace in found if not any(link.proposed for link in trace.links)] or found


def _is_branched(trace: Trace) -> bool:
    """Whether a question on the way was divided or joined: then answers do not pass one to one."""
    return len(trace.targets) > 1 or any(
        len(link.old) > 1 or len(link.new) > 1 or link.relation != "same" for link in trace.links
    )


def _read_meaning(
    trace: Trace, older: QuestionRef, newer: QuestionRef, *, forward: bool
) -> Mapping[str, frozenset[str]] | None:
    before, after = older.question, newer.question
    if not before.is_closed and not after.is_closed:
        return {} if before.is_text == after.is_text else None
    if trace.values is None or not (before.is_closed and after.is_closed):
        return None
    if not forward:
        return {
            option.code: frozenset(filter(None, (trace.values.get(option.code),)))
            for option in before.options
        }
    reached: dict[str, set[str]] = {option.code: set() for option in after.options}
    for code, target in trace.values.items():
        if target is not None:
            reached[target].add(code)
    return {code: frozenset(codes) for code, codes in reached.items()}
