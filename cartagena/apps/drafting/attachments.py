"""Files that belong to records: taken in, kept under their hash, opened for who may see them."""

import contextlib
import datetime as dt
import hashlib
import os
import re
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from cartagena.apps.drafting.access import check_right, find_readable, may_do
from cartagena.apps.drafting.errors import AttachmentNotFoundError, RefusedFileError
from cartagena.apps.drafting.files import MEDIA_TYPES, extension_of, find_file_problems
from cartagena.apps.drafting.log import Entry, add_entry, id_of
from cartagena.apps.drafting.models import Attachment, Draft
from cartagena.apps.drafting.states import next_state
from cartagena.apps.registry.api import Actor
from cartagena.engine.sentence import sentence

_ADDRESS = re.compile(
    r"/files/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/", re.IGNORECASE
)


ATTACH = "attach"
"""In the log: a file was taken; `field` is its key, `body_sha256` the hash of its bytes."""


class Upload(Protocol):
    """A file as Django hands it over: its name, and its bytes a chunk at a time."""

    name: str | None

    def chunks(self) -> Iterable[bytes]: ...


def attach_file(
    key: uuid.UUID | str, upload: Upload, *, confidential: bool, actor: Actor, now: dt.datetime
) -> Attachment:
    """Take a file into a draft; a link in the body then names its `address`.

    It is streamed to the disk, checked there and never held in memory. Raises RefusedFileError with
    what is wrong in sentences, DraftStateError, PermissionDenied, DraftNotFoundError.
    """
    _find_editable(key, actor, confidential=confidential)
    filename = clean_filename(upload.name or "")
    with _receive(upload) as (path, sha256, size):
        problems = find_file_problems(path, filename)
        if problems:
            raise RefusedFileError(problems)
        _keep(path, sha256)
    with transaction.atomic():
        draft = _find_editable(key, actor, confidential=confidential)
        made = Attachment.objects.create(
            draft=draft,
            identifier=draft.identifier,
            sha256=sha256,
            filename=filename,
            media_type=MEDIA_TYPES[extension_of(filename)],
            size=size,
            confidential=confidential,
            uploaded_by_id=id_of(actor),
            uploaded_at=now,
        )
        add_entry(
            Entry(
                at=now,
                action=ATTACH,
                identifier=made.identifier,
                field=str(made.pk),
                after=say_access(made),
                body_sha256=sha256,
                actor=id_of(actor),
            )
        )
    return made


def say_access(file: Attachment) -> str:
    """What the log says of whom a file is for."""
    return "secret" if file.confidential else "open"


def open_attachment(key: uuid.UUID | str, *, actor: Actor) -> tuple[Attachment, BinaryIO]:
    """A file and its bytes, for whoever may see it: everybody once it is published.

    Pass `request.user`, also for visitors; None is the program itself. Raises
    AttachmentNotFoundError.
    """
    missing = AttachmentNotFoundError(f"There is no file {key}.")
    try:
        found = Attachment.objects.select_related("draft").filter(pk=key).first()
    except (ValidationError, ValueError):
        found = None
    if found is None or not _may_open(found, actor):
        raise missing
    try:
        return found, get_path(found.sha256).open("rb")
    except FileNotFoundError:
        raise missing from None


def list_attachments(draft: Draft, *, actor: Actor) -> list[Attachment]:
    """The files of a draft's record that somebody may open, newest first."""
    found = Attachment.objects.filter(identifier=draft.identifier).select_related("draft")
    return [item for item in found.order_by("-uploaded_at", "key") if _may_open(item, actor)]


def list_linked(draft: Draft) -> dict[uuid.UUID, Attachment]:
    """The files of this record that the body links to, by key."""
    keys = {key for _, key in read_file_keys(draft.body)}
    found = Attachment.objects.filter(identifier=draft.identifier, pk__in=keys)
    return {item.pk: item for item in found}


def mark_published(draft: Draft, body: Mapping[str, Any], now: dt.datetime) -> None:
    """Make the files public that a published body links to; confidential ones never."""
    keys = {key for _, key in read_file_keys(body)}
    files = Attachment.objects.filter(
        identifier=draft.identifier, pk__in=keys, confidential=False, published_at=None
    )
    files.update(published_at=now)


def read_file_keys(value: Any, place: str = "") -> Iterator[tuple[str, uuid.UUID]]:
    """The files of this system that any text in a body names, with their places."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from read_file_keys(part, f"{place}.{name}" if place else str(name))
    elif isinstance(value, list | tuple):
        for n, part in enumerate(value):
            yield from read_file_keys(part, f"{place}[{n}]")
    elif isinstance(value, str):
        for match in _ADDRESS.finditer(value):
            yield place, uuid.UUID(match[1])


def clean_filename(name: str) -> str:
    """A name that is safe in an address and on a disk: letters, digits, dots, hyphens."""
    base = re.split(r"[\\/]", name)[-1]
    stem, dot, ending = base.rpartition(".")
    if not dot:
        stem, ending = base, ""
    stem = re.sub(r"[^\w-]+", "-", stem).strip("-_")[:100] or "file"
    ending = re.sub(r"[^A-Za-z0-9]", "", ending)[:10]
    return f"{stem}.{ending}" if ending else stem


def get_path(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return _get_folder() / sha256[:2] / sha256


def _get_folder() -> Path:
    return Path(settings.DATA_FOLDER) / "files"


def _find_editable(key: uuid.UUID | str, actor: Actor, *, confidential: bool) -> Draft:
    draft = find_readable(key, actor)
    next_state(draft, "edit")
    check_right(actor, "edit", draft)
    if confidential and not may_do(actor, "read_confidential", draft):
        raise PermissionDenied(sentence("You may not attach confidential files to this draft."))
    return draft


def _may_open(found: Attachment, actor: Actor) -> bool:
    if found.published_at is not None and not found.confidential:
        return True
    if found.confidential or found.draft.ever_confidential:
        # A file that stands in a confidential field is as confidential as the field.
        return may_do(actor, "read_draft", found.draft) and may_do(
            actor, "read_confidential", found.draft
        )
    return may_do(actor, "read_draft", found.draft)


@contextlib.contextmanager
def _receive(upload: Upload) -> Iterator[tuple[Path, str, int]]:
    """The upload as a temporary file, with its hash and size; gone afterwards unless kept."""
    limit = settings.UPLOAD_MB * 1024 * 1024
    folder = _get_folder()
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(prefix="incoming-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in upload.chunks():
                size += len(chunk)
                if size > limit:
                    raise RefusedFileError(
                        [
                            sentence(
                                "The file is larger than %(size)s MB. Send a smaller one, or "
                                "publish it elsewhere and give the link.",
                                size=settings.UPLOAD_MB,
                            )
                        ]
                    )
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        yield Path(name), digest.hexdigest(), size
    finally:
        Path(name).unlink(missing_ok=True)


def _keep(path: Path, sha256: str) -> None:
    """Give a received file its place; the same bytes are kept once."""
    target = get_path(sha256)
    target.parent.mkdir(exist_ok=True)
    path.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
