"""Translations of declarations: one file per language beside the declaration, keyed by id.

`translations/fr.yaml` maps keys to French words. The keys follow from the declaration itself:
an object with the id `1.1` and the texts `title` and `text` gives `1.1.title` and `1.1.text`;
an object with a single text gives the bare id (`1.1.a`); texts in a list are counted from 1
(`cbdsp.1.4.progress.1`). A key that the declaration does not have is refused, a missing one falls
back. Adding a language is adding a file.
"""

import dataclasses
import typing
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from cartagena.engine.declaration import DeclarationError, Problems, read_yaml
from cartagena.engine.text import Text

T = TypeVar("T")


@cache
def _list_text_fields(cls: type) -> tuple[str, ...]:
    """The fields of a dataclass that are a text, or may be one."""
    hints = typing.get_type_hints(cls)
    return tuple(
        name
        for name, hint in hints.items()
        if hint is Text or Text in typing.get_args(hint)
        if typing.get_origin(hint) is not tuple
    )


class Translations:
    """The words in all languages of one declaration folder, laid over its objects by `apply`."""

    def __init__(self, folder: Path, problems: Problems) -> None:
        self._problems = problems
        self._paths = {path.stem.lower(): path for path in sorted(folder.glob("*.yaml"))}
        self._words = {lang: self._read(path) for lang, path in self._paths.items()}
        self._texts: dict[str, Text] = {}

    def _read(self, path: Path) -> Mapping[str, str]:
        try:
            raw = read_yaml(path)
        except DeclarationError as error:
            for problem in error.problems:
                self._problems.add(problem.place, problem.what, problem.remedy)
            return {}
        if not isinstance(raw, Mapping):
            self._problems.add(str(path), "not a mapping of keys to words", "Write `key: words`.")
            return {}
        words = {}
        for key, value in raw.items():
            if isinstance(key, str) and isinstance(value, str) and value.strip():
                words[key] = value.strip()
            else:
                remedy = 'Write `"key": words`; leave a key out rather than empty.'
                self._problems.add(f"{path}: {key}", "key and words must be text", remedy)
        return words

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have a file, sorted."""
        return tuple(self._words)

    @property
    def texts(self) -> Mapping[str, Text]:
        """Every text taken so far, by key."""
        return self._texts

    def apply(self, item: T, prefix: str = "") -> T:
        """`item` (a frozen dataclass) with the translations in every text it holds, at any depth.

        `prefix` stands for the id where the object has none.
        """
        identity = getattr(item, "id", None) or prefix
        cls: type = type(item)
        own = _list_text_fields(cls)
        changes: dict[str, Any] = {}
        for field in dataclasses.fields(item):  # type: ignore[arg-type]
            name, value = field.name, getattr(item, field.name)
            key = identity if own == (name,) else f"{identity}.{name}".lstrip(".")
            if isinstance(value, Text):
                changes[name] = self._take(key, value)
            elif isinstance(value, tuple):
                changes[name] = tuple(self._apply_each(value, f"{identity}.{name}".lstrip(".")))
            elif dataclasses.is_dataclass(value) and not isinstance(value, type):
                changes[name] = self.apply(value, f"{identity}.{name}".lstrip("."))
        return dataclasses.replace(item, **changes)  # type: ignore[type-var]

    def _apply_each(self, values: Iterable[Any], prefix: str) -> Iterable[Any]:
        for number, value in enumerate(values, start=1):
            if isinstance(value, Text):
                yield self._take(f"{prefix}.{number}", value)
            elif dataclasses.is_dataclass(value) and not isinstance(value, type):
                yield self.apply(value, f"{prefix}.{number}")
            else:
                yield value

    def _take(self, key: str, text: Text) -> Text:
        if key in self._texts:
            remedy = "Give every object of a plan an id of its own."
            self._problems.add(key, "two texts share this translation key", remedy)
        said = {lang: words[key] for lang, words in self._words.items() if key in words}
        for language in said.keys() & {text.original}:
            remedy = (
                "Remove it: the original is in the declaration, a translation cannot change it."
            )
            self._problems.add(f"{self._paths[language]}: {key}", "translates the original", remedy)
        self._texts[key] = text.with_words(said)
        return self._texts[key]

    def check_unknown(self) -> None:
        """Report every key of a translation file that no text of the declaration has."""
        for language, words in self._words.items():
            for key in words.keys() - self._texts.keys():
                remedy = "Correct the key, or remove the line."
                self._problems.add(f"{self._paths[language]}: {key}", "unknown key", remedy)

    def missing(self, language: str) -> tuple[str, ...]:
        """The keys without words in `language`, in the order of the declaration."""
        return tuple(key for key, text in self._texts.items() if language not in text)
