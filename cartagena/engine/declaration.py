"""How a declaration file is read: strictly, and with every problem reported at once.

A declaration is a YAML file under `cartagena/protocol/`. Three things are shared by all loaders:

- `read_yaml(path)` parses one file. Duplicate keys are refused; `yes`, `no`, `on` and `off` stay
  text (only `true` and `false` are booleans), so that the code of Norway is not the answer "no".
- `build(cls, raw, place, problems)` turns a mapping into a frozen dataclass by its type hints. An
  unknown key, a missing key and a value of the wrong type become `Problem`s, none stops the others.
- `Problems` collects, `raise_if_any()` raises one `DeclarationError` with all of them.
"""

import re
import types
import typing
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import yaml

from cartagena.engine.sentence import sentence
from cartagena.engine.text import Text, Written

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # PyYAML built without libyaml: slower, same result
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

T = TypeVar("T")

PROTOCOL = Path(__file__).resolve().parent.parent / "protocol"
"""The folder of all declarations."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a declaration: where it stands, what it is, and what to do about it."""

    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what.removesuffix('.')}. {self.remedy}"


class DeclarationError(Exception):
    """A declaration cannot be used. `problems` holds everything found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        head = f"{count} problem{'' if count == 1 else 's'} in the declarations:"
        super().__init__("\n".join([head, *(f"  - {problem}" for problem in self.problems)]))


class Problems:
    """Collects problems while a declaration is read."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def add(self, place: str, what: str, remedy: str) -> None:
        """Note one problem and go on."""
        self._found.append(Problem(place, what, remedy))

    def raise_if_any(self) -> None:
        """Raise DeclarationError with all that was noted, if anything was."""
        if self._found:
            raise DeclarationError(self._found)


