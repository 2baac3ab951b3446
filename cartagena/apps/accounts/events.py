"""The record of who was given which rights, by whom and why. Rows are only ever added."""

from datetime import datetime

from cartagena.apps.accounts.models import AccountEvent, Designation, EventKind, User


def record_event(
    kind: EventKind,
    *,
    actor: User | None,
    now: datetime,
    designation: Designation | None = None,
    account: User | None = None,
    note: str = "",
) -> AccountEvent:
    """Add one row. `actor` None is a command run by whoever runs the server."""
    return AccountEvent.objects.create(
        at=now,
        kind=kind,
        designation=designation,
        account_number=account.pk if account else None,
        actor_number=actor.pk if actor else None,
        note=note,
    )
