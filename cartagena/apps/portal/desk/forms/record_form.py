"""The form of a whole record, and the changes that somebody made in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from cartagena.apps.portal.desk.forms import shapes
from cartagena.apps.portal.desk.forms.building import Builder
from cartagena.apps.portal.desk.forms.conditions import write_condition
from cartagena.apps.portal.desk.forms.inputs import Fixed, Node, clean_text, gather
from cartagena.apps.portal.desk.forms.names import Names, NoNames
from cartagena.apps.portal.desk.forms.reading import Reader
from cartagena.apps.portal.desk.forms.sections import split_sections
from cartagena.apps.portal.desk.forms.terms import find_label
from cartagena.engine.questionnaire import LANGUAGES
from cartagena.engine.record_body import find_value, is_filled
from cartagena.engine.record_checks import ANY_TYPE
from cartagena.engine.record_format import GOVERNMENT, NOTES, Field, RecordFormat

HEADER_LANGUAGES = "header.languages"
SHOWN, REMOVE, DROP = "desk-shown", "desk-remove", "desk-drop"
LANGUAGE_NAMES: Mapping[str, str] = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class FormContext:
    """What a form depends on beside the body. `fixed` are fields that it shows but not asks."""

    language: str = "en"
    names: Names = field(default_factory=NoNames)
    more_rows: Mapping[str, int] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset({GOVERNMENT})


@dataclass(frozen=True)
class FieldView:
    """One field of the form. `left_over` tells that it is filled though it is not asked now."""

    field: Field
    node: Node
    is_asked: bool
    is_required: bool
    is_filled: bool
    asked_if: str
    required_if: str
    is_fixed: bool = False

    @property
    def id(self) -> str:
        return self.field.id

    @property
    def anchor(self) -> str:
        return anchor_of(self.field.id)

    @property
    def look_up(self) -> str:
        """The query of the search for the records that the field may name; empty where it names
        none."""
        types = [name for name in self.field.references if name != ANY_TYPE]
        return urlencode({"type": types}, doseq=True) if self.field.references else ""

    @property
    def left_over(self) -> bool:
        return self.is_filled and not self.is_asked

    @property
    def is_hidden(self) -> bool:
        return not self.is_asked and not self.is_filled

    @property
    def limit(self) -> str:
        """The name of the limit that the help tells: words, characters or values."""
        if self.field.max_words:
            return "words"
        return "characters" if self.field.max_characters else ""


@dataclass(frozen=True)
class SectionView:
    """One section: its title, its place in the page and how much of it is done."""

    number: int
    title: str
    fields: Sequence[FieldView]

    @property
    def anchor(self) -> str:
        return f"s-{self.number}"

    @property
    def asked(self) -> int:
        return sum(view.is_required for view in self.fields)

    @property
    def done(self) -> int:
        return sum(view.is_required and view.is_filled for view in self.fields)

    @property
    def is_hidden(self) -> bool:
        return all(view.is_hidden for view in self.fields)


def anchor_of(field_id: str) -> str:
    """The place of a field in the page."""
    return f"f-{field_id.replace('.', '-')}"


def find_field(shape: RecordFormat, place: str) -> Field | None:
    """The field that a place of a problem (`documents[0].url`) lies in, or None."""
    start = place.partition("[")[0]
    while start:
        if start in shape.by_id:
            return shape.by_id[start]
        start = start.rpartition(".")[0]
    return None


def list_languages(body: Mapping[str, Any]) -> list[str]:
    """The languages in which a record is filed, as far as they are known; English without any."""
    found = find_value(body, HEADER_LANGUAGES)
    known = found if isinstance(found, list | tuple) else []
    return [code for code in dict.fromkeys(known) if code in LANGUAGES] or ["en"]


def list_unknown(shape: RecordFormat, body: Mapping[str, Any]) -> list[str]:
    """The keys of a body that are no fields of its type."""
    known = {"header", NOTES, *(item.path[0] for item in shape.fields)}
    return [key for key in body if key not in known]


def build_form(
    shape: RecordFormat, body: Mapping[str, Any], context: FormContext
) -> list[SectionView]:
    """The sections of the form of a record."""
    builder = Builder(
        list_languages(body), context.language, LANGUAGE_NAMES, context.names, context.more_rows
    )
    holding = {name for name in shape.conditions if shape.condition_holds(name, body)}
    return [
        SectionView(
            number,
            title,
            [
                _build_view(shape, item, body, holding, builder, context)
                for item in fields
                if not item.legacy or is_filled(body, item.id)
            ],
        )
        for number, (title, fields) in enumerate(split_sections(shape), start=1)
    ]


def _build_view(
    shape: RecordFormat,
    item: Field,
    body: Mapping[str, Any],
    holding: set[str],
    builder: Builder,
    context: FormContext,
) -> FieldView:
    value = find_value(body, item.id)
    is_fixed = item.id in context.fixed
    node = _show_fixed(item, value, context) if is_fixed else builder.build(item, item.id, value)
    required = item.required in holding if isinstance(item.required, str) else item.required
    return FieldView(
        field=item,
        node=node,
        is_asked=item.asked is None or item.asked in holding,
        is_required=required,
        is_filled=is_filled(body, item.id),
        asked_if=write_condition(shape, item.asked),
        required_if=write_condition(shape, item.required),
        is_fixed=is_fixed,
    )


def _show_fixed(item: Field, value: Any, context: FormContext) -> Fixed:
    code = value.get("identifier", "") if isinstance(value, Mapping) else value or ""
    return Fixed(find_label(item.vocabulary, str(code), context.language))


def list_sent(
    sections: Iterable[SectionView], body: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """The names and values that a browser sends of an untouched form."""
    for code in list_languages(body):
        yield HEADER_LANGUAGES, code
    yield SHOWN, HEADER_LANGUAGES
    if isinstance(body.get(NOTES), str):
        yield NOTES, body[NOTES]
    yield SHOWN, NOTES
    for section in sections:
        for view in section.fields:
            if not view.is_fixed:
                yield SHOWN, view.id
                yield from view.node.sent()


def read_changes(
    shape: RecordFormat,
    body: Mapping[str, Any],
    pairs: Iterable[tuple[str, str]],
    names: Names | None = None,
    *,
    fixed: frozenset[str] = frozenset({GOVERNMENT}),
) -> dict[str, Any]:
    """What the person changed against `body`: field id -> new value, None where it was emptied.

    Fields that the form did not show, that are fixed or that the type does not have are left out.
    """
    sent = list(pairs)
    shown = {value for name, value in sent if name == SHOWN}
    typed = gather(iter(sent))
    reader = Reader(names, [value for name, value in sent if name == REMOVE])
    changes: dict[str, Any] = {}
    for item in shape.fields:
        if item.id not in shown or item.id in fixed:
            continue
        old = find_value(body, item.id)
        new = reader.read(item, item.id, typed.part(item.id), old)
        if not shapes.is_same(new, old):
            changes[item.id] = new
    _read_languages(body, typed.part(HEADER_LANGUAGES).values, shown, changes)
    if NOTES in shown:
        notes = clean_text(typed.part(NOTES).value)
        if not shapes.is_same(notes if notes.strip() else None, body.get(NOTES)):
            changes[NOTES] = notes if notes.strip() else None
    unknown = list_unknown(shape, body)
    changes |= {value: None for name, value in sent if name == DROP and value in unknown}
    return changes


def _read_languages(
    body: Mapping[str, Any], sent: Sequence[str], shown: set[str], changes: dict[str, Any]
) -> None:
    before = find_value(body, HEADER_LANGUAGES)
    old = list(before) if isinstance(before, list | tuple) else []
    if HEADER_LANGUAGES not in shown or not sent:
        return
    chosen = [code for code in old if code in sent]
    chosen += [code for code in LANGUAGES if code in sent and code not in old]
    if chosen and chosen != old:
        changes[HEADER_LANGUAGES] = chosen


def apply_changes(body: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A body with changes made; an emptied field goes, and so does an object left empty."""
    made = _copy(body)
    for name, value in changes.items():
        place, steps = made, name.split(".")
        for step in steps[:-1]:
            inner = place.get(step)
            place[step] = dict(inner) if isinstance(inner, Mapping) else {}
            place = place[step]
        if value is None:
            place.pop(steps[-1], None)
        else:
            place[steps[-1]] = value
        if value is None and len(steps) > 1 and not made[steps[0]]:
            del made[steps[0]]
    return made


def _copy(body: Mapping[str, Any]) -> dict[str, Any]:
    return dict(body)
