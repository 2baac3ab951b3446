"""Changes of a body, field by field: worked out, made, and taken back. Plain values, no database.

A field is a top-level key of the body, or a dotted id that the declaration of the type has
(`biosafety.subjects`). A change is [before, after]; None is nothing.
"""

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from cartagena.engine.canonical import canonical_json
from cartagena.engine.record_body import find_value

Changes = dict[str, list[Any]]

LANGUAGES = "header.languages"
FIXED = ("header.identifier", "header.schema", "government")


def changes_between(old_body: Mapping[str, Any], new_body: Mapping[str, Any]) -> dict[str, Any]:
    """Field -> new value (None: taken away), for all top-level fields in which two bodies differ.

    Of the header only its languages count.
    """
    keys = dict.fromkeys([*old_body, *new_body])
    changed = {
        key: new_body.get(key)
        for key in keys
        if key != "header" and not is_same(old_body.get(key), new_body.get(key))
    }
    languages = find_value(new_body, LANGUAGES)
    if find_value(old_body, LANGUAGES) != languages:
        changed[LANGUAGES] = languages
    return changed


def set_value(body: dict[str, Any], field: str, value: Any) -> None:
    """Put a value into a field, or take the field away (None), with objects left empty by it."""
    steps = field.split(".")
    parents = [body]
    for step in steps[:-1]:
        inner = parents[-1].get(step)
        if not isinstance(inner, dict):
            if value is None:
                return
            inner = parents[-1][step] = {}
        parents.append(inner)
    if value is not None:
        parents[-1][steps[-1]] = copy.deepcopy(value)
        return
    parents[-1].pop(steps[-1], None)
    for parent, step in zip(reversed(parents[:-1]), reversed(steps[:-1]), strict=True):
        if not parent[step]:
            del parent[step]


def apply_changes(body: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A new body with fields set to values."""
    changed = copy.deepcopy(dict(body))
    for field, value in changes.items():
        set_value(changed, field, value)
    return changed


def undo_changes(
    body: Mapping[str, Any], newest_first: Iterable[Mapping[str, Any]], *, dotted: bool = True
) -> dict[str, Any]:
    """A new body as it was before the changes of some saves, given newest first.

    Without ``dotted``, a mapping whose keys are field ids as they are.
    """
    before = copy.deepcopy(dict(body))
    for changes in newest_first:
        for field, (old, _) in changes.items():
            if dotted:
                set_value(before, field, old)
            elif old is None:
                before.pop(field, None)
            else:
                before[field] = old
    return before


def take_out(body: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """A new body without some fields."""
    return apply_changes(body, dict.fromkeys(fields))


def settle(value: Any) -> Any:
    """A value as it is stored: what is empty as a whole is nothing."""
    return None if value in ("", [], {}, ()) else value


def is_same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON; true is not 1."""
    return bool(one == other) and canonical_json(one) == canonical_json(other)
