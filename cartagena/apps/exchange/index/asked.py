"""What a client asks of the index: its parameters, read and checked."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from cartagena.apps.exchange.index.lucene import LuceneError, parse_query
from cartagena.apps.exchange.index.where import Condition, join, make_condition

MOST_ROWS = 10_000
"""So many rows come at once."""

MOST_GROUPED = 100_000
MOST_FACETS = 50
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,79}")
_PATTERN = re.compile(r"[A-Za-z0-9_*]{1,80}")
_READ = frozenset(
    {"q", "fq", "fl", "sort", "start", "rows", "df", "wt", "facet", "facet.field",
     "facet.mincount", "facet.limit", "facet.offset", "facet.sort", "facet.prefix", "facet.query",
     "facet.pivot", "group", "group.field", "group.limit", "group.offset", "group.sort",
     "group.ngroups", "hl", "hl.fl", "hl.snippets", "hl.fragsize", "hl.simple.pre",
     "hl.simple.post", "json.nl", "indent", "omitHeader", "q.op", "_"}
)  # fmt: skip

Given = Mapping[str, Sequence[str]]


class AskedError(ValueError):
    """A parameter that cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Order:
    """One field to sort by."""

    field: str
    descending: bool


@dataclass(frozen=True)
class Asked:
    """A request that can be answered."""

    condition: Condition
    fields: tuple[tuple[str, str], ...]
    orders: tuple[Order, ...]
    start: int
    rows: int
    is_csv: bool
    unknown: tuple[str, ...]
    given: Given

    def get(self, name: str, otherwise: str = "") -> str:
        """The last value of a parameter."""
        values = self.given.get(name, ())
        return values[-1] if values else otherwise

    def list(self, name: str) -> list[str]:
        """All values of a parameter."""
        return list(self.given.get(name, ()))

    def is_on(self, name: str) -> bool:
        """Whether a switch is on."""
        return self.get(name).lower() in ("true", "on", "1", "yes")

    def number(self, name: str, otherwise: int, least: int, most: int) -> int:
        """A whole number within bounds. Raises AskedError."""
        return read_number(self.given, name, otherwise, least, most)


def read_asked(given: Given, now: dt.datetime) -> Asked:
    """The request in the parameters of a client. Raises AskedError."""
    default_field = (given.get("df") or ["text_EN_txt"])[-1]
    if not _NAME.fullmatch(default_field):
        raise AskedError(f"df: {default_field[:40]!r} is no name of a field")
    query = (given.get("q") or [""])[-1]
    conditions = [_read_query("q", query, default_field, now)]
    conditions += [_read_query("fq", text, default_field, now) for text in given.get("fq", ())]
    joined = join(conditions, True)
    joined.words = conditions[0].words
    wt = (given.get("wt") or ["json"])[-1].lower()
    if wt not in ("json", "csv"):
        raise AskedError(f"wt: {wt[:20]!r} is not written here; use json or csv")
    return Asked(
        condition=joined,
        fields=_read_fields(given.get("fl", ())),
        orders=read_orders("sort", (given.get("sort") or [""])[-1]),
        start=read_number(given, "start", 0, 0, 2**31),
        rows=read_number(given, "rows", 10, 0, 2**31),
        is_csv=wt == "csv",
        unknown=tuple(sorted(name[:100] for name in given if not _is_read(name))),
        given=given,
    )


def _is_read(name: str) -> bool:
    return name in _READ or bool(re.fullmatch(r"f\.\w+\.facet\.(limit|mincount|sort)", name))


def _read_query(name: str, text: str, default_field: str, now: dt.datetime) -> Condition:
    try:
        return make_condition(parse_query(text, default_field), now)
    except LuceneError as problem:
        raise AskedError(f"{name}: {problem}") from None


def read_number(given: Given, name: str, otherwise: int, least: int, most: int) -> int:
    """A whole number within bounds; what is above is cut to the most."""
    raw = (given.get(name) or [""])[-1].strip()
    if not raw:
        return otherwise
    if not re.fullmatch(r"-?[0-9]{1,12}", raw) or int(raw) < least:
        raise AskedError(f"{name}: {raw[:20]!r} is no whole number from {least} up")
    return min(int(raw), most)


def read_orders(name: str, text: str) -> tuple[Order, ...]:
    """`updatedDate_dt desc, schema_s asc`. Raises AskedError."""
    orders = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        field, _, way = part.partition(" ")
        way = way.strip().lower() or "asc"
        if not _NAME.fullmatch(field) or way not in ("asc", "desc"):
            raise AskedError(f"{name}: {part[:60]!r} is no order; write updatedDate_dt desc")
        orders.append(Order(field, way == "desc"))
    return tuple(orders[:8])


def _read_fields(texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(name in the answer, name or pattern in the index); none: all fields."""
    found = []
    for text in texts:
        for part in re.split(r"[,\s]+", text):
            alias, colon, name = part.partition(":")
            name = name if colon else alias
            if not part or name == "score" or name.startswith("["):
                continue
            if not _PATTERN.fullmatch(name) or (colon and not _NAME.fullmatch(alias)):
                raise AskedError(f"fl: {part[:60]!r} is no name of a field")
            found.append((alias, name))
    return tuple(found)


def choose_fields(fields: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    """The fields of a row that were asked for, under the names asked for."""
    if not asked.fields:
        return dict(fields)
    chosen: dict[str, Any] = {}
    for alias, name in asked.fields:
        if "*" in name:
            chosen |= {key: value for key, value in fields.items() if fnmatchcase(key, name)}
        elif name in fields:
            chosen[alias] = fields[name]
    return chosen
