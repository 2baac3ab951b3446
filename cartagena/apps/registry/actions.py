"""Every change of what is published: check, store, log, in one transaction."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cartagena.apps.accounts.api import User
from cartagena.apps.registry.batch import Batch, Numbers
from cartagena.apps.registry.log import lock_log
from cartagena.apps.registry.permissions import RecordAction, may
from cartagena.apps.registry.publication import Outcome, Prepared, Publication, prepare
from cartagena.apps.registry.queries import (
    RecordNotFoundError,
    find_document_ids,
    find_live_subjects,
    find_states,
)
from cartagena.apps.registry.states import TRANSITIONS, KnownVersion, RecordState, decide
from cartagena.engine.canonical import NotStorableError, canonical_json, hash_text
from cartagena.engine.countries import find_country
from cartagena.engine.record_format import needs_government
from cartagena.engine.record_type import list_report_types, load_record_types
from cartagena.engine.sentence import sentence


class NotLiveError(Exception):
    """A record is not public now, so it cannot be withdrawn; the message names it."""


def publish_records(
    publications: Sequence[Publication], *, actor: User | None, reason: str, now: dt.datetime
) -> list[Outcome]:
    """Publish or amend many records in one transaction; one outcome for each, in order.

    What is already there is unchanged, so the same call may be repeated. What cannot be published
    is refused with a reason and does not stop the others. Several versions of one record may stand
    in one call, oldest first.
    """
    if not publications:
        return []
    with transaction.atomic():
        return _Publishing(publications, actor, reason, now).run()


def withdraw_record(identifier: str, *, actor: User | None, reason: str, now: dt.datetime) -> None:
    """Withdraw a record: it is no longer live, and stays citable.

    Raises RecordNotFoundError, NotLiveError, and PermissionDenied.
    """
    if not withdraw_records([identifier], actor=actor, reason=reason, now=now):
        raise NotLiveError(
            sentence(
                "The record %(record)s is not live, so it cannot be withdrawn.", record=identifier
            )
        )


def withdraw_records(
    identifiers: Sequence[str], *, actor: User | None, reason: str, now: dt.datetime
) -> int:
    """Withdraw many records in one transaction; returns how many were live until then."""
    return _act_on_records(identifiers, "withdraw", actor, reason, now)


def confirm_records(
    identifiers: Sequence[str], *, actor: User | None, reason: str, now: dt.datetime
) -> int:
    """Log that live records still hold, without a new version; returns how many were live.

    Raises RecordNotFoundError and PermissionDenied; then nothing is confirmed.
    """
    return _act_on_records(identifiers, "confirm", actor, reason, now)


def annul_records(
    identifiers: Sequence[str], *, actor: User | None, reason: str, now: dt.datetime
) -> int:
    """Take records back as if they had never been public; returns how many there were.

    For demonstration data: no as-of date shows them any more, and real records take their place.
    Versions and log stay; the other clock (``known_at``) still shows what was shown.
    """
    return _act_on_records(identifiers, "annul", actor, reason, now)


class _Publishing:
    """One call of publish_records: the states of its records, and what it adds."""

    def __init__(
        self,
        publications: Sequence[Publication],
        actor: User | None,
        reason: str,
        now: dt.datetime,
    ) -> None:
        self.publications = publications
        self.actor = actor
        head = lock_log()
        self.batch = Batch(head, _never_backwards(now, head.recorded_at), _id_of(actor), reason)
        self.states = find_states([p.identifier for p in publications])
        self.subjects = find_live_subjects(
            {s for p in publications if (s := subject_of(p.type, p.government))}
        )
        self.document_ids = find_document_ids(
            [p.document_id for p in publications if p.document_id is not None]
        )
        many = len(publications)
        self.record_ids = Numbers("registry_record_id_seq", many)
        self.version_ids = Numbers("registry_recordversion_id_seq", many)
        self.new_document_ids = Numbers("registry_document_id", many)

    def run(self) -> list[Outcome]:
        outcomes = [self._publish(publication) for publication in self.publications]
        self.batch.write()
        return outcomes

    def _publish(self, publication: Publication) -> Outcome:
        fault = self._find_fault(publication)
        if fault:
            return Outcome(publication.identifier, "refused", None, fault)
        content, text = publication.prepared, ""
        try:
            text = content.text if content else canonical_json(publication.body)
        except NotStorableError as problem:
            return Outcome(publication.identifier, "refused", None, str(problem))
        state = self.states.get(publication.identifier)
        decision = decide(state, publication, content.sha256 if content else hash_text(text))
        if decision.action == "refuse":
            return Outcome(publication.identifier, "refused", None, decision.reason)
        if decision.action == "unchanged":
            return self._leave(state, publication, decision.number)
        refusal = self._refuse_for_others(publication, decision.action)
        if refusal:
            return Outcome(publication.identifier, "refused", None, refusal)
        try:
            content = content or prepare(publication.type, publication.body, text)
        except NotStorableError as problem:
            return Outcome(publication.identifier, "refused", None, str(problem))
        version = self._add(state, publication, content)
        if publication.withdrawn_at:
            self._withdraw(self.states[publication.identifier], publication.withdrawn_at)
        word = "published" if decision.action == "publish" else "amended"
        key = version.version_id
        return Outcome(publication.identifier, word, version.number, key=key)  # type: ignore[arg-type]

    def _leave(
        self, state: RecordState | None, publication: Publication, number: int | None
    ) -> Outcome:
        """What is there already stays; it may have been withdrawn since."""
        live = state.live if state else None
        if not publication.withdrawn_at or not state or not live or live.number != number:
            return Outcome(publication.identifier, "unchanged", number)
        if not may(self.actor, "withdraw", state.type, state.government):
            why = sentence(
                "You may not %(action)s the record %(record)s.",
                action="withdraw", record=state.identifier,
            )  # fmt: skip
            return Outcome(publication.identifier, "refused", None, why)
        self._withdraw(state, publication.withdrawn_at)
        return Outcome(publication.identifier, "withdrawn", number)

    def _withdraw(self, state: RecordState, at: dt.datetime) -> None:
        """End the live version of a record at the moment it was withdrawn elsewhere."""
        live = state.live
        assert live is not None
        subject = subject_of(state.type, state.government)
        self.batch.end(state, live, at, "withdrawn", subject)
        self.batch.add_entry("withdraw", state, live, None, at)
        if subject:
            self.subjects[subject][state.identifier] = (at, live.demonstration)

    def _find_fault(self, publication: Publication) -> str:
        if not publication.identifier or len(publication.identifier) > 128:
            return sentence("An identifier has 1 to 128 characters.")
        if publication.type not in load_record_types():
            return sentence("There is no record type %(type)s.", type=repr(publication.type))
        government = publication.government
        if government is None and needs_government(publication.type):
            return sentence("A %(type)s belongs to a government: name it.", type=publication.type)
        if government is not None:
            country = find_country(government)
            if country is None or country.code != government:
                return sentence(
                    "There is no government %(code)s: use the alpha-3 code.", code=repr(government)
                )
        if publication.published_at.tzinfo is None:
            return sentence("The moment of publication has no time zone: give it in UTC.")
        if publication.published_at > self.batch.now:
            return sentence(
                "It is dated %(day)s, which is in the future.", day=publication.published_at.date()
            )
        until = publication.withdrawn_at
        if until and not publication.published_at <= until <= self.batch.now:
            return sentence(
                "It was withdrawn on %(day)s, before it was public or in the future.",
                day=until.date(),
            )
        return ""

    def _refuse_for_others(self, publication: Publication, action: RecordAction) -> str:
        """Why it cannot be published because of somebody's rights or another record."""
        if not may(self.actor, action, publication.type, publication.government):
            assert self.actor is not None
            return sentence(
                "%(role)s may not %(action)s a %(type)s of %(government)s.",
                role=self.actor.get_role_display(), action=action, type=publication.type,
                government=publication.government or sentence("no government"),
            )  # fmt: skip
        holder = self.document_ids.get(publication.document_id or 0)
        if holder not in (None, publication.identifier):
            return sentence(
                "The document number %(number)s belongs to record %(record)s.",
                number=str(publication.document_id), record=holder,
            )  # fmt: skip
        subject = subject_of(publication.type, publication.government)
        for other, (ends_at, made_up) in self.subjects.get(subject or "", {}).items():
            if other != publication.identifier and (
                ends_at is None or publication.published_at < ends_at
            ):
                return _refuse_second(publication.government or "", other, made_up)
        return ""

    def _add(
        self,
        state: RecordState | None,
        publication: Publication,
        content: Prepared,
    ) -> KnownVersion:
        state = state or self._add_record(publication)
        subject = subject_of(state.type, state.government)
        previous = state.live
        state.last_number += 1
        version = KnownVersion(
            version_id=self.version_ids.take(),
            number=state.last_number,
            sha256=content.sha256,
            revision=publication.revision,
            demonstration=publication.demonstration,
            starts_at=publication.published_at,
        )
        action = "amend" if previous else "publish"
        assert (action, state.state) in TRANSITIONS
        if previous:
            self.batch.end(state, previous, version.starts_at, "replaced", subject)
        self.batch.add_version(state, publication, version, content, subject)
        self.batch.add_entry(action, state, version, previous, version.starts_at)
        state.known.append(version)
        if subject:
            holders = self.subjects.setdefault(subject, {})
            holders[state.identifier] = (None, publication.demonstration)
        return version

    def _add_record(self, publication: Publication) -> RecordState:
        state = RecordState(
            record_id=self.record_ids.take(),
            identifier=publication.identifier,
            type=publication.type,
            government=publication.government,
            document_id=publication.document_id or self.new_document_ids.take(),
        )
        self.states[state.identifier] = state
        self.document_ids[state.document_id] = state.identifier
        self.batch.add_record(state)
        return state


