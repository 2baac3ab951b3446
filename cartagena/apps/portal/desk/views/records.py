"""What may be done with a published record: amend, confirm, withdraw; each asked for on a page."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk import presenters
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page, go
from cartagena.apps.portal.desk.views.steps import Question
from cartagena.apps.registry import api as registry
from cartagena.engine.record_confirmation import find_confirmation_due
from cartagena.engine.record_format import load_record_format
from cartagena.engine.record_identity import build_public_number


def describe_record(desk: Desk, identifier: str) -> dict[str, object]:
    """The record as a page of the desk names it. Raises RecordNotFoundError."""
    versions = list(registry.list_versions(identifier).select_related("record"))
    if not versions:
        raise registry.RecordNotFoundError(identifier)
    newest = versions[0]
    record = newest.record
    shape = load_record_format(record.type)
    number = build_public_number(record.type, record.government, record.document_id)
    title = newest.title or shape.name.get(desk.language)
    confirmed = registry.find_confirmations([identifier]).get(identifier, newest.published_at)
    since = max(confirmed, newest.published_at).date()
    return {
        "identifier": identifier,
        "newest": newest,
        "versions": versions,
        "shape": shape,
        "number": str(number),
        "public_page": reverse("portal:record", args=[str(number)]),
        "title": title,
        "is_live": registry.live_versions().filter(record=record).exists(),
        "due_on": find_confirmation_due(record.type, newest.body, since),
    }


@desk_page("record.html", methods=("GET", "HEAD"))
def show_record(desk: Desk, identifier: str) -> Answer:
    """What somebody may do with a record, its versions, and the open draft of it."""
    actions = drafting.list_actions(desk.user, identifier)
    told = describe_record(desk, identifier)
    desk.name_page(str(told["title"]))
    drafts = drafting.list_drafts(desk.user).filter(identifier=identifier)
    parts = drafting.list_confidential_parts(identifier, actor=desk.user)
    return {
        **told,
        "actions": actions,
        "claims": len(parts),
        "drafts": presenters.list_lines(drafts, desk.user),
    }


@desk_page("record_step.html")
def amend_record(desk: Desk, identifier: str) -> Answer:
    """Start a change of the record, or go on with the one that is open."""
    question = Question(
        _("Amend this record"),
        _("A draft is made from what is published. The record stays as it is until you publish."),
        _("Start the amendment"),
    )

    def act(text: str) -> HttpResponse:
        draft = drafting.start_amendment(identifier, actor=desk.user, now=desk.now)
        return go("draft", draft.pk)

    return _ask(desk, identifier, "amend", question, act)


@desk_page("record_step.html")
def withdraw_record(desk: Desk, identifier: str) -> Answer:
    """Withdraw the record."""
    question = Question(
        _("Withdraw this record"),
        _(
            "It is no longer shown as valid and leaves lists, search and figures. Its versions can "
            "still be cited, with your reason."
        ),
        _("Withdraw this record"),
        _("Why it is withdrawn"),
        _("This stands in the public log. Name nobody."),
        is_text_needed=True,
    )

    def act(text: str) -> HttpResponse:
        drafting.withdraw_published(identifier, actor=desk.user, reason=text, now=desk.now)
        messages.success(desk.request, _("The record was withdrawn."))
        return go("record", identifier)

    return _ask(desk, identifier, "withdraw", question, act)


@desk_page("record_step.html")
def confirm_record(desk: Desk, identifier: str) -> Answer:
    """Say that the record still holds."""
    question = Question(
        _("Confirm that it still holds"),
        _("The record stays as it is; its cycle of confirmation begins again today."),
        _("Confirm this record"),
        _("What was checked (if you like)"),
        _("This stands in the public log. Name nobody."),
    )

    def act(text: str) -> HttpResponse:
        drafting.confirm_published(identifier, actor=desk.user, reason=text, now=desk.now)
        messages.success(desk.request, _("The record was confirmed."))
        return go("record", identifier)

    return _ask(desk, identifier, "confirm", question, act)


def _ask(
    desk: Desk,
    identifier: str,
    action: str,
    question: Question,
    act: Callable[[str], HttpResponse],
) -> Answer:
    told = describe_record(desk, identifier)
    if action not in drafting.list_actions(desk.user, identifier):
        if desk.is_sent and not told["is_live"]:
            return go("record", identifier)  # the button was pressed twice
        raise PermissionDenied
    problem = ""
    if desk.is_sent:
        try:
            return act(desk.sent("text"))
        except drafting.ReasonMissingError:
            problem = _("Write the reason first; nothing was done yet.")
        except registry.NotLiveError:
            return go("record", identifier)
    crumb = (str(told["title"]), presenters.record_address(identifier))
    desk.name_page(question.title, crumb)
    return {
        **told, "question": question, "problem": problem, "text": desk.sent("text"),
        "status": 400 if problem else 200,
    }  # fmt: skip
