"""The process that reads is never without work while this one stores."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from cartagena.apps.exchange import workers
from cartagena.apps.exchange.reading import Reading
from cartagena.apps.registry.api import DEFAULT_LIMITS, ImportProblem

READING = Reading(dt.datetime(2026, 11, 1, tzinfo=dt.UTC), DEFAULT_LIMITS)
CHUNKS = 5


class Pipe:
    """Answers what was sent, oldest first."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.answered = 0

    def send(self, chunk: Any) -> None:
        self.sent.append(chunk)

    def recv(self) -> Any:
        self.answered += 1
        return self.sent[self.answered - 1]


class ReadyWorker:
    """A worker that reads at once."""

    made: list["ReadyWorker"] = []

    def __init__(self, reading: Reading) -> None:
        self.pipe = Pipe()
        self._is_new = True
        ReadyWorker.made.append(self)

    def has_started(self) -> bool:
        self._is_new, was_new = False, self._is_new
        return was_new

    def end(self) -> None:
        pass


def list_problems() -> Iterator[ImportProblem]:
    for number in range(CHUNKS * workers.AT_ONCE):
        yield ImportProblem("file", str(number), "what", "remedy")


@pytest.mark.parametrize("many", [1, 2])
def test_the_next_chunk_is_being_read_while_the_one_before_is_stored(
    monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    ReadyWorker.made = []
    monkeypatch.setattr(workers, "_Worker", ReadyWorker)
    places = []
    for stored, found in enumerate(workers.read_in_order(list_problems(), READING, many), start=1):
        sent = sum(len(worker.pipe.sent) for worker in ReadyWorker.made)
        assert sent == min(CHUNKS, stored + many)
        places += [int(item.place) for item in found]  # type: ignore[union-attr]
    assert places == list(range(CHUNKS * workers.AT_ONCE))
