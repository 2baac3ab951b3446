"""A query tree as a condition of SQL over the rows of the index.

Words go through the word list, exact values through the JSON fields; both have an index. A field
that no record has matches nothing, as in the Clearing-House.
"""

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cartagena.apps.exchange.index.lucene import (
    Between,
    Everything,
    Has,
    Joined,
    LuceneError,
    Node,
    Value,
    Without,
)
from cartagena.apps.exchange.index.words import make_query, split_words

ROW = "exchange_indexrow"
_WORDS = f"{ROW}.words @@ %s::tsquery"
_TEXT = re.compile(r"_(t|txt)$")
_ANYWHERE = re.compile(r"text(_[A-Za-z]{2,3})?_(t|txt)")
_ALWAYS = {"_state_s": "public", "realm_ss": "bch", "ownerRealm_s": "bch"}
_COLUMNS = {"schema_s": f"{ROW}.schema", "government_s": f"{ROW}.government"}
_MOMENTS = {"updatedDate_dt": f"{ROW}.updated_at"}
_MATH = re.compile(r"([+-]\d{1,6}|/)(YEAR|MONTH|DAY|HOUR|MINUTE|SECOND)S?")
_UNITS = {"HOUR": 3600, "MINUTE": 60, "SECOND": 1, "DAY": 86400}
_LARGEST = 10**15


@dataclass
class Condition:
    """SQL with its parameters. ``words`` are the word queries in it, for the order by relevance."""

    sql: str
    parameters: list[Any] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


TRUE, FALSE = "true", "false"


def make_condition(node: Node, now: dt.datetime) -> Condition:
    """The condition of a tree. Raises LuceneError for values that a field cannot have."""
    if isinstance(node, Everything):
        return Condition(TRUE)
    if isinstance(node, Without):
        inner = make_condition(node.part, now)
        return Condition(f"NOT COALESCE(({inner.sql}), false)", inner.parameters)
    if isinstance(node, Joined):
        return join([make_condition(part, now) for part in node.parts], node.how == "all")
    if isinstance(node, Has):
        return _make_has(node.field)
    if isinstance(node, Between):
        return _make_between(node, now)
    return _make_value(node, now)


def join(parts: Sequence[Condition], is_all: bool) -> Condition:
    """All or any of some conditions; where all are words, one look into the word list."""
    if len(parts) > 1 and all(part.sql == _WORDS for part in parts):
        sign = " & " if is_all else " | "
        query = sign.join(f"({part.parameters[0]})" for part in parts)
        return Condition(_WORDS, [query], [word for part in parts for word in part.words])
    word = " AND " if is_all else " OR "
    sql = word.join(f"({part.sql})" for part in parts) or TRUE
    return Condition(
        sql,
        [parameter for part in parts for parameter in part.parameters],
        [word for part in parts for word in part.words],
    )


def _make_has(name: str) -> Condition:
    if name in _ALWAYS or name in ("id", "identifier_s", "schema_s"):
        return Condition(TRUE)
    if name in ("version_s", "virtual_b"):
        return Condition(FALSE)
    if name in _COLUMNS:
        return Condition(f"{_COLUMNS[name]} <> ''")
    if _ANYWHERE.fullmatch(name):
        return Condition(TRUE)
    return Condition(f"jsonb_exists({ROW}.fields, %s)", [name])


def _make_value(node: Value, now: dt.datetime) -> Condition:
    if node.field == "*":
        return _make_words("", node)
    if _TEXT.search(node.field):
        return _make_words("" if _ANYWHERE.fullmatch(node.field) else node.field, node)
    if node.pattern:
        return _make_like(node)
    if node.field in _ALWAYS:
        return Condition(TRUE if node.text.lower() == _ALWAYS[node.field] else FALSE)
    if node.field in _COLUMNS:
        return Condition(f"{_COLUMNS[node.field]} = %s", [_clean(node.text)])
    value = _read_value(node.field, node.text, now)
    if value is None:
        return Condition(FALSE)
    content = [value] if node.field.endswith(("ss", "_is")) else value
    wanted = json.dumps({node.field: content}, ensure_ascii=False)
    return Condition(f"{ROW}.fields @> %s::jsonb", [wanted])


def _make_words(name: str, node: Value) -> Condition:
    text, starts = node.text, False
    if node.pattern:
        starts = node.text.endswith("*")
        text = node.text.rstrip("*")
        if "*" in text or "?" in text:
            return _make_loose(name, node)
        if not split_words(text):
            return Condition(TRUE)
    query = make_query(text, name, starts=starts)
    if not query:  # signs alone are found nowhere
        return Condition(FALSE)
    return Condition(_WORDS, [query], [query])


def _make_loose(name: str, node: Value) -> Condition:
    """A wildcard inside a word: the words before it must begin so."""
    parts = [part for part in re.split(r"[*?]", node.text) if split_words(part)]
    if not parts or node.text[0] in "*?":
        raise LuceneError(f"{node.text[:40]!r} begins with a wildcard; begin with a letter")
    query = make_query(parts[0], name, starts=True)
    return Condition(_WORDS, [query], [query])


