"""Files that counts are appended to: one for each process, durable within 50 ms, no page waits.

A line is ``2026-11-22 visit KEN``. The process that writes a file holds a lock on it; a file that
nobody holds is finished, and goes when it has been folded (:mod:`cartagena.apps.usage.folding`).
"""

import atexit
import datetime as dt
import fcntl
import logging
import os
import re
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

GATHER_SECONDS = 0.02
"""So long counts are gathered before they are written; with the disk's time less than 50 ms."""

SEGMENT_BYTES = 1024 * 1024
WAITING_AT_MOST = 100_000
"""More counts than this wait only when the disk does not take them; further ones are dropped."""

Count = tuple[dt.date, str, str]
"""Day, kind, country (empty: unknown)."""

_log = logging.getLogger(__name__)
_LINE = re.compile(r"(\d{4}-\d\d-\d\d) (visit|search|download) ([A-Z]{3}|-)")


class Recorder:
    """Appends counts to a file of its own, from a thread of its own. Safe between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: list[Count] = []
        self._changed = threading.Condition()
        self._closing = False
        self._written = 0
        self._taken = 0
        self._file: int | None = None
        self._size = 0
        self._opened_on: dt.date | None = None
        self._thread = threading.Thread(target=self._run, name="usage", daemon=True)
        self._thread.start()

    def record(self, day: dt.date, kind: str, country: str) -> None:
        """Take one count. Returns at once; never raises."""
        with self._changed:
            if len(self._waiting) < WAITING_AT_MOST and not self._closing:
                self._waiting.append((day, kind, country))
                self._taken += 1
                self._changed.notify_all()

    def flush(self, patience: float = 5.0) -> bool:
        """Wait until everything taken so far is on the disk; False if it took too long."""
        with self._changed:
            wanted = self._taken
            return self._changed.wait_for(lambda: self._written >= wanted, patience)

    def close(self) -> None:
        """Write what waits and let the file go."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closing)
                if self._closing and not self._waiting:
                    break
                # Others may still add: they share one write and one wait for the disk.
                self._changed.wait_for(lambda: self._closing, GATHER_SECONDS)
                taken, self._waiting = self._waiting, []
            self._write(taken)
            with self._changed:
                self._written += len(taken)
                self._changed.notify_all()
        self._let_go()

    def _write(self, taken: list[Count]) -> None:
        text = "".join(f"{day} {kind} {country or '-'}\n" for day, kind, country in taken)
        try:
            self._choose_file(taken[-1][0])
            assert self._file is not None
            data = text.encode()
            while data:
                data = data[os.write(self._file, data) :]
            os.fdatasync(self._file)
            self._size += len(text)
        except OSError as problem:
            _log.warning("Counts of use could not be written and are lost: %s", problem.strerror)
            self._let_go()

    def _choose_file(self, day: dt.date) -> None:
        """The file in use, or a new one each day and when it is long: old ones can then go."""
        if self._file is not None and (self._size > SEGMENT_BYTES or self._opened_on != day):
            self._let_go()
        if self._file is None:
            self._file, self._size, self._opened_on = _open_segment(self._folder), 0, day

    def _let_go(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                os.close(self._file)
            self._file = None


def _open_segment(folder: Path) -> int:
    """A new file, locked. Whoever folds may have removed it before it was locked: then another."""
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        path = folder / f"{uuid.uuid4().hex}.log"
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file).st_nlink:
            return file
        os.close(file)


def list_segments(folder: Path) -> list[Path]:
    """All files of counts, finished or not."""
    return sorted(folder.glob("*.log"))


def read_segment(path: Path, start: int) -> tuple[Counter[Count], int]:
    """What whole lines say after a byte, and up to which byte they go.

    A line that was cut off when its process was killed says nothing.
    """
    with path.open("rb") as file:
        file.seek(start)
        data = file.read()
    whole = data[: data.rfind(b"\n") + 1]
    found: Counter[Count] = Counter()
    for line in whole.decode("ascii", "replace").splitlines():
        match = _LINE.fullmatch(line)
        if match:
            with suppress(ValueError):
                day = dt.date.fromisoformat(match[1])
                found[day, match[2], match[3].replace("-", "")] += 1
    return found, start + len(whole)


@contextmanager
def holding_if_finished(path: Path) -> Iterator[bool]:
    """Whether no process writes the file any more; if so nobody else takes it meanwhile."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


_recorder: tuple[int, Path, Recorder] | None = None
_choosing = threading.Lock()


def get_recorder(folder: Path) -> Recorder:
    """The recorder of this process; a forked process gets its own."""
    global _recorder
    known = _recorder
    if known is None or known[0] != os.getpid() or known[1] != folder:
        with _choosing:
            known = _recorder
            if known is None or known[0] != os.getpid() or known[1] != folder:
                recorder = Recorder(folder)
                atexit.register(recorder.close)
                known = _recorder = (os.getpid(), folder, recorder)
    return known[2]
