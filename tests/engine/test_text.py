"""Text in several languages: what answers when a language is missing."""

import dataclasses

import pytest

from cartagena.engine.text import Text


def test_wished_language_answers_first() -> None:
    text = Text.of({"zh": "设想", "en": "Vision", "fr": "Vision (fr)"}, original="zh")
    assert text.get("fr") == "Vision (fr)"


def test_region_falls_back_to_its_language() -> None:
    text = Text.of({"zh": "设想", "en": "Vision"}, original="zh")
    assert text.get("zh-hans") == "设想"
    assert text.get("zh_Hant") == "设想"


def test_missing_language_falls_back_to_english() -> None:
    text = Text.of({"zh": "设想", "en": "Vision"}, original="zh")
    assert text.get("ru") == "Vision"
    assert text.language_for("ru") == "en"


def test_missing_english_falls_back_to_the_original() -> None:
    text = Text.of({"zh": "设想", "ar": "رؤية"}, original="zh")
    assert text.get("ru") == "设想"


def test_missing_original_falls_back_to_any_language() -> None:
    assert Text.of({"ar": "رؤية"}, original="zh").get("ru") == "رؤية"


def test_empty_words_count_as_absent() -> None:
    text = Text.of({"zh": "设想", "en": ""}, original="zh")
    assert "en" not in text
    assert text.get("en") == "设想"


def test_text_without_words_is_empty() -> None:
    assert Text.of({}).get("en") == ""


def test_translation_adds_a_language_but_never_changes_the_original() -> None:
    text = Text.of({"zh": "设想"}, original="zh")
    added = text.with_words({"en": "Vision", "zh": "别的"})
    assert added.languages == ("en", "zh")
    assert added.get("zh") == "设想"
    assert text.languages == ("zh",)


def test_text_cannot_be_changed() -> None:
    text = Text.of({"en": "Vision"})
    with pytest.raises(dataclasses.FrozenInstanceError):
        text.pairs = ()  # type: ignore[misc]


def test_equal_texts_are_equal_whatever_the_order_of_languages() -> None:
    assert Text.of({"en": "a", "fr": "b"}) == Text.of({"fr": "b", "en": "a"})
    assert len({Text.of({"en": "a", "fr": "b"}), Text.of({"fr": "b", "en": "a"})}) == 1
