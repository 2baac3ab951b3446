"""Starting a draft and saving it: nothing typed is lost, nobody's change is overwritten."""

import copy
import datetime as dt
import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from cartagena.apps.drafting.access import check_right, find_readable, may_do, show_to
from cartagena.apps.drafting.bodies import (
    FIXED,
    LANGUAGES,
    Changes,
    apply_changes,
    changes_between,
    is_same,
    settle,
    undo_changes,
)
from cartagena.apps.drafting.confidential import bring_back
from cartagena.apps.drafting.errors import (
    DraftNotFoundError,
    DraftStateError,
    EditConflictError,
    NotSavableError,
)
from cartagena.apps.drafting.gates import check_restriction
from cartagena.apps.drafting.log import id_of, log_draft
from cartagena.apps.drafting.models import OPEN_STATES, Draft, DraftSave
from cartagena.apps.drafting.states import next_state
from cartagena.apps.registry.api import Actor, find_states, get_version, may
from cartagena.engine.canonical import NotStorableError, canonical_json
from cartagena.engine.countries import find_country
from cartagena.engine.record_body import find_value
from cartagena.engine.record_format import NOTES, load_record_format
from cartagena.engine.record_identity import is_guid
from cartagena.engine.record_type import load_record_types, title_of
from cartagena.engine.sentence import sentence

MAX_CHARACTERS = 5_000_000
"""What a draft may hold as JSON: several times the longest national report."""


def start_draft(
    record_type: str,
    *,
    actor: Actor,
    government: str | None,
    now: dt.datetime,
    body: Mapping[str, Any] | None = None,
) -> Draft:
    """Start a record of a type, for a government (alpha-3; None for reference records).

    The record gets its identifier now; a `body` keeps its own if it is a GUID nobody uses yet.
    Raises KeyError for an unknown type, NotSavableError, PermissionDenied.
    """
    kind = load_record_types()[record_type].kind
    if kind == "national" and (government is None or find_country(government) is None):
        raise NotSavableError(
            sentence("A national record belongs to a government: name it by its code.")
        )
    if not may(actor, "draft", record_type, government):
        raise PermissionDenied(
            sentence(
                "You may not draft a %(type)s of %(government)s.",
                type=record_type,
                government=government or sentence("anybody"),
            )  # fmt: skip
        )
    made = _begin_body(record_type, government, body or {})
    identifier = made["header"]["identifier"]
    draft = Draft(identifier=identifier, type=record_type, government=government, body=made)
    return _create_once(draft, actor, now)


def start_amendment(identifier: str, *, actor: Actor, now: dt.datetime) -> Draft:
    """Start a change of a published (or withdrawn) record; the open draft of it if there is one.

    Confidential values come back for who may read them. Raises RecordNotFoundError,
    PermissionDenied, and DraftStateError if somebody else's draft of it is not to be seen.
    """
    found = _find_open(identifier, actor)
    if found is not None:
        return found
    version = get_version(identifier)
    record = version.record
    if not may(actor, "draft", record.type, record.government):
        raise PermissionDenied(
            sentence("You may not amend the record %(record)s.", record=identifier)
        )
    draft = Draft(
        identifier=identifier,
        type=record.type,
        government=record.government,
        body=copy.deepcopy(version.body),
        base_version=version.number,
        created_by_id=id_of(actor),
    )
    # Not `may_do`: that somebody starts a draft must not open to them what is kept of the record.
    bring_back(draft, with_values=may(actor, "read_confidential", record.type, record.government))
    return _create_once(draft, actor, now)


