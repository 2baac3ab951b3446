"""What stands in a body is read in one way by facts, conditions and rules."""

from typing import Any

import pytest

from cartagena.engine.record_body import drop_empty, find_closed_values, find_value, is_filled
from cartagena.engine.record_type import RecordType, list_values


def test_dot_leads_into_an_object() -> None:
    body = {"biosafety": {"subjects": [{"identifier": "A"}]}, "nagoya": "no object"}
    assert find_closed_values(body, "biosafety.subjects") == ("A",)
    assert find_value(body, "nagoya.subjects") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, ("true",)), (False, ("false",)), ("2024-01-01", ("2024-01-01",)), (7, ()),
        (None, ()),
        ({"identifier": "GUID@3", "customValue": {"en": "secret"}}, ("GUID",)),
        ([{"identifier": "A"}, {"identifier": None}, {"identifier": "B"}], ("A", "B")),
    ],
)  # fmt: skip
def test_closed_values_are_codes_and_never_texts_beside_them(value: Any, expected: Any) -> None:
    assert find_closed_values({"field": value}, "field") == expected


@pytest.mark.parametrize("value", [None, "", "  ", [], {}, {"en": " "}, [{"en": ""}], [[]]])
def test_blank_is_not_filled(value: Any) -> None:
    assert not is_filled({"field": value}, "field")


@pytest.mark.parametrize("value", [False, 0, "a", {"en": "a"}, [{"url": "https://example.org"}]])
def test_no_and_zero_are_filled(value: Any) -> None:
    assert is_filled({"field": value}, "field")


def test_stated_field_gives_yes_whatever_its_type() -> None:
    kind = RecordType("X", "national", stated=("texts", "links", "inner.text", "blank"))
    body = {
        "texts": {"en": "secret"},
        "links": [{"url": "https://example.org"}],
        "inner": {"text": {"fr": "secret"}},
        "blank": {"en": " "},
    }
    assert list(list_values(kind, body)) == [
        ("texts", "yes"),
        ("links", "yes"),
        ("inner.text", "yes"),
    ]


def test_what_says_nothing_is_dropped_and_no_is_kept() -> None:
    body: dict[str, Any] = {
        "a": None,
        "b": [{}, "", {"en": " "}],
        "c": {"d": []},
        "e": False,
        "f": 0,
        "g": ["x"],
    }
    assert drop_empty(body) == {"e": False, "f": 0, "g": ["x"]}
