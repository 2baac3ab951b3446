"""Several people do something with one draft at the same moment."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cartagena.apps.accounts.api import Role
from cartagena.apps.drafting import api
from cartagena.apps.drafting.models import ConfidentialPart, Draft, DraftEvent, DraftSave
from cartagena.apps.registry import api as registry
from cartagena.apps.registry.models import LogEntry, RecordVersion
from tests.apps.drafting.make import LATER, NOW, make_person, publish, save, start
from tests.apps.drafting.test_confidential import SECRET, start_decision
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


@pytest.mark.parametrize(
    ("state", "steps"),
    [("claimed", ("accept", "dispute")), ("refused", ("disclose", "disclose", "review")),
     ("disputed", ("uphold", "refuse", "uphold"))],
)  # fmt: skip
def test_claim_takes_one_of_the_steps_that_are_taken_at_once(
    settings: Any, tmp_path: Path, state: str, steps: tuple[str, ...]
) -> None:
    settings.DATA_FOLDER = tmp_path
    draft = start_decision(make_person(Role.AUTHORISED_USER))
    publish(draft, make_person())
    ConfidentialPart.objects.update(claim=state)
    part = ConfidentialPart.objects.get()
    people = [make_person() for _ in steps]

    answers = run_together(
        *(
            told(
                lambda who=who, step=step: api.take_claim_step(
                    part.pk, step, actor=who, reason=step, now=LATER
                ),
                api.DraftStateError,
            )
            for who, step in zip(people, steps, strict=True)
        )
    )

    part.refresh_from_db()
    events = [event for event in api.list_claim_events(part) if event.before]
    # What follows upon a step is a step of its own (a claim that was accepted may be disputed), but
    # each begins where the one before ended: none is taken on a claim that stands differently.
    ends = [state, *(event.after for event in events)]
    assert [event.before for event in events] == ends[:-1]
    assert part.claim == ends[-1]
    assert list(answers).count("done") == len(events) >= 1
    assert api.verify_drafts().findings == ()


def test_step_of_a_claim_and_the_amendment_that_ends_it_come_one_after_the_other(
    settings: Any, tmp_path: Path
) -> None:
    settings.DATA_FOLDER = tmp_path
    author, focal_point = make_person(Role.AUTHORISED_USER), make_person()
    draft = start_decision(author)
    publish(draft, focal_point)
    part = ConfidentialPart.objects.get()
    amendment = api.start_amendment(draft.identifier, actor=author, now=LATER)
    changed = save(amendment, author, relevantInformation={"en": "<p>another value</p>"})

    run_together(
        told(lambda: publish(changed, focal_point)),
        told(
            lambda: api.take_claim_step(
                part.pk, "dispute", actor=focal_point, reason="No.", now=LATER
            ),
            api.ClaimNotFoundError,
        ),
    )

    body = str(registry.get_version(draft.identifier).body)
    assert SECRET not in body
    assert "another value" not in body
    assert ConfidentialPart.objects.get(ended_at=None).claim == "claimed"
    assert api.verify_drafts().findings == ()
