"""The job worker's process, started and watched by `cartagena serve`, or by `cartagena jobs run`.

Run as `python -m cartagena.config.job_worker`. It sleeps until PostgreSQL notifies it of a job.
"""

import asyncio
import os

import django
from procrastinate import App
from procrastinate.contrib.django import app

from cartagena.config.parent_process import end_with_parent

# Jobs that run side by side; each has a thread and a database connection of its own.
_CONCURRENCY = 2
# A notification starts a job at once; asking again is for one that got lost with its connection.
_ASK_AGAIN_SECONDS = 60.0
_HEARTBEAT_SECONDS = 60.0
_PATIENCE_SECONDS = 8.0


def run(*, until_idle: bool = False) -> None:
    """Work until SIGTERM or Ctrl-C ends it, in order; with `until_idle` until no job waits.

    Django must be set up and the tables be there.
    """
    from procrastinate.contrib.django.django_connector import DjangoConnector

    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        asyncio.run(_work(working, until_idle))


async def _work(working: App, until_idle: bool) -> None:
    async with working.open_async():
        await working.run_worker_async(
            name="cartagena",
            concurrency=_CONCURRENCY,
            wait=not until_idle,
            fetch_job_polling_interval=_ASK_AGAIN_SECONDS,
            abort_job_polling_interval=_ASK_AGAIN_SECONDS,
            update_heartbeat_interval=_HEARTBEAT_SECONDS,
            stalled_worker_timeout=3 * _HEARTBEAT_SECONDS,
            shutdown_graceful_timeout=_PATIENCE_SECONDS,
            # What went wrong stays, to be looked at.
            delete_jobs="successful",
        )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cartagena.config.settings")
    end_with_parent()
    django.setup()
    run()
