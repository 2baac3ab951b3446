"""Cross-checks of a record: small functions beside the declaration of its type.

    @rule("cpb.art9.1")
    def acknowledgement_follows_receipt(record: Record) -> Iterator[RecordProblem]:
        "What the rule asks, in one sentence."
        ...
        what = sentence("%(field)s is ...", field=record.label("receiptAcknowledgementDate"))
        yield record.error("receiptAcknowledgementDate", what, sentence("What to do."))

Every rule of `record_types/<type>/rules.py` is found and run; nobody lists them. What a condition
of the declaration can say (a field needed because of another answer) is said there, not here.
"""

import importlib.util
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from cartagena.engine.record_body import find_closed_values, find_value, is_filled
from cartagena.engine.record_format import RecordFormat
from cartagena.engine.record_problem import RecordProblem, Severity
from cartagena.engine.record_schema import ROOT
from cartagena.engine.record_values import read_day
from cartagena.engine.sentence import Sentence, sentence
from cartagena.engine.text import Text


@dataclass(frozen=True, eq=False)
class Record:
    """One body as its rules read it. Nothing here raises: what cannot be read is as if absent.

    `as_of` is the day of the check, None where nobody says it.
    """

    shape: RecordFormat
    body: Mapping[str, Any]
    as_of: date | None = None
    basis: tuple[str, ...] = ()

    @property
    def identifier(self) -> str:
        """The record's own identifier."""
        found = find_value(self.body, "header.identifier")
        return found if isinstance(found, str) else ""

    def value(self, field: str) -> Any:
        """What stands in a field, or None."""
        return find_value(self.body, field)

    def values(self, field: str) -> tuple[str, ...]:
        """The closed values of a field: codes, identifiers, `true`, `false`, days as text."""
        return find_closed_values(self.body, field)

    def day(self, field: str) -> date | None:
        """The day in a field."""
        return read_day(self.value(field))

    def number(self, field: str) -> int | None:
        """The whole number in a field."""
        found = self.value(field)
        return found if isinstance(found, int) and not isinstance(found, bool) else None

    def is_filled(self, field: str) -> bool:
        """Whether anything stands in a field."""
        return is_filled(self.body, field)

    def is_true(self, field: str) -> bool:
        """Whether a field says true; silence does not."""
        return self.value(field) is True

    def holds(self, condition: str) -> bool:
        """Whether a condition of the declaration holds. Raises KeyError for an unknown one."""
        return self.shape.condition_holds(condition, self.body)

    def label(self, field: str) -> Text:
        """The name of a field, for a sentence."""
        return self.shape.field(field).label

    def error(self, place: str, what: Sentence, remedy: Sentence) -> RecordProblem:
        """A problem that keeps the record from being published."""
        return self._problem(place, what, remedy, "error")

    def warning(self, place: str, what: Sentence, remedy: Sentence) -> RecordProblem:
        """A problem that is told and goes with the record."""
        return self._problem(place, what, remedy, "warning")

    def _problem(
        self, place: str, what: Sentence, remedy: Sentence, severity: Severity
    ) -> RecordProblem:
        return RecordProblem(place, what, remedy, "rule", severity, self.basis)


Check = Callable[[Record], Iterator[RecordProblem]]


@dataclass(frozen=True)
class Rule:
    """One cross-check. `asks` says in a sentence what it asks; `basis` the provisions it rests on.

    Rules of the platform alone (the form of a name) rest on no provision.
    """

    name: str
    asks: str
    basis: tuple[str, ...]
    check: Check


def rule(*basis: str) -> Callable[[Check], Rule]:
    """Make a rule out of a function; `basis` are provisions such as `cpb.art10.4`."""

    def make(check: Check) -> Rule:
        name = getattr(check, "__name__", "")
        asks = " ".join((check.__doc__ or "").split())
        assert asks, f"{name}: the docstring says what the rule asks"
        return Rule(name, asks, basis, check)

    return make


@cache
def load_rules(record_type: str) -> tuple[Rule, ...]:
    """The rules of a record type in the order of their file; none for a type without the file."""
    path = ROOT / record_type / "rules.py"
    if not path.is_file():
        return ()
    name = f"cartagena.protocol.record_types.{record_type}.rules"
    module = sys.modules.get(name) or _import(name, path)
    return tuple(found for found in vars(module).values() if isinstance(found, Rule))


def _import(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None  # noqa: PT018 - narrows the types
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[name] = module
    return module


def list_in_order(record: Record, *fields: str) -> Iterator[RecordProblem]:
    """An error at each day that lies before the day in a field named earlier."""
    earlier: tuple[str, date] | None = None
    for field in fields:
        day = record.day(field)
        if day is None:
            continue
        if earlier and day < earlier[1]:
            what = sentence(
                "%(field)s (%(day)s) is before %(earlier)s (%(earlier_day)s)",
                field=record.label(field), day=day,
                earlier=record.label(earlier[0]), earlier_day=earlier[1],
            )  # fmt: skip
            yield record.error(field, what, sentence("Correct one of the two days."))
        else:
            earlier = field, day


def list_future_days(record: Record, *fields: str) -> Iterator[RecordProblem]:
    """An error at each day after the day of the check: what has not happened is not published."""
    for field in fields:
        day = record.day(field)
        if day and record.as_of and day > record.as_of:
            what = sentence(
                "%(field)s (%(day)s) lies in the future", field=record.label(field), day=day
            )
            yield record.error(field, what, sentence("Correct the day, or wait until then."))


def list_own_references(record: Record, *fields: str) -> Iterator[RecordProblem]:
    """An error at each reference of a record to itself."""
    for field in fields:
        if record.identifier and record.identifier in record.values(field):
            what = sentence("%(field)s names this record itself", field=record.label(field))
            yield record.error(field, what, sentence("Name another record, or leave it out."))
