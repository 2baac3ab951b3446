"""The log of drafts: one chain of entries for every change of state, in the order of commits."""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass

from django.db import connection

from cartagena.apps.drafting.models import Draft, DraftEvent
from cartagena.apps.registry.api import Actor
from cartagena.engine.canonical import canonical_json, content_hash
from cartagena.engine.hash_chain import FIRST_HASH, chain_hash, write_moment

# Any number that nobody else uses as an advisory lock. Whoever takes it holds the row of the draft,
# and the publication log's lock where something is published: always in this order.
_LOG_LOCK = 2018_03_05


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What an entry says."""

    at: dt.datetime
    action: str
    identifier: str
    after: str
    draft: uuid.UUID | None = None
    field: str = ""
    revision: int | None = None
    before: str = ""
    body_sha256: str = ""
    actor: int | None = None
    reason: str = ""

    def statement(self, position: int) -> str:
        """The canonical JSON that is hashed."""
        said = asdict(self)
        said["at"] = write_moment(self.at)
        said["draft"] = str(self.draft) if self.draft else None
        return canonical_json({"position": position, **said})


def log_draft(
    draft: Draft, action: str, before: str, *, actor: Actor, now: dt.datetime, reason: str = ""
) -> None:
    """Log what became of a draft; it has its new state already."""
    entry = Entry(
        at=now,
        action=action,
        identifier=draft.identifier,
        draft=draft.pk,
        revision=draft.revision,
        before=before,
        after=draft.state,
        body_sha256=content_hash(draft.body),
        actor=id_of(actor),
        reason=reason,
    )
    add_entry(entry)


def add_entry(entry: Entry) -> None:
    """Add an entry at the end of the chain, in the running transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOG_LOCK])
    position, before = get_draft_log_head()
    statement = entry.statement(position + 1)
    DraftEvent.objects.create(
        position=position + 1,
        at=entry.at,
        action=entry.action,
        draft_id=entry.draft,
        identifier=entry.identifier,
        field=entry.field,
        revision=entry.revision,
        before=entry.before,
        after=entry.after,
        body_sha256=entry.body_sha256,
        actor_id=entry.actor,
        reason=entry.reason,
        statement=statement,
        previous_hash=before,
        hash=chain_hash(before, statement),
    )


def get_draft_log_head() -> tuple[int, str]:
    """Position and hash of the last entry. One query."""
    last = DraftEvent.objects.order_by("-position").values_list("position", "hash").first()
    return last or (0, FIRST_HASH)


def id_of(actor: Actor) -> int | None:
    """The number of the account that acts; None for the program."""
    return None if actor is None else actor.pk
