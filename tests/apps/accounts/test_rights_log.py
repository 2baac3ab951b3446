"""The log of rights is a chain: what is changed in it is found, and where."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest
from django.db import connection

from cartagena.apps.accounts import api, designations, people
from cartagena.apps.accounts.events import record_event
from cartagena.apps.accounts.models import AccountEvent, EventKind
from tests.apps.registry.test_audit import tamper

from .conftest import MakeUser
from .test_designations import enter, put_in_force

NOW = datetime(2012, 5, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def _events(make_user: MakeUser, officer: api.User) -> None:
    """An officer and a focal point made by a command, an invitation, and a letter."""
    focal_point = make_user(api.Role.BCH_FOCAL_POINT, "KEN")
    people.invite_person(
        actor=focal_point, email="new@party.example", name="New", record_types=[], now=NOW
    )
    enter(officer)


@pytest.mark.usefixtures("_events")
def test_untouched_log_is_intact() -> None:
    audit = api.verify_rights()
    assert audit.findings == ()
    assert audit.entries == 4
    events = AccountEvent.objects.values_list("position", "kind", "note")
    assert list(events) == [
        (1, "created", "secretariat"),
        (2, "created", "bch_focal_point KEN"),
        (3, "invited", ""),
        (4, "received", ""),
    ]


@pytest.mark.usefixtures("_events")
@pytest.mark.parametrize(
    ("sql", "place", "what"),
    [
        ("UPDATE accounts_accountevent SET note = 'x' WHERE position = 2", "entry 2", "changed"),
        (
            "UPDATE accounts_accountevent SET actor_number = 9 WHERE position = 3",
            "rights log entry 3",
            "changed",
        ),
        (
            "UPDATE accounts_accountevent SET account_number = 9 WHERE position = 3",
            "rights log entry 3",
            "what it says of account 9 was changed",
        ),
        (
            "UPDATE accounts_accountevent SET statement = replace(statement, 'KEN', 'NOR'),"
            " note = replace(note, 'KEN', 'NOR') WHERE position = 2",
            "rights log entry 2",
            "hash does not match",
        ),
        ("DELETE FROM accounts_accountevent WHERE position = 2", "entry 3", "2 to 2 are missing"),
        (
            "UPDATE accounts_accountevent SET position = -position WHERE position IN (2, 3);"
            "UPDATE accounts_accountevent SET position = 5 + position WHERE position < 0",
            "rights log entry 2",
            "does not follow",
        ),
        ("UPDATE accounts_designation SET state = 'applied'", "designation ", "its state is not"),
        ("DELETE FROM accounts_accountevent WHERE position = 4", "designation ", "not in the log"),
    ],
)
def test_tampering_is_found_and_located(sql: str, place: str, what: str) -> None:
    tamper(sql)
    findings = api.verify_rights().findings
    assert [f for f in findings if place in f.place and what in f.what], findings


@pytest.mark.django_db(transaction=True)
def test_entries_made_at_the_same_moment_follow_each_other() -> None:
    def add(number: int) -> None:
        record_event(EventKind.LIMITED, actor=None, note=str(number), now=NOW)
        connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(add, range(20)))
    assert api.verify_rights().findings == ()
    assert AccountEvent.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_role_ended_while_the_second_factor_is_reset_locks_nobody_in_a_circle(
    officer: api.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    designation = put_in_force(officer)
    holder = designation.account_id
    is_logged, set_rights = Event(), designations._set_rights

    def set_slowly(account: api.User) -> None:
        is_logged.set()  # the log is held, and the account is to be changed
        time.sleep(0.5)
        set_rights(account)

    def end() -> None:
        designations.end_designation(
            designation.pk, actor=officer, valid_until=NOW.date(), note="", now=NOW
        )
        connection.close()

    def reset() -> None:
        is_logged.wait(5)
        api.reset_second_factor(holder, actor=officer, reason="Lost; called back.", now=NOW)
        connection.close()

    monkeypatch.setattr(designations, "_set_rights", set_slowly)
    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(end), threads.submit(reset)]:
            done.result()
    assert api.User.objects.get(pk=holder).role == api.Role.READER
    kinds = AccountEvent.objects.values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["ended", "second_factor_reset"]
    assert api.verify_rights().findings == ()


@pytest.mark.django_db(transaction=True)
def test_second_factor_reset_by_two_at_once_is_two_entries_and_no_circle(
    make_user: MakeUser,
) -> None:
    officers = [make_user(api.Role.SECRETARIAT, email=f"{n}@scbd.example") for n in range(3)]

    def reset(pair: tuple[api.User, api.User]) -> None:
        actor, whom = pair
        api.reset_second_factor(whom.pk, actor=actor, reason="Lost; called back.", now=NOW)
        connection.close()

    # Two officers reset each other, and both a third.
    a, b, c = officers
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(reset, [(a, b), (b, a), (a, c), (b, c)]))
    resets = AccountEvent.objects.filter(kind=EventKind.SECOND_FACTOR_RESET)
    assert resets.count() == 4
    assert api.verify_rights().findings == ()
