"""Texts that are no records are found as records are: every hard case, and anything typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartagena.apps.search.passages import find_texts
from tests.apps.search.hard_cases import CASES, TEXTS, Case

SINGLE = {name: [text] for name, text in TEXTS.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.language} {case.text}")
def test_a_hard_case_finds_what_it_must_and_nothing_else(case: Case) -> None:
    found = find_texts(case.text, SINGLE, case.language)

    assert found is not None
    assert set(found) == {*case.found, *case.also}
    assert all("<mark>" in words for texts in found.values() for words in texts)


def test_all_languages_of_a_text_come_back_and_those_that_hold_it_are_marked() -> None:
    texts = {"KEN": [("en", "Maize & rice"), ("fr", "Maïs et riz")], "UGA": [("en", "Cotton")]}

    assert find_texts("riz", texts, "en") == {
        "KEN": ["Maize &amp; <mark>rice</mark>", "Maïs et <mark>riz</mark>"]
    }
    assert find_texts('"riz"', texts, "en") == {
        "KEN": ["Maize &amp; rice", "Maïs et <mark>riz</mark>"]
    }
    assert find_texts("-cotton maize", texts, "en") == {
        "KEN": ["<mark>Maize</mark> &amp; rice", "<mark>Maïs</mark> et riz"]
    }


@pytest.mark.parametrize("asked", ["", "  ", '"', "...", "-"])
def test_nothing_asked_looks_for_nothing(asked: str) -> None:
    assert find_texts(asked, SINGLE, "en") is None


def test_no_texts_hold_nothing() -> None:
    assert find_texts("maize", {}, "en") == {}


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=20))
def test_anything_typed_is_understood_somehow(asked: str) -> None:
    found = find_texts(asked, SINGLE, "zh")

    assert found is None or set(found) <= set(SINGLE)
