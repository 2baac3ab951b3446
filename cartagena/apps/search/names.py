"""Names that people look for: how they are read for suggestions, and those that never change."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import tantivy

from cartagena.apps.search import analyser
from cartagena.apps.search.analyser_arabic import bare_arabic
from cartagena.apps.search.content import SUBJECTS, TRAITS
from cartagena.engine.countries import load_countries
from cartagena.engine.record_format import load_all_record_formats
from cartagena.engine.vocabulary import load_vocabulary

NAMES = "names"
_VOCABULARIES = (*SUBJECTS, TRAITS, "decisionTypes", "decisionResults", "typeOfOrganisms")
Query = tantivy.Query
Must, Should = tantivy.Occur.Must, tantivy.Occur.Should


@dataclass(frozen=True)
class Name:
    """A name in one language; `kind` is country, type, or the vocabulary of a term."""

    text: str
    kind: str
    identifier: str
    language: str


def list_name_tokens(text: str) -> list[str]:
    """The words of a name, folded but whole: somebody is still typing them."""
    return [token for word in analyser.WORD.findall(text) for token in _read_word(word)]


@lru_cache(maxsize=100_000)
def _read_word(word: str) -> tuple[str, ...]:
    script = analyser.script_of(word)
    if script == "zh":
        return tuple(word)
    if script == "ar":
        token = bare_arabic(word)
    elif any(sign.isdigit() for sign in word):
        token = analyser.fold_code(word)
    else:
        token = analyser.fold(word, script or analyser.NEUTRAL)
    return (token,) if token else ()


def build_name_query(schema: tantivy.Schema, text: str) -> tantivy.Query | None:
    """Names with all words of a text, mistyped or not; the last may be unfinished."""
    tokens = list_name_tokens(text)[:12]
    if not tokens:
        return None
    clauses = [(Must, _near(schema, token, token is tokens[-1])) for token in tokens]
    whole = Query.boolean_query(clauses)
    joined = "".join(tokens)
    if len(tokens) > 1 and re.search(r"\d", joined):
        # A unique identifier typed in parts.
        code = Query.fuzzy_term_query(schema, NAMES, joined, 0, True, True)
        return Query.boolean_query([(Should, whole), (Should, Query.const_score_query(code, 50.0))])
    return whole


def _near(schema: tantivy.Schema, token: str, is_last: bool) -> tantivy.Query:
    exact = Query.term_query(schema, NAMES, token, "freq")
    choices = [Query.const_score_query(exact, 20.0)]
    if is_last:
        start = Query.fuzzy_term_query(schema, NAMES, token, 0, True, True)
        choices.append(Query.const_score_query(start, 10.0))
    distance = 0 if len(token) < 4 or token.isdigit() else 1 if len(token) < 8 else 2
    if distance:
        near = Query.fuzzy_term_query(schema, NAMES, token, distance, True, is_last)
        choices.append(Query.const_score_query(near, 1.0))
    return Query.boolean_query([(Should, choice) for choice in choices])


def _list_names() -> Iterator[Name]:
    for country in load_countries():
        for language, said in country.names.pairs:
            yield Name(said, "country", country.code, language)
    for identifier, shape in load_all_record_formats().items():
        if shape.holds not in ("rows", "labels"):
            for language, said in shape.name.pairs:
                yield Name(said, "type", identifier, language)
    for vocabulary in _VOCABULARIES:
        for term in load_vocabulary(vocabulary).terms:
            for language, said in term.label.pairs:
                yield Name(said, vocabulary, term.id, language)


@cache
def _open_names() -> tuple[tuple[Name, ...], tantivy.Schema, tantivy.Searcher]:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(NAMES, tokenizer_name="spaces", index_option="freq")
    builder.add_integer_field("place", fast=True)
    schema = builder.build()
    index = tantivy.Index(schema)
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("spaces", spaces)
    names = tuple(_list_names())
    writer = index.writer(15_000_000, 1)
    for place, name in enumerate(names):
        document = tantivy.Document()
        document.add_integer("place", place)
        document.add_text(NAMES, " ".join(list_name_tokens(name.text)))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return names, schema, index.searcher()


def find_names(text: str, limit: int) -> list[tuple[float, Name]]:
    """Names of countries, types and terms, best first, with how well they fit."""
    names, schema, searcher = _open_names()
    query = build_name_query(schema, text)
    if query is None:
        return []
    hits = searcher.search(query, limit=limit).hits
    places = searcher.fast_field_values("place", [address for _score, address in hits])
    return [
        (score, names[int(place or 0)])
        for (score, _address), place in zip(hits, places, strict=True)
    ]
