"""The answer of the index to what a client asks, in the shape clients know."""

import json
import time
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.db import connection

from cartagena.apps.exchange.index.asked import (
    MOST_FACETS,
    MOST_GROUPED,
    MOST_ROWS,
    Asked,
    AskedError,
    Order,
    choose_fields,
    read_orders,
)
from cartagena.apps.exchange.index.facets import list_facets, list_pivots, list_queries
from cartagena.apps.exchange.index.highlights import highlight
from cartagena.apps.exchange.index.where import ROW, Condition

Json = dict[str, Any]
_FEW_FIELDS = 8
"""Each field is taken out of the whole row by itself."""

_SORTED = {
    "schema_s": f"{ROW}.schema", "government_s": f"{ROW}.government",
    "updatedDate_dt": f"{ROW}.updated_at", "id": f"{ROW}.record_id",
}  # fmt: skip


def answer(asked: Asked) -> Json:
    """The whole answer."""
    began = time.monotonic()
    body: Json = {}
    if asked.is_on("group"):
        body["grouped"] = {name: _group(asked, name) for name in _list_group_fields(asked)}
        docs: list[Json] = []
    else:
        total, docs = find_docs(asked)
        chosen = [choose_fields(doc, asked) for doc in docs]
        body["response"] = {"numFound": total, "start": asked.start, "docs": chosen}
    if asked.is_on("facet"):
        body["facet_counts"] = {
            "facet_queries": list_queries(asked),
            "facet_fields": list_facets(asked),
            "facet_ranges": {},
            "facet_pivot": list_pivots(asked),
        }
    if asked.is_on("hl"):
        body["highlighting"] = {doc["id"]: highlight(doc, asked) for doc in docs}
    header = {"status": 0, "QTime": round((time.monotonic() - began) * 1000)}
    return {"responseHeader": header, **body, "nonSupportedParams": list(asked.unknown)}


def find_docs(asked: Asked) -> tuple[int, list[Json]]:
    """How many rows there are, and the fields of those asked for."""
    condition = asked.condition
    order, parameters = _order_by(asked.orders, condition)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {ROW} WHERE {condition.sql}", condition.parameters)  # noqa: S608
        (total,) = cursor.fetchone()
        if not asked.rows or asked.start >= total:
            return total, []
        _refuse_loss(asked, total)
        columns, names = _choose_columns(asked)
        cursor.execute(
            f"SELECT {columns} FROM {ROW} WHERE {condition.sql} ORDER BY {order} "  # noqa: S608
            "LIMIT %s OFFSET %s",
            [*names, *condition.parameters, *parameters, min(asked.rows, MOST_ROWS), asked.start],
        )
        return total, [_load(row[0]) for row in cursor.fetchall()]


def _choose_columns(asked: Asked) -> tuple[str, list[str]]:
    """What is read of a row: a few fields, where only these are asked for, else all."""
    names = list(dict.fromkeys(name for _, name in asked.fields))
    if not names or len(names) > _FEW_FIELDS or asked.is_on("hl") or "*" in "".join(names):
        return f"{ROW}.fields", []
    pairs = ", ".join(f"%s::text, {ROW}.fields->%s" for _ in names)
    chosen = [name for name in names for _ in range(2)]
    return f"jsonb_strip_nulls(jsonb_build_object({pairs}))", chosen


def _refuse_loss(asked: Asked, total: int) -> None:
    """Who asks for all rows must not take the first for all. Raises AskedError."""
    if asked.rows > MOST_ROWS < total - asked.start:
        raise AskedError(
            f"rows: {asked.rows:,} are asked for and {total - asked.start:,} are there; "
            f"{MOST_ROWS:,} come at once. Page with rows={MOST_ROWS} and start=0, {MOST_ROWS}, and "
            "so on, narrow the question with fq, or take all records from /downloads/records"
        )


def _load(value: Any) -> Json:
    return json.loads(value) if isinstance(value, str) else value  # type: ignore[no-any-return]


def _order_by(orders: Sequence[Order], condition: Condition) -> tuple[str, list[Any]]:
    """The order with its parameters; rows that stand alike keep one order over all pages."""
    parts: list[str] = []
    parameters: list[Any] = []
    for order in orders or (Order("score", True),):
        way = "DESC" if order.descending else "ASC"
        if order.field == "score":
            if condition.words:
                parts.append(f"ts_rank({ROW}.words, %s::tsquery) {way}")
                parameters.append(" | ".join(f"({word})" for word in condition.words[:50]))
        elif order.field in _SORTED:
            parts.append(f"{_SORTED[order.field]} {way}")
        else:
            parts.append(f"{ROW}.fields->%s {way} NULLS LAST")
            parameters.append(order.field)
    if not orders:
        parts.append(f"{ROW}.updated_at DESC")
    parts.append(f"{ROW}.record_id DESC")
    return ", ".join(parts), parameters


# Groups


def _list_group_fields(asked: Asked) -> list[str]:
    fields = asked.list("group.field")
    if not fields or len(fields) > MOST_FACETS:
        raise AskedError("group.field: name the field to group by, for example government_s")
    for name in fields:
        read_orders("group.field", name)
    return fields


def _group(asked: Asked, name: str) -> Json:
    """Groups in the order of their first row, each with its first rows."""
    condition = asked.condition
    limit = asked.number("group.limit", 1, -1, MOST_GROUPED)
    limit = MOST_GROUPED if limit < 0 else limit
    skip = asked.number("group.offset", 0, 0, MOST_GROUPED)
    order, order_parameters = _order_by(asked.orders, condition)
    inner = read_orders("group.sort", asked.get("group.sort")) or asked.orders
    inside, inside_parameters = _order_by(inner, condition)
    sql = f"""
        SELECT key, total, record_id FROM (
          SELECT key, record_id, place_inside, count(*) OVER (PARTITION BY key) AS total,
                 min(place) OVER (PARTITION BY key) AS first_place
            FROM (
              SELECT {ROW}.fields->>%s AS key, record_id,
                     row_number() OVER (ORDER BY {order}) AS place,
                     row_number() OVER (PARTITION BY {ROW}.fields->>%s ORDER BY {inside})
                       AS place_inside
                FROM {ROW} WHERE {condition.sql}
            ) AS placed
        ) AS grouped
        WHERE place_inside <= GREATEST(%s, 1)
        ORDER BY first_place, place_inside LIMIT {MOST_GROUPED}
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            [name, *order_parameters, name, *inside_parameters, *condition.parameters,
             skip + limit],
        )  # fmt: skip
        rows = cursor.fetchall()
    groups = [(key, list(members)) for key, members in groupby(rows, key=lambda row: row[0])]
    shown = groups[asked.start : asked.start + asked.rows]
    fields = _find_fields([row[2] for _, members in shown for row in members])
    answered: Json = {"matches": sum(members[0][1] for _, members in groups)}
    if asked.is_on("group.ngroups"):
        answered["ngroups"] = len(groups)
    answered["groups"] = [
        {
            "groupValue": key,
            "doclist": {
                "numFound": members[0][1],
                "start": skip,
                "docs": [
                    choose_fields(fields[row[2]], asked) for row in members[skip : skip + limit]
                ],
            },
        }
        for key, members in shown
    ]
    return answered


def _find_fields(record_ids: list[int]) -> dict[int, Json]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT record_id, fields FROM {ROW} WHERE record_id = ANY(%s)",  # noqa: S608
            [record_ids],
        )
        return {record_id: _load(fields) for record_id, fields in cursor.fetchall()}
