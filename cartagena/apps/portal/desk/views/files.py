"""Files of a draft: sent, listed, linked from a field, opened."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cartagena.apps.accounts.api import User
from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk import presenters
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page, go
from cartagena.apps.portal.file_answers import answer_with_file
from cartagena.apps.portal.sentences import say_sentence
from cartagena.engine.record_body import find_value
from cartagena.engine.record_format import RecordFormat, load_record_format


@desk_page("files.html")
def list_files(desk: Desk, key: str) -> Answer:
    """The files of a record; a new one is linked from the field that was chosen."""
    draft = drafting.get_draft(key, actor=desk.user)
    shape = load_record_format(draft.type)
    problems: list[str] = []
    if desk.is_sent:
        upload = desk.request.FILES.get("file")
        try:
            if upload is None:
                raise drafting.RefusedFileError([_("Choose a file first.")])
            secret = bool(desk.sent("confidential"))
            added = drafting.attach_file(
                draft.pk, upload, confidential=secret, actor=desk.user, now=desk.now
            )
            _link(desk, draft, shape, added, desk.sent("field"))
            messages.success(desk.request, _("The file was added."))
            return go("files", draft.pk)
        except drafting.RefusedFileError as refusal:
            problems = [say_sentence(told) for told in refusal.problems]
    title = draft.title or shape.name.get(desk.language)
    desk.name_page(_("Files"), (title, presenters.address_of(draft)))
    return {
        "draft": draft,
        "line": presenters.list_lines([draft], desk.user)[0],
        "files": drafting.list_attachments(draft, actor=desk.user),
        "problems": [(words, "") for words in problems],
        "fields": [f for f in shape.fields if f.type == "link" and not f.legacy],
        "may_add": "edit" in drafting.list_actions(desk.user, draft),
        "status": 400 if problems else 200,
    }


def _link(
    desk: Desk,
    draft: "drafting.Draft",
    shape: RecordFormat,
    added: "drafting.Attachment",
    field_id: str,
) -> None:
    """Put a link to the file into a field of the body, if one was chosen."""
    field = shape.by_id.get(field_id)
    if field is None or field.type != "link":
        return
    now = find_value(draft.body, field_id)
    links: list[Any] = list(now) if isinstance(now, list) else []
    links.append({"url": added.address, "name": added.filename})
    drafting.save_draft(
        draft.pk, {field_id: links}, actor=desk.user, revision=draft.revision, now=desk.now
    )


@desk_page("", methods=("GET", "HEAD"))
def send_file(desk: Desk, key: uuid.UUID) -> HttpResponseBase:
    """The bytes of a file for somebody who works on its record."""
    found, stream = drafting.open_attachment(key, actor=desk.user)
    return answer_with_file(desk.request, found, stream)


@require_safe
def send_public_file(request: HttpRequest, key: uuid.UUID, name: str) -> HttpResponseBase:
    """The bytes of a file at the address that a record says: for everybody once it is published."""
    assert not isinstance(request.user, AbstractBaseUser) or isinstance(request.user, User)
    try:
        found, stream = drafting.open_attachment(key, actor=request.user)
    except drafting.AttachmentNotFoundError:
        raise Http404 from None
    return answer_with_file(request, found, stream)
