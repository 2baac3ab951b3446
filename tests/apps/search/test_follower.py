"""The thread that follows the log, and several processes that share an index."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from cartagena.apps.search import follower
from cartagena.apps.search.index import SearchIndex
from tests.apps.search.made_up import find, make_law, publish

pytestmark = pytest.mark.django_db(transaction=True)
_PATIENCE_SECONDS = 30


def wait_until(holds: Callable[[], bool]) -> bool:
    """Whether something comes true before patience ends."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def following(index: SearchIndex) -> Iterator[follower.Follower]:
    """A follower that ends with the test."""
    thread = follower.follow_in_background()
    yield thread
    thread.stop()
    publish(make_law(999, {"en": "Wakes the follower"}))
    thread.join(_PATIENCE_SECONDS)
    assert not thread.is_alive()


def test_the_follower_brings_in_what_is_published(
    index: SearchIndex, following: follower.Follower
) -> None:
    assert wait_until(lambda: index.find_finder() is not None)

    publish(make_law(1, {"en": "Act on maize"}))

    assert wait_until(lambda: find("maize") == [1])


def test_the_follower_is_woken_by_the_publication(
    index: SearchIndex, following: follower.Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert wait_until(lambda: index.find_finder() is not None)
    # Without a notice it would look again after an hour only.
    monkeypatch.setattr(follower, "_LOOK_SECONDS", 3_600.0)
    publish(make_law(1, {"en": "Act on maize"}))
    assert wait_until(lambda: find("maize") == [1])

    publish(make_law(2, {"en": "Act on cotton"}))

    assert wait_until(lambda: find("cotton") == [2])


def test_the_follower_outlives_a_broken_connection(
    index: SearchIndex, following: follower.Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "_TRY_AGAIN_SECONDS", 0.01)
    assert wait_until(lambda: index.find_finder() is not None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    publish(make_law(1, {"en": "Act on maize"}))

    assert wait_until(lambda: find("maize") == [1])


def test_another_process_takes_up_what_one_wrote(index: SearchIndex) -> None:
    publish(make_law(1, {"en": "Act on maize"}))
    assert find("maize") == [1]
    other = SearchIndex(index.root)
    assert other.refresh()
    publish(make_law(2, {"en": "Act on cotton"}))
    assert index.keep_up()

    assert other.refresh()

    assert other.state == index.state
    finder = other.find_finder()
    assert finder is not None
    assert finder.size == 2


def test_only_one_builds_at_a_time(index: SearchIndex) -> None:
    publish(make_law(1, {"en": "Act on maize"}))
    other = SearchIndex(index.root)
    seen: list[bool] = []

    assert index.rebuild(lambda done, total: seen.append(other.rebuild()))

    assert seen == [False]
