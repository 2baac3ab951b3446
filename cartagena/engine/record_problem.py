"""What can be wrong in a record, as everybody who shows or gathers it needs it."""

from dataclasses import dataclass
from typing import Literal

from cartagena.engine.declaration import Problem
from cartagena.engine.sentence import Sentence

Severity = Literal["error", "warning"]
ProblemCode = Literal[
    "mandatory", "unknown_field", "wrong_type", "cardinality", "empty", "duplicate",
    "unknown_term", "unlisted_term", "bad_reference", "bad_date", "bad_link", "out_of_bounds",
    "language_missing", "language_unnamed", "ruled_out", "too_long", "header", "rule",
]  # fmt: skip


@dataclass(frozen=True)
class RecordProblem(Problem):
    """A problem in a record. `place` is the path in the body: `modifiedOrganisms[0].identifier`.

    An error keeps the record from being published; a warning goes with it. `basis` are the
    provisions it rests on, `code` its kind, for programs.
    """

    what: Sentence
    remedy: Sentence
    code: ProblemCode = "rule"
    severity: Severity = "error"
    basis: tuple[str, ...] = ()
