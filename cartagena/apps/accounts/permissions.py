"""Who may do what with people and designations: one line per right, everything else is refused."""

from typing import Literal

from django.contrib.auth.models import AnonymousUser

from cartagena.apps.accounts.models import Role, User

PeopleAction = Literal[
    "see_designations", "handle_designation", "see_people", "manage_person", "reset_second_factor"
]

# Role -> action -> whether only for the own Party.
RIGHTS: dict[Role, dict[PeopleAction, bool]] = {
    Role.SECRETARIAT: {
        "see_designations": False,
        "handle_designation": False,
        "reset_second_factor": False,
    },
    Role.BCH_FOCAL_POINT: {"see_people": True, "manage_person": True, "reset_second_factor": True},
    Role.CPB_FOCAL_POINT: {"see_people": True},
}
# Whose lost second factor a role may reset; never one's own.
RESETS: dict[Role, frozenset[Role]] = {
    Role.SECRETARIAT: frozenset(
        {
            Role.SECRETARIAT,
            Role.BCH_FOCAL_POINT,
            Role.CPB_FOCAL_POINT,
            Role.REVIEWER,
            Role.EXPERT,
            Role.READER,
        }
    ),
    Role.BCH_FOCAL_POINT: frozenset(
        {
            Role.AUTHORISED_USER,
            Role.COMPETENT_AUTHORITY,
            Role.ARTICLE_17_CONTACT,
            Role.REVIEWER,
            Role.EXPERT,
        }
    ),
}


def may(actor: User | AnonymousUser, action: PeopleAction, party: str | None) -> bool:
    """Say whether somebody may do something with the people or designations of a Party."""
    if not isinstance(actor, User) or not actor.is_active:
        return False
    own_only = RIGHTS.get(Role(actor.role), {}).get(action)
    if own_only is None:
        return False
    return not own_only or (party is not None and actor.party == party)


def may_reset(actor: User | AnonymousUser, person: User) -> bool:
    """Say whether somebody may take a lost second factor from another's account."""
    return (
        may(actor, "reset_second_factor", person.party)
        and isinstance(actor, User)
        and person.role in RESETS[Role(actor.role)]
        and person.pk != actor.pk
        and person.is_active
    )
