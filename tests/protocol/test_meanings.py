"""Words of the same meaning: declared in all six languages, each with one meaning."""

from pathlib import Path

import pytest

from cartagena.engine import meanings
from cartagena.engine.declaration import DeclarationError
from cartagena.engine.questionnaire import LANGUAGES


@pytest.fixture
def declare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty file in the place of the declaration."""
    path = tmp_path / "meanings.yaml"
    monkeypatch.setattr(meanings, "PATH", path)
    meanings.load_meanings.cache_clear()
    monkeypatch.setattr(meanings, "load_meanings", meanings.load_meanings.__wrapped__)
    return path


def test_every_meaning_has_a_name_in_every_language() -> None:
    for meaning, names in meanings.load_meanings().names.items():
        assert names.keys() >= set(LANGUAGES), meaning


def test_all_that_is_wrong_with_a_declaration_is_told_at_once(declare: Path) -> None:
    declare.write_text(
        "names:\n"
        "  maize: {en: [maize, corn, Corn], fr: [maïs], es: [maíz], ru: [маис], xx: [maize]}\n"
        "  grain: {en: [corn], fr: [grain], es: [grano], ru: [зерно], ar: [حبوب], zh: [谷物]}\n"
        "never: {}\n"
    )

    with pytest.raises(DeclarationError) as refused:
        meanings.load_meanings()

    told = [str(problem) for problem in refused.value.problems]
    assert len(told) == 4, told
    assert sum("there is no name in" in each for each in told) == 2
    assert any("'xx' is no language" in each for each in told)
    assert any("grain: 'corn' stands twice" in each for each in told)


def test_the_fingerprint_changes_with_the_declaration(declare: Path) -> None:
    line = "names:\n  rice: {{en: [{}], fr: [riz], es: [arroz], ru: [рис], ar: [رز], zh: [稻米]}}\n"
    declare.write_text(line.format("rice") + "never: {}\n")
    before = meanings.load_meanings().fingerprint

    declare.write_text(line.format("rice, paddy") + "never: {}\n")

    assert meanings.load_meanings().fingerprint != before
