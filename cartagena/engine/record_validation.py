"""Whether a body is a record of its type: everything wrong with it, in one go.

    for problem in validate_record("biosafetyDecision", body):
        print(problem.severity, problem)

First header and fields in the order of the declaration, then the rules beside it. What the plain
structure is, `cartagena.engine.record_json_schema` says to programs; both accept the same.
"""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from cartagena.engine.answers import validate_body
from cartagena.engine.declaration import describe
from cartagena.engine.questionnaire import LANGUAGES, load_format
from cartagena.engine.record_body import find_value, is_filled
from cartagena.engine.record_format import NOTES, Field, RecordFormat, load_record_format
from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_rules import Record, load_rules
from cartagena.engine.record_type import list_report_types
from cartagena.engine.record_values import IDENTIFIER, ValueChecker

HEADER_KEYS = ("identifier", "schema", "languages")


def validate_record(
    record_type: str, body: Any, *, as_of: date | None = None
) -> list[RecordProblem]:
    """Everything wrong in one record, in the order of the declaration, warnings included.

    `as_of` is the day of the check; without it nothing is said of days in the future. Whether what
    a reference names exists, and whether the government is a Party, is not known here. Raises
    KeyError for an unknown type.
    """
    shape = load_record_format(record_type)
    if not isinstance(body, Mapping):
        what = f"a record is a JSON object, found {describe(body)}"
        return [RecordProblem("$", what, "Give one record as {...}.", "wrong_type")]
    if shape.holds == "report" and record_type in list_report_types():
        return _validate_report(record_type, body)
    checker = ValueChecker(_read_languages(body))
    _check_header(shape, body, checker)
    if shape.holds != "fields":
        return checker.problems
    _check_keys(shape, body, checker)
    holding = {name for name in shape.conditions if shape.condition_holds(name, body)}
    for field in shape.fields:
        _check_field(field, body, holding, checker)
    return [*checker.problems, *_run_rules(shape, body, as_of)]


def _validate_report(record_type: str, body: Mapping[str, Any]) -> list[RecordProblem]:
    found = validate_body(load_format(list_report_types()[record_type]), body)
    return [
        RecordProblem(item.place, item.what, item.remedy, "rule", item.severity) for item in found
    ]


def _read_languages(body: Mapping[str, Any]) -> tuple[str, ...]:
    found = find_value(body, "header.languages")
    known = found if isinstance(found, list | tuple) else ()
    return tuple(dict.fromkeys(language for language in known if language in LANGUAGES))


def _check_header(shape: RecordFormat, body: Mapping[str, Any], checker: ValueChecker) -> None:
    header = body.get("header")
    if not isinstance(header, Mapping):
        remedy = "Add {identifier, schema, languages}."
        checker.add("header", "the record has no header", remedy, "header")
        return
    for key in header:
        if key not in HEADER_KEYS:
            remedy = f"Known here: {', '.join(HEADER_KEYS)}."
            checker.add(f"header.{key}", f"the header has no {key!r}", remedy, "unknown_field")
    identifier = header.get("identifier")
    if not isinstance(identifier, str) or not re.fullmatch(IDENTIFIER, identifier):
        what = f"{describe(identifier)} identifies no record"
        remedy = "Give the record's GUID: 11 to 128 letters, digits, - or _."
        checker.add("header.identifier", what, remedy, "header")
    if header.get("schema") != shape.id:
        what = f"the schema is {describe(header.get('schema'))}, not {shape.id!r}"
        checker.add("header.schema", what, "Read it as the type it says it is.", "header")
    _check_languages(header.get("languages"), checker)


def _check_languages(languages: Any, checker: ValueChecker) -> None:
    place = "header.languages"
    if not isinstance(languages, list | tuple) or not languages:
        checker.add(place, "no language is named", 'Write for example ["en"].', "header")
        return
    for n, language in enumerate(languages):
        if language not in LANGUAGES:
            remedy = f"Use one of: {', '.join(LANGUAGES)}."
            checker.add(f"{place}[{n}]", f"unknown language {language!r}", remedy, "header")
        elif language in languages[:n]:
            checker.add(f"{place}[{n}]", f"{language!r} stands twice", "Keep one.", "header")


def _check_keys(shape: RecordFormat, body: Mapping[str, Any], checker: ValueChecker) -> None:
    """Unknown fields, at the top and in objects that dotted fields lead into."""
    for place, key in _list_unknown(shape, body):
        remedy = f"No field of {shape.id}; remove it or correct its name."
        checker.add(place, f"unknown field {key!r}", remedy, "unknown_field")
    notes = body.get(NOTES)
    if notes is not None and not isinstance(notes, str):
        what = f"text is needed, found {describe(notes)}"
        checker.add(NOTES, what, "Write the text in quotes.", "wrong_type")
    elif NOTES in body and notes is None:
        checker.add(NOTES, "nothing stands here", "Leave the field out.", "empty")


def _list_unknown(shape: RecordFormat, body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    groups: dict[str, set[str]] = {}
    for field in shape.fields:
        if len(field.path) == 2:
            groups.setdefault(field.path[0], set()).add(field.path[1])
    for key, value in body.items():
        if key in groups and isinstance(value, Mapping):
            yield from ((f"{key}.{part}", part) for part in value if part not in groups[key])
        elif key in groups or (key not in shape.by_id and key not in ("header", NOTES)):
            yield str(key), key


def _check_field(
    field: Field, body: Mapping[str, Any], holding: AbstractSet[str], checker: ValueChecker
) -> None:
    raw, found = _find(body, field)
    if found and raw is None:
        checker.add(field.id, "nothing stands here", "Leave the field out.", "empty")
    elif found:
        checker.check(field, field.id, raw)
    elif _is_required(field, holding):
        label = field.label.get("en")
        why = "is needed" if field.required is True else "is needed because of other answers"
        checker.add(
            field.id, f"{label} {why}{_cite(field)}", "Fill it in.", "mandatory", "error",
            field.basis,
        )  # fmt: skip
    if found and field.asked and field.asked not in holding:
        what = f"{field.label.get('en')} is ruled out by other answers"
        remedy = "Remove it, or correct the answers that it depends on."
        checker.add(field.id, what, remedy, "ruled_out", "error", field.basis)


def _find(body: Mapping[str, Any], field: Field) -> tuple[Any, bool]:
    """What stands in a field, and whether its key is there at all."""
    found: Any = body
    for step in field.path:
        if not isinstance(found, dict | Mapping) or step not in found:
            return None, False
        found = found[step]
    return found, True


def _is_required(field: Field, holding: AbstractSet[str]) -> bool:
    return field.required in holding if isinstance(field.required, str) else field.required


def _cite(field: Field) -> str:
    return f" ({', '.join(field.basis)})" if field.basis else ""


def _run_rules(
    shape: RecordFormat, body: Mapping[str, Any], as_of: date | None
) -> Iterator[RecordProblem]:
    for rule in load_rules(shape.id):
        yield from rule.check(Record(shape, body, as_of, rule.basis))


def list_missing(record_type: str, body: Mapping[str, Any]) -> list[str]:
    """The fields that are mandatory for this body and empty, in the order of the declaration."""
    shape = load_record_format(record_type)
    holding = {name for name in shape.conditions if shape.condition_holds(name, body)}
    return [
        field.id
        for field in shape.fields
        if _is_required(field, holding) and not is_filled(body, field.id)
    ]
