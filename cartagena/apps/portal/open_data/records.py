"""Records, their versions, types and vocabularies as plain values."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from cartagena.apps.exchange.api import list_exchanged_types, public_body
from cartagena.apps.registry import api as registry
from cartagena.engine.record_format import Field, RecordFormat, load_record_format
from cartagena.engine.record_identity import find_public_number, normalize_identifier
from cartagena.engine.record_type import public_number
from cartagena.engine.vocabulary import Vocabulary, load_vocabulary

Row = dict[str, Any]


def list_records(
    as_of: dt.date | None,
    *,
    record_type: str | None = None,
    government: str | None = None,
    changed_since: dt.date | None = None,
    after: int = 0,
    limit: int = 100,
) -> tuple[list[Row], int | None]:
    """Public records in a stable order, and the place where the next part begins (None: none)."""
    types = [record_type] if record_type else list(list_exchanged_types())
    found = registry.live_versions(as_of).filter(record__type__in=types, record_id__gt=after)
    if government:
        found = found.filter(record__government=government)
    if changed_since:
        start = dt.datetime.combine(changed_since, dt.time(), dt.UTC)
        found = found.filter(published_at__gte=start)
    rows = list(found.defer("body")[: limit + 1])
    more = rows[limit - 1].record_id if len(rows) > limit else None
    return [record_row(version) for version in rows[:limit]], more


def record_row(version: Any) -> Row:
    """A version in short."""
    record = version.record
    return {
        "identifier": record.identifier,
        "number": public_number(
            record.type, record.government, record.document_id, version.revision
        ),
        "type": record.type,
        "government": record.government,
        "version": version.number,
        "revision": version.revision,
        "title": version.title,
        "languages": version.languages,
        "published_at": version.published_at,
        "demonstration": version.demonstration,
    }


def version_row(version: Any) -> Row:
    """A version with when it was public."""
    return record_row(version) | {
        "until": version.ends_at,
        "ending": version.ending,
        "sha256": version.body_sha256,
    }


def body_row(version: Any) -> Row:
    """A version with its body, without what never is public."""
    return version_row(version) | {"body": public_body(version.body)}


def find_versions(key: str) -> tuple[Sequence[Any], int | None]:
    """The versions of a record that are or were public, newest first, by public number or
    identifier, and the revision that the number names."""
    number = find_public_number(key)
    identifiers, document_id, revision = [], None, None
    if number is not None:
        document_id, revision = number.document_id, number.revision
    else:
        try:
            identifiers = [normalize_identifier(key)]
        except ValueError:
            return [], None
    try:
        record = registry.find_record(identifiers=identifiers, document_id=document_id)
    except LookupError:
        return [], None
    is_meant = number is None or number.record_type == record.type
    if not is_meant or record.type not in list_exchanged_types():
        return [], None
    # The reads add when each version was public, which its model does not have.
    versions: Iterable[Any] = registry.list_versions(record.identifier).select_related("record")
    return [version for version in versions if version.starts_at is not None], revision


def choose_version(
    versions: Sequence[Any], as_of: dt.date | None, revision: int | None
) -> Any | None:
    """The version with a revision; else the one public at the end of a day, or the last before."""
    end = None if as_of is None else dt.datetime.combine(as_of, dt.time.max, dt.UTC)
    for version in versions:
        if end is not None and version.starts_at > end:
            continue
        if revision is None or version.revision == revision:
            return version
    return None


def count_records(as_of: dt.date | None) -> Counter[str]:
    """Type -> how many records are public."""
    return Counter(registry.live_versions(as_of).order_by().values_list("record__type", flat=True))


def type_row(shape: RecordFormat, counts: Counter[str]) -> Row:
    """A record type in short."""
    return {
        "id": shape.id,
        "code": shape.code,
        "kind": shape.kind,
        "name": dict(shape.name.pairs),
        "holds": shape.holds,
        "records": counts[shape.id],
    }


def list_types(as_of: dt.date | None) -> list[Row]:
    """All types that the Clearing-House has too."""
    counts = count_records(as_of)
    return [type_row(load_record_format(name), counts) for name in list_exchanged_types()]


def field_row(field: Field) -> Row:
    """A field of a type."""
    return {
        "id": field.id,
        "label": dict(field.label.pairs),
        "help": dict(field.help.pairs) if field.help else {},
        "type": field.type,
        "many": field.many,
        "required": field.required,
        "vocabulary": field.vocabulary.id if field.vocabulary else None,
        "references": list(field.references),
        "basis": list(field.basis),
        "never_confidential": field.never_confidential is not None,
    }


def vocabulary_row(name: str) -> Row:
    """A vocabulary in short."""
    vocabulary = load_vocabulary(name)
    return {
        "id": name,
        "domain": vocabulary.domain,
        "complete": vocabulary.complete,
        "count": len(vocabulary.terms),
    }


def term_rows(vocabulary: Vocabulary) -> list[Row]:
    """The terms of a vocabulary."""
    return [
        {"id": term.id, "label": dict(term.label.pairs), "broader": term.broader}
        for term in vocabulary.terms
    ]


def list_changes(after: int, limit: int, as_of: dt.date | None) -> list[Row]:
    """Entries of the log behind a position, oldest first; only of types that are exchanged."""
    entries = registry.list_log(after).filter(record__type__in=list_exchanged_types())
    if as_of is not None:
        entries = entries.filter(recorded_at__lte=dt.datetime.combine(as_of, dt.time.max, dt.UTC))
    entries = entries.defer("version__body", "previous_version__body", "statement", "reason")
    return [change_row(entry) for entry in entries[:limit]]


def change_row(entry: Any) -> Row:
    """One entry of the log, without who acted."""
    record, version = entry.record, entry.version
    revision = version.revision if version else 1
    return {
        "position": entry.position,
        "action": entry.action,
        "recorded_at": entry.recorded_at,
        "effective_at": entry.effective_at,
        "identifier": record.identifier,
        "number": public_number(record.type, record.government, record.document_id, revision),
        "type": record.type,
        "government": record.government,
        "version": version.number if version else None,
        "previous_version": entry.previous_version.number if entry.previous_version else None,
        "sha256": version.body_sha256 if version else None,
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
    }
