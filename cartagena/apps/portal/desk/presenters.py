"""What the pages of the desk show of drafts: names, states, problems, comments, changes."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk.forms.record_form import (
    FieldView,
    SectionView,
    anchor_of,
    find_field,
)
from cartagena.apps.portal.sentences import read_language, say_provision, say_sentence
from cartagena.engine.record_format import RecordFormat, load_record_format
from cartagena.engine.record_problem import RecordProblem
from cartagena.engine.record_type import list_report_types
from cartagena.engine.text import Text


def say_state(state: str) -> str:
    """What a state is called."""
    names = {
        "draft": pgettext("of a record", "Draft"),
        "requested": _("Waiting for publication"),
        "returned": _("Returned"),
        "published": _("Published"),
        "discarded": _("Discarded"),
    }
    return names.get(state, state)


def say_person(user: User | None, reader: User) -> str:
    """A person as the others who work on a draft know them."""
    if user is None:
        return _("somebody whose account is gone")
    return _("you") if user.pk == reader.pk else user.name


@dataclass(frozen=True)
class DraftLine:
    """One draft in a list."""

    key: str
    title: str
    type_name: Text
    state: str
    updated_at: dt.datetime
    updated_by: str
    is_amendment: bool
    government: str
    reason: str = ""
    is_to_read: bool = False

    @property
    def state_name(self) -> str:
        return say_state(self.state)

    @property
    def address(self) -> str:
        """What was asked to be published is read as a whole; the rest is written on."""
        return reverse("desk:review" if self.is_to_read else "desk:draft", args=[self.key])


def list_lines(drafts: Iterable["drafting.Draft"], reader: User) -> list[DraftLine]:
    """Drafts as lines of a list."""
    return [
        DraftLine(
            key=str(draft.pk),
            title=draft.title,
            type_name=load_record_format(draft.type).name,
            state=draft.state,
            updated_at=draft.updated_at,
            updated_by=say_person(find_person(draft, "updated_by"), reader),
            is_amendment=draft.base_version is not None,
            government=draft.government or "",
            reason=draft.returned_reason if draft.state == "returned" else "",
            is_to_read=draft.state == "requested" and draft.type not in list_report_types(),
        )
        for draft in drafts
    ]


def find_person(row: object, name: str) -> User | None:
    """Who stands in a column of people; None for nobody and for an account that is gone."""
    try:
        found = getattr(row, name)
    except User.DoesNotExist:
        return None
    return found if isinstance(found, User) else None


@dataclass(frozen=True)
class ProblemLine:
    """One problem: what is wrong, what to do, and where in the form."""

    what: str
    remedy: str
    is_error: bool
    anchor: str
    field: str
    label: Text | None
    basis: tuple[str, ...]
    is_missing: bool


def list_problems(shape: RecordFormat, problems: Iterable[RecordProblem]) -> list[ProblemLine]:
    """Problems with the fields they lead to; errors first, else in the order of the form."""
    lines = []
    for problem in problems:
        field = find_field(shape, problem.place)
        anchor = anchor_of(field.id) if field else "f-header-languages"
        what, remedy = _say_problem(problem)
        # A sentence that tells the field's name need not be told the name again.
        names_itself = (
            field is not None
            and problem.what.mentions(field.label)
            and field.label.get(read_language()) in what
        )
        lines.append(
            ProblemLine(
                what=what,
                remedy=remedy,
                is_error=problem.severity == "error",
                anchor=anchor,
                field=field.id if field else "",
                label=field.label if field and not names_itself else None,
                basis=tuple(
                    say_provision(cited)
                    for cited in problem.basis
                    if say_provision(cited) not in what
                ),
                is_missing=problem.code == "mandatory",
            )
        )
    return sorted(lines, key=lambda line: not line.is_error)


def _say_problem(problem: RecordProblem) -> tuple[str, str]:
    """What is wrong and what to do, in words for somebody who fills the form."""
    if problem.code == "mandatory":
        return _("not filled in yet"), ""
    if problem.code == "bad_reference":
        return _("no record was found for what stands here"), _(
            "Write its public number, its identifier or its exact title."
        )
    what = say_sentence(problem.what)
    for cited in problem.basis:
        what = what.replace(cited, say_provision(cited))
    return what, say_sentence(problem.remedy)


@dataclass(frozen=True)
class CommentLine:
    """One comment, with what its reader may do about it."""

    id: int
    field: str
    text: str
    author: str
    at: dt.datetime
    is_resolved: bool


def group_comments(comments: Iterable[object], reader: User) -> dict[str, list[CommentLine]]:
    """Field -> its comments, oldest first; the empty field stands for the whole draft."""
    found: dict[str, list[CommentLine]] = {}
    for row in comments:
        assert isinstance(row, drafting.FieldComment)
        line = CommentLine(
            id=row.pk,
            field=row.field,
            text=row.text,
            author=say_person(find_person(row, "author"), reader),
            at=row.at,
            is_resolved=row.resolved_at is not None,
        )
        found.setdefault(row.field, []).append(line)
    return found


@dataclass(frozen=True)
class Shown:
    """A field in the form, with what stands around its inputs."""

    view: FieldView
    problems: Sequence[ProblemLine]
    comments: Sequence[CommentLine]
    secret: str | None
    """Why the field is confidential; None when it is not."""
    is_hidden_from_reader: bool
    kept_back: bool

    @cached_property
    def open_comments(self) -> list[CommentLine]:
        return [comment for comment in self.comments if not comment.is_resolved]

    @property
    def never_secret(self) -> str:
        """The letter of Article 21.6 that forbids to keep the field back; empty without one."""
        clause = self.view.field.never_confidential
        return clause.rpartition(".")[2] if clause else ""


@dataclass(frozen=True)
class ShownSection:
    """A section of the form with its fields."""

    section: SectionView
    fields: Sequence[Shown]

    @property
    def problem_count(self) -> int:
        return sum(len([p for p in shown.problems if p.is_error]) for shown in self.fields)


def dress_sections(
    sections: Iterable[SectionView],
    draft: "drafting.Draft",
    problems: Sequence[ProblemLine],
    comments: Mapping[str, Sequence[CommentLine]],
    *,
    is_checked: bool,
) -> list[ShownSection]:
    """The sections with problems, comments and confidentiality beside each field.

    What only is missing yet is told at a field once somebody asked for a check.
    """
    return [
        ShownSection(
            section,
            [
                Shown(
                    view,
                    [
                        p for p in problems
                        if p.field == view.id and (is_checked or not p.is_missing)
                    ],
                    comments.get(view.id, []),
                    draft.confidential.get(view.id),
                    view.id in draft.hidden_fields,
                    view.id in draft.kept_back,
                )
                for view in section.fields
            ],
        )
        for section in sections
    ]  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One field in which two states of a record differ, both shown."""

    field: str
    label: Text | str
    before: SafeString
    after: SafeString
    kind: str


@dataclass(frozen=True)
class EventLine:
    """One entry of the log of a draft."""

    action: str
    by: str
    at: dt.datetime
    reason: str


def list_events(events: Iterable["drafting.DraftEvent"], reader: User) -> list[EventLine]:
    """The log of a draft as a page shows it."""
    return [
        EventLine(
            say_action(event.action),
            say_person(find_person(event, "actor"), reader),
            event.at,
            event.reason,
        )
        for event in events
    ]


def say_action(action: str) -> str:
    """What an entry of the log is called."""
    names = {
        "start": _("Started"),
        "request": _("Publication requested"),
        "recall": _("Request taken back"),
        "lapse": _("Request lapsed"),
        "return": _("Returned"),
        "publish": _("Published"),
        "discard": _("Discarded"),
    }
    return names.get(action, action)


def address_of(draft: "drafting.Draft") -> str:
    """The page on which a draft is worked on."""
    return reverse("desk:draft", args=[draft.pk])


def record_address(identifier: str) -> str:
    """The page with what may be done with a record."""
    return reverse("desk:record", args=[identifier])
