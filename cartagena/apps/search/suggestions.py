"""What somebody may want who has begun to type, or who mistyped."""

from collections.abc import Iterator
from dataclasses import dataclass

import tantivy

from cartagena.apps.search import analyser, reading, store
from cartagena.apps.search.content import NAMING_TYPES, list_titles
from cartagena.apps.search.names import build_name_query, find_names

_READ_AT_MOST = 4
_CANDIDATES = 3_000
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


# Spelling ----------------------------------------------------------------------------------------


def list_corrections(searcher: tantivy.Searcher, text: str, language: str) -> Iterator[str]:
    """The text with words exchanged for the nearest that records have, the most careful first.

    First only words that no record has, then those that no record has in the reader's language.
    """
    for careful in (True, False):
        corrected = analyser.WORD.sub(
            lambda found: _find_nearest(searcher, found[0], language, careful) or found[0],  # noqa: B023
            text[:200],
        )
        if corrected != text[:200]:
            yield corrected


def _find_nearest(
    searcher: tantivy.Searcher, word: str, language: str, careful: bool
) -> str | None:
    script = analyser.script_of(word)
    if script == "zh" or len(word) < 4 or any(sign.isdigit() for sign in word):
        return None
    own = script or (language if language in analyser.LATIN else "en")
    languages = [own, *(each for each in analyser.LATIN if not script and each != own)]
    candidates = []
    for place, spoken in enumerate([*languages, analyser.NEUTRAL]):
        folded = analyser.fold(word, spoken)
        if (careful or spoken == own) and searcher.doc_freq(store.FORMS, f"{spoken}={folded}"):
            return None
        most = 1 if len(folded) < 7 else 2
        start = f"{spoken}={folded[:2]}"
        for form, count in searcher.terms_with_prefix(store.FORMS, start, limit=_CANDIDATES):
            known = form.partition("=")[2]
            distance = measure_distance(folded, known, most)
            if 0 < distance <= most:
                candidates.append((distance, place, -count, known))
    return min(candidates)[3] if candidates else None


def measure_distance(one: str, other: str, most: int) -> int:
    """How many letters must be added, dropped, changed or swapped; more than `most` is not told."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        last, before, row = before, row, [place]
        for at, sign in enumerate(other, 1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != sign))
            swapped = place > 1 and at > 1 and letter == other[at - 2] and one[place - 2] == sign
            row.append(min(cost, last[at - 2] + 1) if swapped else cost)
        if min(row) > most:
            return most + 1
    return row[-1]
