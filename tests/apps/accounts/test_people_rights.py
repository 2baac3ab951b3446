"""The table of rights over people, walked role by role."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from cartagena.apps.accounts.api import Role
from cartagena.apps.accounts.permissions import PeopleAction, may

from .conftest import MakeUser

ACTIONS: tuple[PeopleAction, ...] = (
    "see_designations",
    "handle_designation",
    "see_people",
    "manage_person",
    "reset_second_factor",
)
# (role, action) -> for which Parties, from the point of view of somebody of KEN.
ALLOWED = {
    (Role.SECRETARIAT, "see_designations"): {"KEN", "NOR", None},
    (Role.SECRETARIAT, "handle_designation"): {"KEN", "NOR", None},
    (Role.SECRETARIAT, "reset_second_factor"): {"KEN", "NOR", None},
    (Role.BCH_FOCAL_POINT, "reset_second_factor"): {"KEN"},
    (Role.BCH_FOCAL_POINT, "see_people"): {"KEN"},
    (Role.BCH_FOCAL_POINT, "manage_person"): {"KEN"},
    (Role.CPB_FOCAL_POINT, "see_people"): {"KEN"},
}
PAGES = {
    "/account/designations/": "see_designations",
    "/account/designations/new/": "see_designations",
    "/account/people/": "see_people",
    "/account/people/invite/": "manage_person",
}
# Who resets -> whose lost second factor, as the page of the person answers.
RESETS = {
    Role.SECRETARIAT: {
        Role.SECRETARIAT, Role.BCH_FOCAL_POINT, Role.CPB_FOCAL_POINT, Role.REVIEWER, Role.EXPERT,
        Role.READER,
    },
    Role.BCH_FOCAL_POINT: {
        Role.AUTHORISED_USER, Role.COMPETENT_AUTHORITY, Role.ARTICLE_17_CONTACT, Role.REVIEWER,
        Role.EXPERT,
    },
}  # fmt: skip
WITHOUT_PARTY = {Role.SECRETARIAT, Role.READER}


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_the_table_says_and_nothing_else(
    make_user: MakeUser, role: Role
) -> None:
    user = make_user(role, None if role == Role.SECRETARIAT else "KEN")
    for action, party in product(ACTIONS, ("KEN", "NOR", None)):
        assert may(user, action, party) == (party in ALLOWED.get((role, action), set()))


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_pages_open_to_those_who_may_and_explain_to_others(
    client: Client, make_user: MakeUser, role: Role
) -> None:
    user = make_user(role, None if role == Role.SECRETARIAT else "KEN")
    client.force_login(user)
    for address, action in PAGES.items():
        response = client.get(address)
        assert response.status_code == (200 if (role, action) in ALLOWED else 403), address
        if response.status_code == 403:
            assert "Nothing was sent or changed" in response.content.decode()


@pytest.mark.django_db
def test_nobody_may_do_anything_without_an_open_account(make_user: MakeUser) -> None:
    closed = make_user(Role.SECRETARIAT)
    closed.is_active = False
    for action in ACTIONS:
        assert not may(AnonymousUser(), action, "KEN")
        assert not may(closed, action, "KEN")


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*PAGES, "/account/", "/account/delete/"])
def test_visitors_are_asked_to_sign_in(client: Client, address: str) -> None:
    assert client.get(address).url == f"/account/sign-in/?next={address}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_lost_second_factor_is_reset_by_whom_the_table_names_and_never_by_oneself(
    client: Client, make_user: MakeUser, role: Role
) -> None:
    actor = make_user(role, None if role in WITHOUT_PARTY else "KEN")
    client.force_login(actor)
    for other, party in product(Role, ("KEN", "NOR")):
        home = None if other in WITHOUT_PARTY else party
        person = make_user(other, home, f"{other}-{party}@lost.example".lower())
        allowed = other in RESETS.get(role, set()) and (role == Role.SECRETARIAT or home == "KEN")
        address = f"/account/people/{person.pk}/lost/"
        refused = 404 if role in RESETS else 403
        assert client.get(address).status_code == (200 if allowed else refused), (other, home)
        answer = client.post(address, {"reason": "Lost."})
        assert answer.status_code == (302 if allowed else refused), (other, home)
        before = person.password
        person.refresh_from_db()
        assert (person.password != before) == allowed
    own = client.post(f"/account/people/{actor.pk}/lost/", {"reason": "Mine."})
    assert own.status_code == (404 if role in RESETS else 403)
    actor.refresh_from_db()
    assert actor.has_usable_password()


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_only_the_secretariat_looks_for_accounts_by_address(
    client: Client, make_user: MakeUser, role: Role
) -> None:
    client.force_login(make_user(role, None if role in WITHOUT_PARTY else "KEN"))
    expected = 200 if role == Role.SECRETARIAT else 403
    assert client.get("/account/people/lost/").status_code == expected
