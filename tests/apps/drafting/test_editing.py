"""Two editors at once, saves that can be rebuilt, nothing typed is lost."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cartagena.apps.accounts.api import Role
from cartagena.apps.drafting import api
from cartagena.apps.drafting.models import Draft, DraftSave
from tests.apps.drafting.make import LATER, NOW, make_person, publish, save, start

pytestmark = pytest.mark.django_db


def text(words: str) -> dict[str, str]:
    return {"en": words, "fr": words}


def test_draft_gets_an_identity_and_its_government() -> None:
    draft = start(make_person())

    assert draft.body["header"] == {
        "identifier": draft.identifier,
        "schema": "database",
        "languages": ["en", "fr"],
    }
    assert draft.body["government"] == {"identifier": "ke"}
    assert (draft.state, draft.revision, draft.title) == ("draft", 0, "Biosafety portal")


def test_two_editors_of_different_fields_keep_both_changes() -> None:
    one, two = make_person(), make_person(Role.AUTHORISED_USER)
    draft = start(one)

    save(draft, one, 0, title=text("New title"))
    merged = save(draft, two, 0, notes="Ask the ministry.")

    assert merged.body["title"] == text("New title")
    assert merged.body["notes"] == "Ask the ministry."
    assert merged.revision == 2


def test_two_editors_of_one_field_never_overwrite_each_other() -> None:
    one, two = make_person(), make_person(Role.AUTHORISED_USER)
    draft = start(one)
    save(draft, one, 0, title=text("Theirs"))

    with pytest.raises(api.EditConflictError) as raised:
        save(draft, two, 0, title=text("Mine"), notes="not in conflict")

    assert raised.value.fields == {"title": (text("Theirs"), text("Mine"))}
    now = api.get_draft(draft.key, actor=two)
    assert now.body["title"] == text("Theirs")
    assert now.body["notes"] == "not in conflict"
    refused = DraftSave.objects.get(kind="refused")
    assert refused.changes == {"title": [text("Theirs"), text("Mine")]}
    assert refused.saved_by == two


def test_whole_form_sent_again_does_not_undo_what_others_changed() -> None:
    one, two = make_person(), make_person(Role.AUTHORISED_USER)
    draft = start(one)
    form = {key: value for key, value in draft.body.items() if key != "header"}
    save(draft, one, 0, title=text("Theirs"))

    merged = api.save_draft(draft.key, {**form, "notes": "mine"}, actor=two, revision=0, now=NOW)

    assert merged.body["title"] == text("Theirs")
    assert merged.body["notes"] == "mine"


def test_same_save_again_adds_nothing() -> None:
    person = make_person()
    draft = start(person)

    first = save(draft, person, 0, title=text("a"))
    again = save(draft, person, 0, title=text("a"))

    assert (first.revision, again.revision) == (1, 1)


def test_any_revision_can_be_rebuilt_and_restored_as_a_new_save() -> None:
    person = make_person()
    draft = start(person)
    begun = draft.body
    draft = save(draft, person, title=text("a"), notes="x")
    second = save(draft, person, title=text("b"), notes=None)

    assert api.body_at(second, 0) == begun
    assert api.body_at(second, 1) == draft.body
    restored = api.restore_save(draft.key, 1, actor=person, now=LATER)

    assert restored.body == draft.body
    assert restored.revision == 3
    assert api.body_at(restored, 2) == second.body
    assert [s.restored_from for s in api.list_saves(restored)] == [1, None, None]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("header.identifier", "0E5A0000-0000-4000-8000-000000000099"),
        ("header", {"identifier": "x", "schema": "y", "languages": ["en"]}),
        ("government", {"identifier": "no"}),
        ("noSuchField", "x"),
        ("title", {"en": "a\u0000b"}),
        ("notes", "x" * 5_000_001),
    ],
)
def test_what_no_draft_can_take_is_refused(field: str, value: object) -> None:
    person = make_person()
    draft = start(person)

    with pytest.raises(api.NotSavableError):
        save(draft, person, **{field: value})

    assert Draft.objects.get().revision == 0


def test_languages_may_change_and_the_unchanged_government_may_be_sent() -> None:
    person = make_person()
    draft = start(person)

    saved = save(draft, person, **{"header.languages": ["en"], "government": {"identifier": "ke"}})

    assert saved.body["header"]["languages"] == ["en"]
    assert saved.revision == 1


def test_saves_cannot_be_changed_by_anybody() -> None:
    person = make_person()
    save(start(person), person, notes="x")

    for change in (DraftSave.objects.all().delete, lambda: DraftSave.objects.update(changes={})):
        with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
            change()


def test_amendment_is_one_piece_of_work_for_all() -> None:
    one, two = make_person(), make_person(Role.AUTHORISED_USER)
    draft = start(one)
    publish(draft, one)

    first = api.start_amendment(draft.identifier, actor=one, now=LATER)
    second = api.start_amendment(draft.identifier, actor=two, now=LATER)

    assert first.key == second.key != draft.key
    assert first.base_version == 1
    assert first.body["title"] == draft.body["title"]


def test_presence_lasts_a_minute() -> None:
    one, two = make_person(), make_person(Role.AUTHORISED_USER)
    draft = start(one)
    api.note_presence(draft.key, actor=one, now=NOW)
    api.note_presence(draft.key, actor=two, now=LATER)
    api.note_presence(draft.key, actor=two, now=LATER)

    assert [p.user for p in api.list_present(draft, now=LATER)] == [two]


def test_editing_is_refused_to_who_may_only_read() -> None:
    person, reviewer = make_person(), make_person(Role.REVIEWER)
    draft = start(person)
    api.request_publication(draft.key, actor=make_person(Role.AUTHORISED_USER), revision=0, now=NOW)

    with pytest.raises(PermissionDenied):
        save(draft, reviewer, notes="x")


def test_what_was_published_meanwhile_is_taken_up_by_the_draft() -> None:
    person = make_person()
    draft = start(person)
    publish(draft, person)
    amendment = api.start_amendment(draft.identifier, actor=person, now=LATER)
    amendment = save(amendment, person, notes="mine")
    from cartagena.apps.registry import api as registry

    body = {**amendment.body, "title": text("Imported")}
    body.pop("notes")
    when = LATER.replace(hour=14)
    (outcome,) = registry.publish_records(
        [
            registry.Publication(
                identifier=draft.identifier, type="database", government="KEN", body=body,
                published_at=when,
            )
        ],
        actor=None, reason="", now=when,
    )  # fmt: skip
    assert outcome.action == "amended"
    assert any(p.place == "$" for p in api.check_draft(amendment, today=NOW.date()))

    updated = api.update_base(amendment.key, actor=person, now=when)

    assert updated.body["title"] == text("Imported")
    assert updated.body["notes"] == "mine"
    assert not any(p.place == "$" for p in api.check_draft(updated, today=NOW.date()))
