"""What somebody may want who has begun to type."""

from collections.abc import Iterator
from dataclasses import dataclass

import tantivy

from cartagena.apps.search import analyser, reading, store
from cartagena.apps.search.content import NAMING_TYPES, list_titles
from cartagena.apps.search.names import build_name_query, find_names

_READ_AT_MOST = 4
_KINDS = {"modifiedOrganism": "lmo", "organism": "organism", "dnaSequence": "gene"}


@dataclass(frozen=True)
class Suggestion:
    """A name to search for. `kind`: country, type, lmo, organism, gene, record, or a vocabulary.

    `identifier` is that of the record, the code of the country or type, or the term.
    """

    text: str
    kind: str
    identifier: str | None = None


def list_suggestions(
    searcher: tantivy.Searcher, text: str, language: str, limit: int
) -> list[Suggestion]:
    """Names near to what was typed: LMOs, organisms and genes first, then the others."""
    scored = [
        (score, place, Suggestion(name.text, name.kind, name.identifier))
        for place, (score, name) in enumerate(find_names(text, limit * 6))
        if name.language == language or not _speaks(text, language)
    ]
    scored += [
        (score, place, suggestion)
        for place, (score, suggestion) in enumerate(
            _list_records(searcher, text, language, limit * _READ_AT_MOST)
        )
    ]
    scored.sort(key=lambda item: (-item[0], item[1], len(item[2].text)))
    found: dict[str, Suggestion] = {}
    for _score, _place, suggestion in scored:
        found.setdefault(suggestion.text.casefold(), suggestion)
    return list(found.values())[:limit]


def _speaks(text: str, language: str) -> bool:
    """Whether what was typed may be in a language, judged by its script."""
    scripts = {analyser.script_of(word) for word in analyser.WORD.findall(text)} - {None}
    return scripts == {language} if scripts else language in analyser.LATIN


def _list_records(
    searcher: tantivy.Searcher, text: str, language: str, limit: int
) -> Iterator[tuple[float, Suggestion]]:
    schema = store.get_schema()
    wanted = build_name_query(schema, text)
    if wanted is None:
        return
    must, should = tantivy.Occur.Must, tantivy.Occur.Should
    live = tantivy.Query.term_query(schema, store.LIVE, "1", "basic")
    naming = tantivy.Query.term_set_query(schema, "type", list(NAMING_TYPES))
    query = tantivy.Query.boolean_query(
        [
            (must, wanted),
            (must, tantivy.Query.const_score_query(live, 0.0)),
            (should, tantivy.Query.const_score_query(naming, 15.0)),
        ]
    )
    hits = searcher.search(query, limit=limit).hits
    keys = searcher.fast_field_values("key", [address for _score, address in hits])
    shown = {row.version_id: row for row in reading.read_shown([int(key or 0) for key in keys])}
    for (score, _address), key in zip(hits, keys, strict=True):
        row = shown.get(int(key or 0))
        if row is not None:
            titles = dict(list_titles(row.type, row.body))
            title = titles.get(language) or row.title
            if title:
                yield score, Suggestion(title, _KINDS.get(row.type, "record"), row.identifier)
