"""Confidential information (Article 21) stays out of everything that is public."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from cartagena.apps.accounts.api import Role
from cartagena.apps.drafting import api
from cartagena.apps.drafting.models import ConfidentialPart, Draft
from cartagena.apps.registry import api as registry
from cartagena.engine.record_format import read_example
from tests.apps.drafting.make import LATER, NOW, make_person
from tests.apps.drafting.test_checks import publish_example

pytestmark = pytest.mark.django_db

SECRET = "four hundred tonnes of seed"
REASON = "It tells the price."
OTHER = "8E26ACCB-3358-4BC3-8389-56AA508991E6"


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_FOLDER = tmp_path


def start_decision(actor: Any, **other: Any) -> Draft:
    """A communication of Kenya that refers to one published authority."""
    authority = read_example("authority")
    registry.publish_records(
        [
            registry.Publication(
                identifier=authority["header"]["identifier"], type="authority", government="KEN",
                body=authority, published_at=NOW,
            )
        ],
        actor=None, reason="", now=NOW,
    )  # fmt: skip
    body = {
        "header": {"languages": ["en"]},
        "isAmendment": False,
        "authorities": [{"identifier": authority["header"]["identifier"]}],
        "title": {"en": "Notice"},
        "date": "2026-11-01",
        "decisionTypes": [{"identifier": OTHER}],
        "expires": False,
        "documents": [{"url": "https://example.org/notice.pdf"}],
        "relevantInformation": {"en": f"<p>{SECRET}</p>"},
        **other,
    }
    draft = api.start_draft("biosafetyDecision", actor=actor, government="KEN", now=NOW, body=body)
    return api.save_draft(
        draft.key, {}, actor=actor, revision=0, now=NOW,
        confidential={"relevantInformation": REASON},
    )  # fmt: skip


def publish(draft: Draft, actor: Any) -> registry.Outcome:
    return api.publish_draft(
        draft.key, actor=actor, revision=draft.revision, reason="Decided.", now=LATER
    )


def find_in_database(words: str) -> set[str]:
    """The tables in which words stand anywhere."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}" t WHERE t::text LIKE %s)',
                           [f"%{words}%"])  # fmt: skip
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def test_secret_is_in_no_table_from_which_anything_public_is_read() -> None:
    person = make_person()
    draft = start_decision(person)
    publish(draft, person)

    assert find_in_database(SECRET) == {"drafting_draft", "drafting_confidentialpart"}
    version = registry.get_version(draft.identifier)
    assert "relevantInformation" not in version.body
    assert SECRET not in json.dumps([version.title, version.flattened.rows])
    assert not any(SECRET in entry.statement for entry in registry.list_log())


def test_public_learns_only_that_there_is_a_claim_and_since_when() -> None:
    person = make_person()
    draft = start_decision(person)
    assert api.list_claims(draft.identifier) == []

    publish(draft, person)

    assert api.list_claims(draft.identifier) == [api.PublicClaim("relevantInformation", LATER)]
    assert api.list_confidential_parts(draft.identifier, actor=make_person(party="NOR")) == []
    (part,) = api.list_confidential_parts(draft.identifier, actor=person)
    assert (part.value, part.reason) == ({"en": f"<p>{SECRET}</p>"}, REASON)


def test_amendment_brings_the_value_back_and_keeps_the_claim() -> None:
    person = make_person()
    draft = start_decision(person)
    publish(draft, person)

    amendment = api.start_amendment(draft.identifier, actor=person, now=LATER)
    assert amendment.body["relevantInformation"] == {"en": f"<p>{SECRET}</p>"}
    assert amendment.confidential == {"relevantInformation": REASON}
    amendment = api.save_draft(
        amendment.key, {"title": {"en": "Notice 2"}}, actor=person, revision=0, now=LATER
    )
    publish(amendment, person)

    assert "relevantInformation" not in registry.get_version(draft.identifier).body
    assert ConfidentialPart.objects.get().ended_at is None


def test_only_the_confidential_value_may_change_without_a_new_public_version() -> None:
    person = make_person()
    draft = start_decision(person)
    publish(draft, person)
    amendment = api.start_amendment(draft.identifier, actor=person, now=LATER)
    amendment = api.save_draft(
        amendment.key, {"relevantInformation": {"en": "<p>500</p>"}}, actor=person, revision=0,
        now=LATER,
    )  # fmt: skip

    outcome = publish(amendment, person)

    assert (outcome.action, outcome.version) == ("unchanged", 1)
    assert ConfidentialPart.objects.get(ended_at=None).value == {"en": "<p>500</p>"}


def test_reviewer_reads_the_draft_without_what_is_confidential() -> None:
    person, reviewer = make_person(Role.AUTHORISED_USER), make_person(Role.REVIEWER)
    draft = start_decision(person)
    api.request_publication(draft.key, actor=person, revision=1, now=NOW)

    seen = api.get_draft(draft.key, actor=reviewer)

    assert seen.hidden_fields == ("relevantInformation",)
    assert SECRET not in json.dumps([seen.body, api.body_at(seen, 0)])
    assert not any(s.changes or s.confidential for s in api.list_saves(seen))
    assert not any("relevant" in p.place for p in api.check_draft(seen, today=NOW.date()))


