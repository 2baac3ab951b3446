"""A sentence for people, as a value: made once, said in the language of whoever reads it.

    what = sentence("%(count)s of %(whole)s shares", count=2, whole=3)
    what == "2 of 3 shares"  # it is the English text: for programs, logs and comparisons
    what.render(catalogue, "fr")  # and it can still be said in another language

The English words are the key of the translation, as in gettext; `make messages` collects what
stands in `sentence(...)` and `counted(...)`. An argument is said in the reader's language too when
it is a sentence or a `Text` (a label); a number or any other text stays as it is. What is put
together with an f-string is English for ever: mypy refuses it where a sentence is wanted.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import reduce
from typing import Any, Protocol

from cartagena.engine.text import Text

RIGHT_TO_LEFT = frozenset({"ar"})
_ISOLATE, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
# In Arabic words, 2019-09-01 would be drawn as 01-09-2019 if it did not stand by itself.

Argument = str | int | Text
"""A str may be a sentence."""


class Catalogue(Protocol):
    """Where translations come from: the module `gettext`, or Django's."""

    def gettext(self, message: str, /) -> str:
        """The translation of a text."""

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        """The translation of a text in the form for a number."""


class Sentence(str):
    """An English text that remembers what it was made of.

    `template` has places such as `%(name)s` for the `arguments`; `plural` is its form for any
    number but one, chosen by the argument `count`.
    """

    template: str
    plural: str
    arguments: Mapping[str, Argument]

    def __new__(
        cls, template: str, arguments: Mapping[str, Argument] | None = None, plural: str = ""
    ) -> "Sentence":
        """Fill the English template."""
        given = dict(arguments or {})
        chosen = plural if plural and given["count"] != 1 else template
        made = super().__new__(
            cls, _fill(chosen, {name: str(said) for name, said in given.items()})
        )
        made.template, made.plural, made.arguments = template, plural, given
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        """What a copy is made of: sentences are kept in caches and sent between processes."""
        return self.template, self.arguments, self.plural

    def render(self, catalogue: Catalogue, language: str) -> str:
        """The sentence in the language of a catalogue, with its arguments in it."""
        said = {name: _render(value, catalogue, language) for name, value in self.arguments.items()}
        if self.plural:
            number = self.arguments["count"]
            assert isinstance(number, int)
            return _fill(catalogue.ngettext(self.template, self.plural, number), said)
        return _fill(catalogue.gettext(self.template), said)

    def mentions(self, label: Text) -> bool:
        """Whether a label is among what it says."""
        return any(
            value.mentions(label) if isinstance(value, Sentence) else value == label
            for value in self.arguments.values()
        )

    def as_json(self) -> list[Any]:
        """The sentence as plain values, to be stored where another reader may come."""
        arguments = {name: _as_json(value) for name, value in self.arguments.items()}
        return [self.template, arguments, self.plural]

    @classmethod
    def from_json(cls, stored: Any) -> "Sentence":
        """The sentence that `as_json` gave; a plain text is a sentence without a translation."""
        if isinstance(stored, str):
            return cls(stored)
        template, arguments, plural = stored
        return cls(template, {name: _from_json(raw) for name, raw in arguments.items()}, plural)


def sentence(template: str, /, **arguments: Argument | date) -> Sentence:
    """A sentence, or a part of one, whose words are collected for translation."""
    return Sentence(template, {name: _plain(value) for name, value in arguments.items()})


def counted(singular: str, plural: str, count: int, /, **arguments: Argument | date) -> Sentence:
    """A sentence that depends on a number, which stands in it as `%(count)s`."""
    given = {name: _plain(value) for name, value in arguments.items()}
    return Sentence(singular, {"count": count, **given}, plural)


def listed(parts: Iterable[Argument]) -> Argument:
    """Parts one after another: "a, b, c"."""
    return _join(parts, lambda a, b: sentence("%(before)s, %(last)s", before=a, last=b))


def listed_apart(parts: Iterable[Argument]) -> Argument:
    """Parts that may hold commas themselves: "a; b, c; d"."""
    return _join(parts, lambda a, b: sentence("%(before)s; %(last)s", before=a, last=b))


def alternatives(parts: Iterable[Argument]) -> Argument:
    """Parts of which any one is meant: "a or b or c"."""
    return _join(parts, lambda a, b: sentence("%(before)s or %(last)s", before=a, last=b))


def _join(parts: Iterable[Argument], pair: Callable[[Argument, Argument], Argument]) -> Argument:
    found = tuple(parts)
    return reduce(pair, found) if found else ""


def _plain(value: Argument | date) -> Argument:
    return value if isinstance(value, str | int | Text) else str(value)


def _fill(template: str, said: Mapping[str, str]) -> str:
    return template % said if said else template


def _render(value: Argument, catalogue: Catalogue, language: str) -> str:
    if isinstance(value, Sentence):
        return value.render(catalogue, language)
    if isinstance(value, Text):
        said, runs_along = value.get(language), value.language_for(language) == language
    else:
        said = str(value)
        runs_along = said.isalnum()
    return said if runs_along or language not in RIGHT_TO_LEFT else f"{_ISOLATE}{said}{_END}"


def _as_json(value: Argument) -> Any:
    if isinstance(value, Sentence):
        return value.as_json()
    if isinstance(value, Text):
        return {"words": dict(value.pairs), "original": value.original}
    return value


def _from_json(raw: Any) -> Argument:
    if isinstance(raw, list):
        return Sentence.from_json(raw)
    return Text.of(raw["words"], raw["original"]) if isinstance(raw, dict) else raw
