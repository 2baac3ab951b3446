"""Record bodies for tests: examples with some fields exchanged, and valid ones made at random."""

import copy
import datetime as dt
import random
from collections.abc import Callable, Mapping
from typing import Any

from cartagena.engine.record_format import (
    Field,
    RecordFormat,
    load_all_record_formats,
    read_example,
)
from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_validation import validate_record

GUID = "0E5A0000-0000-4000-8000-{:012d}"
DAYS = ("2020-02-29", "2021-12-31", "1999-01-01")

TYPES_WITH_FIELDS = tuple(
    name for name, shape in load_all_record_formats().items() if shape.holds == "fields"
)


def find(record_type: str, *, as_of: dt.date | None = None, **change: Any) -> list[RecordProblem]:
    """Problems of the example with some fields exchanged; None takes a field away."""
    body = {**read_example(record_type), **change}
    body = {key: value for key, value in body.items() if value is not None}
    found = validate_record(record_type, body, as_of=as_of)
    return [problem for problem in found if problem.code != "unlisted_term"]


def tell(problems: list[RecordProblem]) -> list[tuple[str, str, str]]:
    return [(problem.place, problem.code, problem.severity) for problem in problems]


def make_body(shape: RecordFormat, chance: random.Random) -> dict[str, Any]:
    """A body with every mandatory field and some others; conditions between fields are kept."""
    languages = chance.sample(["ar", "en", "es", "fr", "ru", "zh"], chance.randint(1, 2))
    body: dict[str, Any] = {
        "header": {"identifier": GUID.format(1), "schema": shape.id, "languages": languages}
    }
    for field in shape.fields:
        if field.required is True or chance.random() < 0.4:
            put(body, field.path, make_value(field, chance, languages))
    for _ in range(8):
        if not settle(shape, body, chance, languages):
            return body
    raise AssertionError(f"{shape.id}: the conditions contradict each other")


def settle(
    shape: RecordFormat, body: dict[str, Any], chance: random.Random, languages: list[str]
) -> bool:
    """Add what other answers make mandatory, drop what they rule out; whether anything changed."""
    before = copy.deepcopy(body)
    for field in shape.fields:
        if field.asked and not shape.condition_holds(field.asked, body):
            drop(body, field.path)
        elif not isinstance(field.required, str) or holds(body, field.path):
            continue
        elif shape.condition_holds(field.required, body):
            put(body, field.path, make_value(field, chance, languages))
    return body != before


def put(body: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for step in path[:-1]:
        body = body.setdefault(step, {})
    body[path[-1]] = value


def drop(body: dict[str, Any], path: tuple[str, ...]) -> None:
    for step in path[:-1]:
        body = body.get(step, {})
    body.pop(path[-1], None)


def holds(body: Any, path: tuple[str, ...]) -> bool:
    for step in path:
        if step not in body:
            return False
        body = body[step]
    return True


def make_value(field: Field, chance: random.Random, languages: list[str]) -> Any:
    if not field.many:
        return make_item(field, chance, languages, 0)
    most = min(3, field.max_items or 3, len(known_codes(field)) or 3)
    return [make_item(field, chance, languages, n) for n in range(chance.randint(1, most))]


def known_codes(field: Field) -> list[str]:
    return list(field.vocabulary.by_id) if field.vocabulary else []


def make_item(field: Field, chance: random.Random, languages: list[str], n: int) -> Any:
    words = {language: f"words {chance.randint(1, 99)}" for language in languages}
    codes = known_codes(field)
    code = codes[n] if field.many and codes else chance.choice(codes or ["some-term"])
    if not codes and field.many:
        code = f"some-term-{n}"
    if field.vocabulary is not None and not codes:
        code = {"cbdSubjects": f"CBD-SUBJECT-X{n}"}.get(field.vocabulary.id, code)
    makers: Mapping[str, Callable[[], Any]] = {
        "text": lambda: words,
        "rich": lambda: words,
        "term": lambda: {"identifier": code},
        "ref": lambda: {"identifier": GUID.format(n + 2) + chance.choice(["", "@3"])},
        "link": lambda: {"url": f"https://example.org/{n}", "language": "fr", "tags": ["a"]},
        "date": lambda: chance.choice(DAYS),
        "int": lambda: max(field.minimum or 1, 1),
        "number": lambda: float(field.minimum or 0),
        "bool": lambda: chance.random() < 0.5,
        "table": lambda: [{"type": "sense", "identifier": GUID.format(9), "size": 1.5}],
        "string": lambda: "2019-05" if field.form else (code if field.vocabulary else "a text"),
        "object": lambda: {
            item.id: make_value(item, chance, languages)
            for item in field.fields
            if item.required is True or chance.random() < 0.5
        },
    }
    return makers[field.type]()
