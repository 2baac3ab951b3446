"""Confirming that a record still holds: an entry of the log, no new version."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cartagena.apps.accounts.api import Role
from cartagena.apps.registry import api
from tests.apps.registry.test_permissions import make_user
from tests.apps.registry.test_publish import NOW, make_law, publish

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(days=1)


def test_confirmation_is_logged_with_its_reason_and_makes_no_version() -> None:
    publish(make_law())

    confirmed = api.confirm_records(["LAW-000000001"], actor=None, reason="Holds.", now=NOW)
    again = api.confirm_records(["LAW-000000001"], actor=None, reason="Holds.", now=LATER)

    assert (confirmed, again) == (1, 1)
    entries = [(e.action, e.version.number, e.reason) for e in api.list_log(1) if e.version]
    assert entries == [("confirm", 1, "Holds.")] * 2
    assert api.list_versions("LAW-000000001").count() == 1
    assert api.find_confirmations(["LAW-000000001", "LAW-000000002"]) == {"LAW-000000001": LATER}
    assert api.verify_log().findings == ()


def test_what_is_withdrawn_cannot_be_confirmed() -> None:
    publish(make_law())
    api.withdraw_record("LAW-000000001", actor=None, reason="Gone.", now=NOW)

    assert api.confirm_records(["LAW-000000001"], actor=None, reason="Holds.", now=LATER) == 0
    assert api.find_confirmations(["LAW-000000001"]) == {}


def test_unknown_record_and_missing_right_confirm_nothing() -> None:
    publish(make_law())
    stranger = make_user(Role.BCH_FOCAL_POINT, "NOR")

    with pytest.raises(api.RecordNotFoundError):
        api.confirm_records(["LAW-000000001", "LAW-9"], actor=None, reason="x", now=LATER)
    with pytest.raises(PermissionDenied):
        api.confirm_records(["LAW-000000001"], actor=stranger, reason="x", now=LATER)

    assert api.log_position() == 1
