"""Letters of designation from entry to end, through the pages and underneath."""

from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from cartagena.apps.accounts import designations as actions
from cartagena.apps.accounts.api import Role, User
from cartagena.apps.accounts.models import AccountEvent, Designation

from .conftest import MakeUser

NOW = datetime(2012, 5, 1, tzinfo=UTC)
LETTER = {
    "party": "KEN",
    "role": "cpb_focal_point",
    "person_name": "Wanjiku Kamau",
    "email": "Wanjiku@ministry.example",
    "letter_reference": "MENR/12/7",
    "letter_date": "2012-04-02",
    "received_on": "2012-04-20",
    "valid_from": "2012-05-01",
}

pytestmark = pytest.mark.django_db


def enter(officer: User, **changes: str) -> Designation:
    dates = {name: date.fromisoformat(LETTER[name]) for name in LETTER if LETTER[name][:2] == "20"}
    designation = Designation(**{**LETTER, **dates, **changes})
    return actions.enter_designation(designation, actor=officer, now=NOW)


def put_in_force(officer: User, **changes: str) -> Designation:
    number = enter(officer, **changes).pk
    actions.authenticate_designation(number, actor=officer, note="called back", now=NOW)
    return actions.apply_designation(number, actor=officer, now=NOW)


def test_letter_goes_through_its_steps_on_the_pages(officer_client: Client, officer: User) -> None:
    entered = officer_client.post("/account/designations/new/", LETTER)
    address = entered.url
    assert "Authenticated" in officer_client.get(address).content.decode()
    step = {"step": "authenticate", "authenticate-note": "Note verbale 4/2012"}
    assert officer_client.post(address, step).status_code == 302
    assert officer_client.post(address, {"step": "apply"}).status_code == 302
    account = User.objects.get(email="wanjiku@ministry.example")
    assert (account.role, account.party) == (Role.CPB_FOCAL_POINT, "KEN")
    assert not account.has_usable_password()
    page = officer_client.get(address).content.decode()
    assert "Note verbale 4/2012" in page
    assert "In force" in page
    listed = officer_client.get("/account/designations/?party=KEN").content.decode()
    assert "Wanjiku Kamau" in listed


def test_designated_person_sets_a_password_by_the_mailed_link_and_signs_in(
    client: Client, officer: User
) -> None:
    put_in_force(officer)
    [message] = mail.outbox
    assert message.to == ["wanjiku@ministry.example"]
    [link] = [line for line in message.body.splitlines() if "/password/reset/key/" in line]
    form_address = client.get(link.replace("http://localhost:8000", "")).url
    new = "a-new-long-pass-phrase"
    assert client.post(form_address, {"password1": new, "password2": new}).status_code == 302
    form = {"login": "wanjiku@ministry.example", "password": new}
    assert client.post("/account/sign-in/", form).status_code == 302
    assert "_auth_user_id" in client.session


def test_next_protocol_focal_point_takes_the_place_of_the_one_before(officer: User) -> None:
    first = put_in_force(officer)
    second = put_in_force(officer, person_name="Otieno Odhiambo", email="otieno@ministry.example")
    first.refresh_from_db()
    assert first.state == "ended"
    assert first.valid_until == date(2012, 5, 1)
    assert first.account is not None
    assert (first.account.role, first.account.party) == (Role.READER, None)
    assert second.account is not None
    assert second.account.role == Role.CPB_FOCAL_POINT


def test_holder_without_a_letter_loses_the_role_too(officer: User, make_user: MakeUser) -> None:
    before = make_user(Role.CPB_FOCAL_POINT, "KEN")
    elsewhere = make_user(Role.CPB_FOCAL_POINT, "NOR")
    put_in_force(officer)
    before.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (before.role, before.party) == (Role.READER, None)
    assert (elsewhere.role, elsewhere.party) == (Role.CPB_FOCAL_POINT, "NOR")


def test_several_competent_authorities_stand_beside_each_other(officer: User) -> None:
    one = put_in_force(officer, role="competent_authority")
    put_in_force(officer, role="competent_authority", email="other@ministry.example")
    one.refresh_from_db()
    assert one.state == "applied"


def test_person_with_two_designations_keeps_the_other_when_one_ends(officer: User) -> None:
    put_in_force(officer)
    bch = put_in_force(officer, role="bch_focal_point")
    assert bch.account is not None
    assert bch.account.role == Role.BCH_FOCAL_POINT
    actions.end_designation(
        bch.pk, actor=officer, valid_until=date(2012, 6, 1), note="left", now=NOW
    )
    account = User.objects.get(pk=bch.account.pk)
    assert (account.role, account.party) == (Role.CPB_FOCAL_POINT, "KEN")


def test_letter_that_is_not_authenticated_cannot_be_put_in_force(officer: User) -> None:
    number = enter(officer).pk
    with pytest.raises(actions.DesignationError, match="nothing was changed"):
        actions.apply_designation(number, actor=officer, now=NOW)
    assert not User.objects.filter(email="wanjiku@ministry.example").exists()


def test_address_of_another_party_or_of_the_secretariat_is_refused(
    officer: User, make_user: MakeUser
) -> None:
    make_user(Role.AUTHORISED_USER, "NOR", "n@party.example")
    for address, reason in (("n@party.example", "NOR"), (officer.email, "Secretariat")):
        with pytest.raises(actions.DesignationError, match=reason):
            put_in_force(officer, email=address)


def test_account_that_somebody_else_registered_first_is_taken_from_them(
    client: Client, officer: User
) -> None:
    registration = {
        "email": "wanjiku@ministry.example",
        "name": "Impostor",
        "password1": "known-to-the-impostor",
        "password2": "known-to-the-impostor",
    }
    client.post("/account/register/", registration)
    designation = put_in_force(officer)
    assert designation.account is not None
    assert not designation.account.has_usable_password()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SECRETARIAT])
def test_nobody_but_the_secretariat_handles_designations(
    officer: User, make_user: MakeUser, role: Role
) -> None:
    other = make_user(role, "KEN")
    number = enter(officer).pk
    with pytest.raises(actions.NotAllowedError):
        enter(other)
    with pytest.raises(actions.NotAllowedError):
        actions.authenticate_designation(number, actor=other, note="x", now=NOW)


def test_roles_that_need_no_letter_and_wrong_codes_are_refused_together(officer: User) -> None:
    with pytest.raises(ValidationError):
        enter(officer, role="secretariat")
    with pytest.raises(ValidationError) as caught:
        enter(officer, party="ke", email="no address", letter_reference="")
    assert set(caught.value.message_dict) >= {"email", "letter_reference"}


def test_refused_letter_keeps_what_was_typed(officer_client: Client) -> None:
    response = officer_client.post("/account/designations/new/", {**LETTER, "letter_date": "soon"})
    assert response.status_code == 400
    assert "Wanjiku Kamau" in response.content.decode()


def test_record_of_rights_can_only_be_added_to(officer: User) -> None:
    put_in_force(officer)
    kinds = list(AccountEvent.objects.values_list("kind", flat=True))
    assert kinds == ["created", "received", "authenticated", "applied"]
    for change in (
        lambda: AccountEvent.objects.update(note="other"),
        lambda: AccountEvent.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            change()


def test_list_of_designations_asks_few_questions(
    officer_client: Client, officer: User, django_assert_max_num_queries
) -> None:
    for number in range(5):
        enter(officer, email=f"p{number}@ministry.example")
    with django_assert_max_num_queries(5):
        officer_client.get("/account/designations/")
