"""What must be true inside the declaration of a record type, beyond the form of the file."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cartagena.engine.declaration import Problems
from cartagena.engine.record_schema import CLOSED_TYPES, list_type_ids

if TYPE_CHECKING:
    from cartagena.engine.record_format import Field, RecordFormat

ANY_TYPE = "any"


def check_format(shape: "RecordFormat", problems: Problems) -> None:
    """Names that lead somewhere; facts, secrets and personal data that do not contradict."""
    place = f"{shape.id}/format.yaml"
    if len(shape.by_id) != len(shape.fields):
        problems.add(place, "two fields share one id", "Make every id unique.")
    for named in (shape.title, shape.confirm_only_if):
        if named and named not in shape.by_id:
            problems.add(place, f"no field {named!r}", "Correct the name.")
    for field in _walk(shape.fields):
        _check_field(field, f"{place}: {field.id}", problems)
    _check_conditions(shape, place, problems)


def _walk(fields: "tuple[Field, ...]") -> "Iterator[Field]":
    for field in fields:
        yield field
        yield from _walk(field.fields)


def _check_field(field: "Field", place: str, problems: Problems) -> None:
    if (field.type == "object") != bool(field.fields):
        problems.add(place, "an object needs fields, and nothing else has them", "Correct it.")
    if (field.type in ("ref", "table")) != bool(field.references):
        remedy = "Name the types it may lead to, or `any`."
        problems.add(place, "a reference needs types, and nothing else has them", remedy)
    for name in field.references:
        if name != ANY_TYPE and name not in list_type_ids():
            problems.add(place, f"no record type {name!r}", "Correct the name.")
    is_closed = field.type in CLOSED_TYPES or (field.type == "string" and field.vocabulary)
    if field.fact == "value" and not is_closed:
        remedy = "Use `fact: filled`, or leave it out."
        problems.add(place, "free content never enters the facts", remedy)
    if field.fact and field.personal:
        remedy = "Remove `fact` or `personal`."
        problems.add(place, "personal data never enter the facts", remedy)
    if field.confidential_allowed and (field.fact or field.never_confidential):
        remedy = "Remove `confidential_allowed`."
        problems.add(place, "what is public by Article 21.6 or in the facts stays public", remedy)


def _check_conditions(shape: "RecordFormat", place: str, problems: Problems) -> None:
    """Every condition says something, and every code in it exists."""
    for name, alternatives in shape.conditions.items():
        if not alternatives or not all(alternatives):
            problems.add(f"{place}: {name}", "an empty condition", "Add a test or remove it.")
        for test in (test for tests in alternatives for test in tests):
            field = shape.by_id.get(test.field)
            for code in (test.values or frozenset()) | (test.not_values or frozenset()):
                if field is not None and not _takes(field, code):
                    what = f"{test.field} never is {code!r}"
                    problems.add(f"{place}: {name}", what, "Correct the code.")


def _takes(field: "Field", code: str) -> bool:
    if field.type == "bool":
        return code in ("true", "false")
    return field.vocabulary is not None and code in field.vocabulary.by_id
