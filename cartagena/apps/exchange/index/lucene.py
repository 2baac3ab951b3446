"""The query language of the index, as far as clients use it, as a tree.

Terms, "phrases", field:value, field:(a b), field:[a TO b], AND OR NOT && || ! + -, suffix * and ?,
parentheses, backslash before a sign. A space between two conditions means OR, as in the
Clearing-House. Boosts (^2) and nearness (~2) are read and have no effect.
"""

import re
from dataclasses import dataclass
from typing import Literal

LONGEST = 20_000
DEEPEST = 40
MOST_PARTS = 2_000


class LuceneError(ValueError):
    """A query that cannot be read; the message says where."""


@dataclass(frozen=True)
class Everything:
    """`*:*`"""


@dataclass(frozen=True)
class Has:
    """`field:*`"""

    field: str


@dataclass(frozen=True)
class Value:
    """A term or a phrase; `*` and `?` in it stand for any signs unless it is a phrase."""

    field: str
    text: str
    is_phrase: bool = False
    pattern: str = ""


@dataclass(frozen=True)
class Between:
    """`field:[low TO high]`; None is an open end."""

    field: str
    low: str | None
    high: str | None
    with_low: bool = True
    with_high: bool = True


@dataclass(frozen=True)
class Joined:
    """All of, or any of, some parts."""

    how: Literal["all", "any"]
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Without:
    """What a part does not say."""

    part: "Node"


Node = Everything | Has | Value | Between | Joined | Without

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<sign>&&|\|\||[()+!-])
    | "(?P<phrase>(?:[^"\\]|\\.)*)"(?P<near>~\d*(?:\.\d+)?)?
    | (?P<open>[\[{])\s*(?P<low>"(?:[^"\\]|\\.)*"|(?:[^\s\]}"\\]|\\.)+)\s+TO\s+
      (?P<high>"(?:[^"\\]|\\.)*"|(?:[^\s\]}"\\]|\\.)+)\s*(?P<close>[\]}])
    | (?P<word>(?:[^\s()"\[\]{}:^~+!\\-]|\\.)(?:[^\s()"\[\]{}:^~\\]|\\.)*)(?P<fuzzy>~\d*(?:\.\d+)?)?
      (?P<colon>:)?
    | \^(?P<boost>\d+(?:\.\d+)?)
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,79}")


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str = ""
    range: tuple[str, str, bool, bool] | None = None


def parse_query(text: str, default_field: str) -> Node:
    """The tree of a query. Raises LuceneError."""
    if len(text) > LONGEST:
        raise LuceneError(f"the query has {len(text):,} signs; {LONGEST:,} are read")
    tokens = _split(text)
    if not tokens:
        return Everything()
    parser = _Parser(tokens)
    tree = parser.read_any(default_field, 0)
    if parser.next is not None:
        raise LuceneError(f"{_name(parser.next)} stands where a condition was expected")
    return tree


def _split(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    place = 0
    text = text.rstrip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None or found.end() == place:
            raise LuceneError(f"{text[place : place + 20]!r} at sign {place + 1} cannot be read")
        place = found.end()
        tokens.extend(_read_token(found))
        if len(tokens) > MOST_PARTS:
            raise LuceneError(f"the query has more than {MOST_PARTS:,} parts")
    return tokens


def _read_token(found: re.Match[str]) -> list[_Token]:
    if found["sign"]:
        word = {"&&": "AND", "||": "OR", "!": "NOT"}.get(found["sign"])
        return [_Token(word or found["sign"])]
    if found["phrase"] is not None:
        return [_Token("phrase", _ESCAPE.sub(r"\1", found["phrase"]))]
    if found["open"]:
        ends = (found["low"], found["high"], found["open"] == "[", found["close"] == "]")
        return [_Token("range", "", ends)]
    if found["word"] is not None:
        if found["colon"]:
            return [_Token("field", found["word"])]
        is_operator = found["word"] in ("AND", "OR", "NOT")
        return [_Token(found["word"] if is_operator else "word", found["word"])]
    return []  # a boost


def _name(token: _Token) -> str:
    return repr(token.text[:30] or token.kind)


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._place = 0

    @property
    def next(self) -> _Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _take(self, *kinds: str) -> _Token | None:
        token = self.next
        if token is not None and token.kind in kinds:
            self._place += 1
            return token
        return None

    def read_any(self, field: str, depth: int) -> Node:
        """Parts joined by OR."""
        if depth > DEEPEST:
            raise LuceneError(f"parentheses are nested more than {DEEPEST} deep")
        parts = [self._read_all(field, depth)]
        while self._take("OR"):
            parts.append(self._read_all(field, depth))
        return _join("any", parts)

    def _read_all(self, field: str, depth: int) -> Node:
        parts = [self._read_sequence(field, depth)]
        while self._take("AND"):
            parts.append(self._read_sequence(field, depth))
        return _join("all", parts)

    def _read_sequence(self, field: str, depth: int) -> Node:
        """Conditions side by side: all with a plus, none with a minus, else any of the others."""
        needed: list[Node] = []
        maybe: list[Node] = []
        refused: list[Node] = []
        while True:
            sign = self._take("+", "-", "NOT")
            kind = sign.kind if sign else ""
            while self._take("+", "-", "NOT"):
                pass
            if self.next is None or self.next.kind in ("AND", "OR", ")"):
                if sign or not (needed or maybe or refused):
                    where = _name(self.next) if self.next else "its end"
                    raise LuceneError(f"a condition is missing before {where}")
                break
            node = self._read_one(field, depth)
            (needed if kind == "+" else refused if kind else maybe).append(node)
        parts = needed or ([_join("any", maybe)] if maybe else [])
        return _join("all", [*parts, *(Without(node) for node in refused)])

    def _read_one(self, field: str, depth: int) -> Node:
        named = self._take("field")
        if named is not None:
            field = _ESCAPE.sub(r"\1", named.text)
        if self._take("("):
            inner = self.read_any(field, depth + 1)
            if not self._take(")"):
                raise LuceneError("a parenthesis is not closed")
            return inner
        phrase = self._take("phrase")
        if phrase is not None:
            return Value(_check(field), phrase.text, is_phrase=True)
        ends = self._take("range")
        if ends is not None and ends.range is not None:
            low, high, with_low, with_high = ends.range
            return Between(_check(field), _end(low), _end(high), with_low, with_high)
        word = self._take("word")
        if word is None:
            where = _name(self.next) if self.next else "its end"
            raise LuceneError(f"a value is missing before {where}")
        return _read_word(field, word.text)


def _read_word(field: str, raw: str) -> Node:
    if raw == "*":
        return Everything() if field == "*" else Has(_check(field))
    plain = _ESCAPE.sub(r"\1", raw)
    bare = _ESCAPE.sub("", raw)
    if "*" in bare or "?" in bare:
        return Value(_check(field), plain, pattern=raw)
    return Value(_check(field), plain)


def _check(field: str) -> str:
    if not _FIELD.fullmatch(field):
        raise LuceneError(f"{field[:40]!r} is no name of a field")
    return field


def _end(raw: str) -> str | None:
    if raw == "*":
        return None
    return _ESCAPE.sub(r"\1", raw.removeprefix('"').removesuffix('"'))


def _join(how: Literal["all", "any"], parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Joined(how, tuple(parts))
