"""What differs between two versions of a record, field by field in the order of the form.

    for change in diff_bodies("biosafetyLaw", old, new):
        print(change.label.get("en"), change.kind, [part.key for part in change.parts])

Terms and references stand as they are in the body; who shows them finds their labels.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from cartagena.engine.canonical import canonical_json
from cartagena.engine.questionnaire import load_format
from cartagena.engine.record_body import find_value
from cartagena.engine.record_format import NOTES, load_record_format
from cartagena.engine.record_type import list_report_types
from cartagena.engine.text import Text

ChangeKind = Literal["added", "removed", "changed"]
LANGUAGES = "header.languages"


@dataclass(frozen=True, slots=True)
class PartChange:
    """What changed inside a field.

    `key` names a part of an object or the language of a text (`en`); for an item of a list it is
    its place, counted from 0, among the new items (removed: among the old). `old` and `new` are
    JSON values, None where there is nothing.
    """

    key: str
    kind: ChangeKind
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs.

    `field` is the id in the declaration (`biosafety.subjects`); a field that no declaration knows
    is labelled with its own name. `parts` tells what changed in a text by language, in a list by
    item, in an object by part; it is empty for single values, for added and removed fields, and
    for a list in which only the order changed.
    """

    field: str
    label: Text
    kind: ChangeKind
    old: Any
    new: Any
    parts: tuple[PartChange, ...] = ()


def diff_bodies(
    record_type: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> list[FieldChange]:
    """The fields in which two bodies of a type differ; empty when they say the same.

    Of the header only its languages count; notes, which are never public, do not. Raises KeyError
    for an unknown type.
    """
    found = []
    for field, label in _list_fields(record_type, old, new):
        before, after = find_value(old, field), find_value(new, field)
        kind = _compare(before, after)
        if kind is None:
            continue
        parts = tuple(_list_parts(before, after)) if kind == "changed" else ()
        found.append(FieldChange(field, label, kind, before, after, parts))
    return found


def _list_fields(
    record_type: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[tuple[str, Text]]:
    """Every field that may stand in one of the bodies, with its label, in the form's order."""
    shape = load_record_format(record_type)
    yield LANGUAGES, Text.of({"en": "Languages of the record"})
    seen = {"header", NOTES}
    for field in shape.fields:
        seen.update((field.id, field.path[0]))
        yield field.id, field.label
    if record_type in list_report_types():
        for key, question in load_format(list_report_types()[record_type]).in_document.items():
            if key not in seen:
                seen.add(key)
                yield key, question.label
    groups = {field.path[0] for field in shape.fields if len(field.path) > 1}
    for key in dict.fromkeys([*old, *new]):
        if key in groups:
            inner = [part for body in (old, new) for part in _keys_of(body.get(key))]
            unknown = [f"{key}.{part}" for part in dict.fromkeys(inner)]
            yield from ((name, Text.of({"en": name})) for name in unknown if name not in seen)
        elif key not in seen:
            yield key, Text.of({"en": key})


def _keys_of(value: Any) -> list[str]:
    return [str(key) for key in value] if isinstance(value, Mapping) else []


def _compare(old: Any, new: Any) -> ChangeKind | None:
    if old is None and new is None:
        return None
    if old is None:
        return "added"
    if new is None:
        return "removed"
    return None if canonical_json(old) == canonical_json(new) else "changed"


def _list_parts(old: Any, new: Any) -> Iterator[PartChange]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys([*old, *new]):
            kind = _compare(old.get(key), new.get(key))
            if kind is not None:
                yield PartChange(str(key), kind, old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_items(old, new)


def _list_items(old: list[Any], new: list[Any]) -> Iterator[PartChange]:
    """Items that only one of two lists has; the same item twice counts twice."""
    left = [canonical_json(item) for item in old]
    added = []
    for place, item in enumerate(new):
        text = canonical_json(item)
        if text in left:
            left[left.index(text)] = ""
        else:
            added.append(PartChange(str(place), "added", None, item))
    for place, text in enumerate(left):
        if text:
            yield PartChange(str(place), "removed", old[place], None)
    yield from added
