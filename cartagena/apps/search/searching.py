"""A search from what was typed to what is shown."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from cartagena.apps.search import reading
from cartagena.apps.search.asking import Also
from cartagena.apps.search.content import (
    NamedText,
    find_naming_reference,
    list_titles,
    read_content,
)
from cartagena.apps.search.finding import Counts, Finder, Found, SearchQuery
from cartagena.apps.search.follower import is_following
from cartagena.apps.search.highlight import make_snippet, mark_all
from cartagena.apps.search.index import get_index
from cartagena.apps.search.spelling import list_corrections, write_as_in
from cartagena.apps.search.suggestions import Suggestion, list_suggestions
from cartagena.engine.meanings import load_meanings
from cartagena.engine.record_identity import build_public_number
from cartagena.engine.text import FALLBACK

_READ_AT_ONCE = 1_000
_NAMES_SHOWN = 3
Answer = TypeVar("Answer")


class SearchUnavailableError(Exception):
    """There is no index to search yet; it is being built."""


@dataclass(frozen=True)
class SearchHit:
    """One record found, in the version that is public.

    `title` is in `language` (empty where the record does not say); `title_html` and `snippet_html`
    are escaped, with <mark> around what was asked for. `question` is the key of the question of a
    national report whose answer the snippet is from.
    """

    identifier: str
    version: int
    type: str
    government: str | None
    number: str
    title: str
    language: str
    published_on: dt.date
    snippet_html: str
    demonstration: bool
    title_html: str = ""
    question: str = ""


@dataclass(frozen=True)
class SearchResult:
    """One page of hits. `facets`: name -> (value, count), most frequent first.

    `position` is how far in the publication log the index was. `also` are names in the reader's
    language of what was also looked for; `exactly` is the question that leaves these out.
    """

    total: int
    hits: tuple[SearchHit, ...]
    facets: Counts
    position: int
    also: tuple[str, ...] = ()
    exactly: str = ""


def search(query: SearchQuery, *, now: dt.datetime) -> SearchResult:
    """The hits of a page and the facets. Whatever is typed is understood somehow.

    A day in the future means now. Raises SearchUnavailableError while there is no index.
    """
    query = _settle_day(query, now)
    position, found = _ask(lambda finder: finder.find(query))
    return SearchResult(
        total=found.total,
        hits=_show(found, query.language),
        facets=found.facets,
        position=position,
        also=tuple(_name_also(found.also, query)) if found.also else (),
        exactly=found.also.exactly if found.also else "",
    )


def _name_also(also: Also, query: SearchQuery) -> Iterator[str]:
    """The first names of what was also looked for that were not typed."""
    typed = query.text.casefold()
    language = query.language.split("-")[0]
    for meaning in also.meanings:
        names = load_meanings().names[meaning]
        known = names.get(language, names[FALLBACK])
        yield from [name for name in known if name.casefold() not in typed][:_NAMES_SHOWN]


def find_facets(query: SearchQuery, *, now: dt.datetime) -> Counts:
    """The facets alone."""
    return _ask(lambda finder: finder.find(replace(_settle_day(query, now), rows=0)))[1].facets


def suggest(text: str, language: str, limit: int = 8) -> list[Suggestion]:
    """Names near to what was typed so far."""
    language = language.split("-")[0]
    return _ask(lambda finder: list_suggestions(finder.searcher, text[:200], language, limit))[1]


def suggest_spelling(text: str, language: str) -> str | None:
    """What was typed with the nearest words that records have, if that finds any; else None."""
    return _ask(lambda finder: _find_spelling(finder, text, language.split("-")[0]))[1]


def _find_spelling(finder: Finder, text: str, language: str) -> str | None:
    for corrected in list_corrections(finder.searcher, text, language):
        found = finder.find(SearchQuery(corrected, language, rows=1), with_facets=False)
        if found.total:
            rows = reading.read_shown(found.keys)
            contents = [read_content(row.type, row.body, {}) for row in rows]
            texts = [text for each in contents for text in (*each.title, *each.texts, *each.labels)]
            return write_as_in(corrected, texts)
    return None


def list_all_identifiers(query: SearchQuery, *, now: dt.datetime) -> Iterator[tuple[str, int]]:
    """Identifier and version of all hits in their order; there is no ceiling."""
    bulks = _list_keys(query, now)
    named = ((keys, reading.read_names(keys)) for keys in bulks)
    return (names[key] for keys, names in named for key in keys if key in names)


def list_all_shown(query: SearchQuery, *, now: dt.datetime) -> Iterator[SearchHit]:
    """All hits in their order, without passages; there is no ceiling."""
    reader = query.language.split("-")[0]
    return (
        hit
        for keys in _list_keys(query, now)
        for hit in _as_hits(reading.read_shown(keys), reader, frozenset(), with_snippet=False)
    )


def list_new(
    query: SearchQuery, *, after: int, limit: int, now: dt.datetime
) -> tuple[int, int, list[SearchHit]]:
    """What was published after a position of the log: the position reached, how many, the first."""
    position, keys = _ask(lambda finder: finder.list_keys(query))
    new = reading.list_published(after, position)
    found = [key for key in keys if key in new] if new else []
    reader = query.language.split("-")[0]
    shown = reading.read_shown(found[:limit])
    return position, len(found), _as_hits(shown, reader, frozenset(), with_snippet=False)


def name_records(identifiers: Sequence[str], language: str) -> dict[str, str]:
    """Identifier -> the name that a record gives itself, in a language if it has one. One query."""
    named = {}
    for row in reading.read_named(identifiers):
        title = _choose_title(list(list_titles(row[1], row[2])), language.split("-")[0])[1]
        named[row[0]] = title or row[0]
    return named


def _list_keys(query: SearchQuery, now: dt.datetime) -> Iterator[list[int]]:
    query = _settle_day(query, now)
    keys = _ask(lambda finder: finder.list_keys(query))[1]
    return iter(lambda: list(islice(keys, _READ_AT_ONCE)), [])


def _settle_day(query: SearchQuery, now: dt.datetime) -> SearchQuery:
    if query.as_of is not None and query.as_of >= now.date():
        return replace(query, as_of=None)
    return query


def _ask(question: Callable[[Finder], Answer]) -> tuple[int, Answer]:
    """The position of the index and its answer; a spoiled index is built again, once."""
    index = get_index()
    for _attempt in range(2):
        if not is_following():
            index.keep_up()
        finder = index.find_finder()
        if finder is None:
            break
        position = index.state.position
        try:
            return position, question(finder)
        except (ValueError, OSError):
            # Tantivy says ValueError for files it cannot read.
            index.spoil()
    raise SearchUnavailableError("The search index is being built. Try again in a minute.")


def _show(found: Found, language: str) -> tuple[SearchHit, ...]:
    reader = language.split("-")[0]
    return tuple(_as_hits(reading.read_shown(found.keys), reader, found.marks))


def _as_hits(
    rows: Sequence[reading.Shown],
    reader: str,
    marks: frozenset[str],
    *,
    with_snippet: bool = True,
) -> list[SearchHit]:
    """Records as hits; those without a title are named by what they refer to (one query)."""
    through = {row.version_id: find_naming_reference(row.type, row.body) for row in rows}
    wanted = sorted({identifier for identifier in through.values() if identifier})
    named = name_records(wanted, reader) if wanted else {}
    return [
        _as_hit(
            row, reader, marks, named.get(through[row.version_id], ""), with_snippet=with_snippet
        )
        for row in rows
    ]


def _as_hit(
    row: reading.Shown, reader: str, marks: frozenset[str], name: str, *, with_snippet: bool
) -> SearchHit:
    language, title = _choose_title(list(list_titles(row.type, row.body)), reader)
    number = build_public_number(row.type, row.government, row.document_id, row.revision)
    snippet, question = _find_passage(row, reader, marks) if with_snippet else ("", "")
    title = title or row.title or name or str(number)
    return SearchHit(
        identifier=row.identifier,
        version=row.number,
        type=row.type,
        government=row.government,
        number=str(number),
        title=title,
        language=language,
        published_on=row.published_at.astimezone(dt.UTC).date(),
        snippet_html=snippet,
        demonstration=row.demonstration,
        title_html=mark_all(title, language or reader, marks),
        question=question,
    )


def _find_passage(row: reading.Shown, reader: str, marks: frozenset[str]) -> tuple[str, str]:
    """The passage of a hit, and the question of a report that it answers."""
    content = read_content(row.type, row.body, {})
    texts = [each for each in content.texts if each not in content.title]
    snippet, place = make_snippet([*texts, *content.labels], marks, reader)
    if place is None or place >= len(content.questions):
        return snippet, ""
    return snippet, content.questions[place]


def _choose_title(titles: list[NamedText], reader: str) -> NamedText:
    known = dict(titles)
    for language in (reader, FALLBACK):
        if language in known:
            return language, known[language]
    if titles:
        language, title = titles[0]
        return ("" if language == "x" else language), title
    return "", ""
