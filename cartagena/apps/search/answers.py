"""What a national report says in words: each text with the question it answers."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cartagena.engine.answer_sheet import parse_key, write_cells
from cartagena.engine.answers import collect_answers, flatten_body, switched_off
from cartagena.engine.questionnaire import LANGUAGES, load_format
from cartagena.engine.record_type import list_report_types


class Answer(NamedTuple):
    """Words in a language, and the key of the question they stand under."""

    question: str
    language: str
    words: str


def list_answers(record_type: str, body: Mapping[str, Any]) -> Iterator[Answer]:
    """The texts of a report, in the order of its form; what is not asked is not read."""
    shape = load_format(list_report_types()[record_type])
    off = switched_off(shape, collect_answers(flatten_body(shape, body)))
    for name, words in write_cells(shape, body).items():
        key = parse_key(name)
        if key.part in LANGUAGES and key.field not in off:
            yield Answer(key.field, key.part, words)
