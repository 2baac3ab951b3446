"""Facts and evaluators of what is published now, kept in the process and renewed with the log."""

import datetime as dt
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

from cartagena.apps.monitoring.facts import PublishedFacts
from cartagena.apps.registry.api import get_log_head, labels_of, live_versions
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.facts import Facts
from cartagena.engine.freeze import cut_facts
from cartagena.engine.questionnaire import Format, list_cycles, load_format

_DAYS_KEPT = 8


class CurrentState:
    """The facts at the end of the log, and evaluators for the days last asked for.

    Safe for threads. While nothing is published, asking costs one query.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._source = PublishedFacts()
        self._facts = Facts({})
        self._evaluators: OrderedDict[dt.date | None, Evaluator] = OrderedDict()
        self._formats: Mapping[str, Format] | None = None

    def facts(self) -> Facts:
        """All facts."""
        with self._lock:
            self._renew()
            return self._facts

    def evaluator(self, as_of: dt.date | None) -> Evaluator:
        """The evaluator that looks from a day."""
        with self._lock:
            self._renew()
            found = self._evaluators.pop(as_of, None) or Evaluator(self._facts, as_of=as_of)
            self._evaluators[as_of] = found
            while len(self._evaluators) > _DAYS_KEPT:
                self._evaluators.popitem(last=False)
            return found

    def format(self, cycle: str) -> Format:
        """A report format with the official wording laid over ours."""
        with self._lock:
            self._renew()
            if self._formats is None:
                self._formats = _lay_official_labels()
            return self._formats[cycle]

    def _renew(self) -> None:
        if get_log_head().hash != self._source.head.hash:
            self._evaluators.clear()
            self._formats = None
            self._facts = self._source.refresh()


def _lay_official_labels() -> Mapping[str, Format]:
    """All formats; where the official wording of one was published, it stands over ours."""
    formats = {cycle: load_format(cycle) for cycle in list_cycles()}
    for version in live_versions().filter(record__type="officialLabels"):
        cycle = version.body["cycle"]
        formats[cycle] = formats[cycle].with_labels(labels_of(version.body))
    return formats


_current = CurrentState()


def current_facts(as_of: dt.date | None = None) -> Facts:
    """The facts of what is published; with a day, as they were public at its end."""
    facts = _current.facts()
    return facts if as_of is None else cut_facts(facts, as_of)


def current_evaluator(as_of: dt.date | None = None) -> Evaluator:
    """The evaluator over what is published, looking from a day (None: now). Share it freely."""
    return _current.evaluator(as_of)


def current_format(cycle: str) -> Format:
    """A report format as readers see it: with the official wording where it was imported.

    Costs one query unless something was published since. KeyError for an unknown cycle.
    """
    return _current.format(cycle)
