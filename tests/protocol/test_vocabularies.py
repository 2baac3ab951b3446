"""The vocabularies hold the codes of the Clearing-House, and say where a list is not complete."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cartagena.engine import vocabulary
from cartagena.engine.declaration import DeclarationError, read_yaml
from cartagena.engine.vocabulary import list_vocabularies, load_vocabulary

COUNTS = {
    # terms of the lists that are complete; riskAssessmentScope has the shared term for other too
    "decisionTypes": 17, "decisionResults": 5, "directUses": 3, "transboundaryMovementTypes": 2,
    "riskAssessmentScope": 8, "genders": 2, "gbfTargets": 23, "capacityAreas": 17,
    "publicMedia": 6, "supplementaryMeasures": 5, "contactKinds": 2, "durationUnits": 3,
    "yesNo": 2, "countries": 250,
}  # fmt: skip


def test_all_vocabularies_are_there_and_load() -> None:
    # 44 of the Clearing-House, and three lists of plain words: contactKinds, durationUnits, yesNo
    assert len(list_vocabularies()) == 44 + 3
    complete = {name for name in list_vocabularies() if load_vocabulary(name).complete}
    assert complete == set(COUNTS)


@pytest.mark.parametrize(("name", "count"), COUNTS.items())
def test_complete_list_has_all_its_terms(name: str, count: int) -> None:
    assert len(load_vocabulary(name).terms) == count


def test_every_term_has_words() -> None:
    terms = [term for name in list_vocabularies() for term in load_vocabulary(name).terms]
    assert [term.id for term in terms if "en" not in term.label] == []


def test_codes_keep_their_case() -> None:
    kinds = load_vocabulary("decisionTypes")
    assert kinds.term("E8C5A15C-A736-4fb7-A1B6-192412BE7E45").code == "DEC_8_1"
    assert not kinds.accepts("E8C5A15C-A736-4FB7-A1B6-192412BE7E45")
    with pytest.raises(KeyError, match="decisionTypes has no term 'x'"):
        kinds.term("x")


def test_narrower_terms_are_found() -> None:
    kinds = load_vocabulary("decisionTypes")
    assert kinds.list_narrower("BE64016A-C3BD-4C61-9620-C3FEF96B2A24") == (
        "0D0BEEF4-54E4-44C1-ABB2-B89DC145E0B3",
        "C15E5CD8-B6F9-41AE-A09C-7EF5F73B0507",
    )
    scopes = load_vocabulary("riskAssessmentScope")
    assert len(scopes.list_narrower("D6B59E8A-D82C-4516-917A-A745ACDA5931")) == 2


def test_countries_are_those_of_the_treaty_tables_and_the_territories() -> None:
    countries = load_vocabulary("countries")
    assert countries.term("eu").label.get("fr") == "Union européenne"
    assert {"ke", "gl", "hk"} <= set(countries.by_id)
    assert not countries.accepts("zz")


def test_open_list_takes_other_codes_of_its_form() -> None:
    subjects = load_vocabulary("cbdSubjects")
    assert subjects.accepts("CBD-SUBJECT-AGR")
    assert not subjects.accepts("AGR")


def test_union_takes_what_either_takes() -> None:
    both = load_vocabulary("countries+regions")
    assert both.accepts("ke")
    assert both.accepts("D50FE62D-8A5E-4407-83F8-AFCAAF708EA4")
    assert both.accepts("5E5B7AA4-2420-4147-825B-0820F7EC0000")
    with pytest.raises(KeyError, match="no vocabulary 'nothing'"):
        load_vocabulary("countries+nothing")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the vocabularies that a test may spoil."""
    shutil.copytree(vocabulary.ROOT, tmp_path / "vocabularies")
    monkeypatch.setattr(vocabulary, "ROOT", tmp_path / "vocabularies")
    load_vocabulary.cache_clear()
    yield tmp_path / "vocabularies"
    load_vocabulary.cache_clear()


def test_all_problems_of_a_vocabulary_are_told_at_once(folder: Path) -> None:
    (folder / "genders.yaml").write_text(
        'id: gender\ndomain: G\ncomplete: true\nform: "[a-z]+"\nterms:\n'
        "  - {id: a, label: A}\n  - {id: a, label: B}\n  - {id: B1, label: C, broader: z}\n",
        encoding="utf-8",
    )
    with pytest.raises(DeclarationError) as caught:
        load_vocabulary("genders")
    assert [problem.what for problem in caught.value.problems] == [
        "the id is 'gender'",
        "a code stands twice",
        "'B1' has not the form of its codes",
        "B1: no broader term 'z'",
    ]


def test_another_language_is_a_file_beside(folder: Path) -> None:
    (folder / "labels" / "pt.yaml").write_text(
        "language: pt\nvocabularies:\n  directUses:\n"
        "    91BEAF12-ABE1-4294-AD3B-507935894C78: Alimento humano\n",
        encoding="utf-8",
    )
    term = load_vocabulary("directUses").term("91BEAF12-ABE1-4294-AD3B-507935894C78")
    assert (term.label.get("pt"), term.label.get("en")) == ("Alimento humano", "Food")


def test_terms_are_in_six_languages() -> None:
    missing = {
        (name, term.id, language)
        for name in list_vocabularies()
        for term in load_vocabulary(name).terms
        for language in ("ar", "en", "es", "fr", "ru", "zh")
        if language not in term.label
    }
    assert missing == set()


def test_translations_name_terms_that_exist() -> None:
    unknown = {
        (path.name, name, term)
        for path in sorted((vocabulary.ROOT / "labels").glob("*.yaml"))
        for name, terms in read_yaml(path)["vocabularies"].items()
        for term in terms
        if name not in list_vocabularies() or term not in load_vocabulary(name).by_id
    }
    assert unknown == set()
