"""What templates say: links that keep the date, texts in the reader's language, small drawings."""

import re
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cartagena.apps.portal import charts, typography
from cartagena.apps.portal.presenters.figure import FigureView
from cartagena.apps.portal.sentences import read_language, say_closed, say_provision, say_sentence
from cartagena.engine.text import Text

register = template.Library()
_ADDRESS = re.compile(
    r"(https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]|/files/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/[^\s<>\"]*)"
)

register.filter("percent", typography.percent)
register.filter("number", typography.number)
register.filter("long_date", typography.long_date)
register.filter("points", typography.points)
register.filter("moment", typography.moment)


@register.simple_tag(takes_context=True)
def to(context: Context, name: str, *args: Any, **query: Any) -> str:
    """The address of a page by its name, with the date the reader looks from."""
    return str(context["frame"].link(name, *args, **query))


@register.simple_tag(takes_context=True)
def here(context: Context, **query: Any) -> str:
    """The address of this page with some query values changed; an empty value takes one out."""
    return str(context["frame"].here(**query))


@register.filter
def say(text: Text | str | None) -> SafeString:
    """A text in the reader's language, marked with its own language where that differs."""
    if text is None:
        return SafeString("")
    if isinstance(text, str):
        return escape(say_sentence(text))
    wished = read_language()
    found = text.language_for(wished)
    words = text.get(wished)
    if found == wished:
        return escape(words)
    return format_html('<span lang="{}" dir="auto">{}</span>', found, words)


@register.filter
def linked(text: str) -> SafeString:
    """A text whose addresses, on the web or of files of this site, can be followed."""
    parts = _ADDRESS.split(text)
    return SafeString(
        "".join(
            format_html('<a href="{0}" rel="nofollow noopener">{0}</a>', part)
            if place % 2
            else escape(part)
            for place, part in enumerate(parts)
        )
    )


@register.filter
def words(text: Text | str | None) -> str:
    """A text in the reader's language without any mark, for attributes and titles."""
    if isinstance(text, Text):
        return text.get(read_language())
    return say_sentence(text or "")


@register.filter
def provision(provision_id: str) -> str:
    """The address of a provision in the reader's language."""
    return say_provision(provision_id)


@register.filter
def closed(text: str) -> str:
    """A sentence in the reader's language with the full stop that findings are found without."""
    return say_closed(text)


@register.filter
def english(text: str) -> SafeString:
    """Words that exist in English only, marked as such on pages in other languages."""
    if (get_language() or "en").startswith("en"):
        return escape(text)
    return format_html('<span lang="en" dir="ltr">{}</span>', text)


@register.simple_tag
def bar(view: FigureView, classes: str = "", label: str = "") -> SafeString:
    """The three-part bar of a figure; nothing for a figure that has no parts."""
    if not view.has_parts:
        return SafeString("")
    figure = view.figure
    headline = figure.headline if figure.unknown else None
    return charts.draw_bar(
        figure.yes or 0,
        figure.unknown or 0,
        figure.size or 0,
        headline=headline,
        label=label,
        classes=classes,
    )


@register.simple_tag
def spark(views: list[FigureView]) -> SafeString:
    """The movement of several figures, the size of a word."""
    return charts.draw_spark([view.mark for view in views])


@register.simple_tag
def chart(views: list[FigureView], title: str) -> SafeString:
    """The movement of several figures, with axes."""
    return charts.draw_chart([view.mark for view in views], title)


@register.simple_tag
def tile(one: Any) -> SafeString:
    """One tile of the map: a link with its text equivalent."""
    place, said = one.place, escape(one.words)
    return mark_safe(  # noqa: S308 - codes of ours, words and addresses are escaped
        f'<li class="c{place.column} r{place.row} {one.state}">'
        f'<a href="{escape(one.address)}" title="{said}" aria-label="{said}">{place.party}</a></li>'
    )


@register.filter
def original(text: Text) -> str:
    """A text in the language it was written in."""
    return text.get(text.original)
