"""What is handed to the registry to be published, and what it answers."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

OutcomeAction = Literal["published", "amended", "unchanged", "refused"]


@dataclass(frozen=True, kw_only=True)
class Publication:
    """One thing to publish.

    ``identifier`` is the GUID or another stable id, ``type`` the schema id, ``government`` the
    alpha-3 code of the government it belongs to, ``body`` JSON in the Clearing-House's document
    form. ``published_at`` (aware) is when it became public and may lie in the past. ``revision``
    and ``document_id`` are the source's, for the public number. Without a ``title`` the body's own
    is taken.
    """

    identifier: str
    type: str
    government: str | None
    body: Mapping[str, Any]
    published_at: dt.datetime
    received_on: dt.date | None = None
    revision: int | None = None
    document_id: int | None = None
    title: str = ""
    demonstration: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of one publication; ``version`` is the number that now holds its content."""

    identifier: str
    action: OutcomeAction
    version: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Summary:
    """How many publications had which outcome, and why some were refused."""

    published: int = 0
    amended: int = 0
    unchanged: int = 0
    refused: int = 0
    reasons: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "Summary":
        """Count outcomes; each reason for a refusal is kept once."""
        kept = list(outcomes)
        counts = Counter(outcome.action for outcome in kept)
        reasons = dict.fromkeys(o.reason for o in kept if o.action == "refused")
        return cls(
            published=counts["published"],
            amended=counts["amended"],
            unchanged=counts["unchanged"],
            refused=counts["refused"],
            reasons=tuple(reasons),
        )
