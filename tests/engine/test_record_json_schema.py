"""The JSON Schema of a type accepts what the validation accepts, and refuses what it refuses."""

import copy
import random
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from cartagena.engine.record_format import load_record_format, read_example
from cartagena.engine.record_json_schema import json_schema
from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_schema import list_type_ids
from cartagena.engine.record_validation import validate_record
from tests.record_bodies import TYPES_WITH_FIELDS, make_body

NOT_IN_THE_SCHEMA = {"language_missing", "rule"}


@cache
def make_checker(record_type: str) -> Draft202012Validator:
    return Draft202012Validator(json_schema(record_type), format_checker=FormatChecker())


def accepts_schema(record_type: str, body: Any) -> bool:
    return bool(make_checker(record_type).is_valid(body))


def structural_errors(record_type: str, body: Any) -> list[RecordProblem]:
    return [
        problem
        for problem in validate_record(record_type, body)
        if problem.severity == "error" and problem.code not in NOT_IN_THE_SCHEMA
    ]


@pytest.mark.parametrize("record_type", list_type_ids())
def test_schema_is_json_schema(record_type: str) -> None:
    Draft202012Validator.check_schema(json_schema(record_type))


@pytest.mark.parametrize("record_type", TYPES_WITH_FIELDS)
def test_example_fits_its_schema(record_type: str) -> None:
    found = make_checker(record_type).iter_errors(read_example(record_type))
    assert [f"{error.json_path}: {error.message}" for error in found] == []


DEC = "biosafetyDecision"
APPROVAL = {"identifier": "3B9ECE67-B35C-40FF-8C06-4EA5FF762899"}
MUTATIONS: list[tuple[str, dict[str, Any]]] = [
    (DEC, {"conditions": None}),
    (DEC, {"title": "a bare text"}),
    (DEC, {"title": {"de": "Name"}}),
    (DEC, {"title": {"en": " ", "fr": "titre"}}),
    (DEC, {"date": "2024-02-30"}),
    (DEC, {"date": "3 June 2024"}),
    (DEC, {"decisionTypes": []}),
    (DEC, {"decisionTypes": {"identifier": "E8C5A15C-A736-4fb7-A1B6-192412BE7E45"}}),
    (DEC, {"decisionTypes": [{"identifier": "0C000000-A736-4fb7-A1B6-192412BE7E45"}]}),
    (DEC, {"decisionResult": [APPROVAL]}),
    (DEC, {"decisionResult": APPROVAL}),  # the conditions are ruled out then
    (DEC, {"reasons": "drop"}),
    (DEC, {"riskAssessments": "drop"}),
    (DEC, {"exporters": "drop"}),
    (DEC, {"isAmendment": True}),
    (DEC, {"isAmendment": "true"}),
    (DEC, {"unheardOf": 1}),
    (DEC, {"government": {"identifier": "KE"}}),
    (DEC, {"government": {"identifier": "zz"}}),
    (DEC, {"authorities": [{"identifier": "short"}]}),
    (DEC, {"documents": [{"url": "javascript:alert(1)"}]}),
    (DEC, {"extensionPeriod": 30}),
    ("resource", {"biosafety": {"subjects": [], "unheardOf": 1}}),
    ("resource", {"biosafety": "drop"}),
    ("resource", {"publicationDate": "May 2019"}),
    ("resource", {"authors": "drop"}),
    ("biosafetyExpert", {"birthYear": 1949}),
    ("biosafetyExpert", {"birthYear": 1970.5}),
    ("biosafetyExpert", {"professionalQualification": [{"en": "a"}] * 4}),
    ("biosafetyExpert", {"currentEmployment": {"name": {"en": "a"}}}),
    ("biosafetyExpert", {"languageRating": [{"identifier": "lang-en", "level": 4}]}),
    ("modifiedOrganism", {"geneConstructs": [[{"type": "backwards"}]]}),
    ("modifiedOrganism", {"hasUniqueIdentification": False}),
    ("modifiedOrganism", {"geneConstructs": [{"type": "sense"}]}),
    ("contact", {"type": "ministry"}),
    ("contact", {"lastName": "drop"}),
    ("submission", {"government": "drop"}),
    ("submission", {"notifications": [{"identifier": "7"}]}),
    ("organization", {"coordinates": {"lat": 91}}),
    ("organization", {"header": {"identifier": "x", "schema": "organization"}}),
]


@pytest.mark.parametrize(("record_type", "change"), MUTATIONS)
def test_both_refuse_what_is_wrong(record_type: str, change: dict[str, Any]) -> None:
    body = {**read_example(record_type), **change}
    body = {key: value for key, value in body.items() if value != "drop"}
    assert structural_errors(record_type, body) != []
    assert not accepts_schema(record_type, body)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(TYPES_WITH_FIELDS), st.integers(min_value=0, max_value=10**6))
def test_bodies_made_from_the_declaration_are_accepted_by_both(name: str, seed: int) -> None:
    body = make_body(load_record_format(name), random.Random(seed))
    assert [str(problem) for problem in structural_errors(name, body)] == []
    assert accepts_schema(name, body)


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", " ", "en", "true", "2020-01-01", "ke", "5B6177DD-5E5E-4E8C"]),
    st.just([]),
    st.just({}),
    st.just({"identifier": "5B6177DD-5E5E-434E-8CB7-D63D67D5EBED"}),
    st.just([{"identifier": "ke"}, {"identifier": "ke"}]),
    st.just({"en": "words", "fr": "mots"}),
    st.just([[{}]]),
)  # fmt: skip


def replace_somewhere(content: Any, junk: Any, chance: random.Random) -> Any:
    """A copy with one value at any depth exchanged for junk."""
    if isinstance(content, dict | list) and content and chance.random() < 0.8:
        keys = list(content) if isinstance(content, dict) else range(len(content))
        key = chance.choice(list(keys))
        content[key] = replace_somewhere(content[key], junk, chance)
        return content
    return copy.deepcopy(junk)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(TYPES_WITH_FIELDS), JUNK, st.integers(min_value=0, max_value=10**6))
def test_both_agree_on_bodies_with_junk_in_them(name: str, junk: Any, seed: int) -> None:
    chance = random.Random(seed)
    body = replace_somewhere(make_body(load_record_format(name), chance), junk, chance)
    errors = structural_errors(name, body)
    assert accepts_schema(name, body) == (not errors), [str(error) for error in errors]
