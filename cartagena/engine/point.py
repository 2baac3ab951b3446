"""Points in time at which the plan is evaluated."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Point:
    """An evaluation point, or any other day.

    ``cycle`` is the reporting cycle it reads (``None`` before any closed), ``sources`` the sources
    of answers of that cycle, ``record_date`` the day for treaty status, groups and records,
    ``as_of`` what had been published by then (``None``: everything published until now),
    ``meeting`` the number of the meeting of the Parties that considers it.
    """

    id: str
    title: str
    cycle: str | None
    sources: tuple[str, ...]
    record_date: dt.date
    meeting: int | None = None
    as_of: dt.date | None = None
