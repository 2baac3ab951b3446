"""Who may do what: the one table of rights. One line per right; what is not listed is refused.

Nobody (``None``) is the program itself: commands run by whoever runs the server. A visitor who is
not signed in is Django's AnonymousUser and has no right at all. What is public needs no right.
Why it is so: docs/decisions/0014-who-publishes.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from django.contrib.auth.models import AnonymousUser

from cartagena.apps.accounts.api import Role, User
from cartagena.engine.record_type import load_record_types

Actor: TypeAlias = User | AnonymousUser | None
RecordAction = Literal[
    "draft", "edit", "comment", "request", "recall", "return", "discard", "read_draft",
    "read_confidential", "publish", "amend", "withdraw", "confirm", "annul",
]  # fmt: skip
RecordKind = Literal["national", "reference", "scbd"]
Drafts = Literal["any", "own", "requested"]


@dataclass(frozen=True)
class Right:
    """A role may do actions on a kind of records.

    ``role`` None is anybody who is signed in. ``own_government_only``: of records of one's own
    Party. ``drafts``: of any draft, of those one has started, or of those waiting for publication.
    ``only_types`` (empty: all) and ``except_types`` narrow the kind.
    """

    role: Role | None
    actions: tuple[RecordAction, ...]
    kind: RecordKind
    own_government_only: bool = False
    drafts: Drafts = "any"
    only_types: tuple[str, ...] = ()
    except_types: tuple[str, ...] = ()


PUBLISH: tuple[RecordAction, ...] = ("publish", "amend", "withdraw", "confirm")
REVIEW: tuple[RecordAction, ...] = ("comment", "read_draft")
CLAIM: tuple[RecordAction, ...] = ("read_confidential",)
START: tuple[RecordAction, ...] = ("draft",)
WORK: tuple[RecordAction, ...] = ("edit", "request", "recall", "discard", *REVIEW, *CLAIM)
TOGETHER: tuple[RecordAction, ...] = ("edit", "request", "recall", *REVIEW, *CLAIM)
EVERYTHING: tuple[RecordAction, ...] = (*START, *WORK, "return", *PUBLISH)

# Focal points and contact points are designated by a letter to the Secretariat; who assigned an
# expert is the Secretariat's to say; the forms of the first reports are closed; explanations are
# published with the report they belong to.
NOT_BY_PARTIES = (
    "focalPoint",
    "expertAssignment",
    "cpbNationalReportInterim",
    "cpbNationalReport1",
    "reportExplanations",
)
DESIGNATIONS = ("focalPoint", "expertAssignment")
REPORTS = (
    "cpbNationalReportInterim",
    "cpbNationalReport1",
    "cpbNationalReport2",
    "cpbNationalReport3",
    "cpbNationalReport4",
    "cpbNationalReport5",
)
# Written by the Secretariat alone, though of the kind that anybody may propose.
NOT_PROPOSED = ("submission",)

NATIONAL_AUTHORS = (Role.CPB_FOCAL_POINT, Role.AUTHORISED_USER, Role.COMPETENT_AUTHORITY)

RIGHTS = (
    Right(Role.SECRETARIAT, EVERYTHING, "scbd"),
    Right(Role.SECRETARIAT, EVERYTHING, "reference"),
    Right(Role.SECRETARIAT, EVERYTHING, "national", only_types=DESIGNATIONS),
    # Reports that arrive on paper or from the Clearing-House. What a Party prepares itself, the
    # Secretariat does not see before it is published.
    Right(Role.SECRETARIAT, (*START, *PUBLISH), "national", only_types=REPORTS),
    Right(Role.SECRETARIAT, (*WORK, "return"), "national", drafts="own", only_types=REPORTS),
    # A government's records are published by its BCH focal point alone.
    Right(Role.BCH_FOCAL_POINT, EVERYTHING, "national", True, except_types=NOT_BY_PARTIES),
    # Its other offices work together on drafts and ask the focal point to publish them.
    *(
        Right(role, (*START, *TOGETHER), "national", True, except_types=NOT_BY_PARTIES)
        for role in NATIONAL_AUTHORS
    ),
    *(
        Right(role, ("discard",), "national", True, "own", except_types=NOT_BY_PARTIES)
        for role in NATIONAL_AUTHORS
    ),
    # Addresses of people and firms need no approval.
    *(Right(role, PUBLISH, "national", True, only_types=("contact",)) for role in NATIONAL_AUTHORS),
    # Article 17: who is told of an unintentional movement may write the notice.
    Right(Role.ARTICLE_17_CONTACT, START, "national", True, only_types=("biosafetyDecision",)),
    Right(Role.ARTICLE_17_CONTACT, WORK, "national", True, "own", ("biosafetyDecision",)),
    Right(Role.REVIEWER, REVIEW, "national", True, "requested"),
    Right(Role.REVIEWER, REVIEW, "reference", drafts="requested", except_types=NOT_PROPOSED),
    # Organisms, LMOs, genes, laboratories, resources, ...: anybody proposes, the Secretariat
    # publishes.
    Right(None, START, "reference", except_types=NOT_PROPOSED),
    Right(None, WORK, "reference", drafts="own", except_types=NOT_PROPOSED),
)


def may(
    actor: Actor,
    action: RecordAction,
    record_type: str,
    government: str | None,
    *,
    own_draft: bool = False,
    requested: bool = False,
) -> bool:
    """Whether somebody may do something to a record of a type and government.

    Of a draft is told besides whether the actor started it and whether it waits for publication;
    what its state allows is another table (drafting/states.py).
    """
    if actor is None:
        return True
    kind = _kind_of(record_type)
    return any(
        right.kind == kind
        and covers(right, record_type)
        and (not right.own_government_only or (government is not None and government == _of(actor)))
        and {"any": True, "own": own_draft, "requested": requested}[right.drafts]
        for right in list_rights(actor, action)
        if is_within(actor, record_type)
    )


def list_rights(actor: User | AnonymousUser, action: RecordAction) -> Iterator[Right]:
    """The lines of the table that give a person an action, on some records or on all."""
    if isinstance(actor, AnonymousUser) or not actor.is_active:
        return
    for right in RIGHTS:
        if right.role in (None, actor.role) and action in right.actions:
            yield right


def covers(right: Right, record_type: str) -> bool:
    """Whether a line speaks of a type, its kind aside."""
    return record_type not in right.except_types and (
        not right.only_types or record_type in right.only_types
    )


def is_within(actor: User | AnonymousUser, record_type: str) -> bool:
    """Whether a type is among those that an account is limited to; most are not limited.

    The limit concerns national records; what anybody may propose, an authorised user may too.
    """
    limited = getattr(actor, "record_types", None)
    return not limited or record_type in limited or _kind_of(record_type) != "national"


def list_covered_types(right: Right, actor: User) -> list[str]:
    """The types that a line gives to an actor."""
    return [
        name
        for name, declared in load_record_types().items()
        if declared.kind == right.kind and covers(right, name) and is_within(actor, name)
    ]


def _of(actor: User | AnonymousUser) -> str | None:
    return getattr(actor, "party", None)


@cache
def _kind_of(record_type: str) -> str:
    declared = load_record_types().get(record_type)
    return declared.kind if declared else ""
