"""The life of a draft as one table.

=========  ====================  ==========  ===================================================
action     from                  to          what it does
=========  ====================  ==========  ===================================================
start      nothing               draft       a new draft, or an amendment of what is published
edit       draft, returned       the same    a save; while requested only by who may publish it
request    draft, returned       requested   asks for publication; locks the draft
recall     requested             draft       takes the request back
lapse      requested             draft       the request was not dealt with in twelve weeks
return     requested             returned    back to its authors, with a reason
publish    draft, returned,      published   becomes a version of the record; closes the draft
           requested
discard    draft, returned       discarded   closes the draft; its saves stay
=========  ====================  ==========  ===================================================

Comments may be made as long as the draft is open. Who may do what: registry/permissions.py.
"""

from typing import Literal

from cartagena.apps.drafting.errors import DraftStateError
from cartagena.apps.drafting.models import Draft

DraftAction = Literal[
    "edit", "comment", "request", "recall", "lapse", "return", "publish", "discard"
]
_S = Draft.State

TRANSITIONS: dict[tuple[DraftAction, str], str] = {
    ("edit", _S.DRAFT): _S.DRAFT,
    ("edit", _S.RETURNED): _S.RETURNED,
    ("edit", _S.REQUESTED): _S.REQUESTED,
    ("comment", _S.DRAFT): _S.DRAFT,
    ("comment", _S.RETURNED): _S.RETURNED,
    ("comment", _S.REQUESTED): _S.REQUESTED,
    ("request", _S.DRAFT): _S.REQUESTED,
    ("request", _S.RETURNED): _S.REQUESTED,
    ("recall", _S.REQUESTED): _S.DRAFT,
    ("lapse", _S.REQUESTED): _S.DRAFT,
    ("return", _S.REQUESTED): _S.RETURNED,
    ("publish", _S.DRAFT): _S.PUBLISHED,
    ("publish", _S.RETURNED): _S.PUBLISHED,
    ("publish", _S.REQUESTED): _S.PUBLISHED,
    ("discard", _S.DRAFT): _S.DISCARDED,
    ("discard", _S.RETURNED): _S.DISCARDED,
}

_WHY_NOT = {
    _S.DRAFT: "The draft is not waiting for publication. Request it first.",
    _S.RETURNED: "The draft was returned. Correct it and request publication again.",
    _S.REQUESTED: "The draft is waiting for publication. Recall the request first.",
    _S.PUBLISHED: "The draft is published already. Start an amendment to change the record.",
    _S.DISCARDED: "The draft was discarded. Start a new one.",
}


def next_state(draft: Draft, action: DraftAction) -> str:
    """The state that an action leads to. Raises DraftStateError."""
    found = TRANSITIONS.get((action, draft.state))
    if found is None:
        raise DraftStateError(_WHY_NOT[Draft.State(draft.state)])
    return found
