"""Every role, action and state: what the buttons show is what the functions do, nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from cartagena.apps.accounts.api import Role, User
from cartagena.apps.drafting import api
from cartagena.apps.drafting.models import Draft
from tests.apps.drafting.make import LATER, NOW, make_database, make_person, publish, start

pytestmark = pytest.mark.django_db

REFUSALS = (PermissionDenied, api.DraftNotFoundError, api.DraftStateError)

CALLS: dict[str, Callable[[Draft, Any], Any]] = {
    "edit": lambda d, who: api.save_draft(
        d.key, {"notes": "x"}, actor=who, revision=d.revision, now=NOW
    ),
    "restore": lambda d, who: api.restore_save(d.key, 0, actor=who, now=NOW),
    "comment": lambda d, who: api.add_comment(d.key, "title", "Why?", actor=who, now=NOW),
    "request": lambda d, who: api.request_publication(
        d.key, actor=who, revision=d.revision, now=NOW
    ),
    "recall": lambda d, who: api.recall_request(d.key, actor=who, now=NOW),
    "return": lambda d, who: api.return_draft(d.key, actor=who, reason="No.", now=NOW),
    "publish": lambda d, who: publish(d, who),
    "discard": lambda d, who: api.discard_draft(d.key, actor=who, now=NOW),
}

AUTHOR = {
    "draft": "edit restore comment request",
    "requested": "recall comment",
    "returned": "edit restore comment request",
}
# Role -> state -> what somebody of the same Party may do with another's draft of a database.
EXPECTED: dict[str, dict[str, str]] = {
    Role.BCH_FOCAL_POINT: {
        "draft": "edit restore comment publish discard",
        "requested": "edit restore comment recall return publish",
        "returned": "edit restore comment publish discard",
    },
    Role.CPB_FOCAL_POINT: AUTHOR,
    Role.AUTHORISED_USER: AUTHOR,
    Role.COMPETENT_AUTHORITY: AUTHOR,
    Role.REVIEWER: {"requested": "comment"},
}
STATES = ("draft", "requested", "returned", "published", "discarded")


def bring_to(draft: Draft, state: str) -> Draft:
    """Lead a draft to a state as the program."""
    if state in ("requested", "returned"):
        api.request_publication(draft.key, actor=None, revision=draft.revision, now=NOW)
    if state == "returned":
        api.return_draft(draft.key, actor=None, reason="Correct it.", now=NOW)
    elif state == "published":
        publish(draft, None)
    elif state == "discarded":
        api.discard_draft(draft.key, actor=None, now=NOW)
    return Draft.objects.get(pk=draft.key)


def try_calls(draft: Draft, person: Any) -> set[str]:
    """The actions that a person can do with a draft, each tried and taken back."""
    done = set()
    for name, call in CALLS.items():
        with transaction.atomic():
            try:
                call(Draft.objects.get(pk=draft.key), person)
                done.add(name)
            except REFUSALS:
                pass
            transaction.set_rollback(True)
    return done


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", list(Role))
def test_same_party_does_what_is_written_here(role: str, state: str) -> None:
    author = make_person(Role.AUTHORISED_USER)
    person = make_person(role, None if role == Role.SECRETARIAT else "KEN")
    draft = bring_to(start(author), state)

    shown = api.list_actions(person, draft)
    done = try_calls(draft, person)

    expected = set(EXPECTED.get(role, {}).get(state, "").split())
    assert shown == expected
    # The right to publish includes the one to request, which is not offered as a button.
    may_request = role == Role.BCH_FOCAL_POINT and state in ("draft", "returned")
    assert done == expected | ({"request"} if may_request else set())


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", list(Role))
def test_other_party_sees_and_does_nothing(role: str, state: str) -> None:
    draft = bring_to(start(make_person(Role.AUTHORISED_USER)), state)
    person = make_person(role, "NOR")

    assert try_calls(draft, person) == set()
    assert api.list_actions(person, draft) == frozenset()
    with pytest.raises(api.DraftNotFoundError):
        api.get_draft(draft.key, actor=person)
    with pytest.raises(api.DraftNotFoundError):
        api.note_presence(draft.key, actor=person, now=NOW)
    assert list(api.list_drafts(person, open_only=False)) == []


@pytest.mark.parametrize("state", STATES)
def test_visitor_sees_and_does_nothing(state: str) -> None:
    draft = bring_to(start(make_person(Role.AUTHORISED_USER)), state)

    assert try_calls(draft, AnonymousUser()) == set()
    assert list(api.list_drafts(AnonymousUser(), open_only=False)) == []


def test_other_party_reaches_nothing_through_any_other_function(
    settings: Any, tmp_path: Any
) -> None:
    settings.DATA_FOLDER = tmp_path
    owner, stranger = make_person(), make_person(Role.BCH_FOCAL_POINT, "NOR")
    draft = start(owner)
    comment = api.add_comment(draft.key, "title", "Ours.", actor=owner, now=NOW)
    file = api.attach_file(
        draft.key, SimpleUploadedFile("a.txt", b"ours"), confidential=False, actor=owner, now=NOW
    )

    with pytest.raises(api.DraftNotFoundError):
        api.resolve_comment(comment.pk, actor=stranger, now=NOW)
    with pytest.raises(api.AttachmentNotFoundError):
        api.open_attachment(file.key, actor=stranger)
    with pytest.raises(api.AttachmentNotFoundError):
        api.open_attachment(file.key, actor=AnonymousUser())
    with pytest.raises(api.DraftNotFoundError):
        api.attach_file(
            draft.key, SimpleUploadedFile("b.txt", b"x"), confidential=False, actor=stranger,
            now=NOW,
        )  # fmt: skip
    with pytest.raises(api.DraftNotFoundError):
        api.update_base(draft.key, actor=stranger, now=NOW)
    assert api.list_attachments(draft, actor=stranger) == []
    with pytest.raises(PermissionDenied):
        start(stranger)
    publish(draft, owner)
    for call in (api.withdraw_published, api.confirm_published):
        with pytest.raises(PermissionDenied):
            call(draft.identifier, actor=stranger, reason="Not ours.", now=LATER)
    with pytest.raises(PermissionDenied):
        api.start_amendment(draft.identifier, actor=stranger, now=LATER)
    assert api.list_actions(stranger, draft.identifier) == frozenset()
    assert api.list_actions(owner, draft.identifier) == {"amend", "withdraw", "confirm"}


@pytest.mark.parametrize("role", list(Role))
def test_list_shows_exactly_the_drafts_that_may_be_read(role: str) -> None:
    person = make_person(role, None if role == Role.SECRETARIAT else "KEN")
    others = [make_person(Role.AUTHORISED_USER), make_person(Role.READER, None)]
    drafts = [start(None), start(others[0]), start(None, government="NOR")]
    drafts.append(bring_to(start(None), "requested"))
    for who in (person, *others):
        drafts.append(
            api.start_draft(
                "organism", actor=who, government=None, now=NOW,
                body={"scientificName": "Zea mays"},
            )
        )  # fmt: skip
    drafts.append(bring_to(drafts[-1], "requested"))
    drafts.append(api.start_draft("focalPoint", actor=None, government="KEN", now=NOW))
    drafts.append(api.start_draft("cpbNationalReport4", actor=None, government="KEN", now=NOW))

    listed = {draft.key for draft in api.list_drafts(person, open_only=False)}

    readable = set()
    for draft in drafts:
        try:
            readable.add(api.get_draft(draft.key, actor=person).key)
        except api.DraftNotFoundError:
            continue
    assert listed == readable


def test_anybody_proposes_a_reference_record_and_the_secretariat_publishes_it() -> None:
    reader, other = make_person(Role.READER, None), make_person(Role.EXPERT, None)
    secretariat = make_person(Role.SECRETARIAT, None)
    draft = api.start_draft(
        "organism", actor=reader, government=None, now=NOW, body={"scientificName": "Zea mays"}
    )

    with pytest.raises(api.DraftNotFoundError):
        api.get_draft(draft.key, actor=other)
    with pytest.raises(PermissionDenied):
        publish(draft, reader)
    api.request_publication(draft.key, actor=reader, revision=0, now=NOW)
    with pytest.raises(PermissionDenied):  # while requested, only who publishes corrects it
        api.save_draft(draft.key, {"scientificName": "Zea"}, actor=reader, revision=0, now=NOW)

    assert publish(draft, secretariat).action == "published"
    assert api.get_draft(draft.key, actor=reader).state == "published"


def test_other_peoples_open_proposal_is_not_shown_but_told(django_user_model: type[User]) -> None:
    draft = api.start_draft(
        "organism", actor=None, government=None, now=NOW, body={"scientificName": "Zea mays"}
    )
    publish(draft, None)
    api.start_amendment(draft.identifier, actor=make_person(Role.READER, None), now=LATER)

    with pytest.raises(api.DraftStateError, match="Somebody else"):
        api.start_amendment(draft.identifier, actor=make_person(Role.EXPERT, None), now=LATER)


def test_nobody_publishes_their_own_draft_when_the_switch_is_off(settings: Any) -> None:
    settings.OWN_DRAFTS = False
    author, colleague = make_person(), make_person()
    begun, changed = start(author), start(colleague, make_database("Second"))
    changed = api.save_draft(changed.key, {"notes": "x"}, actor=author, revision=0, now=NOW)

    assert "publish" not in api.list_actions(author, begun)
    assert "request" in api.list_actions(author, begun)
    assert "publish" in api.list_actions(colleague, begun)
    for draft in (begun, changed):
        with pytest.raises(PermissionDenied, match="own drafts"):
            publish(draft, author)
    with pytest.raises(PermissionDenied, match="own drafts"):
        publish(changed, colleague)

    assert publish(begun, colleague).action == "published"


def test_withdrawal_needs_a_reason_and_confirmation_makes_no_version() -> None:
    person = make_person()
    draft = start(person)
    publish(draft, person)

    with pytest.raises(api.ReasonMissingError):
        api.withdraw_published(draft.identifier, actor=person, reason=" ", now=LATER)
    api.confirm_published(draft.identifier, actor=person, reason="Still holds.", now=LATER)
    from cartagena.apps.registry import api as registry

    assert registry.find_confirmations([draft.identifier]) == {draft.identifier: LATER}
    assert registry.get_version(draft.identifier).number == 1
    entry = registry.list_log().last()
    assert entry is not None
    assert (entry.action, entry.reason) == ("confirm", "Still holds.")
    assert registry.verify_log().findings == ()
