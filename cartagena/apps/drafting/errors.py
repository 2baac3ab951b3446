"""What can go wrong in the work on drafts, with all that a page needs to say so."""

from collections.abc import Mapping, Sequence
from typing import Any

from cartagena.apps.drafting.models import Draft
from cartagena.engine.record_problem import RecordProblem


class DraftNotFoundError(LookupError):
    """There is no such draft, or it is not for this person to know of."""


class DraftStateError(Exception):
    """The draft is in a state that does not allow this; the message says what to do instead."""


class NotSavableError(ValueError):
    """A change that no draft can take: a field that never changes, or content that is no JSON."""


class ReasonMissingError(ValueError):
    """What is done needs a reason for the log, or a comment its text."""


class EditConflictError(Exception):
    """Somebody else changed the same fields meanwhile.

    `draft` is the draft as it is now, with whatever of the save did not conflict; `fields` maps
    each field to (theirs, mine). Mine is kept among the saves as refused.
    """

    def __init__(self, draft: Draft, fields: Mapping[str, tuple[Any, Any]]) -> None:
        super().__init__(f"Others changed meanwhile: {', '.join(sorted(fields)) or 'the draft'}.")
        self.draft = draft
        self.fields = dict(fields)


class NotPublishableError(Exception):
    """A draft has errors that keep it from being published; `problems` are all of them."""

    def __init__(self, problems: Sequence[RecordProblem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = list(problems)


class RefusedFileError(Exception):
    """A file that is not taken; `problems` are sentences for whoever sent it."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


class AttachmentNotFoundError(LookupError):
    """There is no such file, or it is not for this person to know of."""


class ClaimNotFoundError(LookupError):
    """There is no such claim to confidentiality, or it is not for this person to know of."""


class TableNotFoundError(LookupError):
    """There is no such table, it has run out, or it is somebody else's."""
