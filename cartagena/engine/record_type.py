"""Record types: their codes, who publishes them, and which of their fields enter the facts.

Declared in ``cartagena/protocol/record_types/<type>/format.yaml``; all that a form or a check needs
of a type is in :mod:`cartagena.engine.record_format`. The report types come from the formats of the
reporting cycles.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cartagena.engine.countries import find_country, get_country
from cartagena.engine.declaration import Problems
from cartagena.engine.questionnaire import list_cycles, load_format
from cartagena.engine.record_body import as_closed_text, find_value, is_filled
from cartagena.engine.record_schema import (
    FactRows,
    Kind,
    RecordDeclaration,
    read_record_declarations,
)

_KINDS: tuple[Kind, ...] = ("national", "reference", "scbd")


@dataclass(frozen=True)
class RecordType:
    """A record type.

    ``code`` and ``prefix`` stand in the public number; ``kind`` says who publishes: a government
    (national), anybody through the Secretariat (reference), the Secretariat (scbd). ``title`` is
    the field that names a record. ``closed`` are the fields whose values enter the facts; a dot
    leads into an object. ``stated`` are fields of which only is told that something stands there.
    ``rows_of`` names the fact table whose rows the body holds, if it does.
    """

    code: str
    kind: Kind
    prefix: str = "BCH"
    title: str = ""
    closed: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    rows_of: FactRows = ""


@cache
def load_record_types() -> Mapping[str, RecordType]:
    """All record types by id: national, reference, the Secretariat's own, each by id.

    Raises DeclarationError with every problem.
    """
    problems = Problems()
    declared = read_record_declarations(problems)
    numbers: dict[tuple[str, str], str] = {}
    for name, raw in declared.items():
        other = numbers.setdefault((raw.prefix, raw.code), name)
        if other != name:
            what = f"{raw.prefix}-{raw.code} is the number of {other} too"
            problems.add(f"{name}/format.yaml: code", what, "Give it another code.")
    problems.raise_if_any()
    found = sorted(declared.items(), key=lambda item: (_KINDS.index(item[1].kind), item[0]))
    return {name: _as_record_type(raw) for name, raw in found}


def _as_record_type(raw: RecordDeclaration) -> RecordType:
    return RecordType(
        code=raw.code,
        kind=raw.kind,
        prefix=raw.prefix,
        title=raw.title,
        closed=tuple(field.id for field in raw.fields if field.fact == "value"),
        stated=tuple(field.id for field in raw.fields if field.fact == "filled"),
        rows_of=raw.rows_of,
    )


@cache
def list_report_types() -> Mapping[str, str]:
    """The record types that are national reports with a format, and the cycle of each."""
    shapes = [load_format(cycle) for cycle in list_cycles()]
    return {shape.schema: shape.cycle for shape in shapes if shape.document == shape.cycle}


def list_values(record_type: RecordType, body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The closed values of a record as (field, value), in the order of the declaration.

    Terms and references give their identifier (without the revision), truth values ``true`` or
    ``false``, dates the day; stated fields ``yes`` when filled. Texts beside a term are left out.
    """
    for field in record_type.closed:
        found = find_value(body, field)
        if found is None:
            continue
        for value in found if isinstance(found, list | tuple) else (found,):
            text = as_closed_text(value)
            if text:
                yield field, text
    for field in record_type.stated:
        if is_filled(body, field):
            yield field, "yes"


def title_of(record_type: str, body: Mapping[str, Any]) -> str:
    """The title a body gives itself, in English where there is one; empty when it gives none."""
    field = load_record_types()[record_type].title
    found = body.get(field) if field else None
    if isinstance(found, Mapping):
        words = [found.get("en"), *found.values()]
        found = next((word for word in words if isinstance(word, str) and word), "")
    return found if isinstance(found, str) else ""


def public_number(record_type: str, government: str | None, document_id: int, revision: int) -> str:
    """The number by which a version is cited: ``BCH-DEC-CN-105-2``.

    National types carry the country, others ``SCBD``; focal points have the prefix ``CHM``.
    """
    kind = load_record_types()[record_type]
    place = "SCBD"
    if kind.kind == "national" and government is not None:
        place = _place_of(government)
    return f"{kind.prefix}-{kind.code}-{place}-{document_id}-{revision}"


@cache
def _place_of(government: str) -> str:
    return get_country(government).iso2 if find_country(government) else "SCBD"
