"""A record type as JSON Schema (2020-12): what clients in any language can check themselves.

It accepts the structure that `validate_record` accepts: fields, types, cardinality, codes and the
conditions between fields. What it cannot say is told there alone: words missing in a language of
the header, days out of order, and the other rules beside a type.
"""

from collections.abc import Mapping
from typing import Any

from cartagena.engine.questionnaire import LANGUAGES
from cartagena.engine.record_format import NOTES, Condition, Field, RecordFormat, load_record_format
from cartagena.engine.record_format import Test as FieldTest
from cartagena.engine.record_values import (
    DATE,
    ELEMENT_TYPES,
    FORMS,
    IDENTIFIER,
    REFERENCE,
    SYMBOL,
    URL,
    WORDS,
)

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_STRING: Schema = {"type": "string", "pattern": WORDS}
_TEXT: Schema = {
    "type": "object",
    "properties": dict.fromkeys(LANGUAGES, _STRING),
    "additionalProperties": False,
    "minProperties": 1,
}
_LANGUAGE: Schema = {"type": "string", "enum": list(LANGUAGES)}


def json_schema(record_type: str) -> Schema:
    """The JSON Schema of a record type. Raises KeyError for an unknown type.

    Types without fields of their own (national reports, rows of a fact table) have a schema of
    their header only.
    """
    shape = load_record_format(record_type)
    schema: Schema = {
        "$schema": DIALECT,
        "$id": f"urn:cartagena:record-type:{shape.id}",
        "title": shape.name.get("en"),
        "type": "object",
        "properties": {"header": _header(shape)},
        "required": ["header"],
    }
    if shape.holds != "fields":
        return schema
    schema["$defs"] = {
        "text": _TEXT,
        **{f"if_{name}": _condition(shape, test) for name, test in shape.conditions.items()},
    }
    schema["properties"][NOTES] = {"type": "string"}
    schema["additionalProperties"] = False
    for field in shape.fields:
        _add_field(schema, field)
    rules = [rule for field in shape.fields for rule in _conditions_of(field)]
    return {**schema, "allOf": rules} if rules else schema


def _header(shape: RecordFormat) -> Schema:
    return {
        "type": "object",
        "properties": {
            "identifier": {"type": "string", "pattern": f"^{IDENTIFIER}$"},
            "schema": {"const": shape.id},
            "languages": {
                "type": "array",
                "items": _LANGUAGE,
                "minItems": 1,
                "uniqueItems": True,
            },
        },
        "required": ["identifier", "schema", "languages"],
        **({"additionalProperties": False} if shape.holds == "fields" else {}),
    }


def _add_field(schema: Schema, field: Field) -> None:
    """Put a field where its path leads, making the objects on the way."""
    place = schema
    for step in field.path[:-1]:
        place = place["properties"].setdefault(
            step, {"type": "object", "properties": {}, "additionalProperties": False}
        )
    place["properties"][field.path[-1]] = _field(field)
    if field.required is True:
        _require(schema, field.path)


def _require(schema: Schema, path: tuple[str, ...]) -> None:
    place = schema
    for step in path:
        required = place.setdefault("required", [])
        if step not in required:
            required.append(step)
        place = place["properties"].get(step, {})


def _field(field: Field) -> Schema:
    item = _item(field)
    words: Schema = {"title": field.label.get("en")}
    if field.help is not None:
        words["description"] = field.help.get("en")
    if not field.many:
        return {**item, **words}
    many: Schema = {"type": "array", "items": item, "minItems": 1, **words}
    if field.type in ("term", "ref"):
        many["uniqueItems"] = True
    if field.max_items is not None:
        many["maxItems"] = field.max_items
    return many


