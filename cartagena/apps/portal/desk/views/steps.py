"""The steps of a draft as pages that ask before anything is done: request, return, publish, ..."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk import presenters
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page, go
from cartagena.apps.portal.desk.saving import REVISION
from cartagena.engine.record_format import load_record_format


@dataclass(frozen=True)
class Question:
    """What a page asks before a step: its words, whether it wants a text, what the button says."""

    title: str
    explains: str
    button: str
    text_label: str = ""
    text_hint: str = ""
    is_text_needed: bool = False
    is_public_text: bool = False


def _ask(
    desk: Desk,
    key: str,
    action: str,
    question: Question,
    act: Callable[["drafting.Draft", str], HttpResponse],
) -> Answer:
    """Show the question or, once it was answered, do the step."""
    draft = drafting.get_draft(key, actor=desk.user)
    if action not in drafting.list_actions(desk.user, draft):
        if not draft.is_open:
            return go("review", draft.pk)
        raise PermissionDenied
    shape = load_record_format(draft.type)
    text = desk.sent("text")
    problem, problems = "", []
    if desk.is_sent:
        try:
            return act(draft, text)
        except drafting.ReasonMissingError:
            problem = _("Write the reason first; nothing was done yet.")
        except drafting.EditConflictError:
            problem = _(
                "Somebody saved the draft after you opened this page. Look at it again, then "
                "confirm."
            )
        except drafting.NotPublishableError as refusal:
            problems = presenters.list_problems(shape, refusal.problems)
    else:
        found = drafting.check_draft(draft, today=desk.today)
        problems = presenters.list_problems(shape, found)
    desk.name_page(question.title, (draft.title or shape.name.get(desk.language), _home(draft)))
    return {
        "draft": drafting.get_draft(key, actor=desk.user),
        "shape": shape,
        "line": presenters.list_lines([draft], desk.user)[0],
        "question": question,
        "text": text,
        "problem": problem,
        "errors": [line for line in problems if line.is_error],
        "warnings": [line for line in problems if not line.is_error],
        "wants_check": action in ("request", "publish"),
        "status": 409 if problem or (desk.is_sent and problems) else 200,
    }


def _home(draft: "drafting.Draft") -> str:
    return presenters.address_of(draft)


@desk_page("step.html")
def request_publication(desk: Desk, key: str) -> Answer:
    """Ask the focal point or the Secretariat to publish."""
    question = Question(
        _("Request publication"),
        _("Whoever publishes is asked to. Until the answer the draft cannot be changed."),
        _("Request publication of this record"),
        _("Note to whoever publishes (if you like)"),
    )

    def act(draft: "drafting.Draft", text: str) -> HttpResponse:
        drafting.request_publication(
            draft.pk, actor=desk.user, revision=desk.number(REVISION), now=desk.now, note=text
        )
        messages.success(desk.request, _("Publication was requested."))
        return go("home")

    return _ask(desk, key, "request", question, act)


@desk_page("step.html")
def recall_request(desk: Desk, key: str) -> Answer:
    """Take a request back."""
    question = Question(
        _("Take the request back"),
        _("The draft can be changed again; nobody is asked to publish it any more."),
        _("Take the request back"),
    )

    def act(draft: "drafting.Draft", text: str) -> HttpResponse:
        drafting.recall_request(draft.pk, actor=desk.user, now=desk.now)
        messages.success(desk.request, _("The request was taken back."))
        return go("draft", draft.pk)

    return _ask(desk, key, "recall", question, act)


@desk_page("step.html")
def return_draft(desk: Desk, key: str) -> Answer:
    """Give a draft back to its authors."""
    question = Question(
        _("Return to the authors"),
        _("The authors can change the draft again. Your comments on fields stay with it."),
        _("Return this draft"),
        _("What must be changed, and why"),
        _("Only those who work on the draft read this."),
        is_text_needed=True,
    )

    def act(draft: "drafting.Draft", text: str) -> HttpResponse:
        drafting.return_draft(draft.pk, actor=desk.user, reason=text, now=desk.now)
        messages.success(desk.request, _("The draft was returned to its authors."))
        return go("home")

    return _ask(desk, key, "return", question, act)


@desk_page("step.html")
def publish_draft(desk: Desk, key: str) -> Answer:
    """Publish a draft as the next version of its record."""
    question = Question(
        _("Publish this record"),
        _(
            "It becomes public at once, for everybody and for good: versions are never deleted. "
            "Confidential fields stay out of it."
        ),
        _("Publish this record"),
        _("Why it is published or changed (if you like)"),
        _("This stands in the public log. Name nobody."),
        is_public_text=True,
    )

    def act(draft: "drafting.Draft", text: str) -> HttpResponse:
        drafting.publish_draft(
            draft.pk, actor=desk.user, revision=desk.number(REVISION), reason=text, now=desk.now
        )
        messages.success(desk.request, _("The record is published."))
        return go("record", draft.identifier)

    return _ask(desk, key, "publish", question, act)


@desk_page("step.html")
def discard_draft(desk: Desk, key: str) -> Answer:
    """Close a draft that nobody needs."""
    question = Question(
        _("Discard this draft"),
        _("It will not be published. Its texts stay readable among your closed drafts."),
        _("Discard this draft"),
    )

    def act(draft: "drafting.Draft", text: str) -> HttpResponse:
        drafting.discard_draft(draft.pk, actor=desk.user, now=desk.now)
        messages.success(desk.request, _("The draft was discarded."))
        return go("home")

    return _ask(desk, key, "discard", question, act)
