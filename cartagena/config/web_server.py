"""The web server's own process, started and watched by `cartagena serve`.

Run as `python -m cartagena.config.web_server HOST PORT WORKERS`.
"""

import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from cartagena.config.parent_process import end_with_parent

# Threads per worker: pages wait for the database a little, so a few more than cores.
_THREADS = 4
# A slow request may end; after that the worker is ended for it.
_PATIENCE_SECONDS = 5
_STDERR = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s web server: %(message)s"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "stream": "ext://sys.stderr",
        }
    },
    "loggers": {
        "_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "granian.access": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}


def run(host: str, port: int, workers: int) -> None:
    """Serve until a signal ends it. Workers that die are replaced."""
    end_with_parent()
    Server(
        "cartagena.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=_PATIENCE_SECONDS,
        log_dictconfig=_STDERR,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
