"""Colleagues who fill in sections of a report: invited by a link, limited to their sections.

Who accepts works under the Party's rights as an authorised user for that report type
(registry/permissions.py); this module narrows it to the sections. The head of the report ("") is
never delegated.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cartagena.apps.accounts.api import Role, User, make_helper
from cartagena.apps.drafting.api import Draft, get_draft, list_actions
from cartagena.apps.registry.api import Actor
from cartagena.apps.reports.models import SectionInvitation
from cartagena.apps.reports.published import get_format_of
from cartagena.engine.answer_sheet import parse_key
from cartagena.engine.questionnaire import Format
from cartagena.engine.sentence import sentence

INVITERS = (Role.BCH_FOCAL_POINT, Role.CPB_FOCAL_POINT)
VALID = dt.timedelta(days=60)


class InvitationError(ValueError):
    """An invitation that cannot be made or taken up; the message says why and what to do."""


def invite_colleague(
    draft: Draft,
    sections: Sequence[str],
    *,
    email: str,
    name: str,
    actor: User,
    now: dt.datetime,
) -> tuple[SectionInvitation, str]:
    """Ask somebody to fill in sections; returns the invitation and the secret of its link.

    The secret is told once. Focal points of the Party invite. Raises InvitationError,
    PermissionDenied.
    """
    if actor.role not in INVITERS or actor.party != draft.government:
        raise PermissionDenied(
            sentence("Focal points of the Party invite colleagues to its report.")
        )
    if "edit" not in list_actions(actor, draft):
        raise InvitationError(sentence("The report is not open for changes now."))
    known = {section.key for section in get_format_of(draft.type).sections}
    unknown = [section for section in sections if section not in known]
    if unknown or not sections:
        raise InvitationError(sentence("Choose one or more sections of this report."))
    secret = secrets.token_urlsafe(24)
    invitation = SectionInvitation.objects.create(
        draft=draft, sections=list(dict.fromkeys(sections)), email=email.strip().lower(),
        name=name.strip(), token_hash=_hash(secret), invited_by=actor, invited_at=now,
    )  # fmt: skip
    return invitation, secret


def may_invite(actor: Actor, draft: Draft) -> bool:
    """Whether somebody may ask colleagues for help with a report."""
    return (
        isinstance(actor, User)
        and actor.role in INVITERS
        and actor.party == draft.government
        and "edit" in list_actions(actor, draft)
    )


def find_invitation(secret: str, *, now: dt.datetime) -> SectionInvitation | None:
    """The invitation of a link that still holds, or None."""
    found = SectionInvitation.objects.select_related("draft", "invited_by").filter(
        token_hash=_hash(secret), revoked_at=None, invited_at__gt=now - VALID
    )
    return found.first()


def accept_invitation(secret: str, *, actor: User, now: dt.datetime) -> Draft:
    """Take up an invitation with an account; the draft opens. Raises InvitationError.

    A reader becomes an authorised user of the Party for this kind of report, as long as the report
    is open and who invited may still invite. Somebody who works for another Party, or the
    Secretariat, cannot.
    """
    with transaction.atomic():
        invitation = find_invitation(secret, now=now)
        if invitation is None or not _still_counts(invitation, actor):
            raise InvitationError(
                sentence("The link is not valid any more. Ask for a new invitation.")
            )
        if invitation.accepted_by_id not in (None, actor.pk):
            raise InvitationError(sentence("Somebody else has taken up this invitation already."))
        draft = invitation.draft
        if actor.email != invitation.email:
            raise InvitationError(
                sentence(
                    "The invitation was made for another e-mail address. Sign in with the one it "
                    "was sent to."
                )
            )
        if actor.role == Role.READER and actor.party is None:
            assert draft.government is not None
            make_helper(
                actor, actor=find_inviter(invitation), party=draft.government,
                record_types=[draft.type], now=now,
            )  # fmt: skip
        if actor.party != draft.government:
            raise InvitationError(
                sentence("Your account works for somebody else. Use another address.")
            )
        if invitation.accepted_at is None:
            invitation.accepted_by, invitation.accepted_at = actor, now
            invitation.save()
    return get_draft(draft.key, actor=actor)


def _still_counts(invitation: SectionInvitation, actor: User) -> bool:
    """Whether an invitation opens the report: it gives no right that its author has no more."""
    if invitation.accepted_by_id == actor.pk:
        return True
    return invitation.draft.is_open and may_invite(find_inviter(invitation), invitation.draft)


def find_inviter(invitation: SectionInvitation) -> User | None:
    """Who invited; None when the account has gone."""
    return User.objects.filter(pk=invitation.invited_by_id or 0).first()


def list_allowed_sections(draft: Draft, actor: Actor) -> frozenset[str] | None:
    """The sections a colleague may change; None for who was not invited: the whole report."""
    if not isinstance(actor, User) or actor.role in INVITERS:
        return None
    invitations = SectionInvitation.objects.filter(
        draft=draft, accepted_by=actor, revoked_at=None
    ).values_list("sections", flat=True)
    found = [section for sections in invitations for section in sections]
    return frozenset(found) if found else None


def list_sections_of(shape: Format, fields: Collection[str]) -> frozenset[str]:
    """The sections that fields belong to; those of the head belong to the section ""."""
    found = set()
    for field in fields:
        question = shape.in_document.get(parse_key(field).field)
        found.add((question.section if question else None) or "")
    return frozenset(found)


def check_sections(draft: Draft, fields: Collection[str] | None, actor: Actor) -> None:
    """Raise PermissionDenied if somebody was asked for other sections than those of the fields.

    None is the report as a whole: a colleague neither asks for its publication nor discards it.
    """
    allowed = list_allowed_sections(draft, actor)
    if allowed is None:
        return
    if fields is None or list_sections_of(get_format_of(draft.type), fields) - allowed:
        raise PermissionDenied(sentence("You were asked to fill in other sections of this report."))


def list_invitations(draft: Draft) -> list[SectionInvitation]:
    """All invitations to a report that were not revoked, newest first."""
    found = SectionInvitation.objects.filter(draft=draft, revoked_at=None)
    return list(found.select_related("accepted_by").order_by("-invited_at"))


def mark_done(invitation: SectionInvitation, *, actor: User, now: dt.datetime) -> None:
    """The colleague says that the sections are ready."""
    if invitation.accepted_by_id != actor.pk:
        raise PermissionDenied(sentence("Only who was asked says that it is done."))
    invitation.done_at = now
    invitation.save(update_fields=["done_at"])


def revoke_invitation(invitation: SectionInvitation, *, actor: User, now: dt.datetime) -> None:
    """Take an invitation back; the person's account keeps its role, the focal point closes it."""
    if actor.role not in INVITERS or actor.party != invitation.draft.government:
        raise PermissionDenied(sentence("Focal points of the Party take invitations back."))
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
