"""What becomes of a claim that a value is confidential (Article 21), as one table.

========  ===============================  ==========  =========  ================================
step      from                             to          who        what it means
========  ===============================  ==========  =========  ================================
(made)    (with a publication)             claimed     claimant   a reason was given
accept    claimed                          accepted    publishes  the Party agrees
dispute   claimed, accepted, upheld        disputed    reads      somebody else doubts it
answer    disputed, review                 the same    reads      consultation, in writing
uphold    disputed, review                 upheld      publishes  the Party agrees after all
refuse    disputed                         refused     publishes  the Party decided, with reasons
review    refused                          review      reads      the decision is looked at again
disclose  refused, review                  releasable  publishes  the next amendment may hold it
withdraw  all but releasable, withdrawn    withdrawn   claimant   given up; the next amendment may
                                                                  hold the value
withdraw  claimed, accepted, upheld        withdrawn   publishes  the same, while nobody disputes it
========  ===============================  ==========  =========  ================================

*Reads* is whoever may read the value, *publishes* whoever amends the record: the Party, by its BCH
focal point. Up to the last step the value stays protected (21.2), and even then nothing is
disclosed but by an amendment that somebody publishes. What is in dispute the Party cannot give up
in the claimant's name: that would go round the review. A record that was withdrawn keeps its
secrets, also those that were in dispute (21.5); only who claimed them gives them up.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cartagena.apps.drafting.confidential import OPEN_CLAIMS, log_claim
from cartagena.apps.drafting.errors import (
    ClaimNotFoundError,
    DraftStateError,
    ReasonMissingError,
)
from cartagena.apps.drafting.log import id_of
from cartagena.apps.drafting.models import ConfidentialPart, DraftEvent
from cartagena.apps.drafting.notices import tell_claim
from cartagena.apps.registry.api import Actor, find_states, may
from cartagena.engine.sentence import sentence

ClaimStep = Literal[
    "accept", "dispute", "answer", "uphold", "refuse", "review", "disclose", "withdraw"
]
_C = ConfidentialPart.Claim
CLAIM_STEPS: Mapping[ClaimStep, Mapping[str, str]] = {
    "accept": {_C.CLAIMED: _C.ACCEPTED},
    "dispute": dict.fromkeys((_C.CLAIMED, _C.ACCEPTED, _C.UPHELD), _C.DISPUTED),
    "answer": {_C.DISPUTED: _C.DISPUTED, _C.REVIEW: _C.REVIEW},
    "uphold": dict.fromkeys((_C.DISPUTED, _C.REVIEW), _C.UPHELD),
    "refuse": {_C.DISPUTED: _C.REFUSED},
    "review": {_C.REFUSED: _C.REVIEW},
    "disclose": dict.fromkeys((_C.REFUSED, _C.REVIEW), _C.RELEASABLE),
    "withdraw": dict.fromkeys(OPEN_CLAIMS, _C.WITHDRAWN),
}
_BY_THE_PARTY = ("accept", "uphold", "refuse", "disclose")
_AGAINST = ("refuse", "disclose")
_IN_DISPUTE = (_C.DISPUTED, _C.REFUSED, _C.REVIEW)


def list_claim_steps(part: ConfidentialPart, *, actor: Actor) -> list[ClaimStep]:
    """What somebody may do now with a claim, in the order of the table."""
    if not may(actor, "read_confidential", part.type, part.government):
        return []
    steps = [
        step
        for step, ways in CLAIM_STEPS.items()
        if part.claim in ways and _may_take(step, part, actor)
    ]
    against = [step for step in steps if _is_against(step, part, actor)]
    if against and not _is_live(part):
        return [step for step in steps if step not in against]
    return steps


def list_claim_events(part: ConfidentialPart) -> list[DraftEvent]:
    """Every step of the claim on the field of a record, oldest first, with earlier claims on it."""
    events = DraftEvent.objects.filter(
        identifier=part.identifier, field=part.field, action="claim"
    ).select_related("actor")
    return list(events.order_by("position"))


def take_claim_step(
    part_id: int, step: str, *, actor: Actor, reason: str, now: dt.datetime
) -> ConfidentialPart:
    """Take a claim a step further, with a reason; it is logged and told to those concerned.

    Raises ClaimNotFoundError, PermissionDenied, DraftStateError, ReasonMissingError.
    """
    with transaction.atomic():
        parts = ConfidentialPart.objects.select_for_update().filter(pk=part_id, ended_at=None)
        part = parts.first()
        if part is None or not may(actor, "read_confidential", part.type, part.government):
            raise ClaimNotFoundError(f"There is no claim {part_id}.")
        found: ClaimStep | None = next((known for known in CLAIM_STEPS if known == step), None)
        if found is None or not _may_take(found, part, actor):
            raise PermissionDenied
        if part.claim not in CLAIM_STEPS[found]:
            raise DraftStateError(
                sentence(
                    "The claim stands differently by now: nothing was changed. See how it stands."
                )
            )
        if _is_against(found, part, actor) and not _is_live(part):
            raise DraftStateError(
                sentence("The record was withdrawn: what was claimed in it stays confidential.")
            )
        if not reason.strip():
            raise ReasonMissingError(sentence("Say why: the reason goes into the log."))
        before, part.claim = part.claim, CLAIM_STEPS[found][part.claim]
        part.claim_reason, part.changed_at = reason.strip(), now
        part.save(update_fields=["claim", "claim_reason", "changed_at"])
        log_claim(part, before, actor, now)
        tell_claim(part, _list_taken_part(part), actor=actor, now=now)
    return part


def _may_take(step: ClaimStep, part: ConfidentialPart, actor: Actor) -> bool:
    publishes = may(actor, "amend", part.type, part.government)
    if step in _BY_THE_PARTY:
        return publishes
    if step == "withdraw":
        return _is_claimant(part, actor) or (publishes and part.claim not in _IN_DISPUTE)
    # Whoever made a claim withdraws it instead of disputing it.
    return step != "dispute" or not _is_claimant(part, actor)


def _is_against(step: ClaimStep, part: ConfidentialPart, actor: Actor) -> bool:
    """Whether a step leads to disclosure without the word of who claimed."""
    return step in _AGAINST or (step == "withdraw" and not _is_claimant(part, actor))


def _is_claimant(part: ConfidentialPart, actor: Actor) -> bool:
    return part.claimed_by_id is not None and part.claimed_by_id == id_of(actor)


def _is_live(part: ConfidentialPart) -> bool:
    state = find_states([part.identifier]).get(part.identifier)
    return state is not None and bool(state.live)


def _list_taken_part(part: ConfidentialPart) -> set[int]:
    numbers = {part.claimed_by_id, *(event.actor_id for event in list_claim_events(part))}
    return {number for number in numbers if number is not None}
