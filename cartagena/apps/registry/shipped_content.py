"""Real records that the program ships: entries of the LMO register and approvals of Canada.

The facts and what is missing stand in ``cartagena/protocol/content`` (see its ``sources.md``).
"""

import datetime as dt
import html
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cartagena.apps.registry.publication import Publication
from cartagena.engine.csv_file import read_rows
from cartagena.engine.declaration import PROTOCOL, Problems
from cartagena.engine.record_identity import parse_public_number
from cartagena.engine.unique_identifier import UniqueIdentifier, read_unique_identifiers

FOLDER = PROTOCOL / "content"
SHIPPED_AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
"""When the content below was put together: the sources do not say when each was published."""

OTHER = "5B6177DD-5E5E-434E-8CB7-D63D67D5EBED"
INTRODUCTION = "E8C5A15C-A736-4fb7-A1B6-192412BE7E45"
_SPACE = uuid.UUID("5d0c8c52-6a9c-5f0e-9d0b-0c6a1a7b2f11")
_CANADIAN_REGISTER = {
    "url": "https://inspection.canada.ca/en/plant-varieties/plants-novel-traits/"
    "approved-under-review",
    "name": "Plants with novel traits, Canadian Food Inspection Agency",
    "language": "en",
}
_REGISTER_COLUMNS = ("unique_identifiers", "public_number", "title", "traits")
_APPROVAL_COLUMNS = (
    "crop", "event", "applicant", "decision_document", "approved_on", "unique_identifiers",
    "transgenic", "traits", "livestock_feed", "food",
)  # fmt: skip

Body = dict[str, Any]


@dataclass(frozen=True)
class _Row:
    """A row of either file; ``cells`` by the name of the column."""

    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def list(self, column: str) -> list[str]:
        """The parts of a cell that holds several."""
        return [part for part in self.cells[column].split(" | ") if part]

    @property
    def identifiers(self) -> tuple[UniqueIdentifier, ...]:
        """The unique identifiers of the row, in their order."""
        found = [read_unique_identifiers(text) for text in self.list("unique_identifiers")]
        return tuple(one for spelling in found for one in spelling.identifiers)


def list_content_files() -> tuple[Path, ...]:
    """The files that the content comes from."""
    return tuple(sorted(FOLDER.glob("*.csv")))


def list_content(now: dt.datetime) -> Iterator[Publication]:
    """All shipped records: organisms, LMOs (single events before stacks), decisions.

    Public since they were put together, or since `now` where a clock says less.
    """
    register = _read("lmo_register.csv", _REGISTER_COLUMNS)
    approvals = [
        row
        for row in _read("canadian_approvals.csv", _APPROVAL_COLUMNS)
        if row["transgenic"] == "yes"
    ]
    crops = {
        row["crop"]: row["scientific_name"]
        for row in _read("crops.csv", ("crop", "scientific_name"))
    }
    published_at = min(SHIPPED_AT, now)
    for crop, name in crops.items():
        yield _publish(published_at, "organism", name, name, _write_organism(crop, name))
    known = {row.identifiers for row in register}
    singles = {one for row in approvals for one in row.identifiers}
    singles |= {key[0] for key in known if len(key) == 1}
    for row in sorted(register, key=lambda row: len(row.identifiers)):
        yield _publish_entry(published_at, row, singles)
    for key, row in _list_new(approvals, known):
        yield _publish_canadian_lmo(published_at, key, row, crops)
    for row in approvals:
        yield _publish_approval(published_at, row)


def _read(name: str, columns: Sequence[str]) -> list[_Row]:
    problems = Problems()
    rows = [_Row(cells) for _, cells in read_rows(FOLDER / name, columns, problems)]
    problems.raise_if_any()
    return rows


def make_guid(kind: str, key: str) -> str:
    """The GUID of a shipped record: always the same for the same thing."""
    return str(uuid.uuid5(_SPACE, f"{kind}/{key}")).upper()


def find_lmo_guid(identifiers: Sequence[UniqueIdentifier]) -> str:
    """The GUID of the LMO with these unique identifiers, whatever their order."""
    return make_guid("modifiedOrganism", " ".join(sorted(one.plain for one in identifiers)))


def _publish(
    published_at: dt.datetime,
    record_type: str,
    key: str,
    title: str,
    body: Body,
    government: str | None = None,
) -> Publication:
    """A publication under a GUID made from the key, unless the body names its own."""
    identifier = body.pop("identifier", None) or make_guid(record_type, key)
    header = {"identifier": identifier, "schema": record_type, "languages": ["en"]}
    return Publication(
        identifier=identifier,
        type=record_type,
        government=government,
        body={"header": header, **body},
        published_at=published_at,
        title=title,
    )


