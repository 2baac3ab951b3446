"""A public root for each day of the publication log: the hash of the day's last entry.

Whoever keeps the roots of past days (or prints them) can prove later that nothing before them was
changed or cut off: the hash of an entry covers all that went before it. The day of an entry is the
UTC day on which it was recorded; days without entries have no root, and today's is not yet final.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from cartagena.apps.registry.models import LogEntry
from cartagena.engine.hash_chain import Finding

_LINE = re.compile(r"(\d{4}-\d\d-\d\d)\s+(\d{1,18})\s+([0-9a-f]{64})")
_HEADER = """\
# Daily roots of the publication log: day (UTC), position of its last entry, hash of that entry.
# Keep this file; `cartagena audit verify --roots FILE` checks it later.
"""
_ROOTS = """
SELECT d.day, e.position, e.hash
  FROM (SELECT (recorded_at AT TIME ZONE 'UTC')::date AS day, max(position) AS position
          FROM registry_logentry
         WHERE recorded_at < %s
         GROUP BY 1) d
  JOIN registry_logentry e ON e.position = d.position
 ORDER BY e.position"""


@dataclass(frozen=True)
class DailyRoot:
    """The last entry of a day: its position and its hash."""

    day: dt.date
    position: int
    hash: str


class UnreadableRootsError(Exception):
    """A file of roots cannot be read; the message names every line."""


def list_daily_roots(*, now: dt.datetime) -> list[DailyRoot]:
    """The roots of all days before today, oldest first. One query."""
    midnight = now.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(_ROOTS, [midnight])
        return [DailyRoot(*row) for row in cursor.fetchall()]


def write_roots(roots: Sequence[DailyRoot]) -> str:
    """Roots as a text file: a line for each day."""
    return _HEADER + "".join(f"{root.day} {root.position} {root.hash}\n" for root in roots)


def read_roots(text: str) -> list[DailyRoot]:
    """The roots of such a file. Raises UnreadableRootsError with every line that is none."""
    roots, problems = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        try:
            if match is None:
                raise ValueError
            roots.append(DailyRoot(dt.date.fromisoformat(match[1]), int(match[2]), match[3]))
        except ValueError:
            problems.append(f"line {number}: write day, position and hash")
    if problems or not roots:
        raise UnreadableRootsError("; ".join(problems) or "it holds no root")
    return roots


def check_roots(saved: Sequence[DailyRoot]) -> list[Finding]:
    """What of the log is not as it was when the roots were saved; says after which root."""
    hashes = dict(
        LogEntry.objects.filter(position__in=[root.position for root in saved]).values_list(
            "position", "hash"
        )
    )
    findings = []
    good: DailyRoot | None = None
    for root in sorted(saved, key=lambda root: root.position):
        found = hashes.get(root.position)
        if found == root.hash:
            good = root
            continue
        since = f"after entry {good.position} ({good.day})" if good else "from the first entry on"
        what = (
            "the entry is missing: the log was cut off"
            if found is None
            else f"the log was changed {since} and before or at entry {root.position}"
        )
        findings.append(Finding(f"root of {root.day}, log entry {root.position}", what))
    return findings
