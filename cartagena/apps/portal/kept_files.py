"""Files that are made once for a state of what is published, kept in the data folder, and reused.

Two that ask for the same file at once, in one process or several, wait for one making. A file
appears under its name only when it is whole.
"""

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from django.conf import settings

FILES_KEPT = 200
BYTES_KEPT = 1 << 30

_locks_lock = Lock()
_locks: dict[str, Lock] = {}


def get_folder() -> Path:
    """Where kept files are; may be deleted at any time."""
    folder = Path(settings.DATA_FOLDER) / "cache" / "downloads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def get_kept_file(name: str, make: Callable[[Path], None]) -> Path:
    """The file of this name, made with ``make(path)`` if it is not there yet."""
    path = get_folder() / name
    if not path.exists():
        with _turn(name):
            if not path.exists():
                _make(path, make)
                _forget_oldest(path)
    with suppress(FileNotFoundError):
        os.utime(path)
    return path


def _make(path: Path, make: Callable[[Path], None]) -> None:
    with tempfile.TemporaryDirectory(prefix="making-", dir=path.parent) as folder:
        unfinished = Path(folder) / path.name
        make(unfinished)
        unfinished.replace(path)


@contextmanager
def _turn(name: str) -> Iterator[None]:
    """One maker of a file at a time: a lock for threads, a locked file for processes."""
    with _locks_lock:
        lock = _locks.setdefault(name, Lock())
    with lock:
        guard = get_folder() / f"{name[:2]}.lock"
        with guard.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
    with _locks_lock:
        if not lock.locked():
            _locks.pop(name, None)


def _forget_oldest(newest: Path) -> None:
    """Keep within bounds: what was asked for longest ago goes first."""
    found = []
    for path in newest.parent.iterdir():
        with suppress(FileNotFoundError):
            if path.is_file() and path.suffix != ".lock" and path != newest:
                state = path.stat()
                found.append((state.st_mtime, state.st_size, path))
    kept, size = 1, newest.stat().st_size
    for _asked_at, bytes_, path in sorted(found, reverse=True):
        kept, size = kept + 1, size + bytes_
        if kept > FILES_KEPT or size > BYTES_KEPT:
            path.unlink(missing_ok=True)
