"""Asks an index: which versions, in which order, and how many of each facet."""

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Literal

import tantivy

from cartagena.apps.search import store
from cartagena.apps.search.asked import read_asked
from cartagena.apps.search.asking import Also, Builder, Built
from cartagena.apps.search.content import FACETS

Query = tantivy.Query
Must = tantivy.Occur.Must
Sort = Literal["relevance", "newest", "oldest", "title"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest", "title")
VALUES_AT_MOST = 60
_COUNTS_KEPT = 256
_ROWS_AT_MOST = 1_000
_COUNTING = {
    name: {"terms": {"field": store.counted(name), "size": VALUES_AT_MOST}} for name in FACETS
}
Counts = dict[str, list[tuple[str, int]]]


@dataclass(frozen=True)
class SearchQuery:
    """What is asked: words, facets, a day, an order, a page.

    Values of one facet are alternatives; facets hold together. `as_of` is a day: what was public at
    its end (UTC).
    """

    text: str = ""
    language: str = "en"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    as_of: dt.date | None = None
    sort: Sort = "relevance"
    start: int = 0
    rows: int = 25


@dataclass(frozen=True)
class Found:
    """Hits as keys of versions, best first; `facets` counts leave out a facet's own filter.

    `also` is by what meanings more was looked for than the words typed.
    """

    total: int
    keys: tuple[int, ...]
    facets: Counts
    marks: frozenset[str]
    also: Also | None = None


class Finder:
    """One state of an index. Threads may share it."""

    def __init__(self, searcher: tantivy.Searcher, codes: store.Codes) -> None:
        self._values = codes.values
        self._searcher = self.searcher = searcher
        self._schema = store.get_schema()
        # Counts over everything take longest and are asked for most: the front page of search.
        self._counts: OrderedDict[Any, Counts] = OrderedDict()
        self._lock = Lock()

    @property
    def size(self) -> int:
        """How many documents can be found."""
        return int(self._searcher.num_docs)

    def find(self, query: SearchQuery, *, with_facets: bool = True) -> Found:
        """The hits of a page of the answer."""
        built = self._build(query)
        whole = self._restrict(built, query)
        rows = max(0, min(query.rows, _ROWS_AT_MOST))
        start = max(0, query.start)
        result = self._search(whole, query, built, max(rows, 1), start)
        hits = [address for _score, address in result.hits][:rows]
        keys = self._searcher.fast_field_values("key", hits) if hits else []
        return Found(
            total=int(result.count or 0),
            keys=tuple(int(key) for key in keys if key is not None),
            facets=self._count(built, query) if with_facets else {},
            marks=frozenset(built.marks),
            also=built.also,
        )

    def list_keys(self, query: SearchQuery, at_once: int = 5_000) -> Iterator[int]:
        """The keys of all hits, in their order; there is no ceiling."""
        built = self._build(query)
        whole = self._restrict(built, query)
        start = 0
        while True:
            result = self._search(whole, query, built, at_once, start)
            addresses = [address for _score, address in result.hits]
            yield from (
                int(key) for key in self._searcher.fast_field_values("key", addresses)
                if key is not None
            )  # fmt: skip
            start += at_once
            if len(addresses) < at_once:
                return

    def _build(self, query: SearchQuery) -> Built:
        return Builder(self._searcher, query.language).build(read_asked(query.text))

    def _search(
        self, whole: tantivy.Query, query: SearchQuery, built: Built, rows: int, start: int
    ) -> Any:
        by: dict[str, Any] = {}
        # Without words all hits are equally relevant: the newest come first.
        if query.sort == "newest" or (query.sort == "relevance" and built.is_empty):
            by = {"order_by_field": "starts", "order": tantivy.Order.Desc}
        elif query.sort == "oldest":
            by = {"order_by_field": "starts", "order": tantivy.Order.Asc}
        elif query.sort == "title":
            by = {"order_by_field": "sort_title", "order": tantivy.Order.Asc}
        return self._searcher.search(whole, limit=rows, offset=start, **by)

    def _restrict(
        self, built: Built, query: SearchQuery, without: str | None = None
    ) -> tantivy.Query:
        clauses = [(Must, built.query), (Must, self._public(query.as_of))]
        for name, values in query.filters.items():
            if name != without and values:
                chosen = [self._has(name, value) for value in values]
                any_of = chosen[0] if len(chosen) == 1 else Query.boolean_query(
                    [(tantivy.Occur.Should, each) for each in chosen]
                )  # fmt: skip
                clauses.append((Must, Query.const_score_query(any_of, 0.0)))
        return Query.boolean_query(clauses)

    def _has(self, name: str, value: str) -> tantivy.Query:
        if name not in FACETS:
            return Query.empty_query()
        return Query.term_query(self._schema, name, value.replace("\0", ""), "basic")

    def _public(self, as_of: dt.date | None) -> tantivy.Query:
        if as_of is None:
            live = Query.term_query(self._schema, store.LIVE, "1", "basic")
            return Query.const_score_query(live, 0.0)
        after = store.to_number(
            dt.datetime.combine(as_of, dt.time(), dt.UTC) + dt.timedelta(days=1)
        )
        integer = tantivy.FieldType.Integer
        both = Query.boolean_query(
            [
                (Must, Query.range_query(self._schema, "starts", integer, upper_bound=after,
                                         include_upper=False)),
                (Must, Query.range_query(self._schema, "ends", integer, lower_bound=after)),
            ]
        )  # fmt: skip
        return Query.const_score_query(both, 0.0)

    # Facets --------------------------------------------------------------------------------------

    def _count(self, built: Built, query: SearchQuery) -> Counts:
        filters = {name: values for name, values in query.filters.items() if values}
        key = (query.text, query.language, query.as_of, tuple(sorted(filters.items())))
        with self._lock:
            kept = self._counts.get(key)
            if kept is not None:
                self._counts.move_to_end(key)
                return dict(kept)
        free = [name for name in FACETS if name not in filters]
        counts = self._aggregate(self._restrict(built, query), free)
        for name in filters:
            if name in FACETS:
                counts.update(self._aggregate(self._restrict(built, query, name), [name]))
        counts = {name: counts[name] for name in FACETS}
        with self._lock:
            self._counts[key] = counts
            if len(self._counts) > _COUNTS_KEPT:
                self._counts.popitem(last=False)
        return dict(counts)

    def _aggregate(self, query: tantivy.Query, names: list[str]) -> Counts:
        asked = {name: _COUNTING[name] for name in names}
        found = self._searcher.aggregate(query, asked) if names else {}
        return {
            name: [
                (self._values[name][int(bucket["key"])], int(bucket["doc_count"]))
                for bucket in found[name]["buckets"]
            ]
            for name in names
        }
