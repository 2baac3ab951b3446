"""Answers that are a pure function of their address and of what is published: tags instead of time.

What is public changes only when the publication log moves, so a tag made of the address, the day,
the position of the log and the state of the program never lies and never runs out.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import parse_etags

from cartagena.apps.portal import source
from cartagena.apps.portal.page_cache import get_code_version


@dataclass(frozen=True)
class LogState:
    """Where the publication log stands. ``mark`` tells two databases at one position apart."""

    position: int
    mark: str


def read_log_state() -> LogState:
    """The end of the publication log; one query."""
    head = source.get_log_head()
    return LogState(head.position, head.hash[:16])


def make_key(*parts: object) -> str:
    """A short name for what depends on nothing but these parts and the state of the program."""
    whole = "\n".join((*map(str, parts), get_code_version()))
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def make_etag(request: HttpRequest, log: LogState, seen_from: dt.date, state: str = "") -> str:
    """The tag of an address on a day at a position of the publication log, and of any other
    ``state`` that the answer tells."""
    return f'"{make_key(request.get_full_path(), seen_from, log.position, log.mark, state)}"'


def has_tag(request: HttpRequest, etag: str) -> bool:
    """Whether the reader already holds the answer with this tag (weak tags match too).

    ``*`` would match any answer, but whether there is one is not known yet: it counts as no tag.
    """
    held = parse_etags(request.headers.get("If-None-Match", ""))
    return etag in {tag.removeprefix("W/") for tag in held}