def save_draft(
    key: uuid.UUID | str,
    changes: Mapping[str, Any],
    *,
    actor: Actor,
    revision: int,
    now: dt.datetime,
    confidential: Mapping[str, str] | None = None,
    automatic: bool = False,
) -> Draft:
    """Save fields that were changed since `revision`, the one the person last saw.

    What others changed in other fields meanwhile stays. Where they changed the same field to
    something else, theirs stays, ours is kept as a refused save, the rest is saved, and
    EditConflictError tells. `confidential` is the whole map field -> reason, when it changes. The
    same save again changes nothing. Raises DraftNotFoundError, DraftStateError, PermissionDenied,
    NotSavableError.
    """
    with transaction.atomic():
        draft = find_readable(key, actor, lock=True)
        next_state(draft, "edit")
        check_right(actor, "edit", draft)
        if not 0 <= revision <= draft.revision:
            raise NotSavableError(
                sentence(
                    "The draft has no revision %(revision)s. Open it again.", revision=revision
                )
            )
        mine = _read_changes(draft, changes)
        _refuse_hidden(draft, actor, mine, confidential)
        check_restriction(draft, mine, actor)
        merged, conflicts = _merge(draft, mine, revision)
        reasons = None if confidential is None else _merge_reasons(draft, confidential, revision)
        _store(draft, merged, actor=actor, now=now, confidential=reasons, automatic=automatic)
        if conflicts:
            refused = {field: list(pair) for field, pair in conflicts.items()}
            DraftSave.objects.create(
                draft=draft, revision=draft.revision, kind=DraftSave.Kind.REFUSED, changes=refused,
                automatic=automatic, saved_by_id=id_of(actor), saved_at=now,
            )  # fmt: skip
    draft = show_to(draft, actor)
    if conflicts:
        raise EditConflictError(draft, conflicts)
    return draft


def restore_save(key: uuid.UUID | str, revision: int, *, actor: Actor, now: dt.datetime) -> Draft:
    """Bring a draft back to what it was at a revision, as a new save; nothing is taken away.

    Raises as save_draft.
    """
    with transaction.atomic():
        draft = find_readable(key, actor, lock=True)
        next_state(draft, "edit")
        check_right(actor, "edit", draft)
        if not 0 <= revision <= draft.revision:
            raise NotSavableError(
                sentence("The draft has no revision %(revision)s.", revision=revision)
            )
        changes = changes_between(draft.body, body_at(draft, revision))
        changes = _expand_groups(draft, changes)
        _refuse_hidden(draft, actor, changes, None)
        check_restriction(draft, changes, actor)
        _store(draft, changes, actor=actor, now=now, restored_from=revision)
    return show_to(draft, actor)


def body_at(draft: Draft, revision: int) -> dict[str, Any]:
    """The body of a draft at a revision (0: as it was started), rebuilt from its saves."""
    body: dict[str, Any] = undo_changes(draft.body, _list_changes_after(draft, revision))
    for field in draft.hidden_fields:
        body = apply_changes(body, {field: None})
    return body


def _begin_body(
    record_type: str, government: str | None, given: Mapping[str, Any]
) -> dict[str, Any]:
    header = given.get("header")
    header = header if isinstance(header, Mapping) else {}
    identifier = str(header.get("identifier") or "").upper()
    if not is_guid(identifier) or _is_taken(identifier):
        identifier = str(uuid.uuid4()).upper()
    body = _read_json({key: value for key, value in given.items() if settle(value) is not None})
    languages = header.get("languages")
    body["header"] = {
        "identifier": identifier,
        "schema": record_type,
        "languages": languages if isinstance(languages, list) and languages else ["en"],
    }
    country = find_country(government) if government else None
    shape = load_record_format(record_type)
    if country and (shape.kind == "national" or "government" in shape.by_id):
        body["government"] = {"identifier": country.iso2.lower()}
    return body


def _is_taken(identifier: str) -> bool:
    return bool(find_states([identifier])) or Draft.objects.filter(identifier=identifier).exists()


def _create_once(draft: Draft, actor: Actor, now: dt.datetime) -> Draft:
    """Create a draft; the one that was started of the same record at the same moment, if it was."""
    try:
        with transaction.atomic():
            return _create(draft, actor, now)
    except IntegrityError:
        found = _find_open(draft.identifier, actor)
        if found is None:
            raise
        return found


def _create(draft: Draft, actor: Actor, now: dt.datetime) -> Draft:
    draft.created_by_id = draft.updated_by_id = id_of(actor)
    draft.created_at = draft.updated_at = now
    draft.title = _title_of(draft)
    draft.demonstration = bool(getattr(actor, "demonstration", False))
    with transaction.atomic():
        draft.save(force_insert=True)
        log_draft(draft, "start", "", actor=actor, now=now)
    return show_to(draft, actor)


