"""What records of a type need beyond what every draft needs; the app that knows it brings it.

A national report is checked against what the Party published, and leaves out answers to questions
that are not asked: the reports app says so here when it starts.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cartagena.apps.drafting.models import Draft
from cartagena.apps.registry.api import Actor, Outcome
from cartagena.engine.record_problem import RecordProblem


@dataclass(frozen=True)
class Gate:
    """`prepare` gives the body that is published out of the draft's; `check` what is wrong besides;
    `follow` does what belongs to the publication, in its transaction. `restrict` raises
    PermissionDenied for who may not change some fields, or (None) decide about the whole draft."""

    prepare: Callable[[Mapping[str, Any]], dict[str, Any]]
    check: Callable[[Draft, dt.date], list[RecordProblem]]
    follow: Callable[[Draft, Outcome, Actor, dt.datetime], None]
    restrict: Callable[[Draft, Collection[str] | None, Actor], None]


_gates: dict[str, Gate] = {}


def add_gate(record_type: str, gate: Gate) -> None:
    """Let records of a type through this gate; called once for a type, when the program starts."""
    assert record_type not in _gates, record_type
    _gates[record_type] = gate


def find_gate(record_type: str) -> Gate | None:
    """The gate of a type, or None."""
    return _gates.get(record_type)


def check_restriction(draft: Draft, fields: Collection[str] | None, actor: Actor) -> None:
    """Raise PermissionDenied if the gate of a draft keeps somebody from changing these fields."""
    gate = find_gate(draft.type)
    if gate:
        gate.restrict(draft, fields, actor)