def _refuse_second(government: str, other: str, made_up: bool) -> str:
    """Why there is no second report of a government for one cycle."""
    if made_up:
        return sentence(
            "%(government)s already has a demonstration report for this cycle, record %(record)s. "
            "Remove the demonstration first: cartagena demo remove.",
            government=government, record=other,
        )  # fmt: skip
    return sentence(
        "%(government)s already has a report for this cycle, record %(record)s. Amend that record, "
        "or withdraw it first.",
        government=government, record=other,
    )  # fmt: skip


def _act_on_records(
    identifiers: Sequence[str],
    action: RecordAction,
    actor: User | None,
    reason: str,
    now: dt.datetime,
) -> int:
    with transaction.atomic():
        head = lock_log()
        batch = Batch(head, _never_backwards(now, head.recorded_at), _id_of(actor), reason)
        states = find_states(identifiers)
        missing = [identifier for identifier in identifiers if identifier not in states]
        if missing:
            raise RecordNotFoundError(f"There is no record {', '.join(missing[:5])}.")
        changed = 0
        for state in states.values():
            if not may(actor, action, state.type, state.government):
                raise PermissionDenied(
                    sentence(
                        "You may not %(action)s the record %(record)s.",
                        action=action,
                        record=state.identifier,
                    )  # fmt: skip
                )
            if (action, state.state) not in TRANSITIONS:
                continue
            changed += 1
            last = state.known[-1]
            if action == "withdraw":
                subject = subject_of(state.type, state.government)
                batch.end(state, last, batch.now, "withdrawn", subject)
                batch.add_entry(action, state, last, None, batch.now)
            elif action == "confirm":
                batch.add_entry(action, state, last, None, batch.now)
            else:
                for version in state.known:
                    batch.forget(version)
                batch.add_entry(action, state, last, None, state.known[0].starts_at)
        batch.write()
        return changed


def subject_of(record_type: str, government: str | None) -> str | None:
    """What may be live once beyond the record itself: a report of a cycle for each Party, and the
    treaty status and the groups of a country."""
    once = record_type in list_report_types() or record_type in ("treatyStatus", "groupMembership")
    return f"{record_type}/{government}" if once and government else None


def _never_backwards(now: dt.datetime, last: dt.datetime | None) -> dt.datetime:
    """The log's own time: a clock that was set back does not turn it around."""
    return now if last is None or now > last else last


def _id_of(actor: User | None) -> int | None:
    return None if actor is None else actor.pk
