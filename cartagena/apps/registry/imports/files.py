"""Which files are meant by the paths of a command, and what is wrong with the others."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cartagena.apps.registry.imports.problems import ImportProblem, Severity

Form = Literal["document", "lines", "table"]

FORMS: dict[str, Form] = {
    ".json": "document",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".csv": "table",
    ".xlsx": "table",
}
_JSON = frozenset({".json", ".jsonl", ".ndjson"})
_PACKED = frozenset({".gz", ".zip", ".bz2", ".xz", ".zst", ".7z", ".tar", ".tgz", ".rar"})


@dataclass(frozen=True)
class SourceFile:
    """A regular file of a known kind, and its size in bytes; ``packed``: by gzip."""

    path: Path
    form: Form
    size: int
    packed: bool = False

    @property
    def name(self) -> str:
        """The path as the user gave it."""
        return str(self.path)


def list_files(paths: Sequence[Path]) -> Iterator[SourceFile | ImportProblem]:
    """The files to read, folders opened, in the order of names; and every path that cannot be read.

    Links inside folders are not followed: they may lead out of the folder or in a circle.
    """
    for path in paths:
        if path.is_dir():
            yield from _list_folder(path)
        else:
            yield _check_file(path, in_folder=False)


def _list_folder(folder: Path) -> Iterator[SourceFile | ImportProblem]:
    errors: list[OSError] = []
    empty = True
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        folders.sort()
        for name in sorted(names):
            if not name.startswith("."):
                empty = False
                yield _check_file(Path(parent) / name, in_folder=True)
    for error in errors:
        what = f"the folder cannot be opened ({error.strerror})"
        yield ImportProblem(str(error.filename), "", what, "Give yourself the right to read it.")
    if empty and not errors:
        what = "the folder holds no file"
        yield ImportProblem(str(folder), "", what, "Name the folder with the reports.")


def _check_file(path: Path, *, in_folder: bool) -> SourceFile | ImportProblem:
    if in_folder and path.is_symlink():
        what = "a link to somewhere else; links in folders are not followed"
        return ImportProblem(str(path), "", what, "Name the file itself.", "warning")
    try:
        state = path.stat()
    except OSError as error:
        what = f"it cannot be read ({error.strerror})"
        return ImportProblem(str(path), "", what, "Check the path and your rights.")
    if not stat.S_ISREG(state.st_mode):
        what = "it is a device, a pipe or a socket, and no file"
        return ImportProblem(str(path), "", what, "Save the reports in a file and name it.")
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    packed = len(suffixes) == 2 and suffixes[1] == ".gz" and suffixes[0] in _JSON
    form = FORMS.get(suffixes[0] if packed else path.suffix.lower())
    if form is None:
        return _refuse_kind(path, in_folder=in_folder)
    if state.st_size == 0:
        return ImportProblem(str(path), "", "the file is empty", "Export it again.")
    return SourceFile(path, form, state.st_size, packed)


def _refuse_kind(path: Path, *, in_folder: bool) -> ImportProblem:
    suffix = path.suffix.lower()
    known = ", ".join(FORMS)
    if suffix in _PACKED:
        remedy = f"Unpack it first ({known}); JSON may be packed by gzip (.jsonl.gz)."
        return ImportProblem(str(path), "", "the file is packed", remedy)
    if suffix in (".xls", ".xlsm", ".ods"):
        return ImportProblem(str(path), "", f"{suffix} is not read", "Save it as .xlsx or .csv.")
    what = f"{suffix or 'a file without an ending'} is not read"
    severity: Severity = "warning" if in_folder else "error"
    return ImportProblem(str(path), "", what, f"Use one of {known}.", severity)