class _Loader(_SafeLoader):
    """YAML as people mean it: no duplicate keys, no `no` that becomes False, no 12:30 as 750."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith((":bool", ":int"))]
    for first, pairs in _SafeLoader.yaml_implicit_resolvers.items()
}
_BOOL = re.compile(r"^(?:true|false)$")
_INT = re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$")
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", _BOOL, list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", _INT, list("-+0123456789"))


def _construct_mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    loader.flatten_mapping(node)
    found: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in found:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} stands twice in one mapping", key_node.start_mark
            )
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_Loader.add_constructor("tag:yaml.org,2002:map", _construct_mapping)


def read_yaml(path: Path) -> Any:
    """The content of one YAML file as plain dicts, lists and scalars. Do not change what you get:
    it is cached (until the file changes) and shared.

    Raises DeclarationError when the file is missing, is no YAML, or has a duplicate key.
    """
    try:
        state = path.stat()
    except OSError:
        problem = Problem(str(path), "the file cannot be read", "Add it, or correct its name.")
        raise DeclarationError([problem]) from None
    return _parse_yaml(path, state.st_mtime_ns, state.st_size)


@cache
def _parse_yaml(path: Path, _changed_ns: int, _size: int) -> Any:
    try:
        with path.open("rb") as stream:
            return yaml.load(stream, Loader=_Loader)  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        problem = Problem(place, str(error.problem or error), "Correct the YAML at that line.")
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        problem = Problem(str(path), f"not readable as YAML ({error})", "Save it as UTF-8 YAML.")
    raise DeclarationError([problem])


def check_keys(
    raw: Any,
    place: str,
    problems: Problems,
    *,
    required: Iterable[str] = (),
    optional: Iterable[str] = (),
) -> Mapping[str, Any]:
    """`raw` as a mapping with the keys `required` and perhaps `optional`, and no other.

    What is wrong goes to `problems`; the mapping is returned all the same (empty if it is none).
    """
    if not isinstance(raw, Mapping):
        problems.add(place, f"a mapping is needed, found {describe(raw)}", "Write `key: value`.")
        return {}
    required, known = tuple(required), {*required, *optional}
    for key in raw:
        if key not in known:
            problems.add(place, f"unknown key {key!r}", f"Known here: {', '.join(sorted(known))}.")
    for key in required:
        if key not in raw:
            problems.add(place, f"missing key {key!r}", f"Add `{key}:`.")
    return raw


def build(
    cls: type[T], raw: Any, place: str, problems: Problems, *, language: str = "en"
) -> T | None:
    """An instance of the dataclass `cls` from the mapping `raw`, or None after adding problems.

    Understood hints: str, int, float, bool, date, Literal, X | None, tuple[X, ...],
    Mapping[str, X], Text and dataclasses of these. A field with a default may be left out.
    `language` is the language in which the Text of this declaration is written.
    """
    result: T | None = _Builder(problems, language).build(cls, raw, place)
    return result


class _Builder:
    """Converts raw YAML to typed values; what does not fit goes to `problems`."""

    def __init__(self, problems: Problems, language: str) -> None:
        self.problems = problems
        self.language = language

    def build(self, cls: Any, raw: Any, place: str) -> Any:
        before = len(self.problems)
        names = [item.name for item in fields(cls)]
        required = [item.name for item in fields(cls) if _is_required(item)]
        mapping = check_keys(raw, place, self.problems, required=required, optional=names)
        hints = typing.get_type_hints(cls, include_extras=True)
        values = {
            name: self.convert(hints[name], mapping[name], f"{place}.{name}")
            for name in names
            if name in mapping
        }
        return cls(**values) if len(self.problems) == before else None

    def convert(self, hint: Any, raw: Any, place: str) -> Any:
        origin, arguments = get_origin(hint), get_args(hint)
        if hint is Any:
            return raw
        if origin in (Union, types.UnionType):
            if raw is None and type(None) in arguments:
                return None
            inner = [argument for argument in arguments if argument is not type(None)]
            return self.convert(inner[0], raw, place)
        if origin is Literal:
            return self._convert_literal(arguments, raw, place)
        if origin is tuple:
            return self._convert_list(arguments[0], raw, place)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return self._convert_mapping(arguments[1], raw, place)
        if origin is Annotated:
            marks = [mark for mark in arguments[1:] if isinstance(mark, Written)]
            builder = _Builder(self.problems, marks[0].language) if marks else self
            return builder.convert(arguments[0], raw, place)
        if hint is Text:
            return self._convert_text(raw, place)
        if is_dataclass(hint) and isinstance(hint, type):
            return self.build(hint, raw, place)
        return self._convert_scalar(hint, raw, place)

    def _convert_literal(self, allowed: tuple[Any, ...], raw: Any, place: str) -> Any:
        if raw not in allowed:
            remedy = f"Use one of: {', '.join(map(str, allowed))}."
            self.problems.add(place, f"{describe(raw)} is not allowed", remedy)
        return raw

    def _convert_list(self, inner: Any, raw: Any, place: str) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            self.problems.add(place, f"a list is needed, found {describe(raw)}", "Write `[a, b]`.")
            return ()
        return tuple(self.convert(inner, item, f"{place}[{n}]") for n, item in enumerate(raw))

    def _convert_mapping(self, inner: Any, raw: Any, place: str) -> Mapping[str, Any]:
        mapping = raw if isinstance(raw, Mapping) else {}
        if mapping is not raw:
            what = f"a mapping is needed, found {describe(raw)}"
            self.problems.add(place, what, "Write `key: value`.")
        for key in mapping:
            if not isinstance(key, str):
                self.problems.add(place, f"the key {key!r} is not text", "Put it in quotes.")
        return types.MappingProxyType(
            {key: self.convert(inner, item, f"{place}.{key}") for key, item in mapping.items()}
        )

    def _convert_text(self, raw: Any, place: str) -> Text:
        """Words in the declaration's language, or a mapping of languages to words."""
        if isinstance(raw, Mapping):
            return Text.of(self._convert_mapping(str, raw, place), self.language)
        words = self._convert_scalar(str, raw, place)
        return Text.of({self.language: words if isinstance(words, str) else ""}, self.language)

    def _convert_scalar(self, hint: Any, raw: Any, place: str) -> Any:
        if hint is float and isinstance(raw, int) and not isinstance(raw, bool):
            return float(raw)
        is_other_kind = (hint is int and isinstance(raw, bool)) or isinstance(raw, datetime)
        if is_other_kind or not isinstance(raw, hint):
            needed = _NAMES.get(hint, hint.__name__)
            remedy = "Put it in quotes." if hint is str and raw is not None else f"Write {needed}."
            self.problems.add(place, f"{needed} is needed, found {describe(raw)}", remedy)
        return raw


def _is_required(item: Any) -> bool:
    return item.default is MISSING and item.default_factory is MISSING


_NAMES = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date (YYYY-MM-DD)",
}


def describe(raw: Any) -> str:
    """A found value in a few words, for a sentence about it."""
    if raw is None:
        return sentence("nothing")
    if isinstance(raw, Mapping):
        return sentence("a mapping")
    if isinstance(raw, list | tuple):
        return sentence("a list")
    return repr(raw)
