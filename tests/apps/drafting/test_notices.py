"""People are told of what concerns them: once, in their language, and nothing of what is inside."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from cartagena.apps.accounts.api import Role
from cartagena.apps.accounts.models import OutgoingMail
from cartagena.apps.drafting import api
from cartagena.apps.drafting.confirmation_notices import MOST_LISTED, find_step
from cartagena.apps.drafting.models import NoticeSent
from cartagena.engine.record_format import read_example
from tests.apps.drafting.make import LATER, NOW, make_database, make_person, publish, save, start
from tests.apps.drafting.test_checks import publish_example

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
# A national database is confirmed each year.
DUE = dt.date(2027, 11, 22)


def told() -> list[tuple[str, str]]:
    """The subjects and receivers of what was sent since the last look."""
    found = sorted((message.to[0], str(message.subject)) for message in mail.outbox)
    mail.outbox.clear()
    return found


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(5, 31), dt.UTC)


def request(draft: Any, actor: Any, now: dt.datetime = NOW) -> Any:
    return api.request_publication(draft.key, actor=actor, revision=draft.revision, now=now)


def test_request_is_told_to_the_focal_points_of_the_party_and_to_nobody_else() -> None:
    author, first, second = make_person(Role.AUTHORISED_USER), make_person(), make_person()
    for role, party in (
        (Role.BCH_FOCAL_POINT, "NOR"), (Role.CPB_FOCAL_POINT, "KEN"), (Role.REVIEWER, "KEN"),
        (Role.SECRETARIAT, None), (Role.READER, None),
    ):  # fmt: skip
        make_person(role, party)
    make_person(is_active=False)

    request(start(author), author)

    subject = "To publish: National website or database Biosafety portal"
    assert told() == sorted([(first.email, subject), (second.email, subject)])


def test_request_for_a_reference_record_is_told_to_the_secretariat() -> None:
    expert = make_person(Role.EXPERT, None)
    officer = make_person(Role.SECRETARIAT, None)
    make_person()
    body = read_example("organism")
    body = {**body, "header": {"languages": ["en"]}}
    draft = api.start_draft("organism", actor=expert, government=None, now=NOW, body=body)

    request(draft, expert)

    ((address, subject),) = told()
    assert address == officer.email
    assert subject.startswith("To publish: ")


def test_steps_are_told_to_the_authors_in_their_language_and_never_to_who_took_them() -> None:
    author = make_person(Role.AUTHORISED_USER, language="fr")
    editor, publisher = make_person(Role.COMPETENT_AUTHORITY), make_person()
    draft = request(save(start(author), editor, notes="A private remark."), author)
    assert [to for to, _ in told()] == [publisher.email]

    api.return_draft(draft.key, actor=publisher, reason="A quoted secret.", now=NOW)

    messages = list(mail.outbox)
    assert {to for to, _ in told()} == {author.email, editor.email}
    assert f"/fr/desk/drafts/{draft.key}" in messages[0].body
    assert not any(words in message.body for message in messages for words in ("secret", "private"))

    request(api.get_draft(draft.key, actor=author), author)
    told()
    publish(api.get_draft(draft.key, actor=publisher), publisher)
    assert {to for to, _ in told()} == {author.email, editor.email}


def test_who_publishes_an_own_draft_is_told_nothing() -> None:
    person = make_person()
    publish(start(person), person)
    assert told() == []


def test_lapsed_request_is_told_to_its_author_once() -> None:
    author = make_person(Role.AUTHORISED_USER)
    make_person()
    request(start(author), author)
    told()

    assert api.lapse_requests(NOW + dt.timedelta(weeks=13)) == 1
    assert api.lapse_requests(NOW + dt.timedelta(weeks=13)) == 0

    assert told() == [(author.email, "Not answered: National website or database Biosafety portal")]


def test_step_that_is_rolled_back_tells_nobody(settings: Any) -> None:
    author = make_person(Role.AUTHORISED_USER)
    make_person()
    draft = start(author)
    settings.EMAIL_BACKEND = "cartagena.apps.accounts.mail_queue.QueuedMailBackend"

    with transaction.atomic():
        request(draft, author)
        assert OutgoingMail.objects.count() == 1
        transaction.set_rollback(True)

    assert OutgoingMail.objects.count() == 0


def test_author_who_left_the_party_is_told_nothing_more() -> None:
    author, publisher = make_person(Role.AUTHORISED_USER), make_person()
    draft = request(start(author), author)
    author.role, author.party = Role.READER, None
    author.save()
    told()

    api.return_draft(draft.key, actor=publisher, reason="See title.", now=NOW)

    assert told() == []


def test_comments_are_told_to_the_other_authors_at_most_once_an_hour() -> None:
    author, editor, publisher = (
        make_person(Role.AUTHORISED_USER), make_person(Role.COMPETENT_AUTHORITY), make_person(),
    )  # fmt: skip
    draft = save(start(author), editor, notes="x")
    subject = "{} new comment{}: National website or database Biosafety portal"

    api.add_comment(draft.key, "title", "Which?", actor=publisher, now=NOW)
    assert told() == sorted([(author.email, subject.format(1, "")),
                             (editor.email, subject.format(1, ""))])  # fmt: skip
    for minutes in (10, 20):
        later = NOW + dt.timedelta(minutes=minutes)
        api.add_comment(draft.key, "title", "And?", actor=editor, now=later)
        assert told() == []
    assert api.tell_waiting_comments(NOW + dt.timedelta(minutes=59)) == 0
    assert api.tell_waiting_comments(NOW + dt.timedelta(minutes=60)) == 1
    assert told() == [(author.email, subject.format(2, "s"))]
    assert api.tell_waiting_comments(NOW + dt.timedelta(hours=5)) == 0


def test_comment_on_a_hidden_field_is_told_only_to_who_may_read_the_field() -> None:
    author, publisher = make_person(Role.AUTHORISED_USER), make_person()
    draft = start(author)
    draft = api.save_draft(
        draft.key, {}, actor=publisher, revision=0, now=NOW, confidential={"websites": "Why."}
    )
    api.add_comment(draft.key, "websites", "Which one?", actor=publisher, now=NOW)
    assert [to for to, _ in told()] == [author.email]
    # An author whose account was limited to other types reads the draft no more.
    author.record_types = ["law"]
    author.save()
    api.add_comment(draft.key, "websites", "And?", actor=publisher, now=LATER)
    assert told() == []


def publish_database(actor: Any, title: str = "Biosafety portal", **other: Any) -> str:
    draft = start(actor, make_database(title), **other)
    publish(draft, actor, now=NOW)
    told()
    return draft.identifier


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (dt.date(2027, 8, 21), None),
        (dt.date(2027, 8, 22), "three months"),
        (dt.date(2027, 9, 5), "three months"),
        (dt.date(2027, 9, 6), None),
        (dt.date(2027, 10, 22), "one month"),
        (dt.date(2027, 11, 21), None),
        (DUE, "due"),
        (dt.date(2028, 2, 22), None),
        (dt.date(2028, 2, 23), "not confirmed"),
        (dt.date(2028, 3, 9), None),
    ],
)
def test_reminder_has_its_day_and_two_weeks_of_grace(day: dt.date, step: str | None) -> None:
    assert find_step(DUE, day) == step


def test_record_is_reminded_of_four_times_a_cycle_until_it_is_confirmed() -> None:
    person, colleague = make_person(), make_person(Role.CPB_FOCAL_POINT)
    identifier = publish_database(person)
    days: list[dt.date] = []
    day = NOW.date()
    while day < dt.date(2028, 4, 1):
        if api.remind_of_confirmations(at(day)):
            days.append(day)
        day += DAY
    assert days == [dt.date(2027, 8, 22), dt.date(2027, 10, 22), DUE, dt.date(2028, 2, 23)]
    last = mail.outbox[-1]
    assert "now shown as not confirmed" in last.body
    assert f"/desk/records/{identifier}" in last.body
    assert {to for to, _ in told()} == {person.email}
    assert not NoticeSent.objects.filter(account=colleague).exists()

    api.confirm_published(identifier, actor=person, reason="", now=at(day))
    assert api.remind_of_confirmations(at(day + DAY)) == 0
    assert api.remind_of_confirmations(at(dt.date(2028, 12, 31))) == 0
    assert api.remind_of_confirmations(at(dt.date(2029, 1, 1))) == 1


def test_who_published_a_record_last_is_reminded_too_if_still_of_the_party() -> None:
    old, new = make_person(), make_person()
    publish_database(old)
    assert api.remind_of_confirmations(at(DUE)) == 2
    assert {to for to, _ in told()} == {old.email, new.email}
    old.role, old.party = Role.READER, None
    old.save()
    assert api.remind_of_confirmations(at(dt.date(2028, 2, 23))) == 1
    assert [to for to, _ in told()] == [new.email]


def test_other_parties_and_records_without_a_cycle_or_withdrawn_or_made_up_remind_nobody() -> None:
    person = make_person()
    make_person(party="NOR")
    demonstrator = make_person(demonstration=True)
    gone = publish_database(person)
    api.withdraw_published(gone, actor=person, reason="Closed.", now=LATER)
    publish_database(demonstrator)
    publish_example("organism", 1, None)

    assert api.remind_of_confirmations(at(DUE)) == 0


def test_many_records_of_one_person_make_one_message(django_assert_max_num_queries: Any) -> None:
    person = make_person()
    for number in range(MOST_LISTED + 3):
        publish_database(person, f"Portal {number}")

    with django_assert_max_num_queries(15):
        assert api.remind_of_confirmations(at(DUE)) == 1

    (message,) = mail.outbox
    assert message.subject == "53 records to confirm"
    assert message.body.count("/desk/records/") == MOST_LISTED
    assert "And 3 more records." in message.body
