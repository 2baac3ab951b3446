"""Where the pages get what they show. The only door from the portal to stored data."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from cartagena.apps.monitoring import api as monitoring
from cartagena.apps.portal import record_queries as records
from cartagena.apps.portal import report_reads as reports
from cartagena.apps.registry import api as registry
from cartagena.apps.registry.api import LogHead
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.questionnaire import Format

__all__ = [
    "get_evaluator",
    "get_format",
    "get_freeze_evaluator",
    "get_log_head",
    "list_written",
    "records",
    "reports",
]


def get_evaluator(as_of: dt.date | None) -> Evaluator:
    """The evaluator over all that was published by a day (None: until now)."""
    return monitoring.current_evaluator(as_of)


def get_freeze_evaluator(name: str) -> Evaluator:
    """The evaluator over a freeze, looking from its cut-off. Raises LookupError."""
    return monitoring.freeze_evaluator(name)


def list_written(
    versions: Sequence[tuple[str, int]], question: str
) -> dict[tuple[str, int], tuple[tuple[str, str], ...]]:
    """A text answer by record and version: each language with its words; one query.

    The first is that of the text in the facts: the report's own order of languages decides.
    """
    wanted = set(versions)
    rows = registry.RecordVersion.objects.filter(
        record__identifier__in={record for record, _number in wanted}
    ).values_list("record__identifier", "number", "languages", f"body__{question}")
    return {
        (record, number): _list_words(answer, languages)
        for record, number, languages, answer in rows
        if (record, number) in wanted
    }


def _list_words(answer: Any, languages: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The words of an answer in its languages; some cycles wrap it in `value`."""
    words = answer.get("value", answer) if isinstance(answer, dict) else None
    if not isinstance(words, dict):
        return ()
    return tuple((language, words[language]) for language in languages if words.get(language))


def get_format(cycle: str) -> Format:
    """A report format, with the official wording laid over ours where it was imported."""
    return monitoring.current_format(cycle)


def get_log_head() -> LogHead:
    """Where the publication log stands: public pages change only when it moves."""
    return registry.get_log_head()
