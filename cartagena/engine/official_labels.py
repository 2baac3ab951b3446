"""The official wording of the report formats, read from a file in the Clearing-House's form.

The product ships its own short labels. Whoever has the official texts lays them over:
`load_format("nr4").with_labels(read_official_labels(path)["nr4"])`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from cartagena.engine.declaration import DeclarationError, Problems
from cartagena.engine.questionnaire import LANGUAGES, Format, load_all_formats
from cartagena.engine.text import Text

_TAG = re.compile(r"<[^>]+>")


def read_official_labels(path: Path) -> dict[str, dict[str, Text]]:
    """Cycle -> key -> text, with the keys that `Format.with_labels` takes.

    The file is JSON: report (`NR4`) -> label key -> language -> text. The labels of the 2014 survey
    stand under `NR2`. Markup is removed. Raises DeclarationError with every problem: no JSON, an
    unknown report, a label key of our formats that is missing, an unknown language, an empty text.
    """
    problems = Problems()
    raw = _read_json(path, problems)
    formats = load_all_formats()
    documents = {form.document.upper() for form in formats.values()}
    for report in sorted(set(raw) - documents):
        problems.add(f"{path.name}: {report}", "unknown report", f"Known: {sorted(documents)}.")
    found: dict[str, dict[str, Text]] = {}
    for cycle, form in formats.items():
        given = raw.get(form.document.upper())
        if isinstance(given, Mapping):
            place = f"{path.name}: {form.document.upper()}"
            found[cycle] = dict(_list_labels(form, given, place, problems))
    problems.raise_if_any()
    return found


def _read_json(path: Path, problems: Problems) -> Mapping[str, Any]:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        problems.add(path.name, f"not readable as JSON ({error})", "Give a JSON file in UTF-8.")
        raise DeclarationError(problems) from error
    if not isinstance(raw, Mapping):
        problems.add(path.name, "no JSON object", 'Write {"NR4": {...}}.')
        raise DeclarationError(problems)
    return raw


def _list_labels(
    form: Format, given: Mapping[str, Any], place: str, problems: Problems
) -> Iterator[tuple[str, Text]]:
    """(key, text) of every section, question and option of one format."""
    for key, label_key in _list_label_keys(form):
        if label_key not in given:
            remedy = "Add it; our own label needs its official one."
            problems.add(f"{place}.{label_key}", f"the label of {key} is missing", remedy)
            continue
        text = _read_text(given[label_key], f"{place}.{label_key}", problems)
        if text is not None:
            yield key, text


def _list_label_keys(form: Format) -> Iterator[tuple[str, str]]:
    for section in form.sections:
        yield f"section/{section.key}", section.label_key
        for question in section.questions:
            yield question.key, question.label_key
            for option in question.options:
                yield f"{question.key}/{option.code}", option.label_key


def _read_text(raw: Any, place: str, problems: Problems) -> Text | None:
    if not isinstance(raw, Mapping):
        problems.add(place, "no mapping of languages", 'Write {"en": "..."}.')
        return None
    words: dict[str, str] = {}
    for language, said in raw.items():
        if language not in LANGUAGES:
            problems.add(place, f"unknown language {language!r}", f"Known: {LANGUAGES}.")
        elif not isinstance(said, str) or not said.strip():
            problems.add(place, f"no text in {language!r}", "Write it or remove the language.")
        else:
            words[language] = " ".join(unescape(_TAG.sub("", said)).split())
    return Text.of(words)
