"""Where previews wait for their author's word: one file each in the data folder, for a week."""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from cartagena.apps.accounts.api import User
from cartagena.apps.portal.desk.bulk_preview import RowPlan

_KEPT_FOR = dt.timedelta(days=7)


class PreviewNotFoundError(LookupError):
    """There is no such preview, it has run out, or it is somebody else's."""


@dataclass
class Preview:
    """A table that was read: whose, of which type, and what each row would do.

    `done` is what became of it: (row, what happened, key of the draft or empty).
    """

    key: uuid.UUID
    user_id: int
    record_type: str
    filename: str
    made_at: dt.datetime
    rows: list[RowPlan]
    warnings: list[str]
    done: list[tuple[str, str, str]] | None = None


def keep_preview(
    user: User,
    record_type: str,
    filename: str,
    rows: list[RowPlan],
    warnings: list[str],
    now: dt.datetime,
) -> Preview:
    """Store a preview, and forget those that have run out."""
    _forget_old(now)
    preview = Preview(uuid.uuid4(), user.pk, record_type, filename, now, rows, warnings)
    _write(preview)
    return preview


def get_preview(key: uuid.UUID, user: User, now: dt.datetime) -> Preview:
    """A preview of one's own. Raises PreviewNotFoundError."""
    try:
        stored = json.loads(_path_of(key).read_text("utf-8"))
    except (OSError, ValueError):
        raise PreviewNotFoundError(str(key)) from None
    made_at = dt.datetime.fromisoformat(stored["made_at"])
    if stored["user_id"] != user.pk or made_at < now - _KEPT_FOR:
        raise PreviewNotFoundError(str(key))
    return _read(key, stored, made_at)


def take_preview(preview: Preview) -> bool:
    """Whether the caller is the one who carries the preview out; true only once."""
    try:
        with _path_of(preview.key).with_suffix(".taken").open("x"):
            return True
    except FileExistsError:
        return False


def finish_preview(preview: Preview, done: list[tuple[str, str, str]]) -> None:
    """Store what became of a preview."""
    preview.done = done
    _write(preview)


def _read(key: uuid.UUID, stored: dict[str, Any], made_at: dt.datetime) -> Preview:
    rows = []
    for row in stored["rows"]:
        problems = [tuple(problem) for problem in row.pop("problems")]
        rows.append(RowPlan(**row, problems=problems))
    done = stored["done"]
    return Preview(
        key, stored["user_id"], stored["record_type"], stored["filename"], made_at, rows,
        stored["warnings"], None if done is None else [tuple(item) for item in done],
    )  # fmt: skip


def _write(preview: Preview) -> None:
    path = _path_of(preview.key)
    path.parent.mkdir(parents=True, exist_ok=True)
    stored = {
        "user_id": preview.user_id,
        "record_type": preview.record_type,
        "filename": preview.filename,
        "made_at": preview.made_at.isoformat(),
        "rows": [row.as_json() for row in preview.rows],
        "warnings": preview.warnings,
        "done": preview.done,
    }
    new = path.with_suffix(".new")
    new.write_text(json.dumps(stored, ensure_ascii=False), "utf-8")
    new.replace(path)


def _path_of(key: uuid.UUID) -> Path:
    return _folder() / f"{key}.json"


def _folder() -> Path:
    return Path(settings.DATA_FOLDER) / "previews"


def _forget_old(now: dt.datetime) -> None:
    for path in _folder().glob("*"):
        seen = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        if seen < now - _KEPT_FOR:
            path.unlink(missing_ok=True)
