"""How many of the rows found have which value."""

import datetime as dt
from typing import Any

from django.db import connection

from cartagena.apps.exchange.index.asked import MOST_FACETS, Asked, AskedError, read_orders
from cartagena.apps.exchange.index.lucene import LuceneError, parse_query
from cartagena.apps.exchange.index.where import ROW, join, make_condition, path_of

Json = dict[str, Any]
_MOST = 100_000
_DEEPEST_PIVOT = 4


def list_facets(asked: Asked) -> Json:
    """Field -> value, count, value, count, ..."""
    names = asked.list("facet.field")
    if len(names) > MOST_FACETS:
        raise AskedError(f"facet.field: {MOST_FACETS} fields at most")
    return {name: _count_values(asked, _strip_local(name)) for name in names}


def _strip_local(name: str) -> str:
    """A name without `{!...}` before it, which other servers take."""
    bare = name.rpartition("}")[2]
    if len(read_orders("facet.field", bare)) != 1:
        raise AskedError(f"facet.field: {name[:40]!r} is no name of a field")
    return bare


def _count_values(asked: Asked, name: str) -> list[Any]:
    condition = asked.condition
    limit = asked.number("facet.limit", 100, -1, _MOST)
    limit = asked.number(f"f.{name}.facet.limit", limit, -1, _MOST)
    least = asked.number("facet.mincount", 0, 0, 2**31)
    least = max(1, asked.number(f"f.{name}.facet.mincount", least, 0, 2**31))
    by_value = asked.get(f"f.{name}.facet.sort", asked.get("facet.sort", "count")) == "index"
    prefix = asked.get("facet.prefix").replace("\x00", "")
    order = "value" if by_value else "count(*) DESC, value"
    sql = f"""
        SELECT item #>> '{{}}' AS value, count(*) FROM {ROW},
               LATERAL jsonb_path_query({ROW}.fields, %s::jsonpath) AS item
         WHERE ({condition.sql}) AND starts_with(item #>> '{{}}', %s)
         GROUP BY value HAVING count(*) >= %s ORDER BY {order} LIMIT %s OFFSET %s
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            [path_of(name), *condition.parameters, prefix, least, _MOST if limit < 0 else limit,
             asked.number("facet.offset", 0, 0, _MOST)],
        )  # fmt: skip
        return [item for row in cursor.fetchall() for item in row]


def list_queries(asked: Asked) -> dict[str, int]:
    """Query -> how many of the rows found it matches as well."""
    queries = asked.list("facet.query")[:MOST_FACETS]
    found: dict[str, int] = {}
    for text in queries:
        try:
            node = parse_query(text, asked.get("df", "text_EN_txt"))
            condition = make_condition(node, dt.datetime.now(dt.UTC))
        except LuceneError as problem:
            raise AskedError(f"facet.query: {problem}") from None
        both = join([asked.condition, condition], True)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {ROW} WHERE {both.sql}", both.parameters)  # noqa: S608
            found[text] = cursor.fetchone()[0]
    return found


def list_pivots(asked: Asked) -> dict[str, list[Json]]:
    """Fields -> values of the first, within each the values of the second, and so on."""
    found = {}
    for text in asked.list("facet.pivot")[:MOST_FACETS]:
        names = [_strip_local(name) for name in text.split(",")]
        if len(names) > _DEEPEST_PIVOT:
            raise AskedError(f"facet.pivot: {_DEEPEST_PIVOT} fields at most")
        found[text] = _pivot(asked, names)
    return found


def _pivot(asked: Asked, names: list[str]) -> list[Json]:
    levels = [_count_combinations(asked, names[: n + 1]) for n in range(len(names))]
    top: list[Json] = []
    by_path: dict[tuple[Any, ...], Json] = {}
    for name, rows in zip(names, levels, strict=True):
        for *path, count in rows:
            entry: Json = {"field": name, "value": path[-1], "count": count}
            by_path[tuple(path)] = entry
            parent = by_path.get(tuple(path[:-1]))
            if parent is not None:
                parent.setdefault("pivot", []).append(entry)
            elif len(path) == 1:
                top.append(entry)
    return top


def _count_combinations(asked: Asked, names: list[str]) -> list[tuple[Any, ...]]:
    condition = asked.condition
    count = asked.number("facet.limit", 100, -1, _MOST)
    columns = ", ".join(f"item{n} #>> '{{}}'" for n in range(len(names)))
    joined = "".join(
        f", LATERAL jsonb_path_query({ROW}.fields, %s::jsonpath) AS item{n}"
        for n in range(len(names))
    )
    places = ", ".join(str(n + 1) for n in range(len(names)))
    last = len(names) + 1
    sql = (
        f"SELECT {columns}, count(*) FROM {ROW}{joined} WHERE {condition.sql} "  # noqa: S608
        f"GROUP BY {places} ORDER BY {last} DESC, {places} LIMIT %s"
    )
    most = _MOST if count < 0 or len(names) > 1 else count
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(path_of(name) for name in names), *condition.parameters, most])
        return cursor.fetchall()  # type: ignore[no-any-return]
