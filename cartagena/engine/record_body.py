"""How a body of a record is read: what stands in a field, whatever its type."""

from collections.abc import Mapping
from typing import Any


def find_value(body: Mapping[str, Any], field: str) -> Any:
    """What stands in a field (`biosafety.subjects` leads into an object), or None."""
    if "." not in field:
        return body.get(field)
    found: Any = body
    for step in field.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def is_filled(body: Mapping[str, Any], field: str) -> bool:
    """Whether anything stands in a field: false for nothing, empty lists and blank texts."""
    return says_something(find_value(body, field))


def says_something(value: Any) -> bool:
    """Whether words, a figure or a truth value stand in a value or in any part of it."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, dict | Mapping):
        return any(says_something(part) for part in value.values())
    if isinstance(value, list | tuple):
        return any(says_something(part) for part in value)
    return value is not None


def find_closed_values(body: Mapping[str, Any], field: str) -> tuple[str, ...]:
    """The closed values of a field as text: codes, days, `true`, identifiers without revision."""
    found = find_value(body, field)
    if found is None:
        return ()
    values = found if isinstance(found, list | tuple) else (found,)
    return tuple(text for value in values if (text := as_closed_text(value)))


def drop_empty(body: Any) -> Any:
    """A body without what says nothing: null, blank texts, empty lists and objects."""
    if isinstance(body, Mapping):
        kept = {key: drop_empty(value) for key, value in body.items()}
        return {key: value for key, value in kept.items() if _is_something(value)}
    if isinstance(body, list | tuple):
        return [value for value in map(drop_empty, body) if _is_something(value)]
    return body


def _is_something(value: Any) -> bool:
    return value is not None and value not in ({}, []) and not (
        isinstance(value, str) and not value.strip()
    )  # fmt: skip


def as_closed_text(value: Any) -> str:
    """One value as text: `true`, a day, a code, the identifier of a term or reference; else empty.

    The revision of a reference falls away.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | Mapping):
        value = value.get("identifier")
        return value.partition("@")[0] if isinstance(value, str) else ""
    return ""
