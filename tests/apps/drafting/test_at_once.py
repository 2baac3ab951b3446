"""Several people do something with one draft at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest

from cartagena.apps.accounts.api import Role
from cartagena.apps.drafting import api
from cartagena.apps.drafting.models import Draft, DraftEvent, DraftSave
from cartagena.apps.registry.models import LogEntry, RecordVersion
from tests.apps.drafting.make import LATER, NOW, make_person, publish, save, start
from tests.apps.registry.test_concurrency import run_together

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 4


def told(call: Callable[[], Any], *refusals: type[Exception]) -> Callable[[], list[str]]:
    """A call that answers what it raised, or "done"."""

    def run() -> list[str]:
        try:
            call()
        except refusals as refusal:
            return [type(refusal).__name__]
        return ["done"]

    return run


def test_draft_published_by_many_at_once_is_published_once() -> None:
    people = [make_person() for _ in range(THREADS)]
    draft = start(people[0])

    answers = run_together(
        *(told(lambda who=who: publish(draft, who), api.DraftStateError) for who in people)
    )

    assert sorted(map(str, answers)) == ["DraftStateError"] * (THREADS - 1) + ["done"]
    assert RecordVersion.objects.count() == LogEntry.objects.count() == 1
    assert DraftEvent.objects.filter(action="publish").count() == 1
    assert api.verify_drafts().findings == ()


def test_saves_of_different_fields_at_once_are_all_kept() -> None:
    people = [make_person(Role.AUTHORISED_USER) for _ in range(THREADS)]
    draft = start(people[0])
    fields = ["title", "description", "relevantInformation", "notes"]

    answers = run_together(
        *(
            told(lambda who=who, field=field: save(draft, who, 0, **{field: {"en": field}}))
            for who, field in zip(people, fields, strict=True)
        )
    )

    assert list(map(str, answers)) == ["done"] * THREADS
    now = Draft.objects.get()
    assert now.revision == THREADS
    assert all(now.body[field] == {"en": field} for field in fields)
    assert api.body_at(now, 0) == draft.body


def test_saves_of_one_field_at_once_keep_every_text_somewhere() -> None:
    people = [make_person(Role.AUTHORISED_USER) for _ in range(THREADS)]
    draft = start(people[0])

    answers = run_together(
        *(
            told(lambda who=who, n=n: save(draft, who, 0, notes=f"text {n}"), api.EditConflictError)
            for n, who in enumerate(people)
        )
    )

    assert sorted(map(str, answers)) == ["EditConflictError"] * (THREADS - 1) + ["done"]
    kept = {pair[1] for s in DraftSave.objects.all() for pair in s.changes.values()}
    assert kept == {f"text {n}" for n in range(THREADS)}


def test_amendment_started_by_many_at_once_is_one() -> None:
    people = [make_person() for _ in range(THREADS)]
    draft = start(people[0])
    publish(draft, people[0])

    answers = run_together(
        *(
            (lambda who=who: [api.start_amendment(draft.identifier, actor=who, now=LATER).key])
            for who in people
        )
    )

    assert len(set(answers)) == 1
    assert Draft.objects.count() == 2


def test_save_while_it_is_published_is_either_published_or_refused() -> None:
    author, publisher = make_person(Role.AUTHORISED_USER), make_person()
    draft = start(author)

    answers = run_together(
        told(lambda: save(draft, author, 0, notes="late"), api.DraftStateError),
        told(lambda: publish(draft, publisher), api.EditConflictError),
    )

    assert sorted(map(str, answers)) in (
        ["DraftStateError", "done"],
        ["EditConflictError", "done"],
    )


def test_log_of_drafts_has_no_gap_under_load() -> None:
    people = [make_person() for _ in range(THREADS)]

    run_together(
        *(
            told(
                lambda who=who: api.discard_draft(start(who).key, actor=who, now=NOW),
            )
            for who in people
        )
    )

    positions = list(DraftEvent.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, 2 * THREADS + 1))
    assert api.verify_drafts().findings == ()
