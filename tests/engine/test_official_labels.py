"""Official wording is laid over our labels from a file in the Clearing-House's form."""

import json

import pytest

from cartagena.engine.declaration import DeclarationError
from cartagena.engine.official_labels import read_official_labels
from cartagena.engine.questionnaire import load_format


def _write(tmp_path, labels):
    path = tmp_path / "labels.json"
    path.write_text(json.dumps(labels), encoding="utf-8")
    return path


def _all_labels_of_the_fourth_report() -> dict[str, dict[str, str]]:
    form = load_format("nr4")
    keys = {section.label_key for section in form.sections}
    for question in form.questions:
        keys |= {question.label_key, *(option.label_key for option in question.options)}
    return {
        key: {"en": f"{key} in words", "fr": f"<i>{key}</i> en fran&ccedil;ais"} for key in keys
    }


def test_official_words_replace_ours_language_by_language(tmp_path) -> None:
    path = _write(tmp_path, {"NR4": _all_labels_of_the_fourth_report()})
    form = load_format("nr4")

    official = form.with_labels(read_official_labels(path)["nr4"])

    before, after = form.question("Q014"), official.question("Q014")
    assert before.label.get("fr") == before.label.get("en")
    assert after.label.get("en") == f"{before.label_key} in words"
    assert after.label.get("fr") == f"{before.label_key} en français"
    assert after.option("implementation.none").label.get("fr").endswith("en français")
    assert official.sections[0].label.get("en") == "General_title in words"


def test_language_that_is_missing_keeps_our_words(tmp_path) -> None:
    labels = {key: {"fr": text["fr"]} for key, text in _all_labels_of_the_fourth_report().items()}

    official = load_format("nr4").with_labels(
        read_official_labels(_write(tmp_path, {"NR4": labels}))["nr4"]
    )

    ours = load_format("nr4").question("Q014").label.get("en")
    assert official.question("Q014").label.get("en") == ours


def test_every_problem_of_the_file_is_listed(tmp_path) -> None:
    labels = _all_labels_of_the_fourth_report()
    del labels["General_title"]
    labels["Article2_title"] = {"xx": "?", "en": " "}
    path = _write(tmp_path, {"NR4": labels, "NR9": {}})

    with pytest.raises(DeclarationError) as caught:
        read_official_labels(path)

    found = {(problem.place, problem.what) for problem in caught.value.problems}
    assert found == {
        ("labels.json: NR9", "unknown report"),
        ("labels.json: NR4.General_title", "the label of section/General is missing"),
        ("labels.json: NR4.Article2_title", "unknown language 'xx'"),
        ("labels.json: NR4.Article2_title", "no text in 'en'"),
    }


@pytest.mark.parametrize("content", ["{", "[]"])
def test_file_that_is_no_json_object_is_refused(tmp_path, content) -> None:
    path = tmp_path / "labels.json"
    path.write_text(content)

    with pytest.raises(DeclarationError):
        read_official_labels(path)
