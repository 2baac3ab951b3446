"""What Parties wrote: the texts of one question, and a plain search in them.

The search knows no grammar: every word asked for must occur in the text, wherever it stands in a
word. It does not mind capitals or accents, and so serves languages that write without spaces too.
"""

import unicodedata
from collections.abc import Sequence
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


def fold(text: str) -> str:
    """Text without capitals and accents, for comparing."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def split_words(asked: str) -> tuple[str, ...]:
    """The words of a search, folded."""
    return tuple(dict.fromkeys(fold(asked).split()))


def holds_words(text: str, words: Sequence[str]) -> bool:
    """Whether a text holds every word; no words are in every text."""
    folded = fold(text)
    return all(word in folded for word in words)
