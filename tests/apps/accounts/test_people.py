"""A focal point's authorised users, and the own account."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from cartagena.apps.accounts import people
from cartagena.apps.accounts.api import Role, User
from cartagena.apps.accounts.designations import NotAllowedError

from .conftest import PASSWORD, MakeUser

NOW = datetime(2012, 5, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def focal_point(make_user: MakeUser) -> User:
    return make_user(Role.BCH_FOCAL_POINT, "KEN")


@pytest.fixture
def focal_client(client: Client, focal_point: User) -> Client:
    client.force_login(focal_point)
    return client


def test_focal_point_invites_limits_and_closes_an_authorised_user(focal_client: Client) -> None:
    form = {"name": "New Author", "email": "New@party.example", "record_types": ["biosafetyLaw"]}
    assert focal_client.post("/account/people/invite/", form).status_code == 302
    person = User.objects.get(email="new@party.example")
    assert (person.role, person.party) == (Role.AUTHORISED_USER, "KEN")
    assert person.record_types == ["biosafetyLaw"]
    assert "/password/reset/key/" in mail.outbox[0].body
    assert "New Author" in focal_client.get("/account/people/").content.decode()
    address = f"/account/people/{person.pk}/"
    assert "checked" in focal_client.get(address).content.decode()
    focal_client.post(address, {"step": "limit"})
    person.refresh_from_db()
    assert person.record_types == []
    focal_client.post(address, {"step": "close"})
    person.refresh_from_db()
    assert (person.role, person.party) == (Role.READER, None)


def test_people_of_other_parties_and_roles_are_not_there(
    focal_client: Client, make_user: MakeUser
) -> None:
    for person in (
        make_user(Role.AUTHORISED_USER, "NOR"),
        make_user(Role.COMPETENT_AUTHORITY, "KEN"),
        make_user(Role.READER),
    ):
        address = f"/account/people/{person.pk}/"
        assert focal_client.get(address).status_code == 404
        assert focal_client.post(address, {"step": "close"}).status_code == 404
        person.refresh_from_db()
        assert person.is_active
    assert "authorised_user-nor" not in focal_client.get("/account/people/").content.decode()


def test_address_that_has_a_role_cannot_be_invited_and_nothing_is_told_of_it(
    focal_client: Client, make_user: MakeUser
) -> None:
    taken = make_user(Role.AUTHORISED_USER, "NOR")
    form = {"name": "X", "email": taken.email}
    response = focal_client.post("/account/people/invite/", form)
    assert response.status_code == 400
    assert "cannot be invited" in response.content.decode()
    assert taken.email in response.content.decode()
    taken.refresh_from_db()
    assert taken.party == "NOR"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.BCH_FOCAL_POINT])
def test_nobody_else_invites(make_user: MakeUser, role: Role) -> None:
    actor = make_user(role, None if role == Role.SECRETARIAT else "KEN")
    with pytest.raises(NotAllowedError):
        people.invite_person(
            actor=actor, email="x@party.example", name="X", record_types=[], now=NOW
        )


def test_reader_who_is_invited_keeps_the_password(
    focal_client: Client, make_user: MakeUser
) -> None:
    reader = make_user(Role.READER)
    focal_client.post("/account/people/invite/", {"name": "X", "email": reader.email})
    reader.refresh_from_db()
    assert reader.role == Role.AUTHORISED_USER
    assert reader.check_password(PASSWORD)
    assert "/password/reset/key/" not in mail.outbox[0].body


def test_person_changes_name_and_language_of_mail(focal_client: Client, focal_point: User) -> None:
    focal_client.post("/account/", {"name": "Other Name", "language": "fr"})
    focal_point.refresh_from_db()
    assert (focal_point.name, focal_point.language) == ("Other Name", "fr")
    refused = focal_client.post("/account/", {"name": "", "language": "xx"})
    assert refused.status_code == 400


def test_own_page_cannot_change_role_or_party(focal_client: Client, focal_point: User) -> None:
    form = {"name": "N", "language": "en", "role": "secretariat", "party": "NOR"}
    focal_client.post("/account/", form)
    focal_point.refresh_from_db()
    assert (focal_point.role, focal_point.party) == (Role.BCH_FOCAL_POINT, "KEN")


def test_deleted_account_leaves_its_number_and_nothing_else(
    client: Client, make_user: MakeUser
) -> None:
    user = make_user(Role.AUTHORISED_USER, "KEN")
    client.post("/account/sign-in/", {"login": user.email, "password": PASSWORD})
    asked = client.get("/account/delete/")
    assert "/account/reauthenticate/" in asked.url
    client.post(asked.url, {"password": PASSWORD})
    assert client.post("/account/delete/").status_code == 302
    kept = User.objects.get(pk=user.pk)
    assert not kept.is_active
    assert user.email not in str(kept)
    assert (kept.name, kept.role, kept.party) == (f"#{user.pk}", Role.READER, None)
    assert not EmailAddress.objects.filter(user=kept).exists()
    assert client.get("/account/").status_code == 302


def test_last_officer_cannot_delete_the_account(officer: User) -> None:
    with pytest.raises(people.LastOfficerError):
        people.delete_own_account(officer, now=NOW)
    assert User.objects.get(pk=officer.pk).is_active


def test_list_of_people_asks_few_questions(
    focal_client: Client, make_user: MakeUser, django_assert_max_num_queries
) -> None:
    for number in range(5):
        make_user(Role.AUTHORISED_USER, "KEN", f"p{number}@party.example")
    with django_assert_max_num_queries(4):
        focal_client.get("/account/people/")
