"""Record types: their codes, who publishes them, and which of their fields enter the facts.

Declared in ``cartagena/protocol/record_types/record_types.yaml``. The report types come from the
formats of the reporting cycles.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from cartagena.engine.countries import find_country, get_country
from cartagena.engine.declaration import PROTOCOL, Problems, build, check_keys, read_yaml
from cartagena.engine.questionnaire import list_cycles, load_format

RECORD_TYPES_FILE = PROTOCOL / "record_types" / "record_types.yaml"

Kind = Literal["national", "reference", "scbd"]
FactRows = Literal["", "treaty", "membership", "register", "usage"]


@dataclass(frozen=True)
class RecordType:
    """A record type.

    ``code`` and ``prefix`` stand in the public number; ``kind`` says who publishes: a government
    (national), anybody through the Secretariat (reference), the Secretariat (scbd). ``title`` is
    the field that names a record. ``closed`` are the fields whose values enter the facts; a dot
    leads into an object. ``stated`` are texts of which only is told that something stands there.
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
    """All record types by id. Raises DeclarationError with every problem."""
    problems = Problems()
    place = RECORD_TYPES_FILE.name
    raw = check_keys(read_yaml(RECORD_TYPES_FILE), place, problems, required=["types"])
    found = {
        name: build(RecordType, entry, f"{place}: {name}", problems)
        for name, entry in dict(raw.get("types") or {}).items()
    }
    problems.raise_if_any()
    return {name: kind for name, kind in found.items() if kind is not None}


@cache
def list_report_types() -> Mapping[str, str]:
    """The record types that are national reports with a format, and the cycle of each."""
    shapes = [load_format(cycle) for cycle in list_cycles()]
    return {shape.schema: shape.cycle for shape in shapes if shape.document == shape.cycle}


def list_values(record_type: RecordType, body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The closed values of a record as (field, value), in the order of the declaration.

    Terms and references give their identifier (without the revision), truth values ``true`` or
    ``false``, dates the day; stated texts ``yes`` when filled. Texts beside a term are left out.
    """
    for field in record_type.closed:
        found: Any = body
        for step in field.split("."):
            found = found.get(step) if isinstance(found, dict | Mapping) else None
        if found is None:
            continue
        for value in found if isinstance(found, list | tuple) else (found,):
            text = _closed_text(value)
            if text:
                yield field, text
    for field in record_type.stated:
        if _says_something(body.get(field)):
            yield field, "yes"


def _says_something(text: Any) -> bool:
    words = text.values() if isinstance(text, Mapping) else (text,)
    return any(isinstance(word, str) and word.strip() for word in words)


def _closed_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | Mapping):
        value = value.get("identifier")
        return value.partition("@")[0] if isinstance(value, str) else ""
    return value if isinstance(value, str) else ""


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
