"""Who sees and does what with a draft: the registry's table of rights, applied to one draft."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting.bodies import take_out
from cartagena.apps.drafting.errors import DraftNotFoundError
from cartagena.apps.drafting.models import OPEN_STATES, Draft, DraftSave
from cartagena.apps.drafting.states import TRANSITIONS, DraftAction
from cartagena.apps.registry.api import (
    Actor,
    RecordAction,
    find_states,
    list_covered_types,
    list_rights,
    may,
)
from cartagena.engine.sentence import sentence

_DRAFT_ACTIONS: tuple[DraftAction, ...] = (
    "edit", "comment", "request", "recall", "return", "publish", "discard",
)  # fmt: skip


def get_draft(key: uuid.UUID | str, *, actor: Actor) -> Draft:
    """A draft as a person may see it: confidential fields that are not for them are taken out.

    What was taken out stands in `hidden_fields`. Raises DraftNotFoundError, also for a draft that
    the person may not know of.
    """
    return show_to(find_readable(key, actor), actor)


def find_readable(key: uuid.UUID | str, actor: Actor, *, lock: bool = False) -> Draft:
    """The whole draft, if the person may read it; with `lock` held until the transaction ends."""
    people = Draft.objects.select_related("created_by", "updated_by", "requested_by")
    drafts = Draft.objects.select_for_update() if lock else people
    try:
        draft = drafts.filter(pk=key).first()
    except (ValidationError, ValueError):
        draft = None
    if draft is None or not may_do(actor, "read_draft", draft):
        raise DraftNotFoundError(f"There is no draft {key}.")
    return draft


def may_do(actor: Actor, action: RecordAction, draft: Draft) -> bool:
    """Whether the table of rights gives somebody an action on this draft, whatever its state."""
    if action == "publish" and draft.base_version is not None:
        action = "amend"
    return may(
        actor,
        action,
        draft.type,
        draft.government,
        own_draft=actor is not None and actor.pk is not None and draft.created_by_id == actor.pk,
        requested=draft.state == Draft.State.REQUESTED,
    )


def check_right(actor: Actor, action: DraftAction, draft: Draft) -> None:
    """Raise PermissionDenied unless somebody may do this now."""
    if not _has_right(actor, action, draft):
        raise PermissionDenied(sentence("You may not %(action)s this draft.", action=action))


def _has_right(actor: Actor, action: DraftAction, draft: Draft) -> bool:
    if action == "lapse":
        return actor is None
    if action == "edit" and draft.state == Draft.State.REQUESTED:
        # Only who may publish it corrects it: others would change what is being looked at.
        return may_do(actor, "edit", draft) and may_do(actor, "publish", draft)
    return may_do(actor, action, draft)


def is_kept_from_own(draft: Draft, actor: Actor) -> bool:
    """Whether somebody may not publish a draft because they began it or changed it last."""
    if settings.OWN_DRAFTS or actor is None:
        return False
    saves = DraftSave.objects.filter(draft_id=draft.pk, kind=DraftSave.Kind.SAVED)
    last_by = saves.order_by("-revision").values_list("saved_by_id", flat=True).first()
    return actor.pk in (draft.created_by_id, last_by)


def show_to(draft: Draft, actor: Actor) -> Draft:
    """The draft for somebody's eyes: without what is confidential, if it is not for them."""
    draft.hidden_fields = ()
    if draft.ever_confidential and not may_do(actor, "read_confidential", draft):
        draft.hidden_fields = tuple(draft.ever_confidential)
        draft.body = take_out(draft.body, draft.hidden_fields)
    return draft


def hide(draft: Draft, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes without the fields that are hidden in a draft."""
    return {field: value for field, value in changes.items() if field not in draft.hidden_fields}


def list_drafts(actor: Actor, *, open_only: bool = True) -> QuerySet[Draft]:
    """The drafts that somebody may read, last changed first, without their bodies.

    For lists: get_draft gives one with what the person may see of it.
    """
    drafts = Draft.objects.filter(_readable_by(actor)).order_by("-updated_at", "key")
    if open_only:
        drafts = drafts.filter(state__in=OPEN_STATES)
    return drafts.defer("body", "confidential").select_related("created_by", "updated_by")


def _readable_by(actor: Actor) -> Q:
    if actor is None:
        return Q()
    found = Q(pk__in=())
    for right in list_rights(actor, "read_draft"):
        assert isinstance(actor, User)
        covered = Q(type__in=list_covered_types(right, actor))
        if right.own_government_only:
            if actor.party is None:
                continue
            covered &= Q(government=actor.party)
        if right.drafts == "own":
            covered &= Q(created_by=actor)
        elif right.drafts == "requested":
            covered &= Q(state=Draft.State.REQUESTED)
        found |= covered
    return found


def list_actions(actor: Actor, target: Draft | str) -> frozenset[str]:
    """What somebody may do now with a draft, or with a published record named by its identifier.

    For a draft: edit, comment, request, recall, return, publish, discard, restore. For a record:
    amend (start an amendment), withdraw, confirm.
    """
    if isinstance(target, Draft):
        return _list_draft_actions(actor, target)
    state = find_states([target]).get(target)
    if state is None or not state.known:
        return frozenset()
    found = set()
    if may(actor, "draft", state.type, state.government):
        found.add("amend")
    actions: tuple[RecordAction, ...] = ("withdraw", "confirm")
    for action in actions:
        if state.live and may(actor, action, state.type, state.government):
            found.add(action)
    return frozenset(found)


def _list_draft_actions(actor: Actor, draft: Draft) -> frozenset[str]:
    found = {
        str(action)
        for action in _DRAFT_ACTIONS
        if (action, draft.state) in TRANSITIONS and _has_right(actor, action, draft)
    }
    if "publish" in found and is_kept_from_own(draft, actor):
        found.remove("publish")
    if "publish" in found:
        found.discard("request")
    if "edit" in found:
        found.add("restore")
    return frozenset(found)
