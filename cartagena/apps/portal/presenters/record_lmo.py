"""The page of an LMO: what it is, where it comes from, and what was decided about it."""

from dataclasses import dataclass
from typing import Any

from cartagena.apps.portal import source
from cartagena.apps.portal.presenters.record import OpenRecord, name_all
from cartagena.apps.portal.presenters.record_decisions import (
    draw_world,
    list_assessments,
    list_decisions,
    sort_by_party,
)
from cartagena.apps.portal.record_queries import RecordHead
from cartagena.apps.portal.sentences import say_closed
from cartagena.engine.unique_identifier import ZERO, Spelling, read_unique_identifiers

LMO = "modifiedOrganism"
PARENTS = ("recipientOrganisms", "linkedModifiedOrganisms")
IDENTITY = ("transformationEvent", "techniqueUsed", "traits", "commonUses", "developers")
"""Fields that say at once which LMO it is."""

SHOWN_APART = frozenset(
    {LMO, "biosafetyDecision", "nationalRiskAssessment", "independentRiskAssessment",
     "laboratoryDetection"}
)  # fmt: skip
"""Records about an LMO that its page shows under headings of their own."""


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """The unique identifier as it stands, and what its check digits prove."""

    written: str
    canonical: str
    is_sound: bool
    problems: tuple[str, ...]

    @property
    def is_respelled(self) -> bool:
        return bool(self.canonical) and self.canonical != self.written


@dataclass(frozen=True, kw_only=True)
class Gene:
    """A gene with the organisms it was taken from."""

    head: RecordHead
    donors: tuple[RecordHead, ...]


def describe_lmo(record: OpenRecord) -> dict[str, Any]:
    """What an LMO's page shows beside its fields."""
    frame, own = record.frame, record.stored.identifier
    genes = _list_genes(record)
    groups = sort_by_party(list_decisions(frame, (own,), "modifiedOrganisms"))
    laboratories = source.records.list_pointing(
        (own, *(gene.head.identifier for gene in genes)),
        frame.as_of,
        types=("laboratoryDetection",),
        through=("detectableLmos", "detectableGenes"),
    )
    spelling, identifier = _read_identifier(record)
    parents = [t for field, t in record.links if field in PARENTS and _is_lmo(record, t)]
    children = source.records.list_pointing(
        (own,), frame.as_of, "uniqueIdentification", types=(LMO,), through=PARENTS
    )
    relatives = _list_relatives(record, spelling)
    known = {*parents, *(head.identifier for head in children)}
    return {
        "identifier": identifier,
        "identity": [field for field in record.fields if field.id in IDENTITY],
        "genes": genes,
        "organisms": _pick(record, "recipientOrganisms"),
        "parents": [record.heads[t] for t in dict.fromkeys(parents)],
        "children": children,
        "relatives": [head for head in relatives if head.identifier not in known],
        "groups": groups,
        "decision_count": sum(len(group.rows) for group in groups),
        "world": draw_world(frame, groups),
        "assessments": list_assessments(frame, own),
        "laboratories": name_all(laboratories, frame.as_of),
    }


def _is_lmo(record: OpenRecord, target: str) -> bool:
    head = record.heads.get(target)
    return head is not None and head.type == LMO


def _pick(record: OpenRecord, through: str) -> list[RecordHead]:
    found = [t for field, t in record.links if field == through]
    return [record.heads[t] for t in found if t in record.heads and not _is_lmo(record, t)]


def _list_genes(record: OpenRecord) -> list[Gene]:
    found = [t for field, t in record.links if field == "genes" and t in record.heads]
    if not found:
        return []
    donors = source.records.list_targets(found, "donorOrganisms", record.frame.as_of)
    heads = source.records.list_heads((d for some in donors.values() for d in some),
                                      record.frame.as_of)  # fmt: skip
    return [
        Gene(
            head=record.heads[gene],
            donors=tuple(heads[d] for d in donors.get(gene, ()) if d in heads),
        )
        for gene in found
    ]


def _read_identifier(record: OpenRecord) -> tuple[Spelling | None, Identifier | None]:
    written = record.body.get("uniqueIdentification")
    if not isinstance(written, str) or not written.strip():
        return None, None
    spelling = read_unique_identifiers(written)
    return spelling, Identifier(
        written=written.strip(),
        canonical=spelling.canonical,
        is_sound=bool(spelling.identifiers) and not spelling.has_errors,
        problems=tuple(say_closed(problem.sentence) for problem in spelling.problems),
    )


def _list_relatives(record: OpenRecord, spelling: Spelling | None) -> list[RecordHead]:
    """The other LMOs that share an event: the stacks that hold it, or the events of a stack."""
    spellings = set()
    for identifier in spelling.identifiers if spelling else ():
        canonical = str(identifier)
        spellings |= {canonical, canonical.replace(ZERO, "0"), identifier.plain}
    return source.records.find_by_unique_identifier(
        spellings, record.frame.as_of, record.stored.identifier
    )
