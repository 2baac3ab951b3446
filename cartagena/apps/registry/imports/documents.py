"""JSON documents out of files: one, many in a list, or one a line, without trusting any of them."""

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn, cast

from cartagena.apps.registry.imports.encoding import decode
from cartagena.apps.registry.imports.files import SourceFile
from cartagena.apps.registry.imports.limits import Limits, describe_size
from cartagena.apps.registry.imports.problems import ImportProblem

_LISTS = ("Items", "items")
_HALF_OR_NUL = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_NO_BRACKETS = bytes(set(range(256)) - set(b"{}[]"))


@dataclass(frozen=True)
class Document:
    """One JSON object and where it stands. ``position``: how many bytes of the file are behind."""

    file: str
    place: str
    content: dict[str, Any]
    position: int = 0


class _NotPlainJsonError(ValueError):
    """JSON that Python would take and the Clearing-House would not."""


@dataclass(frozen=True)
class Part:
    """The bytes of one document or list out of a file, not yet read. ``position``: see Document."""

    file: str
    place: str
    content: bytes
    position: int = 0


def read_documents(file: SourceFile, limits: Limits) -> Iterator[Document | ImportProblem]:
    """Every object of a ``.json``, ``.jsonl`` or ``.ndjson`` file, and every problem on the way."""
    for part in split_file(file, limits):
        if isinstance(part, Part):
            yield from read_part(part, limits)
        else:
            yield part


def split_file(file: SourceFile, limits: Limits) -> Iterator[Part | ImportProblem]:
    """The parts of a file that can be read apart from each other: its lines, or the whole."""
    try:
        with file.path.open("rb") as plain:
            stream = cast(BinaryIO, gzip.GzipFile(fileobj=plain)) if file.packed else plain
            if file.form == "lines":
                yield from _split_lines(file, stream, plain, limits)
            else:
                yield from _take_whole(file, stream, limits)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        what = "the packed file is damaged or was cut off"
        yield ImportProblem(file.name, "", what, "Copy or export it again, whole.")
    except OSError as error:
        what = f"it cannot be read ({error.strerror})"
        yield ImportProblem(file.name, "", what, "Check the disk and your rights.")


def _take_whole(
    file: SourceFile, stream: BinaryIO, limits: Limits
) -> Iterator[Part | ImportProblem]:
    content = b"" if file.size > limits.document else stream.read(limits.document + 1)
    size = len(content) or file.size
    if size <= limits.document:
        yield Part(file.name, "", content, file.size)
        return
    what = (
        f"the file has {'more than ' if file.packed else ''}{describe_size(size)}; one JSON "
        f"document may have {describe_size(limits.document)}"
    )
    remedy = "Save many reports as JSON Lines (.jsonl), one report a line, of any size."
    yield ImportProblem(file.name, "", what, remedy)


def _split_lines(
    file: SourceFile, stream: BinaryIO, plain: BinaryIO, limits: Limits
) -> Iterator[Part | ImportProblem]:
    """Line by line: a file of any size takes no more memory than its longest line."""
    number = 0
    while line := stream.readline(limits.line + 1):
        number += 1
        place = f"line {number}"
        if len(line) > limits.line:
            what = f"the line is longer than {describe_size(limits.line)}"
            yield ImportProblem(file.name, place, what, "Write one report a line.")
            while line and not line.endswith(b"\n"):
                line = stream.readline(limits.line)
        elif line.strip():
            yield Part(file.name, place, line, plain.tell())


def read_part(part: Part, limits: Limits) -> Iterator[Document | ImportProblem]:
    """Every object in a part of a file, and every problem on the way."""
    for found in _read_text(part.content, part.file, part.place, limits):
        if isinstance(found, Document):
            yield Document(found.file, found.place, found.content, part.position)
        else:
            yield found


