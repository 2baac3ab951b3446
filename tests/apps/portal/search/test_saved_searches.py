"""Searches that people keep, and the messages about what is new in them."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from cartagena.apps.accounts.api import User, create_user
from cartagena.apps.search.api import SavedSearch, send_digests
from tests.apps.search.made_up import NOW, make_law, publish

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, settings: Any) -> None:
    """An index of its own; messages are kept in memory."""
    settings.DATA_FOLDER = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def make_person(name: str = "Amina") -> User:
    """Somebody who may only read."""
    return create_user(
        email=f"{name}@example.org".lower(), name=name, password="Blue-Heron-77", now=NOW
    )


def save(client: Client, **values: str) -> Any:
    """Send the form."""
    form = {"name": "Maize", "frequency": "daily", "query": "q=maize&page=3", **values}
    return client.post("/search/saved", form)


def test_a_search_is_kept_changed_and_deleted(client: Client) -> None:
    client.force_login(make_person())

    assert save(client).status_code == 302
    search = SavedSearch.objects.get()
    assert (search.name, search.query) == ("Maize", "q=maize"), "the page is no part of a search"
    page = client.get("/search/saved").content.decode()
    assert "/search?q=maize" in page

    client.post(f"/search/saved/{search.pk}", {"frequency": "never"})
    search.refresh_from_db()
    assert search.frequency == "never"
    client.post(f"/search/saved/{search.pk}", {"delete": "1"})
    assert not SavedSearch.objects.exists()


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(client: Client) -> None:
    client.force_login(make_person())
    for wrong in ({"name": " "}, {"name": "x" * 121}, {"frequency": "hourly"}):
        answer = save(client, **wrong)
        assert answer.status_code == 400
        assert "q=maize&amp;page=3" in answer.content.decode()
    assert save(client, name="a\0b").status_code == 302


def test_nobody_sees_or_changes_the_searches_of_another(client: Client) -> None:
    client.force_login(make_person("Amina"))
    save(client, name="My own matter")
    search = SavedSearch.objects.get()
    client.force_login(make_person("Bjorn"))

    assert "My own matter" not in client.get("/search/saved").content.decode()
    assert client.post(f"/search/saved/{search.pk}", {"delete": "1"}).status_code == 404
    client.logout()
    assert client.get("/search/saved").status_code == 302
    assert client.post(f"/search/saved/{search.pk}", {"delete": "1"}).status_code == 302
    assert SavedSearch.objects.exists()


def test_a_message_tells_what_is_new_once(client: Client) -> None:
    publish(make_law(1, {"en": "Old act on maize"}))
    client.force_login(make_person())
    save(client)
    SavedSearch.objects.update(created_at=NOW)
    publish(make_law(2, {"en": "New act on maize"}), make_law(3, {"en": "Act on cotton"}))

    assert send_digests(NOW + dt.timedelta(hours=1)) == 0, "it is not due yet"
    assert send_digests(NOW + DAY) == 1
    (message,) = mail.outbox
    assert message.to == ["amina@example.org"]
    assert message.subject == "1 new record: Maize"
    assert "New act on maize" in message.body
    assert "Old act" not in message.body
    assert "cotton" not in message.body
    assert "/search?q=maize" in message.body

    assert send_digests(NOW + DAY) == 0
    assert send_digests(NOW + 2 * DAY) == 0, "nothing was published"
    publish(make_law(1, {"en": "Amended act on maize"}, on="2021-01-01"))
    assert send_digests(NOW + 3 * DAY) == 1
    assert "Amended act" in mail.outbox[-1].body


def test_who_wants_a_message_a_week_gets_one_a_week_and_who_wants_none_none(
    client: Client,
) -> None:
    client.force_login(make_person())
    save(client, frequency="weekly")
    save(client, frequency="never")
    SavedSearch.objects.update(created_at=NOW)
    publish(make_law(1, {"en": "Act on maize"}))

    assert [send_digests(NOW + days * DAY) for days in (1, 6, 7, 8)] == [0, 0, 1, 0]
