"""Two people in one draft, sessions that end, forms that are sent twice: nothing typed is lost."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting import api as drafting
from cartagena.engine.record_format import read_example
from tests.apps.portal.desk.browser import find_form, read_forms, send
from tests.apps.portal.desk.conftest import browse

SAVE = ("desk-do", "save")


@pytest.fixture
def draft(author: User) -> drafting.Draft:
    return drafting.start_draft(
        "biosafetyDecision",
        actor=author,
        government="KEN",
        now=dt.datetime.now(dt.UTC),
        body=read_example("biosafetyDecision"),
    )


def address_of(draft: drafting.Draft) -> str:
    return f"/desk/drafts/{draft.pk}"


def read_body(draft: drafting.Draft, user: User) -> dict[str, Any]:
    body: dict[str, Any] = drafting.get_draft(draft.pk, actor=user).body
    return body


def test_changes_of_two_people_in_different_fields_are_both_kept(
    draft: drafting.Draft, author: User, focal_point: User
) -> None:
    address = address_of(draft)
    first, second = browse(author), browse(focal_point)
    hers = find_form(first.get(address), name="draft")
    his = find_form(second.get(address), name="draft")

    send(first, address, hers, {"date": "2024-07-01"}, SAVE)
    send(second, address, his, {"receiptDate": "2023-12-01"}, SAVE)

    body = read_body(draft, author)
    assert (body["date"], body["receiptDate"]) == ("2024-07-01", "2023-12-01")


def test_others_are_named_while_they_have_the_draft_open(
    draft: drafting.Draft, author: User, focal_point: User
) -> None:
    browse(focal_point).get(address_of(draft))

    page = browse(author).get(address_of(draft)).content.decode()

    assert focal_point.name in page


def test_same_field_changed_twice_is_shown_side_by_side_and_chosen(
    draft: drafting.Draft, author: User, focal_point: User
) -> None:
    address = address_of(draft)
    first, second = browse(author), browse(focal_point)
    hers = find_form(first.get(address), name="draft")
    his = find_form(second.get(address), name="draft")
    send(first, address, hers, {"title--en": "Hers <b>bold</b>"}, SAVE)

    conflict = send(second, address, his, {"title--en": "His", "date": "2024-07-01"}, SAVE)

    assert conflict.status_code == 409
    page = conflict.content.decode()
    assert "Hers &lt;b&gt;bold&lt;/b&gt;" in page
    assert ">His<" in page
    assert read_body(draft, author)["title"]["en"] == "Hers <b>bold</b>"
    assert read_body(draft, author)["date"] == "2024-07-01"

    form = find_form(conflict, has="desk-mine--title")
    done = send(second, address, form, {"desk-choice--title": "mine"})
    assert done.status_code == 302
    assert read_body(draft, author)["title"]["en"] == "His"


def test_autosave_tells_the_fields_that_others_changed(
    draft: drafting.Draft, author: User, focal_point: User
) -> None:
    address = address_of(draft)
    first, second = browse(author), browse(focal_point)
    his = find_form(second.get(address), name="draft")
    hers = find_form(first.get(address), name="draft")
    send(first, address, hers, {"date": "2024-07-01"}, SAVE)

    his.action = f"{address}/autosave"
    told = send(second, address, his, {"receiptDate": "2023-12-01"}).json()

    assert told["theirs"] == ["date"]
    assert told["revision"] == 2
    assert told["present"] == [author.name]
    his.pairs = [
        (name, value) for name, value in his.pairs
        if name != "date" and (name, value) != ("desk-shown", "date")
    ]  # fmt: skip
    send(second, address, his, {"desk-revision": "2", "receiptDate": "2023-12-02"})
    body = read_body(draft, author)
    assert (body["date"], body["receiptDate"]) == ("2024-07-01", "2023-12-02")


def test_autosave_of_the_same_field_answers_conflict(
    draft: drafting.Draft, author: User, focal_point: User
) -> None:
    address = address_of(draft)
    first, second = browse(author), browse(focal_point)
    hers = find_form(first.get(address), name="draft")
    his = find_form(second.get(address), name="draft")
    send(first, address, hers, {"date": "2024-07-01"}, SAVE)

    his.action = f"{address}/autosave"
    answer = send(second, address, his, {"date": "2024-08-01"})

    assert answer.status_code == 409
    assert answer.json()["conflict"] == ["date"]


def test_text_of_somebody_who_was_signed_out_can_be_sent_again(
    draft: drafting.Draft, author: User
) -> None:
    address = address_of(draft)
    client = browse(author)
    form = find_form(client.get(address), name="draft")
    client.logout()

    answer = send(client, address, form, {"title--en": 'Typed "here" & now'}, SAVE)
    client.force_login(author)
    again = find_form(answer, has="title--en")
    done = send(client, address, again)

    assert answer.status_code == 401
    assert "Typed &quot;here&quot; &amp; now" in answer.content.decode()
    assert done.status_code == 302
    assert read_body(draft, author)["title"]["en"] == 'Typed "here" & now'
    assert client.get(f"{address}").status_code == 200


def test_form_with_an_old_token_is_shown_again_with_its_text(
    draft: drafting.Draft, author: User
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    address = address_of(draft)
    form = find_form(client.get(address), name="draft")
    old = {"csrfmiddlewaretoken": "x" * 64, "title--en": "Typed for an hour"}

    refused = send(client, address, form, old, SAVE, HTTP_ORIGIN="http://testserver")
    done = send(
        client, address, find_form(refused, has="title--en"), HTTP_ORIGIN="http://testserver"
    )

    assert refused.status_code == 403
    assert "Typed for an hour" in refused.content.decode()
    assert done.status_code == 302
    assert read_body(draft, author)["title"]["en"] == "Typed for an hour"


def test_form_from_another_site_is_not_offered_to_be_sent_again(
    draft: drafting.Draft, author: User
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)

    refused = client.post(
        address_of(draft), {"title--en": "Forged"}, HTTP_ORIGIN="https://elsewhere.example"
    )

    assert refused.status_code == 403
    assert not any("title--en" in form.values for form in read_forms(refused))


def test_nobody_else_learns_of_a_draft(draft: drafting.Draft, stranger: User) -> None:
    client = browse(stranger)
    address = address_of(draft)
    for page in ("", "/check", "/review", "/files", "/history", "/request", "/publish", "/return",
                 "/recall", "/discard"):  # fmt: skip
        assert client.get(address + page).status_code == 404
        assert client.post(address + page, {}).status_code in (404, 405)
    assert client.post(f"{address}/autosave", {}).status_code == 404
    assert client.post(f"{address}/settle", {}).status_code == 404
    assert str(draft.pk) not in client.get("/desk/").content.decode()


def test_pages_of_the_desk_are_never_kept_and_need_a_sign_in(
    draft: drafting.Draft, author: User
) -> None:
    for page in ("/desk/", "/desk/new", address_of(draft), "/desk/bulk", "/desk/suggest?q=maize"):
        assert "sign-in" in Client().get(page)["Location"]
        assert "no-store" in browse(author).get(page)["Cache-Control"]


def test_comment_is_added_with_the_save_and_dealt_with(
    draft: drafting.Draft, author: User, focal_point: User
) -> None:
    address = address_of(draft)
    client = browse(author)
    form = find_form(client.get(address), name="draft")

    send(
        client, address, form,
        {"date": "2024-07-01", "desk-comment--title": "Right?"}, ("desk-do", "comment:title"),
    )  # fmt: skip

    (comment,) = drafting.list_comments(drafting.get_draft(draft.pk, actor=author))
    assert (comment.field, comment.text) == ("title", "Right?")
    assert read_body(draft, author)["date"] == "2024-07-01"
    browse(focal_point).post(f"{address}/review", {"desk-resolve": str(comment.pk)})
    comment.refresh_from_db()
    assert comment.resolved_at is not None


def test_older_save_is_brought_back_as_a_new_one(draft: drafting.Draft, author: User) -> None:
    address = address_of(draft)
    client = browse(author)
    send(
        client, address, find_form(client.get(address), name="draft"), {"date": "2024-07-01"}, SAVE
    )

    listed = client.get(f"{address}/history").content.decode()
    client.post(f"{address}/history", {"desk-restore": "0"})

    assert "2024-07-01" in listed
    assert read_body(draft, author)["date"] == "2024-06-03"
    assert drafting.get_draft(draft.pk, actor=author).revision == 2


def test_claim_of_confidentiality_needs_an_allowed_field(
    draft: drafting.Draft, author: User
) -> None:
    address = address_of(draft)
    client = browse(author)
    page = client.get(address).content.decode()
    form = find_form(client.get(address), name="draft")

    send(
        client, address, form,
        {
            "relevantInformation--en": "Yield figures",
            "desk-secret--relevantInformation": "yes",
            "desk-reason--relevantInformation": "Trade secret",
            "desk-secret--title": "yes",
            "desk-reason--title": "I would like to",
        },
        SAVE,
    )  # fmt: skip

    assert "Never confidential: Article 21.6" in page
    saved = drafting.get_draft(draft.pk, actor=author)
    assert saved.confidential == {"relevantInformation": "Trade secret"}


def test_button_pressed_twice_starts_one_draft(author: User, stranger: User) -> None:
    client = browse(author)
    (fresh,) = [
        value
        for form in read_forms(client.get("/desk/new"))
        for name, value in form.pairs
        if name == "desk-fresh"
    ]
    sent = {"type": "database", "language": "fr", "desk-fresh": fresh}

    first, second = (client.post("/desk/new", sent)["Location"] for _press in range(2))
    other_type = client.post("/desk/new", {**sent, "type": "biosafetyLaw"})["Location"]
    theirs = browse(stranger).post("/desk/new", sent)["Location"]

    assert first == second
    assert len({first, other_type, theirs}) == 3
    assert drafting.list_drafts(author).count() == 2


@pytest.mark.django_db(transaction=True)
def test_draft_started_twice_at_once_is_one(author: User) -> None:
    identifier = "0A1B2C3D-0000-4000-8000-000000000077"
    body = {"header": {"identifier": identifier}}
    ready = threading.Barrier(2)
    keys = []

    def press() -> None:
        ready.wait()
        draft = drafting.start_draft(
            "database",
            actor=author,
            government="KEN",
            now=dt.datetime.now(dt.UTC),
            body=body,
        )
        keys.append(draft.pk)
        connections.close_all()

    threads = [threading.Thread(target=press) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # Either both get one draft, or the second came so late that it got an identifier of its own.
    assert len(keys) == 2
    assert drafting.list_drafts(author).filter(identifier=identifier).count() == 1
