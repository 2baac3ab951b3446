"""How a line of the log looks."""

import logging
import time


class UtcFormatter(logging.Formatter):
    """Writes times in UTC, as everything inside the program is."""

    converter = staticmethod(time.gmtime)
