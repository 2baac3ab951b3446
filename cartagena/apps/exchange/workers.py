"""Processes that read, check and prepare records while this one stores those before.

Each worker is asked for one chunk at a time and answers before it gets the next, so nothing piles
up. A worker ends when its pipe closes: when the import is done, or when this process was killed.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.process import BaseProcess
from typing import Any

from cartagena.apps.exchange.reading import Reading, ReadRecord, read_record
from cartagena.apps.exchange.worker_process import work
from cartagena.apps.registry.api import Document, ImportProblem, Part, read_part

Item = Part | ImportProblem
Found = ReadRecord | ImportProblem
AT_ONCE = 1000
"""So many parts are read by a worker at once: about as many as are stored at once, so that one is
read while the one before is stored."""


def read_items(items: Sequence[Item], reading: Reading) -> list[Found]:
    """Every record and every problem in parts of files."""
    found: list[Found] = []
    for item in items:
        if isinstance(item, ImportProblem):
            found.append(item)
            continue
        for document in read_part(item, reading.limits):
            is_document = isinstance(document, Document)
            found.append(read_record(document, reading) if is_document else document)  # type: ignore[arg-type]
    return found


def read_in_order(
    items: Iterable[Item], reading: Reading, workers: int | None = None
) -> Iterator[list[Found]]:
    """What is in the parts, chunk by chunk in their order.

    With no worker, or when there is but one chunk, this process reads by itself.
    """
    chunks = _cut(items)
    first = next(chunks, None)
    second = next(chunks, None)
    many = int((os.cpu_count() or 1) > 1) if workers is None else workers
    if second is None or many == 0:
        for chunk in (first, second, *chunks):
            if chunk is not None:
                yield read_items(chunk, reading)
        return
    assert first is not None
    yield from _read_beside(_chain(first, second, chunks), reading, many)


def _cut(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Chunks of some hundred parts; a part that is a whole file stands alone."""
    chunk: list[Item] = []
    for item in items:
        chunk.append(item)
        is_large = isinstance(item, Part) and len(item.content) > 1 << 20
        if len(chunk) == AT_ONCE or is_large:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _chain(
    first: list[Item], second: list[Item], rest: Iterator[list[Item]]
) -> Iterator[list[Item]]:
    yield first
    yield second
    yield from rest


def _read_beside(
    chunks: Iterator[list[Item]], reading: Reading, many: int
) -> Iterator[list[Found]]:
    """Keep every worker busy. Until the first has started, and when all have died, this process
    reads itself."""
    workers = [_Worker(reading) for _ in range(many)]
    idle: deque[_Worker] = deque()
    busy: deque[_Worker] = deque()
    try:
        for chunk in chunks:
            idle.extend(worker for worker in workers if worker.has_started())
            found = None
            if busy and not idle:
                worker = busy.popleft()
                found = worker.take()
                if worker.is_alive:
                    idle.append(worker)
            if idle:
                # The chunk goes out first: it is read while the one before is stored.
                worker = idle.popleft()
                worker.give(chunk)
                busy.append(worker)
            if found is not None:
                yield found
            if not busy or busy[-1].chunk is not chunk:
                while busy:
                    yield busy.popleft().take()
                yield read_items(chunk, reading)
        while busy:
            yield busy.popleft().take()
    finally:
        for worker in workers:
            worker.end()


class _Worker:
    """A process with its pipe. Started anew, not forked: it must not share our connections.

    A process may be killed, when memory is short for example. ``chunk`` is what it has to read:
    what it does not answer is read here.
    """

    def __init__(self, reading: Reading) -> None:
        fresh = multiprocessing.get_context("spawn")
        self.pipe, theirs = fresh.Pipe()
        self.process: BaseProcess = fresh.Process(target=work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.is_alive = True
        self.chunk: list[Item] = []
        self._reading = reading
        self._is_starting = True
        self._send(reading)

    def has_started(self) -> bool:
        """Whether it has become ready since it was asked last; it says so once."""
        if not self._is_starting or not self.pipe.poll():
            return False
        self._is_starting = False
        return self._receive() is not None

    def give(self, chunk: list[Item]) -> None:
        """Give it a chunk to read."""
        self.chunk = chunk
        self._send(chunk)

    def take(self) -> list[Found]:
        """What is in its chunk."""
        found = self._receive() if self.is_alive else None
        return read_items(self.chunk, self._reading) if found is None else found

    def _send(self, message: Any) -> None:
        try:
            self.pipe.send(message)
        except OSError:
            self.is_alive = False

    def _receive(self) -> Any:
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            self.is_alive = False
            return None

    def end(self) -> None:
        """Let it end by itself; insist if it does not."""
        self.pipe.close()
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
