"""Facts and evaluators of what is published now, kept in the process and renewed with the log."""

import datetime as dt
from collections import OrderedDict
from threading import Lock

from cartagena.apps.monitoring.facts import PublishedFacts
from cartagena.apps.registry.api import get_log_head
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.facts import Facts
from cartagena.engine.freeze import cut_facts

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

    def _renew(self) -> None:
        if get_log_head().hash != self._source.head.hash:
            self._evaluators.clear()
            self._facts = self._source.refresh()


_current = CurrentState()


def current_facts(as_of: dt.date | None = None) -> Facts:
    """The facts of what is published; with a day, as they were public at its end."""
    facts = _current.facts()
    return facts if as_of is None else cut_facts(facts, as_of)


def current_evaluator(as_of: dt.date | None = None) -> Evaluator:
    """The evaluator over what is published, looking from a day (None: now). Share it freely."""
    return _current.evaluator(as_of)
