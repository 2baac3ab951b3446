"""Lists in parts, the same way everywhere."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest

from cartagena.apps.portal.api.knowledge import Knowledge
from cartagena.apps.portal.api.shapes.envelope import Paged

T = TypeVar("T")
Row = dict[str, Any]


def page_of(
    request: HttpRequest,
    knowledge: Knowledge,
    query: Paged,
    items: Sequence[T],
    row: Callable[[T], Any] | None = None,
    demonstration: Callable[[Any], bool] | bool = False,
    **more: Any,
) -> Row:
    """One part of a list. ``row`` turns an item into plain values, only for those shown."""
    part = items[query.offset : query.offset + query.limit]
    rows = [row(item) for item in part] if row else list(part)
    made_up = demonstration if isinstance(demonstration, bool) else any(map(demonstration, rows))
    after = query.offset + query.limit
    return {
        **knowledge.about(made_up),
        "total": len(items),
        "limit": query.limit,
        "offset": query.offset,
        "next": _address(request, after, query.limit) if after < len(items) else None,
        **more,
        "items": rows,
    }


def _address(request: HttpRequest, offset: int, limit: int) -> str:
    query = {**dict(request.GET.lists()), "limit": limit, "offset": offset}
    return f"{request.path}?{urlencode(query, doseq=True)}"


def is_made_up(row: Row) -> bool:
    """Whether a row says that it rests on demonstration data."""
    return bool(row["demonstration"])
