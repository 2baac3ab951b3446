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
)
# (role, action) -> for which Parties, from the point of view of somebody of KEN.
ALLOWED = {
    (Role.SECRETARIAT, "see_designations"): {"KEN", "NOR", None},
    (Role.SECRETARIAT, "handle_designation"): {"KEN", "NOR", None},
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