def _read_text(
    content: bytes, file: str, place: str, limits: Limits
) -> Iterator[Document | ImportProblem]:
    text = decode(content, file, place)
    if isinstance(text, ImportProblem):
        yield text
        return
    if not text.strip():
        yield ImportProblem(file, place, "the file holds nothing but spaces", "Export it again.")
        return
    try:
        parsed = json.loads(text, object_pairs_hook=_make_object, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        yield _explain(error, text, file, place)
    except RecursionError:
        what = "it is nested far too deeply for a report"
        yield ImportProblem(file, place, what, "Export it again from its source.")
    except ValueError as error:
        yield ImportProblem(file, place, f"it is no plain JSON: {error}", "Export it again.")
    else:
        # Most texts can be seen to be harmless as a whole; only the others are walked through.
        to_check = None if _is_plainly_safe(content, limits) else limits
        yield from _open_lists(parsed, file, place, to_check)


def _is_plainly_safe(content: bytes, limits: Limits) -> bool:
    """Whether no text in it can be too long or none at all, and it is not nested too deeply."""
    if len(content) > limits.text or _HALF_OR_NUL.search(content):
        return False
    brackets = _STRING.sub(b"", content).translate(None, _NO_BRACKETS)
    for _ in range((limits.depth - 1) // 2):
        if not brackets:
            return True
        # One level, or two where a list holds nothing but what was just taken away.
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
    return not brackets


def _make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _NotPlainJsonError(f"the key {twice[:60]!r} stands twice in one object")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise _NotPlainJsonError(f"{name} is no number")


def _explain(error: json.JSONDecodeError, text: str, file: str, place: str) -> ImportProblem:
    where = f"line {error.lineno}, column {error.colno}"
    where = f"{place}, column {error.colno}" if place else where
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
        what = "the JSON ends in the middle: the file was cut off"
        return ImportProblem(file, where, what, "Copy or export it again, whole.")
    if error.msg.startswith("Extra data") and not place:
        what = "a second document begins here"
        remedy = "If there is one report a line, name the file .jsonl; otherwise make it a list."
        return ImportProblem(file, where, what, remedy)
    what = f"it is no JSON ({error.msg[0].lower()}{error.msg[1:]})"
    return ImportProblem(file, where, what, "Correct it there, or export it again.")


def _open_lists(
    parsed: Any, file: str, place: str, limits: Limits | None
) -> Iterator[Document | ImportProblem]:
    """A list, or the ``Items`` of an answer of the Clearing-House, holds many documents."""
    path = f"{place} $" if place else "$"
    if isinstance(parsed, dict):
        name = next((n for n in _LISTS if isinstance(parsed.get(n), list)), None)
        if name is None:
            yield _check(parsed, file, place or "$", limits)
            return
        parsed, path = parsed[name], f"{path}.{name}"
    if not isinstance(parsed, list):
        what = f"a report is needed, found {_describe(parsed)}"
        yield ImportProblem(file, place or "$", what, "Give each report as {...}.")
        return
    if not parsed:
        yield ImportProblem(file, path, "the list is empty", "Nothing is read from it.", "warning")
    for n, item in enumerate(parsed):
        if isinstance(item, dict):
            yield _check(item, file, f"{path}[{n}]", limits)
        else:
            what = f"a report is needed, found {_describe(item)}"
            yield ImportProblem(file, f"{path}[{n}]", what, "Give each report as {...}.")


def _check(
    content: dict[str, Any], file: str, place: str, limits: Limits | None
) -> Document | ImportProblem:
    fault = find_unsafe_value(content, limits) if limits else None
    if fault is None:
        return Document(file, place, content)
    where, what = fault
    return ImportProblem(file, place, what, "Correct it in the source.", question=where)


def find_unsafe_value(content: dict[str, Any], limits: Limits) -> tuple[str, str] | None:
    """The first value that cannot be kept (too deep, too long, no text), after its field."""
    level: list[tuple[str, Any]] = [("", content)]
    for _ in range(limits.depth):
        below: list[tuple[str, Any]] = []
        for field, value in level:
            if isinstance(value, str):
                what = find_text_fault(value, limits)
                if what:
                    return field, what
            elif isinstance(value, dict):
                for key, item in value.items():
                    what = find_text_fault(key, limits)
                    if what:
                        return field, what
                    below.append((field or key, item))
            elif isinstance(value, list):
                below.extend((field, item) for item in value)
        if not below:
            return None
        level = below
    return level[0][0], f"it is nested more than {limits.depth} levels deep"


def find_text_fault(text: str, limits: Limits) -> str | None:
    if len(text) > limits.text:
        return f"a text of {len(text):,} characters; {limits.text:,} are allowed"
    if "\x00" in text:
        return "a text holds the NUL character, which no text may hold"
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return "a text holds half a character (a lone surrogate)"
    return None


def _describe(value: Any) -> str:
    names = {str: "a text", bool: "true or false", list: "a list", type(None): "nothing"}
    return names.get(type(value), "a number")
