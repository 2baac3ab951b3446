"""What a fresh process reads before anybody waits for it."""

import logging
from threading import Thread

from django.db import connection

from cartagena.apps.portal import source
from cartagena.apps.portal.presenters.overview import get_overview

_log = logging.getLogger(__name__)


def warm_up_in_background() -> Thread:
    """Load the facts and the plan's figures in a thread; pages asked for meanwhile just wait.

    A failure is only logged: the first reader would meet the same and get its page.
    """
    thread = Thread(target=_warm_up, name="warm-up", daemon=True)
    thread.start()
    return thread


def _warm_up() -> None:
    try:
        overview = get_overview(source.get_evaluator(None))
        _log.debug("%s indicators are ready.", len(overview.rows))
    except Exception:
        _log.exception("The figures could not be loaded ahead.")
    finally:
        connection.close()
