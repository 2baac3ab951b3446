"""The process that reads is never without work while this one stores."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from cartagena.apps.exchange import workers
from cartagena.apps.exchange.reading import Reading
from cartagena.apps.registry.api import DEFAULT_LIMITS, ImportProblem

READING = Reading(dt.datetime(2026, 11, 1, tzinfo=dt.UTC), DEFAULT_LIMITS)
CHUNKS = 5


class Pipe:
    """Answers what was sent, oldest first, until its process has died."""

    def __init__(self, answers: int) -> None:
        self.sent: list[Any] = []
        self._left = answers
        self._answered = 0

    def send(self, message: Any) -> None:
        self.sent.append(message)

    def poll(self) -> bool:
        return True

    def recv(self) -> Any:
        self._left -= 1
        if self._left < 0:
            raise EOFError
        self._answered += 1
        return self.sent[self._answered - 1]


class FakeWorker(workers._Worker):
    """A worker without a process: it echoes what it is given, at once."""

    made: ClassVar[list["FakeWorker"]] = []
    answers = 1_000

    def __init__(self, reading: Reading) -> None:
        self.pipe = Pipe(self.answers)  # type: ignore[assignment]
        self.is_alive = True
        self.chunk = []
        self._reading = reading
        self._is_starting = True
        self._send(reading)
        FakeWorker.made.append(self)

    def count_given(self) -> int:
        return len(self.pipe.sent) - 1  # type: ignore[attr-defined]

    def end(self) -> None:
        pass


def list_problems() -> Iterator[ImportProblem]:
    for number in range(CHUNKS * workers.AT_ONCE):
        yield ImportProblem("file", str(number), "what", "remedy")


@pytest.fixture(autouse=True)
def _fake_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeWorker, "made", [])
    monkeypatch.setattr(workers, "_Worker", FakeWorker)


@pytest.mark.parametrize("many", [1, 2])
def test_the_next_chunk_is_being_read_while_the_one_before_is_stored(many: int) -> None:
    places = []
    for stored, found in enumerate(workers.read_in_order(list_problems(), READING, many), start=1):
        assert sum(worker.count_given() for worker in FakeWorker.made) == min(CHUNKS, stored + many)
        places += [int(item.place) for item in found]  # type: ignore[union-attr]
    assert places == list(range(CHUNKS * workers.AT_ONCE))


@pytest.mark.parametrize("many", [1, 2])
@pytest.mark.parametrize("answers", [0, 1, 2, 3])
def test_what_a_killed_worker_does_not_answer_is_read_here(
    monkeypatch: pytest.MonkeyPatch, many: int, answers: int
) -> None:
    monkeypatch.setattr(FakeWorker, "answers", answers)
    found = [
        int(item.place)  # type: ignore[union-attr]
        for chunk in workers.read_in_order(list_problems(), READING, many)
        for item in chunk
    ]
    assert found == list(range(CHUNKS * workers.AT_ONCE))
