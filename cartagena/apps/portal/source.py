"""Where the pages get what they show. The only door from the portal to stored data."""

import datetime as dt

from cartagena.apps.monitoring import api as monitoring
from cartagena.apps.registry import api as registry
from cartagena.apps.registry.api import LogHead
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.questionnaire import Format


def get_evaluator(as_of: dt.date | None) -> Evaluator:
    """The evaluator over all that was published by a day (None: until now)."""
    return monitoring.current_evaluator(as_of)


def get_format(cycle: str) -> Format:
    """A report format, with the official wording laid over ours where it was imported."""
    return monitoring.current_format(cycle)


def get_log_head() -> LogHead:
    """Where the publication log stands: public pages change only when it moves."""
    return registry.get_log_head()
