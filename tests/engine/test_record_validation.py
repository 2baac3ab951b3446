"""What is wrong in a record is told all at once, each at its place, with what to do."""

from typing import Any

import pytest

from cartagena.engine.record_format import read_example
from cartagena.engine.record_validation import list_missing, validate_record
from tests.record_bodies import find, tell

DEC = "biosafetyDecision"
TERM = {"identifier": "3B9ECE67-B35C-40FF-8C06-4EA5FF762899"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"unheardOf": 1}, ("unheardOf", "unknown_field")),
        ({"title": None}, ("title", "mandatory")),
        ({"title": "words"}, ("title", "wrong_type")),
        ({"title": {"en": "Only English"}}, ("title", "language_missing")),
        ({"title": {"en": "a", "fr": " "}}, ("title.fr", "empty")),
        ({"date": "2024-02-30"}, ("date", "bad_date")),
        ({"decisionTypes": TERM},
         ("decisionTypes", "cardinality")),
        ({"decisionResult": [TERM]}, ("decisionResult", "cardinality")),
        ({"decisionResult": {"identifier": "no-such-term"}},
         ("decisionResult.identifier", "unknown_term")),
        ({"government": {"identifier": "KEN"}}, ("government.identifier", "unknown_term")),
        ({"authorities": [{"identifier": "GUID"}]}, ("authorities[0].identifier", "bad_reference")),
        ({"isAmendment": "no"}, ("isAmendment", "wrong_type")),
        ({"documents": [{"url": "javascript:alert(1)"}]}, ("documents[0].url", "bad_link")),
        ({"documents": [{"name": "a"}]}, ("documents[0].url", "mandatory")),
        ({"extensionPeriod": 30}, ("extensionPeriod", "ruled_out")),
        ({"amendedRecords": [{"identifier": "A" * 11}]}, ("amendedRecords", "ruled_out")),
        ({"importers": []}, ("importers", "empty")),
        ({"notes": 7}, ("notes", "wrong_type")),
    ],
)  # fmt: skip
def test_problem_stands_at_its_place(change: dict[str, Any], expected: tuple[str, str]) -> None:
    assert (*expected, "error") in tell(find(DEC, **change))


def test_all_problems_are_told_at_once_in_the_order_of_the_declaration() -> None:
    found = find(DEC, title=None, date="soon", reasons=None, unheardOf=1)
    assert tell(found) == [
        ("unheardOf", "unknown_field", "error"),
        ("title", "mandatory", "error"),
        ("date", "bad_date", "error"),
        ("reasons", "mandatory", "error"),
    ]


def test_what_another_answer_makes_mandatory_names_its_article() -> None:
    (problem,) = find(DEC, reasons=None)
    assert problem.basis == ("cpb.art10.4",)
    assert "cpb.art10.4" in problem.what


def test_code_in_another_case_is_told_which_was_meant() -> None:
    (problem,) = find(DEC, decisionResult={"identifier": "3eff4792-a896-4dc7-9945-04fe9c8b5b4f"})[
        :1
    ]
    assert problem.remedy == "Write 3EFF4792-A896-4DC7-9945-04FE9C8B5B4F."


def test_code_outside_a_list_known_in_part_is_a_warning() -> None:
    body = {**read_example("biosafetyLaw"), "type": {"identifier": "SOME-OTHER-KIND"}}
    found = [p for p in validate_record("biosafetyLaw", body) if p.place == "type.identifier"]
    assert tell(found) == [("type.identifier", "unlisted_term", "warning")]


def test_words_in_a_language_the_header_does_not_name_are_a_warning() -> None:
    found = find("countryProfile", profile={"en": "a", "es": "b"})
    assert tell(found) == [("profile.es", "language_unnamed", "warning")]


def test_text_longer_than_the_form_asks_is_a_warning_and_markup_does_not_count() -> None:
    long = {"en": "<p>" + "word " * 60 + "</p>"}  # 60 x 5 = 300 characters, one space is cut
    assert find("supplementaryAuthority", responsibilities=long) == []
    longer = {"en": "<p>" + "word " * 61 + "</p>"}
    found = find("supplementaryAuthority", responsibilities=longer)
    assert tell(found) == [("responsibilities.en", "too_long", "warning")]


@pytest.mark.parametrize("body", [None, [], "text", 7])
def test_what_is_no_object_is_refused(body: Any) -> None:
    assert tell(validate_record(DEC, body)) == [("$", "wrong_type", "error")]


def test_header_is_checked() -> None:
    header = {"identifier": "short", "schema": "contact", "languages": ["en", "de", "en"], "x": 1}
    found = validate_record("countryProfile", {**read_example("countryProfile"), "header": header})
    assert [problem.place for problem in found] == [
        "header.x",
        "header.identifier",
        "header.schema",
        "header.languages[1]",
        "header.languages[2]",
    ]
    assert [p.place for p in validate_record("countryProfile", {})][0] == "header"


def test_national_report_is_read_with_the_questionnaire_of_its_cycle() -> None:
    body = {"header": {"identifier": "A" * 36, "schema": "cpbNationalReport5"}, "Q999": 1}
    places = [problem.place for problem in validate_record("cpbNationalReport5", body)]
    assert "Q999" in places
    assert "government" in places


def test_type_without_a_form_is_checked_for_its_header_only() -> None:
    body = {
        "header": {"identifier": "A" * 36, "schema": "cpbNationalReport1", "languages": ["en"]},
        "anything": 1,
    }
    assert validate_record("cpbNationalReport1", body) == []


def test_unknown_type_is_no_record() -> None:
    with pytest.raises(KeyError, match="there is no record type 'law'"):
        validate_record("law", {})


def test_missing_fields_are_listed_for_a_form() -> None:
    body = {"isAmendment": True, "decisionResult": {"identifier": "x"}}
    missing = list_missing(DEC, body)
    assert {"title", "amendedRecords", "amendmentsDetails", "reasons"} <= set(missing)
    assert "conditions" not in missing
    assert list_missing(DEC, read_example(DEC)) == []
