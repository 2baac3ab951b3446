"""What is handed to the registry to be published, and what it answers."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from cartagena.engine.canonical import canonical_json, hash_text
from cartagena.engine.flatten import encode_rows, flatten
from cartagena.engine.record_links import Link, list_links
from cartagena.engine.record_type import title_of

OutcomeAction = Literal["published", "amended", "withdrawn", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that follows from a body alone, so that another process can work it out.

    ``text`` is the canonical JSON and ``sha256`` its hash; ``rows`` are the rows of the fact table
    ``table`` as CSV text; ``languages`` are those the body says it is filed in; ``links`` are the
    records it refers to.
    """

    text: str
    sha256: str
    table: str
    row_count: int
    rows: str
    title: str
    languages: tuple[str, ...]
    links: tuple[Link, ...]


def prepare(record_type: str, body: Mapping[str, Any], text: str = "") -> Prepared:
    """What follows from a body of a type; ``text`` is its canonical JSON where it is known.

    Raises KeyError for an unknown type, NotStorableError for what cannot be stored.
    """
    text = text or canonical_json(body)
    flattened = flatten(record_type, body)
    return Prepared(
        text=text,
        sha256=hash_text(text),
        table=flattened.table,
        row_count=len(flattened.rows),
        rows=encode_rows(flattened.rows),
        title=title_of(record_type, body),
        languages=_list_languages(body),
        links=list_links(record_type, body),
    )


def _list_languages(body: Mapping[str, Any]) -> tuple[str, ...]:
    header = body.get("header")
    found = header.get("languages") if isinstance(header, Mapping) else None
    return tuple(item for item in found if isinstance(item, str)) if isinstance(found, list) else ()


@dataclass(frozen=True, kw_only=True)
class Publication:
    """One thing to publish.

    ``identifier`` is the GUID or another stable id, ``type`` the schema id, ``government`` the
    alpha-3 code of the government it belongs to, ``body`` JSON in the Clearing-House's document
    form. ``published_at`` (aware) is when it became public and may lie in the past. ``revision``
    and ``document_id`` are the source's, for the public number. Without a ``title`` the body's own
    is taken. ``withdrawn_at`` says that it is no longer public, and since when. With ``prepared``
    the body is not looked at and may be empty.
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
    withdrawn_at: dt.datetime | None = None
    prepared: Prepared | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one publication; ``version`` is the number that now holds its content, ``key``
    the database's key of a version that was added."""

    identifier: str
    action: OutcomeAction
    version: int | None = None
    reason: str = ""
    key: int | None = None


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
