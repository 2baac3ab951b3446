"""Follows the publication log in a thread of each web process.

Whoever publishes sends a notice as part of the transaction (registry/batch.py); PostgreSQL delivers
it at the commit. Should notices not arrive, the log is looked at every second.
"""

import logging
import threading
import time
from typing import Any

from django.db import DatabaseError, connection

from cartagena.apps.registry.api import LOG_CHANNEL
from cartagena.apps.search.index import SearchIndex, get_index

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 1.0
_OTHER_WRITES_SECONDS = 0.05
_TRY_AGAIN_SECONDS = 5.0


class Follower(threading.Thread):
    """Keeps the index up until :meth:`stop`."""

    def __init__(self, index: SearchIndex) -> None:
        super().__init__(name="search-follower", daemon=True)
        self._index = index
        self._ended = threading.Event()

    def stop(self) -> None:
        """End after the present round."""
        self._ended.set()

    def run(self) -> None:
        try:
            while not self._ended.is_set():
                try:
                    self._follow()
                except DatabaseError as problem:
                    _log.warning("The publication log cannot be followed now: %s", problem)
                    connection.close()
                    self._ended.wait(_TRY_AGAIN_SECONDS)
                except Exception:
                    _log.exception("The search index cannot follow the publication log.")
                    self._ended.wait(_TRY_AGAIN_SECONDS)
        finally:
            connection.close()

    def _follow(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {LOG_CHANNEL}")
        while not self._ended.is_set():
            # Another process may be writing: look again soon.
            reached = self._index.keep_up()
            self._wait(_LOOK_SECONDS if reached else _OTHER_WRITES_SECONDS)

    def _wait(self, seconds: float) -> None:
        raw: Any = connection.connection
        before = time.monotonic()
        for _notice in raw.notifies(timeout=seconds, stop_after=1):
            return
        # A connection that is gone returns at once.
        self._ended.wait(max(0.0, min(0.05, seconds - (time.monotonic() - before))))


_follower: Follower | None = None


def follow_in_background() -> Follower:
    """Start the follower of this process, once."""
    global _follower
    if _follower is None or not _follower.is_alive():
        _follower = Follower(get_index())
        _follower.start()
    return _follower


def is_following() -> bool:
    """Whether a thread of this process keeps the index up."""
    return _follower is not None and _follower.is_alive()
