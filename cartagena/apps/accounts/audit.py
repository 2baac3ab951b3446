"""Checks that the log of rights was not tampered with, and that designations are what it says."""

from collections.abc import Iterator
from dataclasses import dataclass

from cartagena.apps.accounts.events import get_rights_log_head, state_event
from cartagena.apps.accounts.models import AccountEvent, Designation
from cartagena.engine.hash_chain import Finding, check_chain

_AT_ONCE = 500


@dataclass(frozen=True)
class RightsAudit:
    """What an audit of the rights looked at and found; ``head`` is the hash of the last entry."""

    entries: int
    head: str
    findings: tuple[Finding, ...]


def verify_rights() -> RightsAudit:
    """Check the whole log of rights, and every designation against it."""
    position, head = get_rights_log_head()
    return RightsAudit(position, head, (*_check_chain(), *_check_designations()))


def _check_chain() -> Iterator[Finding]:
    told = (
        (event, state_event(event), _name_subject(event))
        for event in AccountEvent.objects.order_by("position").iterator(_AT_ONCE)
    )
    yield from check_chain(told, "rights log entry")


def _name_subject(event: AccountEvent) -> str:
    if event.designation_id is not None:
        return f"designation {event.designation_id}"
    return f"account {event.account_number}"


def _check_designations() -> Iterator[Finding]:
    """The last entry about each designation tells its state."""
    events = AccountEvent.objects.exclude(designation=None).order_by("position")
    last = dict(events.values_list("designation_id", "kind"))
    for number, state in Designation.objects.order_by("pk").values_list("pk", "state"):
        if number not in last:
            yield Finding(f"designation {number}", "it is not in the log")
        elif last[number] != state:
            yield Finding(f"designation {number}", "its state is not the one in the log")