def _find_open(identifier: str, actor: Actor) -> Draft | None:
    draft = Draft.objects.filter(identifier=identifier, state__in=OPEN_STATES).first()
    if draft is None:
        return None
    try:
        return show_to(find_readable(draft.pk, actor), actor)
    except DraftNotFoundError:
        raise DraftStateError(
            sentence(
                "Somebody else is preparing a change of this record. Try again when it is "
                "published."
            )
        ) from None


def _read_changes(draft: Draft, given: Mapping[str, Any]) -> dict[str, Any]:
    """Changes as they are stored, or NotSavableError: known fields and plain JSON alone."""
    changes = {field: settle(value) for field, value in _read_json(given).items()}
    changes = _expand_groups(draft, changes)
    shape = load_record_format(draft.type)
    for field, value in changes.items():
        known = shape.holds != "fields" or field in shape.by_id or find_value(draft.body, field)
        if field in FIXED:
            if value != find_value(draft.body, field):
                raise NotSavableError(
                    sentence(
                        "%(field)s of a record never changes. Start another record.", field=field
                    )
                )
        elif field.startswith("header") and field != LANGUAGES:
            raise NotSavableError(sentence("%(field)s is not written by hand.", field=field))
        elif not known and field not in (NOTES, LANGUAGES) and value is not None:
            raise NotSavableError(
                sentence("%(type)s has no field %(field)s.", type=draft.type, field=repr(field))
            )
    return changes