def test_who_may_not_read_a_value_amends_the_record_without_seeing_or_losing_it() -> None:
    person, contact = make_person(), make_person(Role.ARTICLE_17_CONTACT)
    draft = start_decision(person)
    publish(draft, person)

    blind = api.start_amendment(draft.identifier, actor=contact, now=LATER)
    assert SECRET not in json.dumps([blind.body, blind.confidential])
    assert blind.kept_back == ["relevantInformation"]
    filled = api.save_draft(
        blind.key, {"relevantInformation": {"en": "x"}}, actor=contact, revision=0, now=LATER
    )
    with pytest.raises(api.NotPublishableError, match="kept confidential"):
        publish(filled, person)
    empty = api.save_draft(
        blind.key,
        {"relevantInformation": None, "title": {"en": "New"}},
        actor=contact,
        revision=1,
        now=LATER,
    )
    publish(empty, person)

    assert ConfidentialPart.objects.get(ended_at=None).value == {"en": f"<p>{SECRET}</p>"}


def test_proposing_a_change_of_a_reference_record_does_not_open_what_is_kept_of_it() -> None:
    secretariat, reader = make_person(Role.SECRETARIAT, None), make_person(Role.READER, None)
    body = {
        **read_example("dnaSequence"),
        "header": {"languages": ["en"]},
        "donorOrganisms": [{"identifier": publish_example("organism", 8, None)}],
        "relevantInformation": {"en": SECRET},
    }
    draft = api.start_draft("dnaSequence", actor=secretariat, government=None, now=NOW, body=body)
    draft = api.save_draft(
        draft.key, {}, actor=secretariat, revision=0, now=NOW,
        confidential={"relevantInformation": REASON},
    )  # fmt: skip
    publish(draft, secretariat)

    seen = api.start_amendment(draft.identifier, actor=reader, now=LATER)

    assert SECRET not in json.dumps(seen.body)
    assert api.list_confidential_parts(draft.identifier, actor=reader) == []


@pytest.mark.parametrize(
    ("confidential", "place", "words"),
    [
        ({"importers": "No."}, "importers", "cpb.art21.6.a"),
        ({"title": "No."}, "title", "cannot be kept confidential"),
        ({"relevantInformation": " "}, "relevantInformation", "without a reason"),
        ({"noSuchField": "x"}, "noSuchField", "cannot be kept confidential"),
    ],
)
def test_what_can_never_be_confidential_is_refused(
    confidential: dict[str, str], place: str, words: str
) -> None:
    person = make_person()
    draft = start_decision(person)
    draft = api.save_draft(
        draft.key, {}, actor=person, revision=1, now=NOW, confidential=confidential
    )

    with pytest.raises(api.NotPublishableError, match=words) as raised:
        publish(draft, person)

    assert place in {p.place for p in raised.value.problems if p.severity == "error"}


def test_confidential_file_is_opened_by_its_owners_alone() -> None:
    person = make_person()
    draft = start_decision(person)
    files = {
        flag: api.attach_file(
            draft.key, SimpleUploadedFile(f"{flag}.txt", b"words"), confidential=flag,
            actor=person, now=NOW,
        )
        for flag in (True, False)
    }  # fmt: skip
    links = [{"url": file.address} for file in files.values()]
    draft = api.save_draft(draft.key, {"documents": links}, actor=person, revision=1, now=NOW)
    with pytest.raises(api.NotPublishableError, match="file True.txt is confidential"):
        publish(draft, person)
    draft = api.save_draft(
        draft.key, {"documents": links[1:], "relevantDocuments": links[:1]}, actor=person,
        revision=2, now=NOW,
        confidential={"relevantInformation": REASON, "relevantDocuments": REASON},
    )  # fmt: skip
    publish(draft, person)

    from django.contrib.auth.models import AnonymousUser

    _, opened = api.open_attachment(files[False].key, actor=AnonymousUser())
    with opened:
        assert opened.read() == b"words"
    for stranger in (AnonymousUser(), make_person(party="NOR"), make_person(Role.REVIEWER)):
        with pytest.raises(api.AttachmentNotFoundError):
            api.open_attachment(files[True].key, actor=stranger)
    _, opened = api.open_attachment(files[True].key, actor=person)
    opened.close()
    assert str(files[True].key) not in json.dumps(registry.get_version(draft.identifier).body)


def test_public_file_that_stands_in_a_confidential_field_stays_closed() -> None:
    from django.contrib.auth.models import AnonymousUser

    person = make_person()
    draft = start_decision(person)
    file = api.attach_file(
        draft.key, SimpleUploadedFile("a.txt", b"x"), confidential=False, actor=person, now=NOW
    )
    draft = api.save_draft(
        draft.key, {"relevantDocuments": [{"url": file.address}]}, actor=person, revision=1,
        now=NOW, confidential={"relevantDocuments": REASON, "relevantInformation": REASON},
    )  # fmt: skip
    publish(draft, person)

    with pytest.raises(api.AttachmentNotFoundError):
        api.open_attachment(file.key, actor=AnonymousUser())


def test_link_to_a_file_of_another_record_is_refused() -> None:
    person = make_person()
    other = api.start_draft("database", actor=person, government="KEN", now=NOW)
    file = api.attach_file(
        other.key, SimpleUploadedFile("a.txt", b"x"), confidential=False, actor=person, now=NOW
    )
    draft = start_decision(person, documents=[{"url": file.address}])

    with pytest.raises(api.NotPublishableError, match="does not belong to this record"):
        publish(draft, person)
