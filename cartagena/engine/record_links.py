"""What a record points to: the references in its body, field by field."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from cartagena.engine.record_body import find_value
from cartagena.engine.record_format import Field, load_record_format
from cartagena.engine.record_identity import split_reference

Link = tuple[str, str]
"""The field (`genes`, `biosafety.modifiedOrganisms`) and the identifier that stands there."""


def list_links(record_type: str, body: Mapping[str, Any]) -> tuple[Link, ...]:
    """The references of a body as (field, identifier), each once, in the order of the form.

    The revision of a reference falls away: a reference means the record as it stands. Symbols of
    notifications and what is no identifier are left out. Reports and rows of facts point nowhere.
    Raises KeyError for an unknown type.
    """
    found = (
        (field.id, identifier)
        for field in _pointing_fields(record_type)
        for identifier in _find_identifiers(field, find_value(body, field.id))
    )
    return tuple(dict.fromkeys(found))


@cache
def _pointing_fields(record_type: str) -> tuple[Field, ...]:
    kinds = ("ref", "table", "object")
    return tuple(f for f in load_record_format(record_type).fields if f.type in kinds)


def _find_identifiers(field: Field, value: Any) -> Iterator[str]:
    values = value if isinstance(value, list | tuple) else (value,)
    if field.type == "ref":
        yield from _read_references(values)
    elif field.type == "table":
        for construct in values:
            yield from _read_references(construct if isinstance(construct, list | tuple) else ())
    elif field.type == "object":
        for item in values:
            if isinstance(item, Mapping):
                for inner in field.fields:
                    yield from _find_identifiers(inner, item.get(inner.id))


def _read_references(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        reference = value.get("identifier") if isinstance(value, Mapping) else None
        if isinstance(reference, str):
            try:
                identifier, _revision = split_reference(reference)
            except ValueError:
                continue
            yield identifier
