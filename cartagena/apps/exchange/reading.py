"""One record out of one document in the Clearing-House's form, and everything wrong with it.

The record was published by its government, so what the format has against it is a warning; an error
is only what cannot be identified or stored. Nothing here touches the database.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cartagena.apps.exchange.envelope import Envelope, list_kept, make_envelope, usual_receipt
from cartagena.apps.registry.api import (
    Document,
    ImportProblem,
    Limits,
    Publication,
    has_error,
    prepare,
)
from cartagena.engine.canonical import NotStorableError
from cartagena.engine.countries import find_country
from cartagena.engine.record_format import load_record_format, needs_government
from cartagena.engine.record_identity import normalize_identifier
from cartagena.engine.record_type import load_record_types
from cartagena.engine.record_validation import validate_record

_MOMENTS = ("submittedOn", "updatedOn", "createdOn")
_LARGEST = {"revision": 2**31 - 1, "documentID": 2**62}


@dataclass(frozen=True)
class Reading:
    """What every record of an import is read with; ``published_on`` is for bare bodies."""

    now: dt.datetime
    limits: Limits
    published_on: dt.date | None = None


@dataclass
class ReadRecord:
    """A record as read. ``publication`` is None when an error keeps it out.

    ``beside`` is what its envelope says beyond what the registry holds; ``position`` how many bytes
    of the file are behind.
    """

    file: str
    place: str
    position: int = 0
    identifier: str = ""
    problems: list[ImportProblem] = field(default_factory=list)
    publication: Publication | None = None
    beside: Envelope = field(default_factory=dict)

    def refuse(self, where: str, what: str, remedy: str) -> None:
        """Note an error: it keeps the record out."""
        self._add(where, what, remedy, "error")

    def warn(self, where: str, what: str, remedy: str) -> None:
        """Note something that goes with the record."""
        self._add(where, what, remedy, "warning")

    def _add(self, where: str, what: str, remedy: str, severity: Any) -> None:
        self.problems.append(
            ImportProblem(self.file, self.place, what, remedy, severity, where, self.identifier)
        )


def read_record(document: Document, reading: Reading) -> ReadRecord:
    """The record in a document: a bare body with ``header``, an envelope with ``body``, or both
    apart as ``info`` and ``body``."""
    record = ReadRecord(document.file, document.place, document.position)
    envelope, body = _take_apart(document.content)
    if body is None:
        _explain_missing_body(document.content, record)
        return record
    found = body.get("header")
    header: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
    record.identifier = _read_identifier(envelope, header, record)
    record_type = _find_type(envelope, header, record)
    if not record_type or not record.identifier:
        return record
    government = _find_government(record_type, envelope, body, record)
    published_at = _find_moment(envelope, record, reading)
    withdrawn_at = _find_withdrawal(envelope, record, reading)
    numbers = {name: _read_number(name, envelope, record) for name in _LARGEST}
    if has_error(record.problems) or published_at is None:
        return record
    if withdrawn_at is not None:
        published_at = min(published_at, withdrawn_at)
    _check_body(record_type, body, record, reading)
    try:
        content = prepare(record_type, body)
    except NotStorableError as problem:
        record.refuse("", str(problem).rstrip("."), "Correct it in the source.")
        return record
    title = content.title or _read_title(envelope)
    record.publication = Publication(
        identifier=record.identifier,
        type=record_type,
        government=government,
        body={},
        published_at=published_at,
        received_on=_read_day(envelope.get("receivedOn"))
        or usual_receipt(record_type, body, published_at),
        revision=numbers["revision"],
        document_id=numbers["documentID"],
        title=title,
        demonstration=envelope.get("demonstration") is True,
        withdrawn_at=withdrawn_at,
        prepared=content,
    )
    if envelope:
        made = make_envelope(
            identifier=record.identifier,
            record_type=record_type,
            government=government,
            revision=numbers["revision"] or 1,
            published_at=published_at,
            size=len(content.text.encode()),
            title=title,
            body=body,
        )
        record.beside = list_kept(envelope, made)
    return record


def _take_apart(
    content: Mapping[str, Any],
) -> tuple[Mapping[str, Any], Mapping[str, Any] | None]:
    """(envelope, body); a bare body has an empty envelope."""
    body, info = content.get("body"), content.get("info")
    if isinstance(body, Mapping) and "header" not in content:
        return (info if isinstance(info, Mapping) else content), body
    if "header" in content:
        return {}, content
    return content, None


def _explain_missing_body(content: Mapping[str, Any], record: ReadRecord) -> None:
    if "identifier_s" in content or "response" in content:
        what = "it is an answer of the index, which holds no records, only what is said of them"
        remedy = "Fetch the records themselves: cartagena import bch --from ADDRESS."
    else:
        found = ", ".join(list(content)[:5]) or "nothing"
        what = f"it is no record: neither `body` nor `header` is there (found {found[:100]})"
        remedy = "Give the record as the Clearing-House does."
    record.refuse("", what, remedy)


def _read_identifier(
    envelope: Mapping[str, Any], header: Mapping[str, Any], record: ReadRecord
) -> str:
    own, outer = header.get("identifier"), envelope.get("identifier")
    try:
        named = [normalize_identifier(text) for text in (own, outer) if isinstance(text, str)]
    except ValueError as problem:
        what, _, remedy = str(problem).partition(". ")
        record.refuse("header.identifier", what[:200], remedy)
        return ""
    if not named:
        record.refuse("header.identifier", "it names no identifier", "Give the record's GUID.")
        return ""
    if len(set(named)) > 1:
        what = f"the envelope says {named[1][:60]!r} and the header {named[0][:60]!r}"
        record.refuse("header.identifier", what, "One record has one identifier.")
    return named[0]


def _find_type(envelope: Mapping[str, Any], header: Mapping[str, Any], record: ReadRecord) -> str:
    outer = envelope.get("type") or envelope.get("schema")
    found = header.get("schema") or outer
    if isinstance(outer, str) and found != outer:
        what = f"the envelope says {outer[:60]!r} and the header {str(found)[:60]!r}"
        record.refuse("header.schema", what, "One record has one type.")
        return ""
    if not isinstance(found, str) or found not in load_record_types():
        what = f"{str(found)[:60]!r} is no record type"
        record.refuse("header.schema", what, "See the list of types: docs/reference/records.md.")
        return ""
    if load_record_format(found).holds in ("rows", "labels"):
        what = f"a {found} holds tables of this program, no record of the Clearing-House"
        record.refuse("header.schema", what, "Use another import: cartagena import --help.")
        return ""
    return found


def _find_government(
    record_type: str, envelope: Mapping[str, Any], body: Mapping[str, Any], record: ReadRecord
) -> str | None:
    """The alpha-3 code of the government of a national record."""
    if load_record_types()[record_type].kind != "national":
        return None
    given, metadata = body.get("government"), envelope.get("metadata")
    own = given.get("identifier") if isinstance(given, Mapping) else given
    outer = metadata.get("government") if isinstance(metadata, Mapping) else None
    countries = []
    for code in (own, outer):
        if isinstance(code, str) and code.strip():
            country = find_country(code)
            if country is None:
                record.refuse("government", f"no country has the code {code[:40]!r}", "Correct it.")
                return None
            countries.append(country)
    if not countries:
        if not needs_government(record_type):
            return None
        remedy = "Name it by its code: {identifier: ke}."
        record.refuse("government", f"a {record_type} belongs to a government", remedy)
        return None
    if countries[0] != countries[-1]:
        what = f"the envelope names {outer!r} and the record {own!r}"
        record.refuse("government", what, "One record has one government.")
    return countries[0].code


def _find_moment(
    envelope: Mapping[str, Any], record: ReadRecord, reading: Reading
) -> dt.datetime | None:
    """When it became public: by its envelope, by what the user says, or now."""
    for name in _MOMENTS:
        if envelope.get(name) is not None:
            return _read_past(name, envelope[name], record, reading)
    if reading.published_on is not None:
        day = reading.published_on
        return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    what = "nothing says when it became public; the time of this import is taken"
    record.warn("", what, "Name the day with --published-on if it is known.")
    return reading.now


def _find_withdrawal(
    envelope: Mapping[str, Any], record: ReadRecord, reading: Reading
) -> dt.datetime | None:
    if envelope.get("deletedOn") is None:
        return None
    return _read_past("deletedOn", envelope["deletedOn"], record, reading)


def _read_past(name: str, raw: Any, record: ReadRecord, reading: Reading) -> dt.datetime | None:
    moment = _read_moment(raw)
    if moment is None:
        remedy = "Write for example 2019-09-28T14:00:00Z."
        record.refuse(name, f"{str(raw)[:40]!r} is no moment", remedy)
    elif moment > reading.now:
        record.refuse(name, f"{moment:%Y-%m-%d} lies in the future", "Correct the date.")
        return None
    return moment


def _read_moment(raw: Any) -> dt.datetime | None:
    if not isinstance(raw, str):
        return None
    try:
        moment = dt.datetime.fromisoformat(raw.strip())
        if moment.tzinfo is None:
            return moment.replace(tzinfo=dt.UTC)
        return moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def _read_day(raw: Any) -> dt.date | None:
    moment = _read_moment(raw)
    return moment.date() if moment else None


def _read_number(name: str, envelope: Mapping[str, Any], record: ReadRecord) -> int | None:
    value = envelope.get(name)
    if value is None:
        return None
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if not is_number or not 1 <= value <= _LARGEST[name]:
        record.refuse(name, f"{str(value)[:40]!r} is no number from 1 up", "Correct it.")
        return None
    return value  # type: ignore[no-any-return]


def _read_title(envelope: Mapping[str, Any]) -> str:
    title = envelope.get("title")
    words = [title.get("en"), *title.values()] if isinstance(title, Mapping) else [title]
    return next((word for word in words if isinstance(word, str) and word.strip()), "")


def _check_body(
    record_type: str, body: Mapping[str, Any], record: ReadRecord, reading: Reading
) -> None:
    """What the format says against the body, as warnings: it was published as it is."""
    found = validate_record(record_type, body, as_of=reading.now.date())
    for problem in found[: reading.limits.problems]:
        # As English words: what sentences are made of is much to send from process to process.
        record.warn(problem.place, str(problem.what), str(problem.remedy))
    rest = len(found) - reading.limits.problems
    if rest > 0:
        record.warn("", f"{rest:,} further problems are not listed", "Correct the first ones.")
