"""A process that `cartagena serve` started does not outlive it, however that one ended."""

import os
import threading
import time

# Set by `cartagena serve` for what it starts: without it nothing is watched, e.g. under another
# web server.
VARIABLE = "_CARTAGENA_SERVED_BY"


def end_with_parent() -> None:
    """End this process within a second after its parent is gone (kill -9 gives no other sign)."""
    if os.environ.get(VARIABLE):
        parent = os.getppid()
        threading.Thread(target=_watch, args=[parent], name="parent-watch", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
