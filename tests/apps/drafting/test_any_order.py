"""Whatever people do in whatever order: states, revisions and texts are those of a simple model."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cartagena.apps.accounts.api import Role
from cartagena.apps.drafting import api
from cartagena.apps.drafting.models import Draft, DraftSave
from cartagena.apps.registry.models import LogEntry, RecordVersion
from tests.apps.drafting.make import LATER, NOW, make_database, make_person, publish, start

FIELDS = ("title", "description", "notes", "relevantInformation")
NEEDED = ("title", "description")

fields = st.sampled_from(FIELDS)
words = st.one_of(st.none(), st.sampled_from("abc").map(lambda w: {"en": w, "fr": w}))


class Work(RuleBasedStateMachine):
    """Two people of one Party, one record after the other, and what should become of it."""

    @initialize()
    def begin(self) -> None:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.people = [make_person(), make_person(Role.AUTHORISED_USER)]
        self.published: dict[str, Any] | None = None
        self.versions = 0
        self.refused: list[Any] = []
        self.drafts = 0
        self.take(start(self.people[1]))

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    def take(self, draft: Draft) -> None:
        """Expect what a new draft holds."""
        self.drafts += 1
        self.key, self.identifier = draft.key, draft.identifier
        self.state = "draft"
        self.history = [{field: draft.body.get(field) for field in FIELDS}]

    def read(self) -> Draft:
        return api.get_draft(self.key, actor=self.people[0])

    @property
    def is_open(self) -> bool:
        return self.state in ("draft", "requested", "returned")

    @rule(who=st.integers(0, 1), field=fields, value=words, back=st.integers(0, 3))
    def save(self, who: int, field: str, value: Any, back: int) -> None:
        if field == "notes" and value:
            value = value["en"]
        revision = max(0, len(self.history) - 1 - back)
        before, theirs = self.history[revision][field], self.history[-1][field]
        may = self.state in ("draft", "returned") or (self.state == "requested" and who == 0)
        try:
            api.save_draft(
                self.key, {field: value}, actor=self.people[who], revision=revision, now=NOW
            )
        except api.EditConflictError as conflict:
            told = conflict.fields
            assert may
            assert told == {field: (theirs, value)}
            assert value not in (before, theirs)
            assert theirs != before
            self.refused.append(value)
        except (api.DraftStateError, PermissionDenied):
            assert not may
        else:
            assert may
            if value not in (before, theirs):
                assert theirs == before
                self.history.append({**self.history[-1], field: value})

    @precondition(lambda self: self.state in ("draft", "returned"))
    @rule(back=st.integers(0, 5))
    def restore(self, back: int) -> None:
        revision = max(0, len(self.history) - 1 - back)
        api.restore_save(self.key, revision, actor=self.people[1], now=NOW)
        if self.history[revision] != self.history[-1]:
            self.history.append(dict(self.history[revision]))

    @property
    def is_whole(self) -> bool:
        return all(self.history[-1][field] is not None for field in NEEDED)

    @rule()
    def request(self) -> None:
        try:
            api.request_publication(
                self.key, actor=self.people[1], revision=len(self.history) - 1, now=NOW
            )
        except api.DraftStateError:
            assert self.state not in ("draft", "returned")
        except api.NotPublishableError:
            assert self.state in ("draft", "returned")
            assert not self.is_whole
        else:
            assert self.is_whole
            self.state = "requested"

    @rule(who=st.integers(0, 1))
    def recall(self, who: int) -> None:
        try:
            api.recall_request(self.key, actor=self.people[who], now=NOW)
        except api.DraftStateError:
            assert self.state != "requested"
        else:
            self.state = "draft"

    @rule(who=st.integers(0, 1))
    def give_back(self, who: int) -> None:
        try:
            api.return_draft(self.key, actor=self.people[who], reason="Why?", now=NOW)
        except api.DraftStateError:
            assert self.state != "requested"
        except PermissionDenied:
            assert who == 1
        else:
            assert who == 0
            self.state = "returned"

    @rule(who=st.integers(0, 1))
    def publish(self, who: int) -> None:
        public = {field: self.history[-1][field] for field in FIELDS if field != "notes"}
        try:
            outcome = publish(self.read(), self.people[who])
        except api.DraftStateError:
            assert not self.is_open
        except PermissionDenied:
            assert who == 1
        except api.NotPublishableError:
            assert not self.is_whole or public == self.published
        else:
            assert who == 0
            assert self.is_whole
            assert self.is_open
            self.versions += 1
            assert outcome.version == self.versions
            self.published, self.state = public, "published"

    @precondition(lambda self: self.state in ("draft", "returned"))
    @rule()
    def discard(self) -> None:
        api.discard_draft(self.key, actor=self.people[0], now=NOW)
        self.state = "discarded"

    @precondition(lambda self: not self.is_open)
    @rule(who=st.integers(0, 1))
    def begin_again(self, who: int) -> None:
        if self.published is None:
            self.take(start(self.people[who], make_database()))
        else:
            self.take(api.start_amendment(self.identifier, actor=self.people[who], now=LATER))

    @invariant()
    def stored_is_what_is_expected(self) -> None:
        if not hasattr(self, "history"):
            return
        draft = self.read()
        assert (draft.state, draft.revision) == (self.state, len(self.history) - 1)
        for revision, expected in enumerate(self.history):
            body = api.body_at(draft, revision)
            assert {field: body.get(field) for field in FIELDS} == expected
        assert RecordVersion.objects.count() == LogEntry.objects.count() == self.versions
        assert Draft.objects.count() == self.drafts
        kept = [
            pair[1]
            for save in DraftSave.objects.filter(kind="refused").order_by("pk")
            for pair in save.changes.values()
        ]
        assert kept == self.refused

    @invariant()
    def logs_are_intact(self) -> None:
        if hasattr(self, "history"):
            assert api.verify_drafts().findings == ()


@pytest.mark.django_db
def test_workflow_keeps_every_text_in_whatever_order_people_act() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Work,
        settings=settings(
            max_examples=12,
            stateful_step_count=12,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
