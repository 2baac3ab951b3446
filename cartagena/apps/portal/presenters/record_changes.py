"""What changed between two versions of a record: field by field, words marked inside texts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cartagena.apps.portal import source
from cartagena.apps.portal.presenters.record import OpenRecord, name_heads
from cartagena.apps.portal.presenters.record_fields import FieldReader, Item
from cartagena.apps.portal.record_queries import VersionHead
from cartagena.apps.portal.safe_text import as_plain_text
from cartagena.engine.record_diff import LANGUAGES, FieldChange, diff_bodies
from cartagena.engine.record_format import Field
from cartagena.engine.record_links import list_links
from cartagena.engine.text import Text

MOST_WORDS = 4000
"""Longer texts are compared line by line: word by word would take too long."""

_WORDS = re.compile(r"\n|[^\S\n]+|[\u2e80-\u9fff\uf900-\ufaff]|\w+|[^\w\s]")


@dataclass(frozen=True, kw_only=True)
class TextChange:
    """The words of one language with what went and what came; `html` is safe."""

    language: str
    name: str
    html: SafeString


@dataclass(frozen=True, kw_only=True)
class ChangeView:
    """One field that differs: texts by language, or the values that went and came."""

    field: str
    label: Text
    kind: str
    texts: tuple[TextChange, ...] = ()
    removed: tuple[Item, ...] = ()
    added: tuple[Item, ...] = ()
    kept: int = 0

    @property
    def is_reordered(self) -> bool:
        """Whether the same values stand in another order."""
        return not (self.texts or self.removed or self.added)


def list_changes(
    record: OpenRecord, older: VersionHead, newer: VersionHead
) -> tuple[ChangeView, ...]:
    """The fields in which two versions differ, in the order of the form."""
    old = source.records.load_body(record.stored, older.number)
    new = source.records.load_body(record.stored, newer.number)
    kind = record.stored.type
    targets = {target for body in (old, new) for _field, target in list_links(kind, body)}
    heads = name_heads(source.records.list_heads(targets, record.frame.as_of), record.frame.as_of)
    reader = FieldReader(record.frame, heads, record.frame.language)
    return tuple(
        _view(change, record.shape.by_id.get(change.field), reader)
        for change in diff_bodies(kind, old, new)
    )


def _view(change: FieldChange, field: Field | None, reader: FieldReader) -> ChangeView:
    if change.field == LANGUAGES:
        return _view_languages(change)
    if _is_words(change, field):
        texts = tuple(_compare_languages(change.old or {}, change.new or {}, field))
        return ChangeView(field=change.field, label=change.label, kind=change.kind, texts=texts)
    old, new = _as_list(change.old), _as_list(change.new)
    return ChangeView(
        field=change.field,
        label=change.label,
        kind=change.kind,
        removed=_read(field, [v for v in old if v not in new], reader),
        added=_read(field, [v for v in new if v not in old], reader),
        kept=sum(1 for v in new if v in old),
    )


def _view_languages(change: FieldChange) -> ChangeView:
    """The languages of the record by their names."""
    names = {code.split("-")[0]: str(name) for code, name in settings.LANGUAGES}
    old, new = (
        [names.get(str(code), str(code)) for code in _as_list(value)]
        for value in (change.old, change.new)
    )
    return ChangeView(
        field=change.field,
        label=Text.of({(get_language() or "en").split("-")[0]: _("Languages of this record")}),
        kind=change.kind,
        removed=tuple(Item(words=name) for name in old if name not in new),
        added=tuple(Item(words=name) for name in new if name not in old),
        kept=sum(name in old for name in new),
    )


def _is_words(change: FieldChange, field: Field | None) -> bool:
    return (
        field is not None
        and field.is_text
        and not field.many
        and all(value is None or isinstance(value, Mapping) for value in (change.old, change.new))
    )


def _as_list(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    return value if isinstance(value, list | tuple) else (value,)


def _read(field: Field | None, values: Sequence[Any], reader: FieldReader) -> tuple[Item, ...]:
    if field is None:
        return tuple(reader.read_plain(value) for value in values)
    return tuple(item for value in values for item in reader.list_items(field, _wrap(field, value)))


def _wrap(field: Field, value: Any) -> Any:
    return [value] if field.many else value


def _compare_languages(
    old: Mapping[str, Any], new: Mapping[str, Any], field: Field | None
) -> Iterator[TextChange]:
    names = {code.split("-")[0]: str(name) for code, name in settings.LANGUAGES}
    for language in dict.fromkeys((*old, *new)):
        before, after = (_plain(words.get(language), field) for words in (old, new))
        if before != after:
            name = names.get(language, language)
            yield TextChange(language=language, name=name, html=mark_words(before, after))


def _plain(words: Any, field: Field | None) -> str:
    if not isinstance(words, str):
        return ""
    return as_plain_text(words) if field is not None and field.type == "rich" else words


def mark_words(old: str, new: str) -> SafeString:
    """The new text with what was taken out (`del`) and put in (`ins`), word by word."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    parts = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for action, i, j, k, m in matcher.get_opcodes():
        went, came = "".join(before[i:j]), "".join(after[k:m])
        if action == "equal":
            parts.append(_escape(came))
            continue
        parts.append(f"<del>{_escape(went)}</del>" if went else "")
        parts.append(f"<ins>{_escape(came)}</ins>" if came else "")
    return mark_safe("".join(parts))  # noqa: S308 - every word is escaped


def _escape(words: str) -> str:
    return str(escape(words)).replace("\n", "<br>")
