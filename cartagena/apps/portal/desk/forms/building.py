"""The value of a field -> the inputs that show it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cartagena.apps.portal.desk.forms import rich, shapes, terms
from cartagena.apps.portal.desk.forms.inputs import (
    Area,
    Choice,
    Chosen,
    Group,
    Line,
    Node,
    Option,
    Raw,
    Row,
    Rows,
    gather,
    join,
)
from cartagena.apps.portal.desk.forms.names import Names, NoNames
from cartagena.apps.portal.desk.forms.reading import Reader, is_marked_up
from cartagena.apps.portal.safe_text import clean_html
from cartagena.engine.record_format import Field
from cartagena.engine.record_values import ELEMENT_TYPES, read_day

_AREA_FROM = 60
"""A single text that is longer, or has several lines, gets an input of several lines."""


@dataclass(frozen=True)
class Builder:
    """Makes the inputs of fields.

    `languages` are those of the record, `language` the reader's; `more_rows` names rows that
    somebody asked for: name -> how many blank ones. `language_names`: code -> name.
    """

    languages: Sequence[str]
    language: str
    language_names: Mapping[str, str]
    names: Names = field(default_factory=NoNames)
    more_rows: Mapping[str, int] = field(default_factory=dict)

    def build(self, item: Field, name: str, value: Any) -> Node:
        """The inputs of a field; as JSON where its value cannot be shown by them without loss."""
        if value is None or shapes.fits(item, value):
            node = self._build(item, name, value)
            if value is None or says_the_same(item, name, node, value):
                return node
        return Raw(name, json.dumps(value, ensure_ascii=False, indent=1))

    def _build(self, item: Field, name: str, value: Any) -> Node:
        if item.type == "term" or (item.type == "string" and item.vocabulary is not None):
            return (
                self._build_many(item, name, value)
                if item.many
                else self._build_one(item, name, value)
            )
        if not item.many:
            return self._build_item(item, name, value)
        values = list(value or [])
        return Rows(
            name,
            [
                Row(
                    join(name, n),
                    n + 1,
                    self._build_item(item, join(name, n), values[n] if n < len(values) else None),
                    n >= len(values),
                )
                for n in range(len(values) + self._blank(name))
            ],
            item.label.get(self.language),
        )

    def _blank(self, name: str) -> int:
        return max(1, min(20, self.more_rows.get(name, 1)))

    def _build_item(self, item: Field, name: str, value: Any) -> Node:
        if item.type in ("text", "rich"):
            return self._build_text(item, name, value)
        if item.type == "ref":
            return self._build_reference(name, (value or {}).get("identifier", ""), item)
        if item.type == "link":
            return self._build_link(name, value or {})
        if item.type == "table":
            return self._build_construct(item, name, value or [])
        if item.type == "object":
            parts = value or {}
            return Group(
                [
                    Group(
                        [self._build(part, join(name, part.id), parts.get(part.id))],
                        part.label.get(self.language),
                    )
                    for part in item.fields
                ],
                item.label.get(self.language),
            )
        if item.type == "bool":
            return _build_bool(name, value)
        return self._build_line(item, name, "" if value is None else _say_plainly(value))

    def _build_line(self, item: Field, name: str, text: str) -> Node:
        label = item.label.get(self.language)
        if item.type == "date" and (not text or read_day(text) is not None):
            return Line(name, text, label, "date", wide=False, is_label_hidden=True)
        if item.type in ("int", "number"):
            return Line(name, text, label, "number", wide=False, is_label_hidden=True)
        if "\n" in text:
            return Area(name, text, label, is_label_hidden=True)
        hint = ""
        if item.type == "date":
            hint = _("Write year-month-day, for example 2024-06-03.")
        elif item.form == "partial_date":
            hint = _("Write a year, a month or a day: 2024, 2024-06 or 2024-06-03.")
        return Line(name, text, label, hint=hint, is_label_hidden=True)

    def _build_text(self, item: Field, name: str, value: Any) -> Node:
        words = value or {}
        shown = list(dict.fromkeys([*self.languages, *words]))
        return Group([self._build_words(item, name, code, words.get(code, "")) for code in shown])

    def _build_words(self, item: Field, name: str, code: str, words: str) -> Node:
        label = self.language_names.get(code, code)
        here = join(name, code)
        if item.type == "rich":
            marked = is_marked_up(words)
            text = words if marked else (rich.find_plain(words) or "")
            preview = clean_html(words) if marked else ""
            return Area(here, text, label, code, marked, preview)
        if "\n" in words or len(words) > _AREA_FROM or item.max_words is not None:
            return Area(here, words, label, code)
        return Line(here, words, label, language=code)

    def _build_reference(self, name: str, identifier: str, item: Field) -> Node:
        named = self.names.find_named(identifier.partition("@")[0]) if identifier else None
        if named is not None:
            return Chosen(name, identifier, named)
        return Line(name, identifier, _("Number, identifier or title"), suggest=",".join(
            item.references
        ))  # fmt: skip

    def _build_link(self, name: str, value: Mapping[str, Any]) -> Node:
        nodes: list[Node] = [
            Line(join(name, "url"), value.get("url", ""), _("Address (https://…)"), "text"),
            Line(join(name, "name"), value.get("name", ""), _("What is found there")),
            self._build_language(join(name, "language"), value.get("language", "")),
        ]
        if value.get("tags"):
            nodes.append(Line(join(name, "tags"), ", ".join(value["tags"]), _("Tags")))
        return Group(nodes, is_inline=True)

    def _build_language(self, name: str, chosen: str) -> Choice:
        codes = dict(self.language_names)
        if chosen:
            codes.setdefault(chosen, chosen)
        options = [Option("", _("Not said"), not chosen)]
        options += [Option(code, words, code == chosen) for code, words in codes.items()]
        return Choice(name, options, "select", _("Language"))

    def _build_construct(self, item: Field, name: str, elements: Sequence[Any]) -> Node:
        return Rows(
            name,
            [
                Row(
                    join(name, n),
                    n + 1,
                    self._build_element(
                        item, join(name, n), elements[n] if n < len(elements) else {}
                    ),
                    n >= len(elements),
                )
                for n in range(len(elements) + self._blank(name))
            ],
            _("Elements of the construct"),
        )

    def _build_element(self, item: Field, name: str, element: Mapping[str, Any]) -> Node:
        kind = element.get("type", "")
        kinds = dict.fromkeys(["", *ELEMENT_TYPES, kind])
        options = [Option(code, say_element(code) or _("Not said"), code == kind) for code in kinds]
        size = element.get("size")
        return Group(
            [
                Choice(join(name, "type"), options, "select", _("Kind of element")),
                self._build_reference(
                    join(name, "identifier"), element.get("identifier", ""), item
                ),
                Line(
                    join(name, "size"),
                    "" if size is None else _say_plainly(size),
                    _("Length in kb"),
                    "number",
                    wide=False,
                ),
            ],
            is_inline=True,
        )

    def _build_one(self, item: Field, name: str, value: Any) -> Node:
        code = "" if value is None else terms.code_of(item, value)
        custom = value.get("customValue") if isinstance(value, Mapping) else None
        known = terms.list_terms(item)
        is_known = not code or (item.vocabulary is not None and code in item.vocabulary.by_id)
        extra = self._build_code(item, join(name, "code"), "" if is_known else code)
        if not known:
            return Group([extra, *self._list_custom(name, code, custom)])
        style = "radios" if len(known) <= terms.FEW else "select"
        options = [Option("", _("Not answered"), not code or not is_known)]
        options += self._list_options(item, {code})
        choice = Choice(
            name,
            options,
            "radios" if style == "radios" else "select",
            item.label.get(self.language),
            extra if terms.is_open(item) or not is_known else None,
            is_label_hidden=True,
        )
        more = self._list_custom(name, code, custom, item)
        return Group([choice, *more]) if more else choice

    def _build_many(self, item: Field, name: str, value: Any) -> Node:
        values = list(value or [])
        codes = [terms.code_of(item, one) for one in values]
        customs = {
            terms.code_of(item, one): one["customValue"]
            for one in values
            if isinstance(one, Mapping) and "customValue" in one
        }
        known = terms.list_terms(item)
        if not known or len(known) > terms.SOME:
            return self._build_codes(item, name, codes, customs)
        listed = {term.id for term in known}
        unlisted = [code for code in codes if code not in listed]
        extra = None
        if unlisted or terms.is_open(item):
            extra = self._build_codes(item, name, unlisted, customs)
        options = self._list_options(item, set(codes), customs, name)
        return Choice(name, options, "boxes", item.label.get(self.language), extra)

    def _build_codes(
        self, item: Field, name: str, codes: Sequence[str], customs: Mapping[str, Any]
    ) -> Node:
        below = join(name, "code")
        rows = []
        for n in range(len(codes) + self._blank(below)):
            code = codes[n] if n < len(codes) else ""
            line = self._build_code(item, join(below, n), code)
            more = self._list_custom(join(name, "custom", code), code, customs.get(code), here=True)
            rows.append(Row(join(below, n), n + 1, Group([line, *more]), not code))
        return Rows(below, rows, item.label.get(self.language))

    def _build_code(self, item: Field, name: str, code: str) -> Line:
        known = item.vocabulary
        text = terms.say_term(known, code, self.language) if code else ""
        listed = f"terms-{known.id.replace('+', '-')}" if known and known.terms else ""
        label = _("Name or code") if listed else _("Code")
        return Line(name, text, label, listed=listed)

    def _list_options(
        self,
        item: Field,
        chosen: set[str],
        customs: Mapping[str, Any] | None = None,
        name: str = "",
    ) -> list[Option]:
        known = item.vocabulary
        if known is None:
            return []
        options = []
        for term in known.terms:
            custom = None
            said = (customs or {}).get(term.id)
            if name and item.type == "term" and (term.id == terms.OTHER or said):
                custom = self._build_custom(join(name, "custom", term.id), said)
            label = term.label.get(self.language)
            depth = terms.depth_of(known, term)
            options.append(Option(term.id, label, term.id in chosen, depth, custom))
        return options

    def _list_custom(
        self, name: str, code: str, said: Any, item: Field | None = None, *, here: bool = False
    ) -> list[Node]:
        """The input beside a term for what is meant by “other”, where that can be said."""
        offers = item is not None and item.type == "term" and any(
            term.id == terms.OTHER for term in terms.list_terms(item)
        )  # fmt: skip
        if said is None and code != terms.OTHER and not offers:
            return []
        return [self._build_custom(name if here else join(name, "custom"), said)]

    def _build_custom(self, name: str, said: Any) -> Group:
        words = said or {}
        shown = list(dict.fromkeys([*self.languages, *words]))
        return Group(
            [
                Line(
                    join(name, code),
                    words.get(code, ""),
                    self.language_names.get(code, code),
                    language=code,
                )
                for code in shown
            ],
            _("In your words"),
        )


def _build_bool(name: str, value: Any) -> Choice:
    options = [
        Option("yes", _("Yes"), value is True),
        Option("no", _("No"), value is False),
        Option("", _("Not answered"), value is None),
    ]
    return Choice(name, options, "radios")


def _say_plainly(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)


def say_element(code: str) -> str:
    """What an element of a gene construct is called."""
    names = {
        "senseStart": _("Promoter"),
        "sense": _("Coding sequence"),
        "senseStop": _("Terminator"),
        "antisenseStart": _("Promoter, antisense"),
        "antisense": _("Coding sequence, antisense"),
        "antisenseStop": _("Terminator, antisense"),
    }
    return names.get(code, code)


def says_the_same(item: Field, name: str, node: Node, value: Any) -> bool:
    """Whether the inputs, sent back as they are, give the value."""
    typed = gather(node.sent())
    for step in name.split("--"):
        typed = typed.part(step)
    return shapes.is_same(Reader().read(item, name, typed, value), value)
