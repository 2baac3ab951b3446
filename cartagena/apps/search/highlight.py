"""Shows where a hit says what was asked: the best passage, as HTML with <mark>.

Texts are read by the analyser of the index, so inflected words and any spelling of an identifier
are marked too. Everything but the marks is escaped.
"""

import html
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from cartagena.apps.search import analyser
from cartagena.apps.search.analyser_codes import list_codes
from cartagena.apps.search.content import NamedText
from cartagena.apps.search.meanings import MEANING, find_named, meaning_token

PASSAGE = 220
_LEAD = 60
_MARKS_READ = 40
_CHARACTERS_READ = 120_000
_SAYS_SOMETHING = 30
Span = tuple[int, int, str]
"""Start, end, and the token that stands there."""


def find_spans(text: str, language: str, marks: Set[str]) -> list[Span]:
    """The places of marked tokens in a text, in their order, without overlaps."""
    spans: list[Span] = []
    if marks:
        spans.extend(
            (code.start, code.end, code.token) for code in list_codes(text) if code.token in marks
        )
        spans.extend(_list_word_spans(text, language, marks))
        if any(token.startswith(MEANING) for token in marks):
            spans.extend(_list_named_spans(text, language, marks))
    spans.sort(key=lambda span: (span[0], -span[1]))
    merged: list[Span] = []
    for start, end, token in spans:
        if merged and start < merged[-1][1]:
            first, last, before = merged[-1]
            merged[-1] = (first, max(last, end), before)
        else:
            merged.append((start, end, token))
    return merged


def _list_word_spans(text: str, language: str, marks: Set[str]) -> Iterator[Span]:
    for word in analyser.list_words(text, language):
        if len(word.forms) <= 1 and len(word.tokens) <= 1:
            for token in (*word.tokens, *word.forms):
                if token in marks:
                    yield word.start, word.end, token
                    break
            continue
        for place, token in enumerate(word.tokens):  # Chinese: pairs of characters
            if token in marks:
                yield word.start + place, min(word.start + place + 2, word.end), token
        for place, form in enumerate(word.forms):
            if form in marks:
                yield word.start + place, word.start + place + 1, form


def _list_named_spans(text: str, language: str, marks: Set[str]) -> Iterator[Span]:
    """The places where something is named whose meaning is marked."""
    tokens: list[tuple[str, int, int]] = []
    for word in analyser.list_words(text, language):
        if len(word.tokens) == 1:
            tokens.append((word.tokens[0], word.start, word.end))
        else:  # Chinese: pairs of characters
            tokens += [
                (token, word.start + n, word.start + n + 2) for n, token in enumerate(word.tokens)
            ]
    for named in find_named([(token,) for token, _start, _end in tokens]):
        if (token := meaning_token(named.meaning)) in marks:
            yield tokens[named.first][1], tokens[named.last - 1][2], token


def mark(text: str, spans: Sequence[Span], start: int = 0, end: int | None = None) -> str:
    """A part of a text as HTML with its marks."""
    end = len(text) if end is None else end
    parts = []
    place = start
    for first, last, _token in spans:
        if first < start or last > end:
            continue
        parts.append(html.escape(text[place:first]))
        parts.append(f"<mark>{html.escape(text[first:last])}</mark>")
        place = last
    parts.append(html.escape(text[place:end]))
    return "".join(parts)


def mark_all(text: str, language: str, marks: Set[str]) -> str:
    """A whole text, such as a title, with its marks."""
    return mark(text, find_spans(text, language, marks))


class Snippet(NamedTuple):
    """A passage as HTML, and the place of its text among all; None when it says nothing asked."""

    html: str
    place: int | None = None


def make_snippet(texts: Iterable[NamedText], marks: Set[str], reader: str) -> Snippet:
    """The passage that says most of what was asked; the reader's language decides a draw.

    Where nothing of it stands in the texts, the beginning of one that says something.
    """
    best: tuple[int, bool, int, str, list[Span], int] | None = None
    other: tuple[bool, bool, int, str] | None = None
    left = _CHARACTERS_READ
    for order, (language, text) in enumerate(texts):
        text = " ".join(analyser.without_addresses(text[:left]).split())
        left -= len(text)
        says = (len(text) >= _SAYS_SOMETHING, language == reader, -order, text)
        other = max(other, says) if other else says
        spans = find_spans(text, language, marks)
        if spans:
            start, count = _best_window(spans)
            found = (count, language == reader, -order, text, spans, start)
            if best is None or found[:3] > best[:3]:
                best = found
        if left <= 0:
            break
    if best is not None:
        return Snippet(_cut(best[3], best[4], best[5]), -best[2])
    return Snippet(_cut(other[3], [], 0) if other and other[0] else "")


def _best_window(spans: Sequence[Span]) -> tuple[int, int]:
    """Where the passage with the most different tokens begins, and how many they are."""
    best_start, best_count = spans[0][0], 0
    for place, (start, _end, _token) in enumerate(spans[:_MARKS_READ]):
        tokens = {token for _first, last, token in spans[place:] if last <= start + PASSAGE - _LEAD}
        if len(tokens) > best_count:
            best_start, best_count = start, len(tokens)
    return best_start, max(best_count, 1)


def _cut(text: str, spans: Sequence[Span], wanted: int) -> str:
    start = max(0, wanted - _LEAD)
    if len(text) <= PASSAGE:
        start = 0
    elif start:
        space = text.find(" ", start, wanted)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + PASSAGE)
    if end < len(text):
        space = text.rfind(" ", start + PASSAGE // 2, end)
        end = space if space >= 0 else end
        end = max([end, *(last for first, last, _ in spans if first < end < last)])
    return (
        f"{'… ' if start else ''}{mark(text, spans, start, end)}{' …' if end < len(text) else ''}"
    )