def _write_organism(crop: str, name: str) -> Body:
    genus, _, species = name.partition(" ")
    return {
        "scientificName": name,
        "genus": genus,
        "species": species,
        "commonNames": [{"en": crop}],
    }


def _publish_entry(
    published_at: dt.datetime, row: _Row, singles: set[UniqueIdentifier]
) -> Publication:
    """An entry of the register; a stack leads to those of its events that have an entry."""
    identifiers = row.identifiers
    body: Body = {
        "identity": {"en": row["title"]},
        "hasUniqueIdentification": bool(identifiers),
        **_name_identifiers(identifiers),
    }
    if len(identifiers) > 1:
        parents = [find_lmo_guid([one]) for one in identifiers if one in singles]
        if parents:
            body["linkedModifiedOrganisms"] = [{"identifier": guid} for guid in parents]
    if row.list("traits"):
        body["traits"] = [_as_text_term(trait) for trait in row.list("traits")]
    if identifiers:
        body["identifier"] = find_lmo_guid(identifiers)
        return _publish(published_at, "modifiedOrganism", "", row["title"], body)
    number = parse_public_number(row["public_number"])
    plain = _publish(published_at, "modifiedOrganism", str(number.document_id), row["title"], body)
    return Publication(
        **{**vars(plain), "document_id": number.document_id, "revision": number.revision}
    )


def _name_identifiers(identifiers: Sequence[UniqueIdentifier]) -> Body:
    if not identifiers:
        return {}
    return {"uniqueIdentification": " × ".join(map(str, identifiers))}


def _as_text_term(words: str) -> Body:
    """A trait whose code is not known, in words."""
    return {"identifier": OTHER, "customValue": {"en": words}}


def _list_new(
    approvals: Sequence[_Row], known: set[tuple[UniqueIdentifier, ...]]
) -> Iterator[tuple[tuple[UniqueIdentifier, ...], _Row]]:
    """The LMOs of Canada that the register has no entry for, each with its first approval."""
    seen = set(known)
    for row in approvals:
        keys: list[tuple[UniqueIdentifier, ...]] = [(one,) for one in row.identifiers]
        for key in keys or [()]:
            if not key or key not in seen:
                seen.add(key)
                yield key, row


def _publish_canadian_lmo(
    published_at: dt.datetime,
    key: tuple[UniqueIdentifier, ...],
    row: _Row,
    crops: Mapping[str, str],
) -> Publication:
    title = f"{key[0]} - {row['crop']}" if key else f"{row['crop']}: {row['event']}"
    body: Body = {
        "identifier": find_lmo_guid(key) if key else _find_unnumbered(row),
        "identity": {"en": title},
        "hasUniqueIdentification": bool(key),
        **_name_identifiers(key),
    }
    if len(row.identifiers) <= 1:
        # Where an approval is about several events, the source does not say which is which.
        body["transformationEvent"] = row["event"]
    if row["crop"] in crops:
        guid = make_guid("organism", crops[row["crop"]])
        body["recipientOrganisms"] = [{"identifier": guid}]
    body["traits"] = [_as_text_term(row["traits"])]
    body["relevantInformation"] = {
        "en": f"<p>Known here from an approval of Canada: {_escape(row['event'])}.</p>"
    }
    body["relevantDocuments"] = [_CANADIAN_REGISTER]
    return _publish(published_at, "modifiedOrganism", "", title, body)


def _find_unnumbered(row: _Row) -> str:
    return make_guid("modifiedOrganism", f"{row['crop']} {row['event']}")


def _publish_approval(published_at: dt.datetime, row: _Row) -> Publication:
    title = f"Approval for unconfined release: {row['crop']}, {row['event']}"
    lmos = [find_lmo_guid([one]) for one in row.identifiers] or [_find_unnumbered(row)]
    told = [
        ("Applicant at the time of application", row["applicant"]),
        ("Traits", row["traits"]),
        ("Decision document", row["decision_document"]),
        ("Livestock feed", row["livestock_feed"]),
        ("Food", row["food"]),
    ]
    lines = "".join(f"<p>{name}: {_escape(value)}</p>" for name, value in told if value)
    licence = "<p>Contains information licensed under the Open Government Licence – Canada.</p>"
    body: Body = {
        "government": {"identifier": "ca"},
        "isAmendment": False,
        "title": {"en": title},
        "date": row["approved_on"],
        "decisionTypes": [{"identifier": INTRODUCTION}],
        "modifiedOrganisms": [{"identifier": guid} for guid in lmos],
        "relevantInformation": {"en": lines + licence},
        "relevantDocuments": [_CANADIAN_REGISTER],
    }
    key = f"CAN {row['crop']} {row['event']}"
    return _publish(published_at, "biosafetyDecision", key, title, body, "CAN")


def _escape(words: str) -> str:
    return html.escape(words, quote=False)
