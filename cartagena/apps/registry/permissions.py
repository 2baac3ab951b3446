"""Who may change what is published. One line per right; what is not listed is refused.

Nobody (``None``) is the program itself: commands run by whoever runs the server.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from cartagena.apps.accounts.api import Role, User
from cartagena.engine.record_type import load_record_types

RecordAction = Literal["publish", "amend", "withdraw", "annul"]


@dataclass(frozen=True)
class Right:
    """A role may do actions on a kind of records, of its own government alone or of any."""

    role: Role
    actions: tuple[RecordAction, ...]
    kind: Literal["national", "reference", "scbd"]
    own_government_only: bool = False
    except_types: tuple[str, ...] = ()


PUBLISH: tuple[RecordAction, ...] = ("publish", "amend", "withdraw")

RIGHTS = (
    Right(Role.SECRETARIAT, PUBLISH, "scbd"),
    Right(Role.SECRETARIAT, PUBLISH, "reference"),
    # Reports that arrive on paper or from the Clearing-House, and designations on a letter.
    Right(Role.SECRETARIAT, PUBLISH, "national"),
    # A government's records are published by its BCH focal point alone; focal points themselves
    # are entered by the Secretariat.
    Right(Role.BCH_FOCAL_POINT, PUBLISH, "national", True, except_types=("focalPoint",)),
)


def may(actor: User | None, action: RecordAction, record_type: str, government: str | None) -> bool:
    """Whether somebody may do something to a record of a type and government."""
    if actor is None:
        return True
    if not actor.is_active:
        return False
    return any(
        right.role == actor.role
        and action in right.actions
        and right.kind == _kind_of(record_type)
        and record_type not in right.except_types
        and (
            not right.own_government_only or (government is not None and government == actor.party)
        )
        for right in RIGHTS
    )


@cache
def _kind_of(record_type: str) -> str:
    declared = load_record_types().get(record_type)
    return declared.kind if declared else ""
