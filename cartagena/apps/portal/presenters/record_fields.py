"""The fields of a record as a page shows them: in the order of the form, with their words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cartagena.apps.portal.frame import Frame
from cartagena.apps.portal.record_queries import RecordHead
from cartagena.apps.portal.safe_text import clean_html, find_safe_address
from cartagena.apps.portal.typography import long_date, number
from cartagena.engine.countries import find_country
from cartagena.engine.record_body import find_value, says_something
from cartagena.engine.record_format import Field, RecordFormat
from cartagena.engine.record_identity import split_reference
from cartagena.engine.record_values import read_day
from cartagena.engine.text import Text


@dataclass(frozen=True, kw_only=True)
class Item:
    """One value. `html` is safe; `language` is that of the words where it may differ from the
    page's; `parts` are the fields of an object, or the elements of a gene construct."""

    words: str = ""
    language: str = ""
    address: str = ""
    number: str = ""
    note: str = ""
    html: SafeString = field(default_factory=SafeString)
    parts: tuple["FieldView", ...] = ()
    elements: tuple["Item", ...] = ()
    is_away: bool = False


@dataclass(frozen=True, kw_only=True)
class FieldView:
    """One field that is filled, with its values."""

    id: str
    label: Text
    items: tuple[Item, ...]
    is_long: bool = False

    @property
    def is_single(self) -> bool:
        return len(self.items) == 1


class FieldReader:
    """Reads bodies for one page: `heads` are the records that they refer to, `language` the one
    that the words of records are shown in."""

    def __init__(self, frame: Frame, heads: Mapping[str, RecordHead], language: str) -> None:
        self._frame = frame
        self._heads = heads
        self._language = language

    def list_fields(self, shape: RecordFormat, body: Mapping[str, Any]) -> tuple[FieldView, ...]:
        """The filled fields in the order of the form. A body of no known form is read as it is."""
        if shape.holds == "anything":
            return tuple(self._read_unknown(body))
        return tuple(self._read(shape.fields, body))

    def _read(self, fields: tuple[Field, ...], body: Mapping[str, Any]) -> Iterator[FieldView]:
        for each in fields:
            value = find_value(body, each.id)
            if says_something(value):
                items = self.list_items(each, value)
                is_long = each.type in ("rich", "table", "object")
                yield FieldView(id=each.id, label=each.label, items=items, is_long=is_long)

    def _read_unknown(self, body: Mapping[str, Any]) -> Iterator[FieldView]:
        for key, value in body.items():
            if key not in ("header", "government") and says_something(value):
                values = value if isinstance(value, list | tuple) else [value]
                items = tuple(self.read_plain(item) for item in values)
                yield FieldView(id=key, label=Text.of({"en": key}), items=items)

    def read_plain(self, value: Any) -> Item:
        """A value of a field that no declaration knows, in words."""
        if isinstance(value, Mapping):
            if "identifier" in value:
                return Item(words=str(value["identifier"]))
            return self.pick_words(value)
        return Item(words=self._say_plain(value))

    def list_items(self, each: Field, value: Any) -> tuple[Item, ...]:
        """The values of a field, one item each."""
        values = value if each.many and isinstance(value, list | tuple) else [value]
        return tuple(self._read_item(each, item) for item in values if says_something(item))

    def _read_item(self, each: Field, value: Any) -> Item:
        if each.type in ("text", "rich") and isinstance(value, Mapping):
            return self.pick_words(value, is_html=each.type == "rich")
        if each.type == "term" and isinstance(value, Mapping):
            return self._read_term(each, value)
        if each.type == "ref" and isinstance(value, Mapping):
            return self._read_reference(value)
        if each.type == "link" and isinstance(value, Mapping):
            return read_link(value)
        if each.type == "object" and isinstance(value, Mapping):
            return Item(parts=tuple(self._read(each.fields, value)))
        if each.type == "table" and isinstance(value, list | tuple):
            return Item(elements=tuple(self._read_element(e) for e in value))
        if each.vocabulary is not None and isinstance(value, str):
            return self._say_term(each, value)
        day = read_day(value)
        if day is not None and each.type == "date":
            return Item(words=long_date(day))
        return Item(words=self._say_plain(value))

    def _say_plain(self, value: Any) -> str:
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, int | float):
            return str(value) if isinstance(value, int) and 1000 < value < 3000 else number(value)
        return str(value)

    def pick_words(self, words: Mapping[str, Any], *, is_html: bool = False) -> Item:
        """The words in the language shown, else in English, else in the first there is."""
        said = {lang: text for lang, text in words.items() if isinstance(text, str) and text}
        text = Text.of(said, next(iter(said), "en"))
        language = text.language_for(self._language)
        plain = text.get(self._language)
        if is_html:
            return Item(html=clean_html(plain), language=language)
        return Item(words=plain, language=language)

    def _read_term(self, each: Field, value: Mapping[str, Any]) -> Item:
        item = self._say_term(each, str(value.get("identifier", "")))
        custom = value.get("customValue")
        if isinstance(custom, Mapping) and custom:
            return Item(
                words=item.words, language=item.language, note=self.pick_words(custom).words
            )
        return item

    def _say_term(self, each: Field, code: str) -> Item:
        known = each.vocabulary.by_id.get(code) if each.vocabulary else None
        if known is None:
            return Item(words=code)
        page = self._frame.language
        address = ""
        if each.vocabulary and each.vocabulary.id == "countries" and each.id == "government":
            country = find_country(code)
            address = self._frame.link("party_records", country.code) if country else ""
        language = known.label.language_for(page)
        return Item(words=known.label.get(page), language=language, address=address)

    def _read_reference(self, value: Mapping[str, Any]) -> Item:
        raw = str(value.get("identifier", ""))
        try:
            identifier, _revision = split_reference(raw)
        except ValueError:
            return Item(words=raw)
        head = self._heads.get(identifier)
        if head is None:
            return Item(words=identifier, note=_("not public here on this date"))
        return Item(
            words=head.name.get(self._language),
            language=head.name.language_for(self._language),
            address=self._frame.link("record", head.number),
            number=head.number,
        )

    def _read_element(self, element: Any) -> Item:
        """One element of a gene construct: its kind, the gene and its length."""
        if not isinstance(element, Mapping):
            return Item(words=str(element))
        size = element.get("size")
        length = f"{number(size)} kb" if isinstance(size, int | float) and size else ""
        if "identifier" in element:
            item = self._read_reference(element)
            return Item(words=item.words, language=item.language, address=item.address, note=length)
        return Item(words=element_words(str(element.get("type", ""))), note=length)


def element_words(kind: str) -> str:
    """A kind of element in a gene construct that names no gene."""
    words = {
        "senseStart": _("promoter"),
        "sense": _("coding sequence"),
        "senseStop": _("terminator"),
        "antisenseStart": _("promoter, antisense"),
        "antisense": _("coding sequence, antisense"),
        "antisenseStop": _("terminator, antisense"),
    }
    return words.get(kind, kind)


def read_link(value: Mapping[str, Any]) -> Item:
    """A link of a record: it leads only where a link may; else its address is text."""
    url = str(value.get("url", ""))
    address = find_safe_address(url)
    name = value.get("name")
    words = name.strip() if isinstance(name, str) and name.strip() else url
    language = value.get("language")
    told = language.upper() if isinstance(language, str) else ""
    return Item(
        words=words,
        address=address,
        note=told if address or words == url else url,
        is_away=bool(address) and not address.startswith("/"),
    )
