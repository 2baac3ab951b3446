"""Who may do what with people and designations: one line per right, everything else is refused."""

from typing import Literal

from django.contrib.auth.models import AnonymousUser

from cartagena.apps.accounts.models import Role, User

PeopleAction = Literal["see_designations", "handle_designation", "see_people", "manage_person"]

# Role -> action -> whether only for the own Party.
RIGHTS: dict[Role, dict[PeopleAction, bool]] = {
    Role.SECRETARIAT: {"see_designations": False, "handle_designation": False},
    Role.BCH_FOCAL_POINT: {"see_people": True, "manage_person": True},
    Role.CPB_FOCAL_POINT: {"see_people": True},
}


def may(actor: User | AnonymousUser, action: PeopleAction, party: str | None) -> bool:
    """Say whether somebody may do something with the people or designations of a Party."""
    if not isinstance(actor, User) or not actor.is_active:
        return False
    own_only = RIGHTS.get(Role(actor.role), {}).get(action)
    if own_only is None:
        return False
    return not own_only or (party is not None and actor.party == party)
