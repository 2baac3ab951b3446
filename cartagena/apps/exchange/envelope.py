"""The Clearing-House's envelope of a record: written from what is stored, taken from what is read.

An envelope tells who a body belongs to and when it became public. What the registry has a place for
(identifier, numbers, type, government, dates, title) is written anew; everything else that came
with an imported record is kept beside it. People (``createdBy``, ...) are never kept or written.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from cartagena.engine.countries import find_country, get_country
from cartagena.engine.record_type import list_report_types, load_record_types, title_of

Envelope = dict[str, Any]

ALWAYS_WRITTEN = frozenset(
    {"identifier", "documentID", "type", "revision", "latestRevision", "deletedOn", "body", "info",
     "demonstration", "receivedOn", "hash"}
)  # fmt: skip
"""Members that are never kept as they came."""
_DRAFT_AND_REQUEST = ("workingDocument", "isRequest")
_PEOPLE = frozenset({"userID", "email", "firstName", "lastName", "userGroups"})


def write_moment(moment: dt.datetime) -> str:
    """A moment as the Clearing-House writes it, to the millisecond where that is exact."""
    exact = moment.microsecond % 1000 == 0
    text = moment.astimezone(dt.UTC).isoformat(timespec="milliseconds" if exact else "microseconds")
    return text.replace("+00:00", "Z")


def make_envelope(
    *,
    identifier: str,
    record_type: str,
    government: str | None,
    revision: int,
    published_at: dt.datetime,
    size: int,
    title: str,
    body: Mapping[str, Any],
) -> Envelope:
    """The members that follow from what the registry knows of one version.

    ``government`` is an alpha-3 code; ``size`` the bytes of the canonical body.
    """
    place = government_code(government)
    moment = write_moment(published_at)
    return {
        "identifier": identifier,
        "type": record_type,
        **({"owner": f"country:{place}"} if place else {}),
        "revision": revision,
        "size": size,
        "realm": "BCH",
        "mediaType": "application/json",
        "charset": "utf-8",
        "title": _write_title(record_type, title, body),
        "metadata": {"schema": record_type, **({"government": place} if place else {})},
        "createdOn": moment,
        "submittedOn": moment,
        "updatedOn": moment,
    }


def usual_receipt(
    record_type: str, body: Mapping[str, Any], published_at: dt.datetime
) -> dt.date | None:
    """The day a report counts as received where nothing else says it: its own, or the first it was
    public. Other records are not received."""
    if record_type not in list_report_types():
        return None
    own = body.get("date")
    try:
        return dt.date.fromisoformat(own[:10]) if isinstance(own, str) else published_at.date()
    except ValueError:
        return published_at.date()


def government_code(government: str | None) -> str:
    """The Clearing-House's code of a government (`ke`), from the alpha-3 code; else empty."""
    if government is None or find_country(government) is None:
        return ""
    return get_country(government).clearing_house_code


def list_kept(given: Mapping[str, Any], made: Envelope) -> Envelope:
    """What an imported envelope says beyond what would be written anyway, without any people."""
    kept: Envelope = {}
    for name, value in given.items():
        if name in ALWAYS_WRITTEN or name.endswith("By") or name.startswith(_DRAFT_AND_REQUEST):
            continue
        if name == "owner" and not str(value).startswith("country:"):
            continue
        plain = _drop_people(value)
        if name not in _PEOPLE and plain != made.get(name):
            kept[name] = plain
    return kept


def _drop_people(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _drop_people(v) for k, v in value.items() if k not in _PEOPLE}
    if isinstance(value, list):
        return [_drop_people(item) for item in value]
    return value


def _write_title(record_type: str, title: str, body: Mapping[str, Any]) -> dict[str, str]:
    """The title in every language that the body has it in; else the one the version has."""
    own = body.get(load_record_types()[record_type].title)
    if isinstance(own, Mapping) and title == title_of(record_type, body):
        return {k: v for k, v in own.items() if isinstance(v, str)}
    return {"en": title} if title else {}
