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

from cartagena.engine.answer_values import use_one_of
from cartagena.engine.answers import validate_body
from cartagena.engine.declaration import describe
from cartagena.engine.questionnaire import LANGUAGES, load_format
from cartagena.engine.record_body import find_value, is_filled
from cartagena.engine.record_format import NOTES, Field, RecordFormat, load_record_format
from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_rules import Record, load_rules
from cartagena.engine.record_type import list_report_types
from cartagena.engine.record_values import IDENTIFIER, ValueChecker
from cartagena.engine.sentence import Sentence, listed, sentence

_NOTHING = sentence("nothing stands here")
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
        what = sentence("a record is a JSON object, found %(found)s", found=describe(body))
        return [RecordProblem("$", what, sentence("Give one record as {...}."), "wrong_type")]
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
        remedy = sentence("Add {identifier, schema, languages}.")
        checker.add("header", sentence("the record has no header"), remedy, "header")
        return
    for key in header:
        if key not in HEADER_KEYS:
            what = sentence("the header has no %(key)s", key=repr(key))
            remedy = sentence("Known here: %(known)s.", known=listed(HEADER_KEYS))
            checker.add(f"header.{key}", what, remedy, "unknown_field")
    identifier = header.get("identifier")
    if not isinstance(identifier, str) or not re.fullmatch(IDENTIFIER, identifier):
        what = sentence("%(found)s identifies no record", found=describe(identifier))
        remedy = sentence("Give the record's GUID: 11 to 128 letters, digits, - or _.")
        checker.add("header.identifier", what, remedy, "header")
    if header.get("schema") != shape.id:
        what = sentence(
            "the schema is %(found)s, not %(wanted)s",
            found=describe(header.get("schema")), wanted=repr(shape.id),
        )  # fmt: skip
        remedy = sentence("Read it as the type it says it is.")
        checker.add("header.schema", what, remedy, "header")
    _check_languages(header.get("languages"), checker)


def _check_languages(languages: Any, checker: ValueChecker) -> None:
    place = "header.languages"
    if not isinstance(languages, list | tuple) or not languages:
        what = sentence("no language is named")
        checker.add(place, what, sentence('Write for example ["en"].'), "header")
        return
    for n, language in enumerate(languages):
        if language not in LANGUAGES:
            what = sentence("unknown language %(found)s", found=repr(language))
            checker.add(f"{place}[{n}]", what, use_one_of(LANGUAGES), "header")
        elif language in languages[:n]:
            what = sentence("%(found)s stands twice", found=repr(language))
            checker.add(f"{place}[{n}]", what, sentence("Keep one."), "header")


def _check_keys(shape: RecordFormat, body: Mapping[str, Any], checker: ValueChecker) -> None:
    """Unknown fields, at the top and in objects that dotted fields lead into."""
    for place, key in _list_unknown(shape, body):
        what = sentence("unknown field %(key)s", key=repr(key))
        remedy = sentence("No field of %(type)s; remove it or correct its name.", type=shape.id)
        checker.add(place, what, remedy, "unknown_field")
    notes = body.get(NOTES)
    if notes is not None and not isinstance(notes, str):
        what = sentence("text is needed, found %(found)s", found=describe(notes))
        checker.add(NOTES, what, sentence("Write the text in quotes."), "wrong_type")
    elif NOTES in body and notes is None:
        checker.add(NOTES, _NOTHING, sentence("Leave the field out."), "empty")


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
        checker.add(field.id, _NOTHING, sentence("Leave the field out."), "empty")
    elif found:
        checker.check(field, field.id, raw)
    elif _is_required(field, holding):
        if field.required is True:
            what = sentence("%(field)s is needed", field=field.label)
        else:
            what = sentence("%(field)s is needed because of other answers", field=field.label)
        checker.add(
            field.id, _cite(what, field), sentence("Fill it in."), "mandatory", "error", field.basis
        )
    if found and field.asked and field.asked not in holding:
        what = sentence("%(field)s is ruled out by other answers", field=field.label)
        remedy = sentence("Remove it, or correct the answers that it depends on.")
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


def _cite(what: Sentence, field: Field) -> Sentence:
    if not field.basis:
        return what
    return sentence("%(what)s (%(basis)s)", what=what, basis=listed(field.basis))


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
