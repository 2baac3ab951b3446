"""What other parts of the program may use of the search."""

from cartagena.apps.search.content import FACETS
from cartagena.apps.search.finding import SORTS, SearchQuery, Sort
from cartagena.apps.search.follower import follow_in_background
from cartagena.apps.search.index import get_index
from cartagena.apps.search.models import SavedSearch
from cartagena.apps.search.passages import find_texts
from cartagena.apps.search.saved import (
    TooManySearchesError,
    list_searches,
    save_search,
    send_digests,
)
from cartagena.apps.search.searching import (
    SearchHit,
    SearchResult,
    SearchUnavailableError,
    find_facets,
    list_all_identifiers,
    list_all_shown,
    name_records,
    search,
    suggest,
    suggest_spelling,
)
from cartagena.apps.search.suggestions import Suggestion

__all__ = [
    "FACETS",
    "SORTS",
    "SavedSearch",
    "SearchHit",
    "SearchQuery",
    "SearchResult",
    "SearchUnavailableError",
    "Sort",
    "Suggestion",
    "TooManySearchesError",
    "find_facets",
    "find_texts",
    "follow_in_background",
    "get_index",
    "list_all_identifiers",
    "list_all_shown",
    "list_searches",
    "name_records",
    "save_search",
    "search",
    "send_digests",
    "suggest",
    "suggest_spelling",
]
