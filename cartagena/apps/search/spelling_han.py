"""A run of Chinese characters with a slip in it: there are no words to compare, only pairs."""

from collections.abc import Iterator

import tantivy

from cartagena.apps.search import store

_PAIRS = 50_000


def correct_han(searcher: tantivy.Searcher, run: str) -> str | None:
    """The run with one character changed, left out or exchanged with its neighbour, so that records
    have every pair in it; None when they have already, or none does.
    """
    pairs = _Pairs(searcher)
    if len(run) < 2 or pairs.count(run):
        return None
    for edits in (_list_shuffled(run), _list_changed(pairs, run)):
        found = {edit: count for edit in edits if (count := pairs.count(edit))}
        if found:
            return max(found, key=lambda edit: (found[edit], edit))
    return None


class _Pairs:
    """The pairs of characters that stand side by side in records."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher

    def count(self, run: str) -> int:
        """In how many records the rarest pair of a run stands."""
        pairs = (run[n : n + 2] for n in range(len(run) - 1))
        return min(self._searcher.doc_freq(store.WORDS, f"zh:{pair}") for pair in pairs)

    def list_after(self, sign: str) -> Iterator[str]:
        """The characters that stand behind one; behind nothing, those that begin a pair."""
        start = f"zh:{sign}"
        for term, _count in self._searcher.terms_with_prefix(store.WORDS, start, limit=_PAIRS):
            if len(term) > len(start):
                yield term[len(start)]


def _list_shuffled(run: str) -> Iterator[str]:
    places = range(len(run))
    yield from (run[:n] + run[n + 1] + run[n] + run[n + 2 :] for n in places[:-1])
    if len(run) > 2:
        yield from (run[:n] + run[n + 1 :] for n in places)


def _list_changed(pairs: _Pairs, run: str) -> Iterator[str]:
    for n in range(len(run)):
        for sign in set(pairs.list_after(run[n - 1] if n else "")):
            yield run[:n] + sign + run[n + 1 :]
