"""One sentence in several languages, and which language answers when the wished one is missing.

A declaration holds the text it was written in (the plan: Chinese; what we add: English). Every
other language comes from a file beside it; see `cartagena.engine.translations`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Annotated

FALLBACK = "en"


@lru_cache(maxsize=256)
def list_fallbacks(language: str, original: str) -> tuple[str, ...]:
    """The languages to try, in order.

    The wished one, the same without region or script (`zh-hans` -> `zh`), English, the original.
    """
    wished = language.lower().replace("_", "-")
    order = (wished, wished.split("-")[0], FALLBACK, original)
    return tuple(dict.fromkeys(order))


@dataclass(frozen=True)
class Text:
    """An immutable text in one or more languages. Two texts are equal when all languages are.

    `pairs` holds (language, words), sorted; `original` is the language it was written in.
    """

    pairs: tuple[tuple[str, str], ...]
    original: str = FALLBACK

    @classmethod
    def of(cls, words: Mapping[str, str], original: str = FALLBACK) -> "Text":
        """A text from language -> words. Empty words count as absent."""
        return cls(tuple(sorted((lang, said) for lang, said in words.items() if said)), original)

    def get(self, language: str = FALLBACK) -> str:
        """The words in `language`, else in English, else in the original, else in any language.

        Empty only for a text without any words.
        """
        words = self._words
        for candidate in list_fallbacks(language, self.original):
            if candidate in words:
                return words[candidate]
        return self.pairs[0][1] if self.pairs else ""

    @cached_property
    def _words(self) -> Mapping[str, str]:
        return dict(self.pairs)

    def language_for(self, language: str) -> str:
        """The language that `get(language)` answers in, for the `lang` attribute of a page."""
        for candidate in list_fallbacks(language, self.original):
            if candidate in self._words:
                return candidate
        return self.pairs[0][0] if self.pairs else ""

    def with_words(self, words: Mapping[str, str]) -> "Text":
        """The text with further languages. The original is what it is: it cannot be replaced."""
        added = {lang: said for lang, said in words.items() if lang != self.original}
        return Text.of({**dict(self.pairs), **added}, self.original)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have words, sorted."""
        return tuple(language for language, _ in self.pairs)

    def __contains__(self, language: object) -> bool:
        return language in self.languages

    def __iter__(self) -> Iterator[str]:
        return iter(self.languages)

    def __len__(self) -> int:
        return len(self.pairs)

    def __str__(self) -> str:
        return self.get(FALLBACK)


@dataclass(frozen=True)
class Written:
    """Marks a text that is written in `language` whatever the language of its declaration."""

    language: str


EnglishText = Annotated[Text, Written("en")]
"""Our own words in a declaration that quotes another language."""
