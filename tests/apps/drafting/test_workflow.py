"""From draft to publication: request, recall, return, lapse, publish, and the log of it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from cartagena.apps.accounts.api import Role
from cartagena.apps.drafting import api
from cartagena.apps.drafting.models import DraftEvent
from cartagena.apps.registry import api as registry
from tests.apps.drafting.make import LATER, NOW, make_database, make_person, publish, save, start

pytestmark = pytest.mark.django_db


def test_way_of_a_draft_from_author_to_publication_is_logged_step_by_step() -> None:
    author, publisher = make_person(Role.AUTHORISED_USER), make_person()
    draft = start(author)
    draft = api.request_publication(draft.key, actor=author, revision=0, now=NOW, note="Please.")
    api.add_comment(draft.key, "title", "Which portal?", actor=publisher, now=NOW)
    draft = api.return_draft(draft.key, actor=publisher, reason="See title.", now=NOW)
    assert (draft.state, draft.returned_reason) == ("returned", "See title.")
    (comment,) = api.list_comments(draft)
    draft = save(draft, author, title={"en": "A", "fr": "A"})
    api.resolve_comment(comment.pk, actor=author, now=NOW)
    draft = api.request_publication(draft.key, actor=author, revision=1, now=NOW)

    outcome = publish(draft, publisher)

    assert (outcome.action, outcome.version) == ("published", 1)
    version = registry.get_version(draft.identifier)
    assert version.title == "A"
    closed = api.get_draft(draft.key, actor=author)
    assert (closed.state, closed.published_version) == ("published", 1)
    assert [e.action for e in api.list_events(closed)] == [
        "start", "request", "return", "request", "publish",
    ]  # fmt: skip
    assert [e.reason for e in api.list_events(closed)] == [
        "", "Please.", "See title.", "", "Adopted.",
    ]  # fmt: skip
    assert registry.list_log().get().reason == "Adopted."
    assert registry.list_log().get().actor_id == publisher.pk
    assert len(api.list_saves(closed)) == 1


def test_draft_with_errors_is_neither_requested_nor_published() -> None:
    author, publisher = make_person(Role.AUTHORISED_USER), make_person()
    draft = start(author, make_database(title="", websites=None))

    for call in (
        lambda: api.request_publication(draft.key, actor=author, revision=0, now=NOW),
        lambda: publish(draft, publisher),
    ):
        with pytest.raises(api.NotPublishableError) as raised:
            call()
        assert [p.place for p in raised.value.problems][-1] == "websites"
    assert api.get_draft(draft.key, actor=author).state == "draft"


def test_what_was_not_seen_is_not_published() -> None:
    author, publisher = make_person(Role.AUTHORISED_USER), make_person()
    draft = start(author)
    save(draft, author, notes="changed meanwhile")

    with pytest.raises(api.EditConflictError):
        publish(draft, publisher)
    with pytest.raises(api.EditConflictError):
        api.request_publication(draft.key, actor=author, revision=0, now=NOW)


def test_published_draft_is_closed_for_good() -> None:
    person = make_person()
    draft = start(person)
    publish(draft, person)

    for call in (
        lambda: publish(draft, person),
        lambda: save(draft, person, notes="x"),
        lambda: api.discard_draft(draft.key, actor=person, now=NOW),
    ):
        with pytest.raises(api.DraftStateError, match="published already"):
            call()


def test_amendment_makes_the_next_version_and_without_a_change_none() -> None:
    person = make_person()
    draft = start(person)
    publish(draft, person)
    amendment = api.start_amendment(draft.identifier, actor=person, now=LATER)

    with pytest.raises(api.NotPublishableError, match="nothing differs"):
        publish(amendment, person)
    amendment = save(amendment, person, title={"en": "B", "fr": "B"})
    outcome = publish(amendment, person)

    assert (outcome.action, outcome.version) == ("amended", 2)


def test_amendment_of_an_imported_record_counts_on_from_its_revision() -> None:
    person = make_person()
    body = make_database()
    identifier = "0E5A0000-0000-4000-8000-000000000077"
    body["header"] = {"identifier": identifier, "schema": "database", "languages": ["en", "fr"]}
    body["government"] = {"identifier": "ke"}
    imported = registry.Publication(
        identifier=identifier, type="database", government="KEN", body=body, published_at=NOW,
        revision=7, document_id=105,
    )  # fmt: skip
    registry.publish_records([imported], actor=None, reason="", now=NOW)

    amendment = api.start_amendment(identifier, actor=person, now=LATER)
    amendment = save(amendment, person, title={"en": "B", "fr": "B"})
    publish(amendment, person)

    assert registry.get_version(identifier).revision == 8


def test_withdrawn_record_can_be_published_again() -> None:
    person = make_person()
    draft = start(person)
    publish(draft, person)
    api.withdraw_published(draft.identifier, actor=person, reason="Off line.", now=LATER)

    again = api.start_amendment(draft.identifier, actor=person, now=LATER)
    outcome = publish(again, person, LATER + dt.timedelta(days=1))

    assert outcome.action in ("published", "unchanged")
    assert registry.live_versions().filter(record__identifier=draft.identifier).exists()


def test_request_lapses_after_twelve_weeks_and_not_before() -> None:
    author = make_person(Role.AUTHORISED_USER)
    draft = start(author)
    api.request_publication(draft.key, actor=author, revision=0, now=NOW)

    assert api.lapse_requests(NOW + dt.timedelta(weeks=12)) == 0
    assert api.lapse_requests(NOW + dt.timedelta(weeks=12, days=1)) == 1

    assert api.get_draft(draft.key, actor=author).state == "draft"
    last = DraftEvent.objects.order_by("-position")[0]
    assert (last.action, last.actor_id) == ("lapse", None)


def test_notes_of_the_authors_are_not_published_and_come_back() -> None:
    person = make_person()
    draft = start(person, make_database(notes="for us alone"))
    publish(draft, person)

    assert "notes" not in registry.get_version(draft.identifier).body
    amendment = api.start_amendment(draft.identifier, actor=person, now=LATER)
    assert amendment.body["notes"] == "for us alone"


def test_demonstration_account_publishes_demonstration_data() -> None:
    person = make_person(demonstration=True)
    draft = start(person)
    publish(draft, person)

    assert registry.get_version(draft.identifier).demonstration


def test_comments_need_words_and_close_with_the_draft() -> None:
    person = make_person()
    draft = start(person)
    with pytest.raises(api.ReasonMissingError):
        api.add_comment(draft.key, "title", "  ", actor=person, now=NOW)
    comment = api.add_comment(draft.key, "title", "Hm.", actor=person, now=NOW)
    api.discard_draft(draft.key, actor=person, now=NOW)

    with pytest.raises(api.DraftStateError):
        api.resolve_comment(comment.pk, actor=person, now=NOW)


def test_log_of_drafts_cannot_be_changed() -> None:
    start(make_person())

    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        DraftEvent.objects.update(reason="x")
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        DraftEvent.objects.all().delete()
