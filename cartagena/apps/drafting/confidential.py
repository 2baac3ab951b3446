"""Confidential information (Article 21): kept apart from what is published.

What becomes of a claim: claims.py.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cartagena.apps.drafting.bodies import apply_changes, is_same, take_out
from cartagena.apps.drafting.log import Entry, add_entry, id_of
from cartagena.apps.drafting.models import ConfidentialPart, Draft, DraftSave
from cartagena.apps.registry.api import Actor, find_states, may
from cartagena.engine.record_body import find_value
from cartagena.engine.record_format import NOTES

_C = ConfidentialPart.Claim
OPEN_CLAIMS = (_C.CLAIMED, _C.ACCEPTED, _C.DISPUTED, _C.UPHELD, _C.REFUSED, _C.REVIEW)
"""Claims that keep a value from publication."""
ENDED = "ended"
"""In the log: the value was published or taken out, or another one took its place."""


@dataclass(frozen=True)
class PublicClaim:
    """What everybody may know: that something is kept back from a field, and since when."""

    field: str
    since: dt.datetime


def list_claims(identifier: str) -> list[PublicClaim]:
    """The fields of a record from which something is kept back now, by field."""
    parts = _list_parts(identifier).order_by("field")
    return [PublicClaim(part.field, part.claimed_at) for part in parts.only("field", "claimed_at")]


def list_confidential_parts(identifier: str, *, actor: Actor) -> list[ConfidentialPart]:
    """What is kept back of a record, for who may read it; empty for all others.

    With what may be published again, until an amendment does.
    """
    parts = list(_list_parts(identifier, open_only=False).order_by("field"))
    return [part for part in parts if may(actor, "read_confidential", part.type, part.government)]


def split_body(draft: Draft) -> tuple[dict[str, Any], dict[str, Any]]:
    """The body to publish, and field -> value of what is kept back.

    The notes of those who prepare a record are not published either; they stay in the draft.
    """
    kept = {
        field: value
        for field in draft.confidential
        if (value := find_value(draft.body, field)) is not None
    }
    return take_out(draft.body, [*kept, NOTES]), kept


def bring_back(draft: Draft, *, with_values: bool) -> None:
    """Put what is kept back of a record into a new draft of it, or note that it stays away.

    What is no longer claimed comes back as a plain value. The notes of the last draft come back
    too.
    """
    last = (
        Draft.objects.filter(identifier=draft.identifier, state=Draft.State.PUBLISHED)
        .order_by("-published_version")
        .first()
    )
    values: dict[str, Any] = {}
    if last is not None and with_values and last.body.get(NOTES):
        values[NOTES] = last.body[NOTES]
    reasons: dict[str, str] = {}
    kept = list_keeping_claims(draft.identifier)
    for part in _list_parts(draft.identifier, open_only=False).order_by("field"):
        if not with_values:
            draft.kept_back = [*draft.kept_back, part.field]
            continue
        values[part.field] = part.value
        if part.claim in kept:
            reasons[part.field] = part.reason
    draft.body = apply_changes(draft.body, values)
    draft.confidential = reasons
    draft.ever_confidential = sorted(reasons)


def list_keeping_claims(identifier: str) -> tuple[str, ...]:
    """The claims that keep a value of this record from publication now.

    What a withdrawn record kept, it keeps, also against a decision to disclose (Article 21.5).
    """
    state = find_states([identifier]).get(identifier)
    return OPEN_CLAIMS if state and state.live else (*OPEN_CLAIMS, _C.RELEASABLE)


def is_unchanged(draft: Draft, kept: Mapping[str, Any]) -> bool:
    """Whether what a draft keeps back, and why, is what is kept back already."""
    parts = {part.field: part for part in _list_parts(draft.identifier, open_only=False)}
    expected = {field for field in parts if field not in draft.kept_back}
    return expected == set(kept) and all(
        is_same(parts[field].value, value)
        and parts[field].claim in OPEN_CLAIMS
        and parts[field].reason == draft.confidential[field]
        for field, value in kept.items()
    )


def store_parts(
    draft: Draft, kept: Mapping[str, Any], version: int, *, actor: Actor, now: dt.datetime
) -> None:
    """Keep what a publication holds back; end what was held back and is not any more."""
    present = {part.field: part for part in _list_parts(draft.identifier, open_only=False)}
    for field, part in present.items():
        if field in draft.kept_back:
            continue
        stays = (
            field in kept
            and is_same(part.value, kept[field])
            and part.reason == draft.confidential[field]
            and part.claim in OPEN_CLAIMS
        )
        if stays:
            continue
        part.ended_at = now
        part.save(update_fields=["ended_at"])
        log_claim(part, part.claim, actor, now, after=ENDED)
    still = set(_list_parts(draft.identifier, open_only=False).values_list("field", flat=True))
    for field in sorted(set(kept) - still):
        before = present.get(field)
        made = ConfidentialPart.objects.create(
            identifier=draft.identifier,
            type=draft.type,
            government=draft.government,
            field=field,
            value=kept[field],
            reason=draft.confidential[field],
            version=version,
            claimed_by_id=_find_claimant(draft, field, before, actor),
            # The public date is that of the claim on the field, not of its last wording.
            claimed_at=before.claimed_at if before and before.claim in OPEN_CLAIMS else now,
            changed_at=now,
        )
        log_claim(made, "", actor, now)


def _find_claimant(
    draft: Draft, field: str, before: ConfidentialPart | None, actor: Actor
) -> int | None:
    """Who said that a field is confidential: in this draft, or else with an earlier one."""
    saves = DraftSave.objects.filter(
        draft=draft, kind=DraftSave.Kind.SAVED, confidential__has_key=field
    )
    last = saves.order_by("-revision").first()
    if last is not None:
        return last.saved_by_id
    return before.claimed_by_id if before else id_of(actor)


def _list_parts(identifier: str, *, open_only: bool = True) -> QuerySet[ConfidentialPart]:
    parts = ConfidentialPart.objects.filter(identifier=identifier, ended_at=None)
    return parts.filter(claim__in=OPEN_CLAIMS) if open_only else parts


def log_claim(
    part: ConfidentialPart, before: str, actor: Actor, now: dt.datetime, *, after: str = ""
) -> None:
    """Log how a claim stands now, and how it stood before."""
    entry = Entry(
        at=now,
        action="claim",
        identifier=part.identifier,
        field=part.field,
        before=before,
        after=after or part.claim,
        actor=id_of(actor),
        reason="" if after else part.claim_reason,
    )
    add_entry(entry)
