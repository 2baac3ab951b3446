"""The value of a field as somebody who reviews it reads it: in every language, without inputs."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cartagena.apps.portal.desk.forms.building import say_element
from cartagena.apps.portal.desk.forms.names import Names, NoNames
from cartagena.apps.portal.desk.forms.record_form import LANGUAGE_NAMES
from cartagena.apps.portal.desk.forms.terms import find_label
from cartagena.apps.portal.safe_text import clean_html, find_safe_address
from cartagena.engine.record_body import says_something
from cartagena.engine.record_format import Field


class Shower:
    """Shows values to a reader of one language."""

    def __init__(self, language: str, names: Names | None = None) -> None:
        self._language = language
        self._names = names or NoNames()

    def show(self, field: Field | None, value: Any) -> SafeString:
        """Safe HTML of a value; what has not the form of its field is shown as it is stored."""
        if not says_something(value):
            return SafeString("")
        if field is None:
            return format_html("<code>{}</code>", str(value))
        if field.many and isinstance(value, list):
            return _list(self._show_one(field, item) for item in value)
        return self._show_one(field, value)

    def _show_one(self, field: Field, value: Any) -> SafeString:
        if isinstance(value, bool):
            return format_html("{}", _("Yes") if value else _("No"))
        if field.type == "table" and isinstance(value, list):
            return _list(map(self._show_element, value), "ol")
        if isinstance(value, str | int | float):
            return format_html('<bdi dir="auto">{}</bdi>', self._say(field, value))
        if not isinstance(value, Mapping):
            return format_html("<code>{}</code>", str(value))
        if field.type in ("text", "rich"):
            return self._show_words(value, is_html=field.type == "rich")
        if field.type == "term":
            return self._show_term(field, value)
        if field.type == "ref":
            return self._show_reference(value)
        return _show_link(value) if field.type == "link" else self._show_object(field, value)

    def _say(self, field: Field, value: Any) -> str:
        if field.vocabulary is not None and isinstance(value, str):
            return find_label(field.vocabulary, value, self._language)
        return str(value)

    def _show_words(self, value: Mapping[str, Any], *, is_html: bool) -> SafeString:
        return format_html_join(
            "",
            '<div class="said"><span class="badge">{}</span>'
            '<div lang="{}" dir="auto">{}</div></div>',
            (
                (
                    LANGUAGE_NAMES.get(language, language),
                    language,
                    clean_html(str(words)) if is_html else words,
                )
                for language, words in value.items()
                if says_something(words)
            ),
        )

    def _show_term(self, field: Field, value: Mapping[str, Any]) -> SafeString:
        label = find_label(field.vocabulary, str(value.get("identifier", "")), self._language)
        custom = value.get("customValue")
        if isinstance(custom, Mapping) and custom:
            return format_html("{}: {}", label, self._show_words(custom, is_html=False))
        return format_html("{}", label)

    def _show_reference(self, value: Mapping[str, Any]) -> SafeString:
        identifier = str(value.get("identifier", ""))
        named = self._names.find_named(identifier.partition("@")[0])
        if named is None:
            return format_html(
                '<bdi>{}</bdi> <span class="soft">{}</span>', identifier, _("not known here")
            )
        note = _("draft") if named.is_draft else named.number
        return format_html(
            '<bdi dir="auto">{}</bdi> <span class="soft"><bdi>{}</bdi></span>', named.title, note
        )

    def _show_element(self, value: Any) -> SafeString:
        if not isinstance(value, Mapping):
            return format_html("<code>{}</code>", str(value))
        size = f"{value['size']} kb" if says_something(value.get("size")) else ""
        gene = self._show_reference(value) if "identifier" in value else SafeString("")
        return format_html("{} {} {}", say_element(str(value.get("type", ""))), gene, size)

    def _show_object(self, field: Field, value: Mapping[str, Any]) -> SafeString:
        parts = {item.id: item for item in field.fields}
        return format_html(
            '<dl class="facts">{}</dl>',
            format_html_join(
                "",
                "<dt>{}</dt><dd>{}</dd>",
                (
                    (
                        parts[key].label.get(self._language) if key in parts else key,
                        self.show(parts.get(key), part),
                    )
                    for key, part in value.items()
                ),
            ),
        )


def _list(items: Iterable[SafeString], tag: str = "ul") -> SafeString:
    inner = format_html_join("", "<li>{}</li>", ((item,) for item in items))
    if tag == "ol":
        return format_html("<ol>{}</ol>", inner)
    return format_html('<ul class="plain">{}</ul>', inner)


def _show_link(value: Mapping[str, Any]) -> SafeString:
    url = str(value.get("url", ""))
    words = str(value.get("name") or url)
    language = LANGUAGE_NAMES.get(str(value.get("language", "")), "")
    address = find_safe_address(url)
    if not address:
        return format_html('{} <span class="soft">{} {}</span>', words, url, language)
    return format_html(
        '<a href="{}" rel="noopener nofollow">{}</a> <span class="soft">{}</span>',
        address, words, language,
    )  # fmt: skip
