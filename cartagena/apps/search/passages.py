"""Looks in a handful of texts that are no records, exactly as the search looks in records.

What Parties wrote to one question is small enough to be indexed when it is asked for: in memory,
with the analyser, the reading of what was typed and the marks of the search itself.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import tantivy

from cartagena.apps.search import analyser, meanings, store
from cartagena.apps.search.asked import read_asked
from cartagena.apps.search.asking import Builder, Built
from cartagena.apps.search.content import NamedText
from cartagena.apps.search.highlight import mark_all

Key = TypeVar("Key")
_HEAP = 15_000_000
"""The least that Tantivy works with."""


def find_texts(
    asked: str, texts: Mapping[Key, Sequence[NamedText]], language: str
) -> dict[Key, list[str]] | None:
    """Those of `texts` that hold what was asked, each in all its languages, as HTML with marks.

    `language` is the reader's. `None` where nothing was asked that could be looked for.
    """
    keys = list(texts)
    searcher = _index([texts[key] for key in keys])
    built = Builder(searcher, language).build(read_asked(asked))
    if built.is_empty:
        return None
    return {
        keys[number]: [mark_all(text, spoken, built.marks) for spoken, text in texts[keys[number]]]
        for number in _find(searcher, built)
    }


def _index(texts: Sequence[Sequence[NamedText]]) -> tantivy.Searcher:
    index = store.create_index(None)
    writer = store.open_writer(index, _HEAP)
    for number, versions in enumerate(texts):
        forms: set[str] = set()
        words = [meanings.index_text(text, language, forms) for language, text in versions]
        document = tantivy.Document()
        document.add_integer("key", number)
        document.add_text(store.WORDS, f" {analyser.GAP} ".join(words))
        document.add_text(store.FORMS, " ".join(forms))
        writer.add_document(document)
    writer.commit()
    index.reload()
    return index.searcher()


def _find(searcher: tantivy.Searcher, built: Built) -> list[int]:
    """The numbers of the texts, in their order."""
    most = max(1, searcher.num_docs)
    hits = searcher.search(built.query, limit=most, count=False).hits
    keys = searcher.fast_field_values("key", [address for _score, address in hits])
    return sorted(int(key) for key in keys if key is not None)