def _make_like(node: Value) -> Condition:
    pattern = re.sub(r"([\\%_])", r"\\\1", _clean(node.text))
    pattern = pattern.replace("*", "%").replace("?", "_")
    if node.field in _COLUMNS:
        return Condition(f"{_COLUMNS[node.field]} LIKE %s", [pattern])
    items = f"jsonb_path_query({ROW}.fields, %s::jsonpath) AS item"
    return Condition(
        f"EXISTS (SELECT 1 FROM {items} WHERE item #>> '{{}}' LIKE %s)",  # noqa: S608
        [path_of(node.field), pattern],
    )


def path_of(name: str) -> str:
    """The JSON path to the values of a field, one or several."""
    return f'$."{name}"[*]'


def _clean(text: str) -> str:
    """A text that the database takes."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _read_value(name: str, text: str, now: dt.datetime) -> Any:
    """The value as the field holds it; None for one it can never have."""
    if name.endswith("_b"):
        return {"true": True, "false": False, "1": True, "0": False}.get(text.lower())
    if name.endswith(("_i", "_is", "_d")):
        return _read_number(text)
    if name.endswith("_dt"):
        return _write(_read_moment(text, now))
    return _clean(text)


def _read_number(text: str) -> int | float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    if not abs(number) <= _LARGEST:  # also what is no number
        return None
    return int(number) if number.is_integer() else number


def _make_between(node: Between, now: dt.datetime) -> Condition:
    name = node.field
    if _TEXT.search(name):
        raise LuceneError(f"{name} holds text: a range needs a date, a number or a string field")
    ends = [
        (node.low, ">=" if node.with_low else ">"),
        (node.high, "<=" if node.with_high else "<"),
    ]
    parts: list[Condition] = []
    for raw, sign in ends:
        if raw is None:
            continue
        if name in _MOMENTS:
            parts.append(Condition(f"{_MOMENTS[name]} {sign} %s", [_read_moment(raw, now)]))
        elif name.endswith("_dt"):
            written = _write(_read_moment(raw, now))
            parts.append(Condition(f'{ROW}.fields->>%s {sign} %s COLLATE "C"', [name, written]))
        elif name.endswith(("_i", "_d")):
            number = _read_number(raw)
            if number is None:
                raise LuceneError(f"{raw[:40]!r} is no number for {name}")
            parts.append(
                Condition(f"{ROW}.fields->%s {sign} to_jsonb(%s::numeric)", [name, number])
            )
        else:
            parts.append(Condition(f'{ROW}.fields->>%s {sign} %s COLLATE "C"', [name, _clean(raw)]))
    return join(parts, True) if parts else _make_has(name)


def _write(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


def _read_moment(text: str, now: dt.datetime) -> dt.datetime:
    """A day, a moment, or NOW with additions: NOW-1YEAR/DAY. Raises LuceneError."""
    raw = text.strip()
    base, rest = now, ""
    try:
        if raw.startswith("NOW"):
            rest = raw[3:]
        else:
            found = re.match(r"(\d{4}-\d\d-\d\d(?:T[\d:.]+)?Z?)(.*)", raw, re.DOTALL)
            if found is None:
                raise ValueError
            base = dt.datetime.fromisoformat(found[1])
            base = base.replace(tzinfo=dt.UTC) if base.tzinfo is None else base.astimezone(dt.UTC)
            rest = found[2]
        return _calculate(base, rest)
    except (ValueError, OverflowError):
        what = f"{raw[:40]!r} is no moment; write 2020-12-31T00:00:00Z or NOW-1YEAR"
        raise LuceneError(what) from None


def _calculate(base: dt.datetime, rest: str) -> dt.datetime:
    place = 0
    while place < len(rest):
        found = _MATH.match(rest, place)
        if found is None:
            raise ValueError
        base = _round(base, found[2]) if found[1] == "/" else _move(base, int(found[1]), found[2])
        place = found.end()
    return base


def _round(base: dt.datetime, unit: str) -> dt.datetime:
    names = ("MONTH", "DAY", "HOUR", "MINUTE", "SECOND")
    start = {"MONTH": 1, "DAY": 1, "HOUR": 0, "MINUTE": 0, "SECOND": 0}
    below = names if unit == "YEAR" else names[names.index(unit) + 1 :]
    return base.replace(microsecond=0, **{name.lower(): start[name] for name in below})  # type: ignore[arg-type]


def _move(base: dt.datetime, count: int, unit: str) -> dt.datetime:
    if unit in _UNITS:
        return base + dt.timedelta(seconds=count * _UNITS[unit])
    months = base.year * 12 + base.month - 1 + count * (12 if unit == "YEAR" else 1)
    return base.replace(year=months // 12, month=months % 12 + 1, day=min(base.day, 28))
