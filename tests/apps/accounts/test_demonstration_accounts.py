"""Demonstration accounts: one per role, for two Parties; random passwords, made once."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress

from cartagena.apps.accounts.api import (
    Role,
    User,
    create_demonstration_accounts,
    remove_demonstration_accounts,
)

NOW = datetime(2012, 5, 1, tzinfo=UTC)
OF_PARTIES = {
    Role.BCH_FOCAL_POINT,
    Role.CPB_FOCAL_POINT,
    Role.AUTHORISED_USER,
    Role.COMPETENT_AUTHORITY,
    Role.ARTICLE_17_CONTACT,
    Role.REVIEWER,
}

pytestmark = pytest.mark.django_db


def test_every_role_can_be_tried_and_those_of_governments_for_two_of_them() -> None:
    create_demonstration_accounts(NOW)
    found = list(User.objects.filter(demonstration=True).values_list("role", "party"))
    assert {role for role, _party in found} == {role.value for role in Role}
    for party in ("KEN", "NOR"):
        assert {role for role, of in found if of == party} == OF_PARTIES
    assert found.count((Role.SECRETARIAT, None)) == 2


def test_their_addresses_count_as_verified() -> None:
    made = create_demonstration_accounts(NOW)
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == len(made)


def test_passwords_are_random_and_stored_only_as_hashes() -> None:
    made = create_demonstration_accounts(NOW)
    assert len({account.password for account in made}) == len(made) == User.objects.count()
    for account in made:
        user = User.objects.get(email=account.email)
        assert user.check_password(account.password)
        assert account.password not in user.password


def test_second_load_makes_nothing_and_removal_takes_all() -> None:
    made = create_demonstration_accounts(NOW)
    assert create_demonstration_accounts(NOW) == []
    assert remove_demonstration_accounts() == len(made)
    assert not User.objects.exists()
