"""Whether a value has the shape that the inputs of its field show, right or wrong in content."""

import json
from collections.abc import Mapping
from typing import Any

from cartagena.engine.questionnaire import LANGUAGES
from cartagena.engine.record_body import drop_empty
from cartagena.engine.record_format import Field


def fits(field: Field, value: Any) -> bool:
    """Whether the inputs of a field can show this value; a wrong day still is a text."""
    if not field.many:
        return _fits_one(field, value)
    return isinstance(value, list) and all(_fits_one(field, item) for item in value)


def _fits_one(field: Field, value: Any) -> bool:
    if field.type in ("text", "rich"):
        return _is_words(value)
    if field.type == "term":
        return (
            _has_texts(value, {"identifier"}, {"identifier", "customValue"})
            and "identifier" in value
            and _is_words(value.get("customValue", {}))
        )  # fmt: skip
    if field.type == "ref":
        return _has_texts(value, {"identifier"}, {"identifier"})
    if field.type == "link":
        tags = value.get("tags", []) if isinstance(value, Mapping) else None
        return (
            _has_texts(value, {"url", "name", "language"}, {"url", "name", "language", "tags"})
            and isinstance(tags, list)
            and all(isinstance(tag, str) for tag in tags)
        )
    if field.type == "table":
        return isinstance(value, list) and all(map(_is_element, value))
    if field.type == "object":
        parts = {item.id: item for item in field.fields}
        return isinstance(value, Mapping) and all(
            key in parts and fits(parts[key], part) for key, part in value.items()
        )
    if field.type == "bool":
        return isinstance(value, bool)
    if field.type in ("int", "number"):
        return isinstance(value, str) or _is_number(value)
    return isinstance(value, str)


def _is_words(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        language in LANGUAGES and isinstance(words, str) for language, words in value.items()
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_element(value: Any) -> bool:
    return _has_texts(value, {"type", "identifier"}, {"type", "identifier", "size"}) and (
        "size" not in value or isinstance(value["size"], str) or _is_number(value["size"])
    )


def _has_texts(value: Any, texts: set[str], allowed: set[str]) -> bool:
    """An object with none but the allowed keys, of which these are texts where they stand."""
    return (
        isinstance(value, Mapping)
        and set(value) <= allowed
        and all(isinstance(value[key], str) for key in texts if key in value)
    )


def is_same(new: Any, old: Any) -> bool:
    """Whether two values are the same but for what says nothing and the kind of line ends."""
    return _as_text(new) == _as_text(old)


def _as_text(value: Any) -> str:
    text = json.dumps(drop_empty(value), ensure_ascii=False, sort_keys=True)
    return text.replace("\\r\\n", "\\n").replace("\\r", "\\n")