def _item(field: Field) -> Schema:
    simple: Mapping[str, Schema] = {
        "text": {"$ref": "#/$defs/text"},
        "rich": {"$ref": "#/$defs/text"},
        "bool": {"type": "boolean"},
        "date": {"type": "string", "format": "date", "pattern": f"^{DATE}$"},
        "link": _link(),
        "table": _construct(),
    }
    if field.type in simple:
        return simple[field.type]
    if field.type == "object":
        return {
            "type": "object",
            "properties": {item.id: _field(item) for item in field.fields},
            "required": [item.id for item in field.fields if item.required is True],
            "additionalProperties": False,
        }
    if field.type == "ref":
        return _object({"identifier": _reference(field)}, ["identifier"])
    if field.type == "term":
        text: Schema = {"$ref": "#/$defs/text"}
        return _object({"identifier": _code(field), "customValue": text}, ["identifier"])
    if field.type == "string":
        return _string(field)
    return _number(field)


def _object(properties: Mapping[str, Schema], required: list[str]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": required,
        "additionalProperties": False,
    }


def _reference(field: Field) -> Schema:
    forms = f"{REFERENCE}|{SYMBOL}" if field.form == "symbol" else REFERENCE
    return {"type": "string", "pattern": f"^({forms})$"}


def _code(field: Field) -> Schema:
    known = field.vocabulary
    if known is None:
        return _STRING
    listed: Schema = {"enum": list(known.by_id)}
    if known.complete:
        return listed
    pattern: Schema = {"type": "string", "pattern": f"^({known.form})$"}
    return {"anyOf": [listed, pattern]}


def _string(field: Field) -> Schema:
    if field.vocabulary is not None:
        return _code(field)
    if field.form is not None:
        return {"type": "string", "pattern": f"^{FORMS[field.form]}$"}
    return _STRING


def _number(field: Field) -> Schema:
    built: Schema = {"type": "integer" if field.type == "int" else "number"}
    if field.minimum is not None:
        built["minimum"] = field.minimum
    if field.maximum is not None:
        built["maximum"] = field.maximum
    return built


def _link() -> Schema:
    properties: dict[str, Schema] = {
        "url": {"type": "string", "pattern": f"^{URL}$"},
        "name": {"type": "string"},
        "language": _LANGUAGE,
        "tags": {"type": "array", "items": {"type": "string"}},
    }
    return _object(properties, ["url"])


def _construct() -> Schema:
    properties: dict[str, Schema] = {
        "type": {"enum": list(ELEMENT_TYPES)},
        "identifier": {"type": "string", "pattern": f"^{REFERENCE}$"},
        "size": {"type": "number", "minimum": 0},
    }
    return {"type": "array", "minItems": 1, "items": _object(properties, ["type"])}


def _conditions_of(field: Field) -> list[Schema]:
    """Needed when one condition holds; not allowed when another does not."""
    there = _nest(field.path, {})
    found: list[Schema] = []
    if isinstance(field.required, str):
        found.append({"if": {"$ref": f"#/$defs/if_{field.required}"}, "then": there})
    if field.asked is not None:
        found.append({"if": {"$ref": f"#/$defs/if_{field.asked}"}, "else": {"not": there}})
    return found


def _nest(path: tuple[str, ...], inner: Schema) -> Schema:
    """A schema of an object in which the path is there and fits `inner`."""
    built = inner
    for step in reversed(path):
        built = {"required": [step], "properties": {step: built}}
    return built


def _condition(shape: RecordFormat, condition: Condition) -> Schema:
    return {"anyOf": [{"allOf": [_test(shape, test) for test in tests]} for tests in condition]}


def _test(shape: RecordFormat, test: FieldTest) -> Schema:
    field = shape.field(test.field)
    if test.values is not None:
        return _nest(field.path, _one_of(field, test.values))
    if test.not_values is not None:
        return _nest(field.path, {"not": _one_of(field, test.not_values)})
    return {"not": _nest(field.path, {})}


def _one_of(field: Field, values: frozenset[str]) -> Schema:
    item: Schema = {"enum": sorted(values)}
    if field.type == "bool":
        item = {"enum": sorted(value == "true" for value in values)}
    elif field.type in ("term", "ref"):
        item = {"required": ["identifier"], "properties": {"identifier": item}}
    return {"contains": item} if field.many else item
