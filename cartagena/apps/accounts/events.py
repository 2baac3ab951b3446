"""The log of who was given which rights, by whom and why: a chain of rows that are only added."""

from datetime import datetime

from django.db import connection, transaction

from cartagena.apps.accounts.models import AccountEvent, Designation, EventKind, User
from cartagena.engine.canonical import canonical_json
from cartagena.engine.hash_chain import FIRST_HASH, chain_hash, write_moment

# Any number that nobody else uses as an advisory lock. Whoever takes it holds the rows of the
# accounts and designations that the entry is about: always in this order.
_LOG_LOCK = 2010_10_15


def record_event(
    kind: EventKind,
    *,
    actor: User | None,
    now: datetime,
    designation: Designation | None = None,
    account: User | None = None,
    note: str = "",
) -> AccountEvent:
    """Add an entry at the end. `actor` None is a command run by whoever runs the server."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOG_LOCK])
        position, before = get_rights_log_head()
        event = AccountEvent(
            position=position + 1,
            at=now,
            kind=kind,
            designation=designation,
            account_number=account.pk if account else None,
            actor_number=actor.pk if actor else None,
            note=note,
            previous_hash=before,
        )
        event.statement = state_event(event)
        event.hash = chain_hash(before, event.statement)
        event.save(force_insert=True)
    return event


def state_event(event: AccountEvent) -> str:
    """The canonical JSON of an entry, that is hashed."""
    return canonical_json(
        {
            "position": event.position,
            "at": write_moment(event.at),
            "kind": str(event.kind),
            "designation": event.designation_id,
            "account": event.account_number,
            "actor": event.actor_number,
            "note": event.note,
        }
    )


def get_rights_log_head() -> tuple[int, str]:
    """Position and hash of the last entry. One query."""
    last = AccountEvent.objects.order_by("-position").values_list("position", "hash").first()
    return last or (0, FIRST_HASH)
