"""Article 21.2: a claim is disputed, answered, decided, reviewed; only then may it be disclosed."""

import json
from itertools import product
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from cartagena.apps.accounts.api import Role, User
from cartagena.apps.drafting import api
from cartagena.apps.drafting.models import ConfidentialPart, Draft
from cartagena.apps.registry import api as registry
from tests.apps.drafting.make import LATER, make_person
from tests.apps.drafting.test_confidential import REASON, SECRET, publish, start_decision

pytestmark = pytest.mark.django_db
Claim = ConfidentialPart.Claim

OPEN = ("claimed", "accepted", "disputed", "upheld", "refused", "review")
# Step -> from which states, as Article 21 has it.
WAYS = {
    "accept": {"claimed": "accepted"},
    "dispute": {"claimed": "disputed", "accepted": "disputed", "upheld": "disputed"},
    "answer": {"disputed": "disputed", "review": "review"},
    "uphold": {"disputed": "upheld", "review": "upheld"},
    "refuse": {"disputed": "refused"},
    "review": {"refused": "review"},
    "disclose": {"refused": "releasable", "review": "releasable"},
    "withdraw": dict.fromkeys(OPEN, "withdrawn"),
}
IN_DISPUTE = ("disputed", "refused", "review")
# Who reads a claim of Kenya -> what they may do of it; nobody else learns what it is about.
READERS = {"dispute", "answer", "review"}
PARTY = READERS | {"accept", "uphold", "refuse", "disclose", "withdraw"}
ALLOWED = {
    (Role.BCH_FOCAL_POINT, "KEN"): PARTY,
    (Role.CPB_FOCAL_POINT, "KEN"): READERS,
    (Role.AUTHORISED_USER, "KEN"): READERS,
    (Role.COMPETENT_AUTHORITY, "KEN"): READERS,
}


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_FOLDER = tmp_path


@pytest.fixture
def author() -> User:
    return make_person(Role.AUTHORISED_USER)


@pytest.fixture
def focal_point() -> User:
    return make_person()


@pytest.fixture
def draft(author: User, focal_point: User) -> Draft:
    """A published decision; its author claims that a field is confidential."""
    draft = start_decision(author)
    publish(draft, focal_point)
    mail.outbox.clear()
    return draft


def get_claim() -> ConfidentialPart:
    return ConfidentialPart.objects.get(ended_at=None)


def take(step: str, actor: User | None, reason: str = "Because.") -> ConfidentialPart:
    return api.take_claim_step(get_claim().pk, step, actor=actor, reason=reason, now=LATER)


def read_public(draft: Draft) -> str:
    return json.dumps(registry.get_version(draft.identifier).body)


def test_claimant_is_who_marked_the_field_and_not_who_published(draft: Draft, author: User) -> None:
    assert get_claim().claimed_by_id == author.pk


def test_claim_goes_the_whole_way_and_nothing_is_disclosed_before_an_amendment(
    draft: Draft, author: User, focal_point: User
) -> None:
    for step, actor in (
        ("dispute", focal_point),
        ("answer", author),
        ("refuse", focal_point),
        ("review", author),
        ("answer", author),
        ("disclose", focal_point),
    ):
        if step != "dispute":
            # Up to here the mark stays, however the record is amended.
            assert [claim.field for claim in api.list_claims(draft.identifier)]
        take(step, actor, f"{step}, of course.")
        assert SECRET not in read_public(draft)
    assert api.list_claims(draft.identifier) == []
    events = api.list_claim_events(get_claim())
    assert [(event.after, event.actor_id, event.reason) for event in events] == [
        ("claimed", focal_point.pk, ""),
        ("disputed", focal_point.pk, "dispute, of course."),
        ("disputed", author.pk, "answer, of course."),
        ("refused", focal_point.pk, "refuse, of course."),
        ("review", author.pk, "review, of course."),
        ("review", author.pk, "answer, of course."),
        ("releasable", focal_point.pk, "disclose, of course."),
    ]
    amendment = api.start_amendment(draft.identifier, actor=focal_point, now=LATER)
    assert amendment.confidential == {}
    publish(amendment, focal_point)
    assert SECRET in read_public(draft)
    ended = ConfidentialPart.objects.get()
    assert api.list_claim_events(ended)[-1].after == "ended"
    assert api.verify_drafts().findings == ()


def test_claim_that_is_upheld_stays_in_the_next_amendment(
    draft: Draft, author: User, focal_point: User
) -> None:
    for step, actor in (
        ("dispute", focal_point), ("refuse", focal_point), ("review", author),
        ("uphold", focal_point),
    ):  # fmt: skip
        take(step, actor)
    amendment = api.start_amendment(draft.identifier, actor=focal_point, now=LATER)
    assert amendment.confidential == {"relevantInformation": REASON}


@pytest.mark.parametrize(
    "state", ["claimed", "accepted", "disputed", "upheld", "refused", "review"]
)
def test_taking_the_mark_away_does_not_go_round_the_steps(
    draft: Draft, focal_point: User, state: str
) -> None:
    ConfidentialPart.objects.update(claim=state)
    amendment = api.start_amendment(draft.identifier, actor=focal_point, now=LATER)
    bare = api.save_draft(
        amendment.key, {}, actor=focal_point, revision=0, now=LATER,
        confidential={},
    )  # fmt: skip
    with pytest.raises(api.NotPublishableError, match="the claim is not at its end"):
        publish(bare, focal_point)
    assert SECRET not in read_public(draft)


