"""The page of what is confidential of a record: who opens it, what it says, what it lets one do."""

import datetime as dt

import pytest
from django.test import Client

from cartagena.apps.accounts.api import Role, User
from cartagena.apps.drafting import api as drafting
from tests.apps.drafting.test_confidential import REASON, SECRET, start_decision
from tests.apps.portal.desk.conftest import browse


@pytest.fixture
def page(author: User, focal_point: User) -> str:
    """Where the claim on a published decision of Kenya stands."""
    draft = start_decision(author)
    drafting.publish_draft(
        draft.key, actor=focal_point, revision=1, reason="Decided.", now=dt.datetime.now(dt.UTC)
    )
    return f"/desk/records/{draft.identifier}/confidential"


def get_number() -> int:
    return drafting.ConfidentialPart.objects.get().pk


def send(client: Client, page: str, step: str, text: str) -> object:
    return client.post(page, {"claim": get_number(), "step": step, "text": text})


def test_claim_is_disputed_answered_and_refused_on_the_page(
    page: str, author: User, focal_point: User
) -> None:
    theirs, ours = browse(focal_point), browse(author)
    record = theirs.get(page.removesuffix("/confidential")).content.decode()
    assert page in record
    shown = theirs.get(page).content.decode()
    assert SECRET in shown
    assert REASON in shown
    assert "Dispute the claim" in shown
    assert send(theirs, page, "dispute", "It is known.").url == f"{page}#claim-{get_number()}"
    answered = ours.get(page).content.decode()
    assert "It is known." in answered
    assert "Refuse the claim" not in answered
    send(ours, page, "answer", "Not this part.")
    send(theirs, page, "refuse", "It is in the register.")
    shown = ours.get(page).content.decode()
    assert "Refused; a review can be asked for" in shown
    for said in ("It is known.", "Not this part.", "It is in the register.", "Felix Focal"):
        assert said in shown


def test_page_is_not_there_for_anybody_who_may_not_read_the_value(
    page: str, stranger: User, make_user
) -> None:
    others = [
        stranger,
        make_user(Role.REVIEWER),
        make_user(Role.ARTICLE_17_CONTACT),
        make_user(Role.READER, None),
        make_user(Role.SECRETARIAT, None),
    ]
    for person in others:
        client = browse(person)
        for answer in (client.get(page), send(client, page, "dispute", "Hm.")):
            assert answer.status_code == 404, person.role
            assert SECRET not in answer.content.decode()
        assert page not in client.get(page.removesuffix("/confidential")).content.decode()
    assert Client().get(page).url.startswith("/account/sign-in/")
    assert drafting.ConfidentialPart.objects.get().claim == "claimed"


def test_step_without_a_reason_says_so(page: str, focal_point: User) -> None:
    answer = send(browse(focal_point), page, "dispute", " ")
    assert answer.status_code == 400
    assert "Write the reason first" in answer.content.decode()


def test_step_that_came_too_late_changes_nothing_and_keeps_the_text(
    page: str, focal_point: User
) -> None:
    client = browse(focal_point)
    send(client, page, "accept", "Agreed.")
    answer = send(client, page, "accept", "Agreed, with all my words.")
    assert answer.status_code == 409
    assert "Agreed, with all my words." in answer.content.decode()
    assert "stands differently by now" in answer.content.decode()


@pytest.mark.parametrize(
    "form", [{}, {"claim": "x"}, {"claim": "999999999"}, {"claim": "1", "step": "publish"}]
)
def test_what_is_no_step_is_refused(page: str, focal_point: User, form: dict[str, str]) -> None:
    answer = browse(focal_point).post(page, {"text": "x", **form})
    assert answer.status_code in (403, 404)
    assert drafting.ConfidentialPart.objects.get().claim == "claimed"


def test_claim_is_not_reached_through_the_page_of_another_record(
    page: str, focal_point: User
) -> None:
    part = drafting.ConfidentialPart.objects.get()
    number = part.pk
    part.pk, part.identifier = None, "OTHER-RECORD"
    part.save(force_insert=True)
    form = {"claim": part.pk, "step": "dispute", "text": "Hm."}
    assert browse(focal_point).post(page, form).status_code == 404
    states = drafting.ConfidentialPart.objects.filter(pk__in=(number, part.pk))
    assert set(states.values_list("claim", flat=True)) == {"claimed"}


def test_page_asks_the_database_few_times(
    page: str, focal_point: User, django_assert_max_num_queries
) -> None:
    client = browse(focal_point)
    client.get(page)
    with django_assert_max_num_queries(14):
        assert client.get(page).status_code == 200
