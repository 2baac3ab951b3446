"""What was typed -> the value of a field. Nothing is refused: the validation judges."""

import json
import math
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from cartagena.apps.portal.desk.forms import rich, terms
from cartagena.apps.portal.desk.forms.inputs import (
    HTML,
    MARKUP,
    Typed,
    clean_text,
    join,
)
from cartagena.apps.portal.desk.forms.names import Names, NoNames
from cartagena.engine.questionnaire import LANGUAGES
from cartagena.engine.record_format import Field
from cartagena.engine.record_identity import split_reference

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?")
_LOOSE_DAY = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")


class Reader:
    """Reads values out of what was sent. `removed` are the names of rows to leave out."""

    def __init__(self, names: Names | None = None, removed: Collection[str] = ()) -> None:
        self.names = names or NoNames()
        self.removed = frozenset(removed)

    def read(self, field: Field, name: str, typed: Typed, old: Any = None) -> Any:
        """The value of a field, None when nothing was typed. `old` is what stood there."""
        if "json" in typed.parts:
            return _read_json(typed.part("json").value)
        if field.type == "term" or (field.type == "string" and field.vocabulary is not None):
            return self._read_terms(field, name, typed, old)
        if not field.many:
            return self._read_item(field, name, typed, old)
        items = old if isinstance(old, list) else []
        found = [
            self._read_item(field, join(name, n), part, items[n] if n < len(items) else None)
            for n, part in self._rows(name, typed)
        ]
        return [item for item in found if item is not None] or None

    def _rows(self, name: str, typed: Typed) -> Iterator[tuple[int, Typed]]:
        for n, part in typed.rows():
            if join(name, n) not in self.removed:
                yield n, part

    def _read_item(self, field: Field, name: str, typed: Typed, old: Any) -> Any:
        if field.type in ("text", "rich"):
            return _read_text(field, typed)
        if field.type == "ref":
            return self._read_reference(field, name, typed)
        if field.type == "link":
            return _read_link(typed)
        if field.type == "table":
            return self._read_construct(field, name, typed)
        if field.type == "object":
            return self._read_object(field, name, typed, old)
        if field.type == "bool":
            return {"yes": True, "no": False}.get(typed.value)
        text = typed.value
        if not text.strip():
            return None
        if field.type in ("int", "number"):
            return read_number(text)
        return read_day(text) if field.type == "date" else text

    def _read_terms(self, field: Field, name: str, typed: Typed, old: Any) -> Any:
        known = field.vocabulary
        free = typed.part("code")
        if not field.many:
            code = terms.read_code(known, free.value) or clean_text(typed.value)
            return self._make_term(field, code, typed.part("custom")) if code else None
        codes = [clean_text(value) for value in typed.values]
        codes += [
            terms.read_code(known, part.value) for _, part in self._rows(join(name, "code"), free)
        ]
        before = [terms.code_of(field, item) for item in old] if _is_listed(field, old) else []
        chosen = dict.fromkeys(code for code in codes if code)
        ordered = [code for code in before if code in chosen]
        ordered += [code for code in chosen if code not in before]
        custom = typed.part("custom")
        return [self._make_term(field, code, custom.part(code)) for code in ordered] or None

    def _make_term(self, field: Field, code: str, custom: Typed) -> Any:
        if field.type == "string":
            return code
        words = _read_words(custom)
        return {"identifier": code, "customValue": words} if words else {"identifier": code}

    def _read_reference(self, field: Field, name: str, typed: Typed) -> Any:
        text = typed.value.strip()
        if not text or name in self.removed:
            return None
        return {"identifier": self._resolve(field, text)}

    def _resolve(self, field: Field, text: str) -> str:
        meant = self.names.find_meant(text, field.references)
        if meant is not None:
            return meant
        try:
            identifier, revision = split_reference(text)
        except ValueError:
            return text
        return identifier if revision is None else f"{identifier}@{revision}"

    def _read_construct(self, field: Field, name: str, typed: Typed) -> Any:
        elements = []
        for _n, part in self._rows(name, typed):
            element: dict[str, Any] = {}
            if kind := part.part("type").value.strip():
                element["type"] = kind
            if text := part.part("identifier").value.strip():
                element["identifier"] = self._resolve(field, text)
            if size := part.part("size").value.strip():
                element["size"] = read_number(size)
            if element:
                elements.append(element)
        return elements or None

    def _read_object(self, field: Field, name: str, typed: Typed, old: Any) -> Any:
        before = old if isinstance(old, Mapping) else {}
        found = {
            item.id: self.read(item, join(name, item.id), typed.part(item.id), before.get(item.id))
            for item in field.fields
        }
        return {key: value for key, value in found.items() if value is not None} or None


def _is_listed(field: Field, old: Any) -> bool:
    if not isinstance(old, list):
        return False
    if field.type == "string":
        return all(isinstance(item, str) for item in old)
    return all(
        isinstance(item, Mapping) and isinstance(item.get("identifier"), str) for item in old
    )


def _read_text(field: Field, typed: Typed) -> Any:
    if field.type == "text":
        return _read_words(typed)
    found = {}
    for language in LANGUAGES:
        words = typed.part(language).value
        if words.strip():
            is_html = typed.part(language, MARKUP).value == HTML
            found[language] = words if is_html else rich.to_html(words)
    return found or None


def is_marked_up(fragment: Any) -> bool:
    """Whether a text is edited as HTML, because plain paragraphs do not say all that it says."""
    return isinstance(fragment, str) and bool(fragment) and rich.find_plain(fragment) is None


def _read_words(typed: Typed) -> dict[str, str] | None:
    found = {language: typed.part(language).value for language in LANGUAGES}
    return {language: words for language, words in found.items() if words.strip()} or None


def _read_link(typed: Typed) -> Any:
    found: dict[str, Any] = {}
    for key in ("url", "name", "language"):
        if words := typed.part(key).value.strip():
            found[key] = words
    tags = [tag.strip() for tag in typed.part("tags").value.split(",")]
    if any(tags):
        found["tags"] = [tag for tag in tags if tag]
    return found or None


def _read_json(text: str) -> Any:
    """A value corrected as JSON; what is no JSON is kept as text, where the validation finds it."""
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except ValueError:
        return text


def read_number(text: str) -> int | float | str:
    """A number; what is none is kept as typed."""
    bare = text.strip()
    if not _NUMBER.fullmatch(bare) or len(bare) > 60:
        return text
    if re.fullmatch(r"[+-]?\d+", bare):
        return int(bare)
    number = float(bare)
    return number if math.isfinite(number) else text


def read_day(text: str) -> str:
    """A day as YYYY-MM-DD where 2024/6/3 was typed; anything else is kept as typed."""
    found = _LOOSE_DAY.fullmatch(text.strip())
    if found is None:
        return text
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}"
