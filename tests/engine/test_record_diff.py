"""What differs between two versions of a record."""

import copy
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cartagena.engine.record_body import find_value
from cartagena.engine.record_diff import diff_bodies
from cartagena.engine.record_format import load_record_format, read_example
from tests.record_bodies import TYPES_WITH_FIELDS, make_body


def change(record_type: str, **other: Any) -> Any:
    """The example of a type with some fields exchanged; None takes a field away."""
    body = {**copy.deepcopy(read_example(record_type)), **other}
    return {key: value for key, value in body.items() if value is not None}


def test_same_bodies_have_no_difference() -> None:
    body = read_example("biosafetyDecision")

    assert diff_bodies("biosafetyDecision", body, copy.deepcopy(body)) == []


def test_fields_come_in_the_order_of_the_form_with_their_labels() -> None:
    old = read_example("biosafetyDecision")
    new = change("biosafetyDecision", documents=None, date="2024-07-01", title={"en": "New"})

    found = diff_bodies("biosafetyDecision", old, new)

    assert [(c.field, c.kind) for c in found] == [
        ("title", "changed"), ("date", "changed"), ("documents", "removed"),
    ]  # fmt: skip
    assert found[0].label.get("en") == "Title"
    assert (found[1].old, found[1].new) == ("2024-06-03", "2024-07-01")


def test_texts_are_told_by_language() -> None:
    old = change("biosafetyLaw", title={"en": "Act", "fr": "Loi"})
    new = change("biosafetyLaw", title={"en": "New Act", "es": "Ley"})

    (found,) = diff_bodies("biosafetyLaw", old, new)

    assert [(p.key, p.kind, p.old, p.new) for p in found.parts] == [
        ("en", "changed", "Act", "New Act"),
        ("fr", "removed", "Loi", None),
        ("es", "added", None, "Ley"),
    ]


def test_lists_are_told_by_item_and_order_alone_has_no_parts() -> None:
    one, two, three = ({"identifier": f"X{n}"} for n in "123")
    old = change("biosafetyDecision", modifiedOrganisms=[one, two, two])

    (found,) = diff_bodies(
        "biosafetyDecision", old, change("biosafetyDecision", modifiedOrganisms=[three, two, one])
    )
    (moved,) = diff_bodies(
        "biosafetyDecision", old, change("biosafetyDecision", modifiedOrganisms=[two, one, two])
    )

    assert [(p.key, p.kind, p.old or p.new) for p in found.parts] == [
        ("2", "removed", two),
        ("0", "added", three),
    ]
    assert (moved.kind, moved.parts) == ("changed", ())


def test_truth_is_not_the_number_one() -> None:
    old, new = {"isAmendment": True}, {"isAmendment": 1}

    assert [c.field for c in diff_bodies("biosafetyLaw", old, new)] == ["isAmendment"]


def test_notes_and_identity_are_left_out_and_languages_are_told() -> None:
    old = change("biosafetyLaw", notes="a")
    new = change("biosafetyLaw", notes="b", header={"identifier": "other", "languages": ["ar"]})

    assert [c.field for c in diff_bodies("biosafetyLaw", old, new)] == ["header.languages"]


def test_dotted_and_unknown_fields_are_told_one_by_one() -> None:
    found = diff_bodies(
        "resource",
        {"biosafety": {"subjects": [1], "older": 1}},
        {"biosafety": {"subjects": [2], "older": 2}, "mystery": 3},
    )

    assert [c.field for c in found] == ["biosafety.subjects", "biosafety.older", "mystery"]
    assert found[2].label.get("en") == "mystery"


def test_answers_of_a_report_bear_the_words_of_their_questions() -> None:
    (found,) = diff_bodies("cpbNationalReport4", {"Q014": "true"}, {"Q014": "false"})

    assert found.field == "Q014"
    assert len(found.label.get("en")) > 10


@given(st.sampled_from(TYPES_WITH_FIELDS), st.integers(0, 10**6), st.integers(0, 10**6))
def test_differences_lead_from_the_old_body_to_the_new(
    record_type: str, first: int, second: int
) -> None:
    shape = load_record_format(record_type)
    old, new = (make_body(shape, random.Random(seed)) for seed in (first, second))

    found = {c.field: c for c in diff_bodies(record_type, old, new)}

    for field in ("header.languages", *shape.by_id):
        before, after = find_value(old, field), find_value(new, field)
        assert (field in found) == (before != after)
        if field in found:
            assert (found[field].old, found[field].new) == (before, after)