def _expand_groups(draft: Draft, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes in which an object that dotted fields lead into is told by those fields."""
    dotted = [f for f in load_record_format(draft.type).fields if len(f.path) > 1]
    groups = {field.path[0] for field in dotted} | {"header"}
    expanded: dict[str, Any] = {}
    for field, value in changes.items():
        if field not in groups:
            expanded[field] = value
            continue
        inner = value if isinstance(value, dict) else {}
        now = draft.body.get(field)
        for part in dict.fromkeys([*inner, *(now if isinstance(now, dict) else ())]):
            expanded[f"{field}.{part}"] = settle(inner.get(part))
    return expanded


def _read_json(content: Mapping[str, Any]) -> dict[str, Any]:
    try:
        text = canonical_json(dict(content))
    except NotStorableError as problem:
        raise NotSavableError(str(problem)) from None
    if len(text) > MAX_CHARACTERS:
        raise NotSavableError(
            sentence(
                "That is %(length)s characters; a draft may hold %(most)s. Attach long documents "
                "as files.",
                length=f"{len(text):,}",
                most=f"{MAX_CHARACTERS:,}",
            )  # fmt: skip
        )
    found: dict[str, Any] = json.loads(text)
    return found


def _refuse_hidden(
    draft: Draft, actor: Actor, changes: Mapping[str, Any], confidential: Mapping[str, str] | None
) -> None:
    """Who may not read confidential fields neither changes them nor says which they are."""
    if may_do(actor, "read_confidential", draft):
        return
    touched = set(changes) & {*draft.ever_confidential}
    if touched or (confidential is not None and dict(confidential) != draft.confidential):
        raise PermissionDenied(sentence("You may not change what is confidential in this draft."))


def _merge(
    draft: Draft, mine: Mapping[str, Any], revision: int
) -> tuple[dict[str, Any], dict[str, tuple[Any, Any]]]:
    """What can be set, and field -> (theirs, mine) of what cannot: a three-way merge by field."""
    base = draft.body
    if revision < draft.revision:
        base = undo_changes(draft.body, _list_changes_after(draft, revision))
    merged: dict[str, Any] = {}
    conflicts: dict[str, tuple[Any, Any]] = {}
    for field, value in mine.items():
        theirs, before = find_value(draft.body, field), find_value(base, field)
        if is_same(value, theirs) or is_same(value, before):
            continue  # already so, or not changed by this person
        if is_same(theirs, before):
            merged[field] = value
        else:
            conflicts[field] = (theirs, value)
    return merged, conflicts


def _merge_reasons(draft: Draft, confidential: Mapping[str, str], revision: int) -> dict[str, str]:
    """The reasons after a save: what this person changed, and what others have there besides."""
    mine = _read_reasons(confidential)
    saves = _list_saves_after(draft, revision).values_list("confidential", flat=True)
    base = undo_changes(draft.confidential, saves, dotted=False)
    merged = dict(draft.confidential)
    for field in {*base, *mine}:
        if base.get(field) != mine.get(field):
            merged[field] = mine.get(field)
    return {field: reason for field, reason in merged.items() if reason is not None}


def _list_changes_after(draft: Draft, revision: int) -> list[Changes]:
    return list(_list_saves_after(draft, revision).values_list("changes", flat=True))


def _list_saves_after(draft: Draft, revision: int) -> QuerySet[DraftSave]:
    saves = DraftSave.objects.filter(
        draft=draft, kind=DraftSave.Kind.SAVED, revision__gt=revision, revision__lte=draft.revision
    )
    return saves.order_by("-revision")


def _store(
    draft: Draft,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    now: dt.datetime,
    confidential: Mapping[str, str] | None = None,
    automatic: bool = False,
    restored_from: int | None = None,
) -> None:
    """Write one save and the draft as it is after it; nothing if nothing changed."""
    changes = {field: [find_value(draft.body, field), value] for field, value in values.items()}
    changes = {field: pair for field, pair in changes.items() if not is_same(*pair)}
    reasons = draft.confidential if confidential is None else confidential
    marked = {
        field: [draft.confidential.get(field), reasons.get(field)]
        for field in sorted({*draft.confidential, *reasons})
        if draft.confidential.get(field) != reasons.get(field)
    }
    if not changes and not marked:
        return
    draft.body = apply_changes(draft.body, {field: pair[1] for field, pair in changes.items()})
    if len(canonical_json(draft.body)) > MAX_CHARACTERS:
        raise NotSavableError(
            sentence("The draft would be too long. Attach long documents as files.")
        )
    draft.confidential = dict(reasons)
    draft.ever_confidential = sorted({*draft.ever_confidential, *reasons})
    draft.revision += 1
    draft.title = _title_of(draft)
    draft.updated_by_id, draft.updated_at = id_of(actor), now
    draft.save()
    DraftSave.objects.create(
        draft=draft, revision=draft.revision, changes=changes, confidential=marked,
        automatic=automatic, restored_from=restored_from, saved_by_id=id_of(actor), saved_at=now,
    )  # fmt: skip


def _read_reasons(confidential: Mapping[str, str]) -> dict[str, str]:
    found = _read_json(confidential)
    if not all(isinstance(reason, str) for reason in found.values()):
        raise NotSavableError(sentence("Why a field is confidential is said in words."))
    return {field: reason.strip() for field, reason in found.items()}


def _title_of(draft: Draft) -> str:
    """The title for lists; never a confidential one."""
    field = load_record_types()[draft.type].title
    return "" if field in draft.ever_confidential else title_of(draft.type, draft.body)


def update_base(key: uuid.UUID | str, *, actor: Actor, now: dt.datetime) -> Draft:
    """Take into a draft what another publication changed since it was started.

    Fields that the draft changed too keep the draft's values: look at the differences afterwards.
    Raises as save_draft.
    """
    with transaction.atomic():
        draft = find_readable(key, actor, lock=True)
        next_state(draft, "edit")
        check_right(actor, "edit", draft)
        newest = get_version(draft.identifier)
        base = {}
        if draft.base_version is not None:
            base = get_version(draft.identifier, draft.base_version).body
        theirs = _expand_groups(draft, changes_between(base, newest.body))
        taken = {
            field: value
            for field, value in theirs.items()
            if is_same(find_value(draft.body, field), find_value(base, field))
        }
        draft.base_version = newest.number
        draft.save(update_fields=["base_version"])
        _store(draft, taken, actor=actor, now=now)
    return show_to(draft, actor)
