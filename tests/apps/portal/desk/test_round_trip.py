"""body -> form -> what a browser sends -> the same body."""

import copy
import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartagena.apps.portal.desk.forms.record_form import (
    FormContext,
    apply_changes,
    build_form,
    list_sent,
    read_changes,
)
from cartagena.engine.record_format import load_record_format, read_example
from tests.record_bodies import TYPES_WITH_FIELDS, make_body


def send_untouched(record_type: str, body: dict[str, Any]) -> list[tuple[str, str]]:
    shape = load_record_format(record_type)
    form = build_form(shape, body, FormContext(fixed=frozenset()))
    # Browsers send line ends as CR LF.
    return [(name, value.replace("\n", "\r\n")) for name, value in list_sent(form, body)]


def empty_of(record_type: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"header": copy.deepcopy(body["header"])}


@pytest.mark.parametrize("record_type", TYPES_WITH_FIELDS)
def test_example_comes_back_from_an_untouched_form(record_type: str) -> None:
    body = read_example(record_type)
    shape = load_record_format(record_type)

    changes = read_changes(shape, body, send_untouched(record_type, body), fixed=frozenset())

    assert changes == {}


@pytest.mark.parametrize("record_type", TYPES_WITH_FIELDS)
def test_example_is_made_again_from_what_its_form_sends(record_type: str) -> None:
    body = read_example(record_type)
    shape = load_record_format(record_type)
    empty = empty_of(record_type, body)
    sent = send_untouched(record_type, body)

    made = apply_changes(empty, read_changes(shape, empty, sent, fixed=frozenset()))

    assert made == body


@given(record_type=st.sampled_from(TYPES_WITH_FIELDS), seed=st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_any_valid_body_comes_back(record_type: str, seed: int) -> None:
    shape = load_record_format(record_type)
    body = make_body(shape, random.Random(seed))
    sent = send_untouched(record_type, body)

    assert read_changes(shape, body, sent, fixed=frozenset()) == {}
    empty = empty_of(record_type, body)
    made = apply_changes(empty, read_changes(shape, empty, sent, fixed=frozenset()))
    assert without_order(made) == without_order(body)


def without_order(body: dict[str, Any]) -> dict[str, Any]:
    """Terms that are boxes to tick have the order of the list when they are chosen anew."""

    def sort(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: sort(part) for key, part in value.items()}
        if not isinstance(value, list):
            return value
        return sorted(map(sort, value), key=lambda part: json.dumps(part, sort_keys=True))

    found = sort(body)
    assert isinstance(found, dict)
    return found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=20),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["identifier", "en", "fr", "url", "name", "customValue", "type", "x"]),
        inner, max_size=3,
    ),
    max_leaves=6,
)  # fmt: skip


@given(record_type=st.sampled_from(TYPES_WITH_FIELDS), data=st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_a_draft_is_kept_by_an_untouched_form(
    record_type: str, data: st.DataObject
) -> None:
    shape = load_record_format(record_type)
    body: dict[str, Any] = {"header": {"schema": record_type, "languages": ["en"]}}
    for field in data.draw(st.lists(st.sampled_from(shape.fields), max_size=4, unique=True)):
        body = apply_changes(body, {field.id: data.draw(JSON)})

    sent = send_untouched(record_type, body)

    assert read_changes(shape, body, sent, fixed=frozenset()) == {}
