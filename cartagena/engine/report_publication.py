"""What of a prepared report is published."""

from collections.abc import Mapping
from typing import Any

from cartagena.engine.answers import collect_answers, flatten_body, switched_off
from cartagena.engine.questionnaire import Format

PRIVATE = "notes"


def drop_switched_off(shape: Format, body: Mapping[str, Any]) -> dict[str, Any]:
    """A body without the answers to questions that are not asked, and without private notes.

    Such answers stay in the draft, so that they are there again when the question is asked again.
    """
    off = switched_off(shape, collect_answers(flatten_body(shape, body)))
    return {key: value for key, value in body.items() if key not in off and key != PRIVATE}
