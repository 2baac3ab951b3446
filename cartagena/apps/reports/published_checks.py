"""The rules run again on published reports, at any time: what they find, kept while it holds."""

import datetime as dt
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Q

from cartagena.apps.monitoring.api import current_facts
from cartagena.apps.registry.api import RecordVersion, get_log_head
from cartagena.apps.reports.published import find_previous_cycle, get_format_of
from cartagena.engine.answers import Answers, collect_answers, flatten_body
from cartagena.engine.facts import Facts
from cartagena.engine.questionnaire import load_format
from cartagena.engine.report_check import check_report
from cartagena.engine.report_published import read_published
from cartagena.engine.report_rules import Finding, Report, load_report_rules

KEPT = 4_000
Row = Mapping[str, Any]


@dataclass(frozen=True)
class RulesEdition:
    """Which rules are in force: how many, and a short mark that changes with any of them."""

    count: int
    mark: str


@cache
def read_rules_edition() -> RulesEdition:
    """The edition of today's rules, from their names, versions and levels."""
    rules = load_report_rules()
    told = "\n".join(f"{rule.name} {rule.version} {rule.level}" for rule in rules)
    return RulesEdition(len(rules), hashlib.sha256(told.encode()).hexdigest()[:8])


def check_published(
    asked: Sequence[tuple[RecordVersion, dt.date]],
) -> list[tuple[Finding, ...]]:
    """What format and rules find in versions of reports, each beside what was published on a day.

    Bodies are read for those that were not checked yet at this position of the log: at most two
    queries for any number of reports, besides that for the log.
    """
    log = get_log_head().hash
    mark = read_rules_edition().mark
    keys = [(version.pk, mark, log, on) for version, on in asked]
    found = {key: _kept.find(key) for key in keys}
    missing = {key: each for key, each in zip(keys, asked, strict=True) if found[key] is None}
    if missing:
        for key, findings in zip(missing, _check_all(list(missing.values())), strict=True):
            found[key] = findings
            _kept.keep(key, findings)
    return [found[key] or () for key in keys]


def find_report_row(facts: Facts, cycle: str, party: str, on: dt.date) -> Row | None:
    """The version of a Party's report for a cycle that was public at the end of a day, as a row of
    the fact table `report`."""
    for row in facts.rows_by("report", "party").get(party, ()):
        is_live = row["published_on"] <= on and (row["until_on"] is None or row["until_on"] > on)
        if row["cycle"] == cycle and is_live:
            return row
    return None


def _check_all(asked: Sequence[tuple[RecordVersion, dt.date]]) -> list[tuple[Finding, ...]]:
    facts = current_facts()
    wanted = {version.pk for version, _on in asked}
    bodies = dict(RecordVersion.objects.filter(pk__in=wanted).values_list("pk", "body"))
    before = [_find_previous(facts, version, on) for version, on in asked]
    answers = _load_answers([row for row in before if row is not None])
    found = []
    for (version, on), row in zip(asked, before, strict=True):
        party = version.record.government
        assert party is not None
        published = read_published(facts, party, on)
        previous = answers[row["record"], row["version"]] if row is not None else None
        shape = get_format_of(version.record.type)
        report = Report(shape, bodies[version.pk], party, on, published, previous)
        found.append(tuple(check_report(report)))
    return found


def _find_previous(facts: Facts, version: RecordVersion, on: dt.date) -> Row | None:
    cycle = find_previous_cycle(get_format_of(version.record.type).cycle)
    party = version.record.government
    return find_report_row(facts, cycle, party, on) if cycle and party else None


def _load_answers(rows: Sequence[Row]) -> dict[tuple[str, int], Answers]:
    """(record, version) -> answers, in one query."""
    wanted = {(row["record"], row["version"]): row["cycle"] for row in rows}
    if not wanted:
        return {}
    match = Q()
    for record, number in wanted:
        match |= Q(record__identifier=record, number=number)
    stored = RecordVersion.objects.filter(match).values_list("record__identifier", "number", "body")
    return {
        (record, number): collect_answers(flatten_body(load_format(wanted[record, number]), body))
        for record, number, body in stored
    }


class _Kept:
    """Findings by version, rules, log and day; the least recently used go first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: OrderedDict[Any, tuple[Finding, ...]] = OrderedDict()

    def find(self, key: Any) -> tuple[Finding, ...] | None:
        with self._lock:
            found = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
            return found

    def keep(self, key: Any, findings: tuple[Finding, ...]) -> None:
        with self._lock:
            self._found[key] = findings
            while len(self._found) > KEPT:
                self._found.popitem(last=False)


_kept = _Kept()
