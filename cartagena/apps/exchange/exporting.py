"""Writes records in the Clearing-House's form: one envelope a line, a file or a file a type."""

import gzip
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from cartagena.apps.exchange.stored import (
    list_exchanged_types,
    list_stored,
    list_with_latest,
    write_line,
)

Progress = Callable[[int], None]
"""Called with the number of versions written so far."""


def export_records(
    out: Path,
    types: Sequence[str] = (),
    *,
    all_versions: bool = False,
    with_notes: bool = False,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Write all live records (or all versions) of some types, or of all; returns type -> count.

    ``out`` is a file (.jsonl, .jsonl.gz) or a folder, which gets a file for each type that has
    records. Equal content gives equal files. Raises OSError.
    """
    counts: dict[str, int] = {}
    written = 0

    def lines(record_type: str) -> Iterator[str]:
        nonlocal written
        versions = list_stored(record_type, all_versions=all_versions)
        for version, latest in list_with_latest(versions):
            counts[record_type] = counts.get(record_type, 0) + 1
            written += 1
            if progress and written % 1000 == 0:
                progress(written)
            yield write_line(version, latest, with_notes=with_notes)

    chosen = [name for name in list_exchanged_types() if not types or name in types]
    if is_one_file(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        write_lines(out, (line for name in chosen for line in lines(name)))
        return counts
    out.mkdir(parents=True, exist_ok=True)
    for name in chosen:
        path = out / f"{name}.jsonl"
        write_lines(path, lines(name))
        if not counts.get(name):
            path.unlink()
    return counts


def is_one_file(out: Path) -> bool:
    """Whether a path names a file of lines; anything else is a folder."""
    return out.name.endswith((".jsonl", ".jsonl.gz")) and not out.is_dir()


def write_lines(path: Path, lines: Iterator[str]) -> None:
    """Lines into a file, which appears under its name only when it is whole."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with _open(unfinished, packed=path.suffix == ".gz") as stream:
            for line in lines:
                stream.write(line)
                stream.write("\n")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _open(path: Path, *, packed: bool) -> Iterator[IO[str]]:
    """A text file to write; packed ones carry neither name nor time, so that equal stays equal."""
    with path.open("wb") as plain:
        if not packed:
            with io.TextIOWrapper(plain, "utf-8", newline="\n") as text:
                yield text
            return
        with gzip.GzipFile("", "wb", 6, plain, 0) as stream:
            wrapped = io.TextIOWrapper(cast(IO[bytes], stream), "utf-8", newline="\n")
            yield wrapped
            wrapped.flush()
            wrapped.detach()
