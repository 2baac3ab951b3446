"""Demonstration accounts: random passwords, made once."""

from datetime import UTC, datetime

import pytest

from cartagena.apps.accounts.api import (
    Role,
    User,
    create_demonstration_accounts,
    remove_demonstration_accounts,
)

NOW = datetime(2012, 5, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_demonstration_accounts_are_one_officer_and_two_focal_points_of_different_parties() -> None:
    create_demonstration_accounts(NOW)
    found = User.objects.filter(demonstration=True).values_list("role", "party")
    assert set(found) == {
        (Role.BCH_FOCAL_POINT, "KEN"),
        (Role.BCH_FOCAL_POINT, "NOR"),
        (Role.SECRETARIAT, None),
    }


def test_passwords_are_random_and_stored_only_as_hashes() -> None:
    made = create_demonstration_accounts(NOW)
    assert len({account.password for account in made}) == 3
    for account in made:
        user = User.objects.get(email=account.email)
        assert user.check_password(account.password)
        assert account.password not in user.password


def test_second_load_makes_nothing_and_removal_takes_all() -> None:
    create_demonstration_accounts(NOW)
    assert create_demonstration_accounts(NOW) == []
    assert remove_demonstration_accounts() == 3
