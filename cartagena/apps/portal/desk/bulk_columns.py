"""The columns of a table of records, from the declaration: one for each field, part and language.

Each column fills inputs of the form, so a table is read by the same reader as the form.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from cartagena.apps.portal.desk.forms import terms
from cartagena.apps.portal.desk.forms.inputs import HTML, MARKUP, join
from cartagena.apps.portal.desk.forms.record_form import LANGUAGE_NAMES
from cartagena.engine.questionnaire import LANGUAGES
from cartagena.engine.record_format import GOVERNMENT, Field, RecordFormat
from cartagena.engine.vocabulary import Vocabulary

RECORD, RECORD_LANGUAGES = "record", "languages"
LIST_SIGN = "|"
"""Between several values in one cell."""

_SLOTS = 2
"""Links and objects that have columns of their own: so many of each."""
_MARKED_UP = re.compile(r"</?(p|ul|ol|li|br|b|i|em|strong|table|a)\b[^>]*>", re.IGNORECASE)
_TRUE = frozenset({"yes", "true", "1", "y", "oui", "sí", "si", "да", "是", "نعم"})
_FALSE = frozenset({"no", "false", "0", "n", "non", "нет", "否", "لا"})

Kind = Literal["text", "rich", "term", "reference", "date", "number", "bool", "construct"]
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Column:
    """One column. `id` stands in the head of the table; `name` is the input it fills.

    `is_list` tells that a cell may hold several values; `spread` is the part of the name that comes
    after the number of a value.
    """

    id: str
    field: str
    name: str
    label: str
    kind: Kind
    vocabulary: Vocabulary | None = None
    is_list: bool = False
    spread: str = ""
    help: str = ""
    is_required: bool = False

    @property
    def head(self) -> str:
        """What stands in the first row: words for people, the id for the reader."""
        return f"{self.label} [{self.id}]"

    def write_pairs(self, cell: str) -> Pairs:
        """The inputs that a cell fills; none for an empty cell."""
        if not cell.strip():
            return []
        if not self.is_list:
            return list(self._write_one(self.name, cell.strip()))
        values = [value.strip() for value in cell.split(LIST_SIGN)]
        return [
            pair
            for n, value in enumerate(values)
            if value
            for pair in self._write_one(join(self.name, n, *filter(None, [self.spread])), value)
        ]

    def _write_one(self, name: str, value: str) -> Iterator[tuple[str, str]]:
        if self.kind == "bool":
            folded = value.casefold()
            if folded in _TRUE or folded in _FALSE:
                yield name, "yes" if folded in _TRUE else "no"
            else:
                yield join(name, "json"), json.dumps(value)
        elif self.kind == "construct":
            yield from _write_construct(name, value)
        else:
            yield name, value
            if self.kind == "rich" and _MARKED_UP.search(value):
                yield join(name, MARKUP), HTML


def _write_construct(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Elements `sense GENE-NUMBER 1.4` with semicolons between them."""
    for n, element in enumerate(value.split(";")):
        words = element.split()
        for place, word in enumerate(words):
            if place == 0:
                yield join(name, n, "type"), word
            elif re.fullmatch(r"[0-9.]+", word):
                yield join(name, n, "size"), word
            else:
                yield join(name, n, "identifier"), word


def list_columns(shape: RecordFormat, languages: Sequence[str], language: str) -> list[Column]:
    """The columns of a type: first which record is meant, then its fields in the form's order."""
    found = [
        Column(RECORD, "", RECORD, _("Record to amend (empty: a new one)"), "reference"),
        Column(RECORD_LANGUAGES, "", RECORD_LANGUAGES, _("Languages of the record"), "text"),
    ]
    for field in shape.fields:
        if field.legacy or field.id == GOVERNMENT:
            continue
        found += _list_of_field(field, field.id, field.id, field.id, "", languages, language)
    return found


def _list_of_field(
    field: Field,
    top: str,
    identifier: str,
    name: str,
    before: str,
    languages: Sequence[str],
    language: str,
) -> Iterator[Column]:
    label = before + field.label.get(language)
    help_text = field.help.get(language) if field.help else ""
    required = field.required is True and not before

    def make(suffix: str, place: str, kind: Kind, **more: object) -> Column:
        end = more.pop("end", "")
        return Column(
            f"{identifier}{suffix}", top, place, f"{label}{end}", kind, help=help_text,
            is_required=required, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    if field.type == "term" or (field.type == "string" and field.vocabulary is not None):
        code = join(name, "code")
        known = field.vocabulary
        yield make("", code, "term", is_list=field.many, vocabulary=known)
        if field.type == "term" and any(t.id == terms.OTHER for t in terms.list_terms(field)):
            custom = join(name, "custom", terms.OTHER) if field.many else join(name, "custom")
            for each in languages:
                end = f" – {_('other')} ({each})"
                yield make(f".other.{each}", join(custom, each), "text", end=end)
    elif field.type in ("text", "rich"):
        kind: Kind = "rich" if field.type == "rich" else "text"
        for each in languages:
            place = name if field.many else join(name, each)
            end = f" ({each})"
            spread = each if field.many else ""
            yield make(f".{each}", place, kind, is_list=field.many, spread=spread, end=end)
    elif field.type in ("link", "object"):
        slots = range(_SLOTS if field.many else 1)
        for n in slots:
            part = f".{n + 1}" if field.many else ""
            place = join(name, n) if field.many else name
            end = f" {n + 1}" if field.many else ""
            if field.type == "link":
                yield make(f"{part}.url", join(place, "url"), "text", end=f"{end}: URL")
                yield make(f"{part}.name", join(place, "name"), "text", end=f"{end}: {_('name')}")
                yield make(
                    f"{part}.language", join(place, "language"), "text",
                    end=f"{end}: {_('language')}",
                )  # fmt: skip
                continue
            for inner in field.fields:
                yield from _list_of_field(
                    inner, top, f"{identifier}{part}.{inner.id}", join(place, inner.id),
                    f"{label}{end}: ", languages, language,
                )  # fmt: skip
    else:
        kinds: dict[str, Kind] = {
            "ref": "reference", "date": "date", "int": "number", "number": "number",
            "bool": "bool", "table": "construct",
        }  # fmt: skip
        yield make("", name, kinds.get(field.type, "text"), is_list=field.many)


def list_all_columns(shape: RecordFormat) -> dict[str, Column]:
    """Id in lower case -> column, in every language that a record may have."""
    return {column.id.lower(): column for column in list_columns(shape, LANGUAGES, "en")}


_ID = re.compile(r"\[([A-Za-z0-9_.]+)\]\s*$")


def read_head(cell: str) -> str:
    """The id that a head names, in brackets or alone; in lower case."""
    found = _ID.search(cell)
    return (found[1] if found else cell.strip()).lower()


def describe_kind(column: Column) -> str:
    """What may stand in a cell, in words."""
    words = {
        "text": _("text"),
        "rich": _("text; an empty line begins a paragraph"),
        "term": _("name or code out of the list"),
        "reference": _("public number, identifier or title"),
        "date": _("year-month-day: 2024-06-03"),
        "number": _("a number"),
        "bool": _("yes or no; empty: not answered"),
        "construct": _("elements like “sense BCH-GENE-SCBD-1 1.4”, with semicolons between"),
    }[column.kind]
    if column.id == RECORD_LANGUAGES:
        words = ", ".join(LANGUAGE_NAMES)
    if column.is_list or column.id == RECORD_LANGUAGES:
        return f"{words} · {_('several: put | between')}"
    return words