def test_claimant_withdraws_and_an_amendment_publishes(
    draft: Draft, author: User, focal_point: User
) -> None:
    take("withdraw", author, "It is in the newspaper.")
    assert SECRET not in read_public(draft)
    amendment = api.start_amendment(draft.identifier, actor=author, now=LATER)
    publish(amendment, focal_point)
    assert SECRET in read_public(draft)


def test_claimant_does_not_dispute_the_own_claim(draft: Draft, author: User) -> None:
    with pytest.raises(PermissionDenied):
        take("dispute", author)
    assert api.list_claim_steps(get_claim(), actor=author) == ["withdraw"]


def test_step_needs_a_reason(draft: Draft, focal_point: User) -> None:
    with pytest.raises(api.ReasonMissingError):
        take("dispute", focal_point, "  ")
    assert get_claim().claim == "claimed"


@pytest.mark.parametrize("party", ["KEN", "NOR", None])
@pytest.mark.parametrize("role", list(Role))
def test_every_role_in_every_state_does_what_the_table_says_and_nothing_else(
    draft: Draft, role: Role, party: str | None
) -> None:
    actor = make_person(role, party)
    allowed = ALLOWED.get((role, str(party)), set())
    for state, step in product(Claim.values, WAYS):
        ConfidentialPart.objects.update(claim=state)
        expected = state in WAYS[step] and step in allowed
        if step == "withdraw" and state in IN_DISPUTE:
            expected = False  # nobody but the claimant: it would go round the review
        assert (step in api.list_claim_steps(get_claim(), actor=actor)) == expected, (state, step)
        if expected:
            assert take(step, actor).claim == WAYS[step][state]
            continue
        with pytest.raises((PermissionDenied, api.ClaimNotFoundError, api.DraftStateError)) as how:
            take(step, actor)
        # Who may not read the value does not learn that there is such a claim.
        assert (how.type is api.ClaimNotFoundError) == (not allowed)
        assert get_claim().claim == state


def test_withdrawn_record_keeps_what_was_in_dispute(draft: Draft, focal_point: User) -> None:
    take("dispute", focal_point)
    api.withdraw_published(
        draft.identifier, actor=focal_point, reason="Notification withdrawn.", now=LATER
    )
    assert "refuse" not in api.list_claim_steps(get_claim(), actor=focal_point)
    with pytest.raises(api.DraftStateError, match="stays confidential"):
        take("refuse", focal_point)


def test_withdrawn_record_keeps_even_what_was_to_be_disclosed(
    draft: Draft, focal_point: User
) -> None:
    for step in ("dispute", "refuse", "disclose"):
        take(step, focal_point)
    api.withdraw_published(
        draft.identifier, actor=focal_point, reason="Notification withdrawn.", now=LATER
    )
    again = api.start_amendment(draft.identifier, actor=focal_point, now=LATER)
    assert again.confidential == {"relevantInformation": REASON}


def test_amendment_begun_before_the_record_was_withdrawn_discloses_nothing(
    draft: Draft, focal_point: User
) -> None:
    for step in ("dispute", "refuse", "disclose"):
        take(step, focal_point)
    begun = api.start_amendment(draft.identifier, actor=focal_point, now=LATER)
    assert begun.confidential == {}
    api.withdraw_published(
        draft.identifier, actor=focal_point, reason="Notification withdrawn.", now=LATER
    )
    with pytest.raises(api.NotPublishableError, match="the claim is not at its end"):
        publish(begun, focal_point)
    marked = api.save_draft(
        begun.key, {}, actor=focal_point, revision=begun.revision, now=LATER,
        confidential={"relevantInformation": REASON},
    )  # fmt: skip
    publish(marked, focal_point)
    assert SECRET not in read_public(draft)
    assert get_claim().claim == "claimed"


@pytest.mark.parametrize("state", IN_DISPUTE)
def test_party_does_not_give_up_for_the_claimant_what_is_in_dispute(
    draft: Draft, author: User, focal_point: User, state: str
) -> None:
    ConfidentialPart.objects.update(claim=state)
    assert "withdraw" not in api.list_claim_steps(get_claim(), actor=focal_point)
    with pytest.raises(PermissionDenied):
        take("withdraw", focal_point)
    assert take("withdraw", author).claim == "withdrawn"


def test_party_does_not_give_up_what_a_withdrawn_record_keeps(
    draft: Draft, author: User, focal_point: User
) -> None:
    api.withdraw_published(
        draft.identifier, actor=focal_point, reason="Notification withdrawn.", now=LATER
    )
    assert api.list_claim_steps(get_claim(), actor=focal_point) == ["accept", "dispute"]
    with pytest.raises(api.DraftStateError, match="stays confidential"):
        take("withdraw", focal_point)
    assert take("withdraw", author).claim == "withdrawn"


def test_each_step_is_told_to_those_concerned_and_the_message_says_nothing_secret(
    draft: Draft, author: User, focal_point: User
) -> None:
    doubter, stranger = make_person(Role.COMPETENT_AUTHORITY), make_person(party="NOR")
    make_person(Role.REVIEWER)
    take("dispute", doubter, "It is on their website.")
    assert {m.to[0] for m in mail.outbox} == {author.email, focal_point.email}
    mail.outbox.clear()
    take("answer", author, "That is another product.")
    assert {m.to[0] for m in mail.outbox} == {doubter.email, focal_point.email}
    for message in mail.outbox:
        text = message.subject + message.body
        assert f"/desk/records/{draft.identifier}/confidential" in text
        assert not any(word in text for word in (SECRET, REASON, "website", "another product"))
    assert stranger.email not in {m.to[0] for m in mail.outbox}
