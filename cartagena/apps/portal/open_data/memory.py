"""What is worked out once for an evaluator and kept as long as it lives."""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

from cartagena.engine.evaluate import Evaluator

T = TypeVar("T")


def kept_with_evaluator(work: Callable[[Evaluator], T]) -> Callable[[Evaluator], T]:
    """Remember the result for each evaluator. Two threads may both work; the first result stays."""
    kept: WeakKeyDictionary[Evaluator, T] = WeakKeyDictionary()
    lock = Lock()

    @wraps(work)
    def remembered(evaluator: Evaluator) -> T:
        with lock:
            if evaluator in kept:
                return kept[evaluator]
        result = work(evaluator)
        with lock:
            return kept.setdefault(evaluator, result)

    return remembered
