"""From a form that was sent to a save: what changed in it, and what others changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk.forms.inputs import join
from cartagena.apps.portal.desk.forms.record_form import SHOWN, read_changes
from cartagena.apps.portal.desk.guard import Desk
from cartagena.apps.portal.desk.references import RecordNames
from cartagena.engine.record_format import GOVERNMENT, RecordFormat

REVISION, ACTION, SECRETS = "desk-revision", "desk-do", "desk-secrets"
SECRET, REASON, COMMENT = "desk-secret", "desk-reason", "desk-comment"


@dataclass(frozen=True)
class Saved:
    """A draft after a save. `theirs` are fields that others changed and this form still shows as
    they were before."""

    draft: "drafting.Draft"
    theirs: tuple[str, ...]


def list_fixed(draft: "drafting.Draft") -> frozenset[str]:
    """The fields that a form shows but does not ask: whose record it is, what is hidden."""
    return frozenset({GOVERNMENT, *draft.hidden_fields})


def save_form(
    desk: Desk, draft: "drafting.Draft", shape: RecordFormat, *, automatic: bool = False
) -> Saved:
    """Save what somebody changed in the form since the revision that it was made from.

    Raises as `drafting.save_draft`.
    """
    revision = desk.number(REVISION)
    base = draft.body
    if 0 <= revision < draft.revision:
        base = drafting.body_at(draft, revision)
    pairs = [(name, value) for name, values in desk.request.POST.lists() for value in values]
    names = RecordNames(desk.user, desk.language, (draft.type, base))
    changes = read_changes(shape, base, pairs, names, fixed=list_fixed(draft))
    reasons = _read_reasons(desk, draft, shape)
    saved = drafting.save_draft(
        draft.pk,
        changes,
        actor=desk.user,
        revision=revision,
        now=desk.now,
        confidential=reasons,
        automatic=automatic,
    )
    return Saved(saved, _list_theirs(base, changes, saved.body))


def _list_theirs(
    base: Mapping[str, Any], changes: Mapping[str, Any], now: Mapping[str, Any]
) -> tuple[str, ...]:
    changed = drafting.changes_between(base, now)
    return tuple(
        field for field in changed
        if field not in changes and not any(name.startswith(f"{field}.") for name in changes)
    )  # fmt: skip


def _read_reasons(
    desk: Desk, draft: "drafting.Draft", shape: RecordFormat
) -> dict[str, str] | None:
    """Field -> why it is confidential, as the form says; None when it says what stands there."""
    post = desk.request.POST
    shown = set(post.getlist(SHOWN))
    reasons = dict(draft.confidential)
    if SECRETS not in post or draft.hidden_fields:
        return None
    for field in shape.fields:
        if not field.confidential_allowed or field.id not in shown:
            continue
        if post.get(join(SECRET, field.id)):
            reasons[field.id] = post.get(join(REASON, field.id), "").strip()
        else:
            reasons.pop(field.id, None)
    return None if reasons == draft.confidential else reasons
