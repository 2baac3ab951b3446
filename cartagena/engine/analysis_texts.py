"""What Parties wrote: the texts of one question."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from cartagena.engine.analysis_query import QuestionRef
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.evidence import Evidence
from cartagena.engine.party_set import PartySet


@dataclass(frozen=True, slots=True)
class WrittenText:
    """What one Party wrote, with the version of the report it stands in."""

    party: str
    text: str
    record: str
    version: int


def list_texts(
    evaluator: Evaluator, evidence: Evidence, ref: QuestionRef, parties: PartySet
) -> tuple[WrittenText, ...]:
    """The texts (and typed numbers) of a question in live reports of these Parties, by code."""
    table = evaluator.facts["answer"]
    for column, value in (("question", ref.key), ("cycle", ref.source)):
        table = table.filter(pc.equal(table.column(column), pa.scalar(value)))
    table = table.filter(pc.is_valid(table.column("text")))
    live = {
        (reference.record, reference.version)
        for (source, party), reference in evidence.reports.items()
        if source == ref.source and party in parties
    }
    rows = table.select(["party", "text", "record", "version"]).to_pylist()
    return tuple(
        sorted(
            (WrittenText(**row) for row in rows if (row["record"], row["version"]) in live),
            key=lambda each: each.party,
        )
    )
