"""What other parts of the program may use of the drafting app."""

from cartagena.apps.drafting.access import get_draft, list_actions, list_drafts
from cartagena.apps.drafting.attachments import attach_file, list_attachments, open_attachment
from cartagena.apps.drafting.audit import DraftAudit, verify_drafts
from cartagena.apps.drafting.bodies import changes_between
from cartagena.apps.drafting.checks import check_draft
from cartagena.apps.drafting.claims import list_claim_events, list_claim_steps, take_claim_step
from cartagena.apps.drafting.confidential import (
    PublicClaim,
    list_claims,
    list_confidential_parts,
)
from cartagena.apps.drafting.confirmation_notices import remind_of_confirmations
from cartagena.apps.drafting.editing import (
    body_at,
    restore_save,
    save_draft,
    start_amendment,
    start_draft,
    update_base,
)
from cartagena.apps.drafting.errors import (
    AttachmentNotFoundError,
    ClaimNotFoundError,
    DraftNotFoundError,
    DraftStateError,
    EditConflictError,
    NotPublishableError,
    NotSavableError,
    ReasonMissingError,
    RefusedFileError,
)
from cartagena.apps.drafting.gates import Gate, add_gate, find_gate
from cartagena.apps.drafting.models import (
    Attachment,
    ConfidentialPart,
    Draft,
    DraftEvent,
    DraftSave,
    FieldComment,
    Presence,
)
from cartagena.apps.drafting.notices import tell_waiting_comments
from cartagena.apps.drafting.publishing import (
    confirm_published,
    publish_draft,
    withdraw_published,
)
from cartagena.apps.drafting.teamwork import (
    add_comment,
    list_comments,
    list_events,
    list_present,
    list_saves,
    note_presence,
    resolve_comment,
)
from cartagena.apps.drafting.workflow import (
    discard_draft,
    lapse_requests,
    recall_request,
    request_publication,
    return_draft,
)

__all__ = [
    "Attachment",
    "AttachmentNotFoundError",
    "ClaimNotFoundError",
    "ConfidentialPart",
    "Draft",
    "DraftAudit",
    "DraftEvent",
    "DraftNotFoundError",
    "DraftSave",
    "DraftStateError",
    "EditConflictError",
    "FieldComment",
    "Gate",
    "NotPublishableError",
    "NotSavableError",
    "Presence",
    "PublicClaim",
    "ReasonMissingError",
    "RefusedFileError",
    "add_comment",
    "add_gate",
    "attach_file",
    "body_at",
    "changes_between",
    "check_draft",
    "confirm_published",
    "discard_draft",
    "find_gate",
    "get_draft",
    "lapse_requests",
    "list_actions",
    "list_attachments",
    "list_claim_events",
    "list_claim_steps",
    "list_claims",
    "list_comments",
    "list_confidential_parts",
    "list_drafts",
    "list_events",
    "list_present",
    "list_saves",
    "note_presence",
    "open_attachment",
    "publish_draft",
    "recall_request",
    "remind_of_confirmations",
    "request_publication",
    "resolve_comment",
    "restore_save",
    "return_draft",
    "save_draft",
    "start_amendment",
    "start_draft",
    "take_claim_step",
    "tell_waiting_comments",
    "update_base",
    "verify_drafts",
    "withdraw_published",
]
